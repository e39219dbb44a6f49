#include "gateway/admission/challenge.h"

#include <algorithm>
#include <string_view>

#include "adapters/documents/base64.h"

namespace sekisho::admission {

namespace {

constexpr std::string_view kDomain = "sekisho-card-challenge/1";
constexpr std::size_t kPurposeBytesMax = 64;

std::string base64url_of(const std::array<std::uint8_t, 32>& bytes) {
    return documents::to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

std::string text_of(const Challenge& challenge) {
    std::string text{kDomain};
    text += '\n';
    const auto line = [&text](std::string_view key, std::string_view value) {
        text.append(key).append("=").append(value).append("\n");
    };
    line("instance", challenge.instance);
    line("party", model::to_string(challenge.party));
    line("purpose", challenge.purpose.text());
    line("issued", model::to_rfc3339(challenge.issued));
    line("expires", model::to_rfc3339(challenge.expires));
    line("nonce", base64url_of(challenge.nonce));
    line("client", base64url_of(challenge.client));
    return text;
}

bool is_purpose(const model::Purpose& purpose) {
    const std::string& text = purpose.text();
    return !text.empty() && text.size() <= kPurposeBytesMax &&
           std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

}  // namespace sekisho::admission
