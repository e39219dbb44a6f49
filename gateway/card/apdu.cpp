#include "gateway/card/apdu.h"

#include <cassert>

#include "routing/model/limits.h"

namespace sekisho::card {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kApplication = "\xD3\x92\xF0\x00\x26\x01\x00\x00\x00\x01"sv;
// DigestInfo of SHA-256 without the digest (RFC 8017, 9.2, note 1).
constexpr std::string_view kDigestInfo =
    "\x30\x31\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"sv;

constexpr char byte_of(std::size_t value) {
    return static_cast<char>(static_cast<unsigned char>(value & 0xFFU));
}

// What is appended always fits: the longest command has 57 bytes.
void append(CardCommand& command, std::string_view bytes) {
    [[maybe_unused]] const bool fits = command.append(bytes);
    assert(fits);
}

void append_sized(CardCommand& command, std::string_view data) {
    const char size = byte_of(data.size());
    append(command, {&size, 1});
    append(command, data);
}

CardCommand command_of(std::string_view header) {
    CardCommand command;
    append(command, header);
    return command;
}

std::string_view without_padding(std::string_view text) {
    const std::size_t end = text.find_last_not_of(" \0"sv);
    return text.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

}  // namespace

CardCommand select_application() {
    CardCommand command = command_of("\x00\xA4\x04\x0C"sv);
    append_sized(command, kApplication);
    return command;
}

CardCommand select_file(File file) {
    CardCommand command = command_of("\x00\xA4\x02\x0C"sv);
    const auto number = static_cast<std::uint16_t>(file);
    const std::array<char, 2> name{byte_of(number >> 8U), byte_of(number)};
    append_sized(command, {name.data(), name.size()});
    return command;
}

CardCommand read_binary(std::size_t offset, std::size_t le) {
    assert(offset <= 0x7FFF && le >= 1 && le <= kResponseDataMax);
    CardCommand command = command_of("\x00\xB0"sv);
    const std::array<char, 3> rest{byte_of(offset >> 8U), byte_of(offset), byte_of(le)};
    append(command, {rest.data(), rest.size()});
    return command;
}

CardCommand ask_tries() {
    return command_of("\x00\x20\x00\x80"sv);
}

CardCommand verify(const Pin& pin) {
    CardCommand command = command_of("\x00\x20\x00\x80\x04"sv);
    static_assert(Pin::kDigits == 4);
    [[maybe_unused]] const bool fits = pin.append_to(command);
    assert(fits);
    return command;
}

CardCommand sign(const model::Sha256& digest) {
    CardCommand command = command_of("\x80\x2A\x00\x80\x33"sv);
    append(command, kDigestInfo);
    append(command, {reinterpret_cast<const char*>(digest.data()), digest.size()});
    append(command, "\x00"sv);
    return command;
}

std::optional<Response> parse_response(std::string_view bytes) {
    constexpr std::size_t kStatusBytes = 2;
    if (bytes.size() < kStatusBytes || bytes.size() > kResponseDataMax + kStatusBytes) {
        return std::nullopt;
    }
    const std::string_view status = bytes.substr(bytes.size() - kStatusBytes);
    const auto high = static_cast<unsigned char>(status[0]);
    const auto low = static_cast<unsigned char>(status[1]);
    return Response{.data = std::string{bytes.substr(0, bytes.size() - kStatusBytes)},
                    .status = static_cast<StatusWords>(high << 8U | low)};
}

std::optional<int> tries_of(StatusWords status) {
    if (status == kPinBlocked || status == kPinUnusable) return 0;
    if ((status & 0xFFF0U) != 0x63C0U) return std::nullopt;
    return static_cast<int>(status & 0xFU);
}

std::optional<std::size_t> certificate_size(std::string_view head) {
    constexpr char kSequence = 0x30;
    if (head.size() < kDerHeaderBytes || head[0] != kSequence) return std::nullopt;
    const auto at = [&head](std::size_t i) {
        return std::size_t{static_cast<unsigned char>(head[i])};
    };
    std::size_t header = 0;
    std::size_t content = 0;
    std::size_t least = 0;  // DER writes a length in as few bytes as it takes
    if (at(1) < 0x80) {
        header = 2;
        content = at(1);
    } else if (at(1) == 0x81) {
        header = 3;
        content = at(2);
        least = 0x80;
    } else if (at(1) == 0x82) {
        header = 4;
        content = at(2) << 8U | at(3);
        least = 0x100;
    } else {
        return std::nullopt;
    }
    const std::size_t size = header + content;
    if (content < least || size < kDerHeaderBytes ||
        size > model::limits::kCardCertificateBytesMax) {
        return std::nullopt;
    }
    return size;
}

Token token_of(std::string_view content) {
    const std::string_view name = without_padding(content);
    if (name == "JPKIAPICCTOKEN2") return Token::my_number_card;
    if (name == "JPKIAPICCTOKEN") return Token::resident_card;
    if (name == "JPKIAPGPSETOKEN" || name == "JPKIAPIOSTOKEN") return Token::smartphone;
    return Token::unknown;
}

std::string_view to_string(Token token) {
    switch (token) {
        case Token::my_number_card:
            return "my-number-card";
        case Token::resident_card:
            return "resident-card";
        case Token::smartphone:
            return "smartphone";
        case Token::unknown:
            return "unknown";
    }
    return "";
}

}  // namespace sekisho::card
