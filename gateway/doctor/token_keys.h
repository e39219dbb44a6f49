// Private keys in tokens (PKCS#11), as far as one examination needs them.
//
// A token counts wrong PINs and locks after a few. So each key is asked for once, whoever looks at
// it, and what was said is kept, the failure too; where one login failed, no other is tried with
// the same module and the same PIN file, however its URI is written. One key is asked for at a
// time, as the process has one engine: who comes meanwhile, for whichever key, is told so and does
// not wait, so that a token that hangs costs one area. What cannot be had is said as a verdict: a
// fault where the gateway would fail alike, unknown where nobody tried. No word holds the URI,
// which may have a PIN in it.
//
// Thread-safe.
#pragma once

#include <compare>
#include <expected>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "adapters/locks/mutex.h"
#include "adapters/tokens/token_key.h"
#include "gateway/doctor/finding.h"

namespace sekisho::doctor {

struct TokenName {
    std::string uri;
    std::string module;  // the token's shared object
    friend auto operator<=>(const TokenName&, const TokenName&) = default;
};

class TokenKeys {
  public:
    using Load = std::function<model::Result<tokens::TokenKey>(const std::string& uri,
                                                               const std::string& module)>;
    using Answer = std::expected<tokens::TokenKey, Verdict>;

    explicit TokenKeys(Load load = tokens::load_token_key) : load_(std::move(load)) {}

    Answer of(const TokenName& name) SEKISHO_EXCLUDES(mutex_);

  private:
    struct Login {
        std::string module;
        std::string pin_file;
        friend auto operator<=>(const Login&, const Login&) = default;
    };
    static Login login_of(const TokenName& name);
    Answer ask(const TokenName& name) const;

    const Load load_;
    locks::Mutex mutex_;
    bool asking_ SEKISHO_GUARDED_BY(mutex_) = false;
    std::map<TokenName, Answer> answers_ SEKISHO_GUARDED_BY(mutex_);
    std::set<Login> failed_logins_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::doctor
