#include "gateway/admission/challenge.h"

#include <algorithm>

#include "adapters/documents/base64.h"

namespace sekisho::admission {

namespace {

constexpr std::string_view kDomain = "sekisho-card-challenge/1";
constexpr std::size_t kPurposeBytesMax = 64;
constexpr std::size_t kInstanceBytesMax = 256;

std::string base64url_of(const std::array<std::uint8_t, 32>& bytes) {
    return documents::to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// The value of the next line, which must be `key`'s; taken off the text.
std::optional<std::string_view> take_line(std::string_view& text, std::string_view key) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view line = text.substr(0, end);
    if (!line.starts_with(key)) return std::nullopt;
    text.remove_prefix(end + 1);
    return line.substr(key.size());
}

bool take_bytes(std::string_view text, std::array<std::uint8_t, 32>& into) {
    const auto bytes = documents::from_base64url(text);
    if (!bytes || bytes->size() != into.size()) return false;
    std::ranges::transform(*bytes, into.begin(),
                           [](char c) { return static_cast<std::uint8_t>(c); });
    return true;
}

}  // namespace

std::optional<Challenge> read_challenge(std::string_view text) {
    std::string_view rest = text;
    if (const auto domain = take_line(rest, kDomain); !domain || !domain->empty()) {
        return std::nullopt;
    }
    const auto instance = take_line(rest, "instance=");
    const auto party_text = take_line(rest, "party=");
    const auto purpose = take_line(rest, "purpose=");
    const auto issued_text = take_line(rest, "issued=");
    const auto expires_text = take_line(rest, "expires=");
    const auto nonce = take_line(rest, "nonce=");
    const auto client = take_line(rest, "client=");
    if (!client || !nonce || !expires_text || !issued_text || !purpose || !party_text ||
        !instance || !is_instance(*instance)) {
        return std::nullopt;
    }
    const auto party = model::parse_party_id(*party_text);
    const auto issued = model::parse_rfc3339(*issued_text);
    const auto expires = model::parse_rfc3339(*expires_text);
    Challenge challenge{.instance = std::string{*instance},
                        .purpose = model::Purpose{std::string{*purpose}}};
    if (!party || !issued || !expires || !is_purpose(challenge.purpose) ||
        !take_bytes(*nonce, challenge.nonce) || !take_bytes(*client, challenge.client)) {
        return std::nullopt;
    }
    challenge.party = *party;
    challenge.issued = *issued;
    challenge.expires = *expires;
    // Whatever has a second way to be written (a time's zone, what stands behind the last line).
    if (text_of(challenge) != text) return std::nullopt;
    return challenge;
}

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

bool is_instance(std::string_view text) {
    return !text.empty() && text.size() <= kInstanceBytesMax &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

bool is_purpose(const model::Purpose& purpose) {
    const std::string& text = purpose.text();
    return !text.empty() && text.size() <= kPurposeBytesMax &&
           std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

}  // namespace sekisho::admission
