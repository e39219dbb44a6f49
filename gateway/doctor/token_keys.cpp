#include "gateway/doctor/token_keys.h"

#include <algorithm>
#include <optional>

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
    return not_tried(
        {.ja = "トークンがまだ答えていません", .en = "the token has not answered yet"});
}

Verdict other_key_failed() {
    return not_tried({.ja = "同じ PIN の別の鍵を使えなかったため、試していません",
                      .en = "not tried: another key behind the same PIN could not be used"});
}

// What the adapters refuse too, before any token is asked.
std::optional<Verdict> misnamed(const TokenName& name) {
    if (name.module.empty()) {
        return unusable({.ja = "pkcs11_module がありません", .en = "\"pkcs11_module\" is missing"});
    }
    if (name.uri.contains("pin-value=")) {
        return unusable(
            {.ja = "PIN はここに書かず、pin-source=file: のファイルに置いてください",
             .en = "a PIN does not stand here; put it into the file of pin-source=file:"});
    }
    return std::nullopt;
}

// The URI without what tells one key of a token from another (RFC 7512 section 2.3).
TokenName login_of(const TokenName& name) {
    constexpr std::string_view kEnds = ";?&";
    constexpr std::string_view kScheme = "pkcs11:";
    TokenName login{.uri = {}, .module = name.module};
    for (std::size_t at = 0; at < name.uri.size();) {
        const std::size_t end = std::min(name.uri.find_first_of(kEnds, at), name.uri.size());
        std::string_view part = std::string_view{name.uri}.substr(at, end - at);
        at = end + 1;
        if (part.starts_with(kScheme)) part.remove_prefix(kScheme.size());
        const bool of_one_key =
            part.starts_with("object=") || part.starts_with("id=") || part.starts_with("type=");
        if (!of_one_key) login.uri.append(part).append(";");
    }
    return login;
}

}  // namespace

TokenKeys::Answer TokenKeys::of(const TokenName& name) {
    if (auto fault = misnamed(name)) return std::unexpected(std::move(*fault));
    const TokenName login = login_of(name);
    {
        const locks::Lock lock{mutex_};
        if (const auto known = answers_.find(name); known != answers_.end()) return known->second;
        if (failed_logins_.contains(login)) return std::unexpected(other_key_failed());
        answers_.emplace(name, std::unexpected(still_asked()));
    }
    auto loaded = load_(name.uri, name.module);
    Answer answer = loaded ? Answer{std::move(*loaded)}
                           : Answer{std::unexpected(unusable(loaded.error().detail))};
    const locks::Lock lock{mutex_};
    if (!answer) failed_logins_.insert(login);
    answers_.insert_or_assign(name, answer);
    return answer;
}

}  // namespace sekisho::doctor
