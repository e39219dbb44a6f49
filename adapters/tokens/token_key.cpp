// Engines are deprecated since OpenSSL 3.0; nothing else reaches PKCS#11 in Debian 12. Said before
// any header of OpenSSL is read.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "adapters/tokens/token_key.h"

#include <dlfcn.h>
#include <memory>
#include <openssl/engine.h>
#include <openssl/err.h>
#include <openssl/ui.h>

#include "adapters/locks/mutex.h"

namespace sekisho::tokens {

namespace {

constexpr std::string_view kScheme = "pkcs11:";

struct FreeEngine {
    void operator()(ENGINE* engine) const { ENGINE_free(engine); }
};
using EnginePtr = std::unique_ptr<ENGINE, FreeEngine>;
struct FreePrompt {
    void operator()(UI_METHOD* prompt) const { UI_destroy_method(prompt); }
};
using PromptPtr = std::unique_ptr<UI_METHOD, FreePrompt>;

// Nobody sits at a gateway: a PIN that is asked for is not there.
PromptPtr no_prompt() {
    PromptPtr prompt{UI_create_method("none")};
    const bool silent = prompt && UI_method_set_opener(prompt.get(), [](UI*) { return 0; }) == 0;
    return silent ? std::move(prompt) : nullptr;
}

// The engine itself looks for the module only with the first key, and then does not say which of
// the two is missing.
bool can_be_loaded(const std::string& module) {
    void* const loaded = ::dlopen(module.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (loaded != nullptr) ::dlclose(loaded);
    return loaded != nullptr;
}

std::unexpected<model::Refusal> missing(const std::string& ja, const std::string& en) {
    ERR_clear_error();
    return model::refuse(model::Problem::internal, {.ja = ja, .en = en});
}

}  // namespace

bool is_token_key(std::string_view name) {
    return name.starts_with(kScheme);
}

std::optional<model::Text> fault_in_uri(std::string_view uri) {
    if (!uri.contains("pin-value=")) return std::nullopt;
    return model::Text{.ja = "PINはここに書かず、pin-source=file: のファイルに置いてください",
                       .en = "a PIN does not stand here; put it into the file of pin-source=file:"};
}

model::Result<TokenKey> load_token_key(const std::string& uri, const std::string& module) {
    static locks::Mutex mutex;  // of the engine, which is the process's
    const locks::Lock lock(mutex);
    ENGINE_load_dynamic();
    const EnginePtr engine{ENGINE_by_id("pkcs11")};
    if (!engine)
        return missing("OpenSSLのエンジン pkcs11 がありません(libengine-pkcs11-openssl)",
                       "OpenSSL has no engine pkcs11 (libengine-pkcs11-openssl)");
    // QUIET: what the engine writes to the standard error has the URI in it.
    if (!can_be_loaded(module) || ENGINE_ctrl_cmd_string(engine.get(), "QUIET", nullptr, 0) != 1 ||
        ENGINE_ctrl_cmd_string(engine.get(), "MODULE_PATH", module.c_str(), 0) != 1 ||
        ENGINE_init(engine.get()) != 1)
        return missing("PKCS#11のモジュールを使えません: " + module,
                       "the PKCS#11 module cannot be used: " + module);
    const PromptPtr prompt = no_prompt();
    TokenKey key{prompt ? ENGINE_load_private_key(engine.get(), uri.c_str(), prompt.get(), nullptr)
                        : nullptr,
                 [](EVP_PKEY* held) { EVP_PKEY_free(held); }};
    if (!key) {
        ENGINE_finish(engine.get());
        return missing("トークンにその秘密鍵がないか、PINが違います",
                       "the token has no such private key, or the PIN is wrong");
    }
    return key;  // the engine stays in use as long as the process
}

}  // namespace sekisho::tokens
