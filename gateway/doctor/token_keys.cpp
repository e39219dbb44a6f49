#include "gateway/doctor/token_keys.h"

#include <algorithm>
#include <exception>
#include <optional>

#include "adapters/documents/percent.h"

namespace sekisho::doctor {

namespace {

model::Text looking_at_the_token() {
    return {.ja =
                "運用者がトークン、モジュール、PIN のファイルを確かめてください。起動や doctor の"
                "たびに PIN が一度試され、誤りが続くとトークンは使えなくなります",
            .en =
                "the operator looks at the token, its module and the PIN's file; each start and "
                "each `sekisho doctor` tries the PIN once, and a token locks after a few wrong "
                "ones"};
}

Verdict unusable(const model::Text& why) {
    return {.state = State::fault,
            .what = {.ja = "トークンの鍵を使えません: " + why.ja,
                     .en = "the key in the token cannot be used: " + why.en},
            .next = looking_at_the_token()};
}

Verdict not_tried(model::Text what) {
    return {.state = State::unknown, .what = std::move(what), .next = looking_at_the_token()};
}

Verdict still_asked() {
    return not_tried({.ja = "トークンがまだ、この鍵か別の鍵について答えていません",
                      .en = "a token has not answered yet, for this key or another"});
}

Verdict other_key_failed() {
    return not_tried({.ja = "同じ PIN のファイルの別の鍵を使えなかったため、試していません",
                      .en = "not tried: another key behind the same PIN file could not be used"});
}

// What the adapters refuse too, before any token is asked.
std::optional<Verdict> misnamed(const TokenName& name) {
    if (name.module.empty()) {
        return unusable({.ja = "pkcs11_module がありません", .en = "\"pkcs11_module\" is missing"});
    }
    const auto fault = tokens::fault_in_uri(name.uri);
    return fault ? std::optional{unusable(*fault)} : std::nullopt;
}

constexpr std::string_view kPinSource = "pin-source=";

// "file:/pin", "file:///pin", "%2Fpin" (RFC 7512 section 2.3) and "/pin" are one file. Of several
// the last counts, as in the engine.
std::string pin_file_of(std::string_view uri) {
    constexpr std::string_view kEnds = ";?&";
    constexpr std::string_view kFile = "file:";
    std::string file;
    for (std::size_t at = 0; at < uri.size();) {
        const std::size_t end = std::min(uri.find_first_of(kEnds, at), uri.size());
        const std::string_view part = uri.substr(at, end - at);
        at = end + 1;
        if (!part.starts_with(kPinSource)) continue;
        const std::string_view named = part.substr(kPinSource.size());
        file = documents::percent_decode(named).value_or(std::string{named});
        if (file.starts_with(kFile)) file.erase(0, kFile.size());
        while (file.starts_with("//")) file.erase(0, 1);
    }
    return file;
}

}  // namespace

// Not by the token: which one a URI means is known to the module alone, as any of its parts may be
// left out.
TokenKeys::Login TokenKeys::login_of(const TokenName& name) {
    return {.module = name.module, .pin_file = pin_file_of(name.uri)};
}

// What is thrown may have the URI in it, and is not repeated.
TokenKeys::Answer TokenKeys::ask(const TokenName& name) const {
    try {
        auto loaded = load_(name.uri, name.module);
        if (loaded) return std::move(*loaded);
        return std::unexpected(unusable(loaded.error().detail));
    } catch (const std::exception&) {
        return std::unexpected(
            unusable({.ja = "読み込みが異常終了しました", .en = "asking for it broke off"}));
    }
}

TokenKeys::Answer TokenKeys::of(const TokenName& name) {
    if (auto fault = misnamed(name)) return std::unexpected(std::move(*fault));
    const Login login = login_of(name);
    {
        const locks::Lock lock{mutex_};
        if (const auto known = answers_.find(name); known != answers_.end()) return known->second;
        if (asking_) return std::unexpected(still_asked());
        if (failed_logins_.contains(login)) return std::unexpected(other_key_failed());
        asking_ = true;
    }
    Answer answer = ask(name);
    const locks::Lock lock{mutex_};
    asking_ = false;
    if (!answer) failed_logins_.insert(login);
    answers_.insert_or_assign(name, answer);
    return answer;
}

}  // namespace sekisho::doctor
