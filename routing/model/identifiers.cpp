#include "routing/model/identifiers.h"

#include <algorithm>

#include "routing/model/limits.h"

namespace sekisho::model {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, is_digit);
}

}  // namespace

std::optional<char> modulus10_digit(std::string_view digits) {
    if (digits.empty() || !all_digits(digits)) return std::nullopt;
    int sum = 0;
    int weight = 2;
    for (auto it = digits.rbegin(); it != digits.rend(); ++it) {
        const int product = (*it - '0') * weight;
        sum += product / 10 + product % 10;
        weight = 3 - weight;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::optional<InsurerNumber> parse_insurer_number(std::string_view text) {
    if (text.size() != 6 || !all_digits(text)) return std::nullopt;
    return InsurerNumber{std::string{text}};
}

std::optional<InsuredNumber> parse_insured_number(std::string_view text) {
    if (text.size() != 10 || !(is_digit(text[0]) || text[0] == 'H')) return std::nullopt;
    if (!all_digits(text.substr(1))) return std::nullopt;
    return InsuredNumber{std::string{text}};
}

std::optional<OfficeNumber> parse_office_number(std::string_view text) {
    if (text.size() != 10 || !all_digits(text.substr(0, 2))) return std::nullopt;
    if (!(is_digit(text[2]) || is_upper(text[2])) || !all_digits(text.substr(3)))
        return std::nullopt;
    return OfficeNumber{std::string{text}};
}

std::optional<MessageId> parse_message_id(std::string_view text) {
    const auto allowed = [](char c) {
        return is_digit(c) || is_upper(c) || is_lower(c) || c == '.' || c == '_' || c == '~' ||
               c == '-';
    };
    if (text.empty() || text.size() > limits::kMessageIdBytesMax) return std::nullopt;
    if (!std::ranges::all_of(text, allowed)) return std::nullopt;
    return MessageId{std::string{text}};
}

std::optional<BusinessKey> parse_business_key(std::string_view text) {
    const auto printable = [](char c) { return c >= 0x20 && c <= 0x7e; };
    if (text.empty() || text.size() > limits::kBusinessKeyBytesMax) return std::nullopt;
    if (!std::ranges::all_of(text, printable)) return std::nullopt;
    return BusinessKey{std::string{text}};
}

bool check_digit_holds(const InsurerNumber& insurer) {
    const std::string& text = insurer.text();
    return text.size() == 6 && modulus10_digit(std::string_view{text}.substr(0, 5)) == text[5];
}

// The digit covers the first nine characters or, in some prefectures' kinds 1 and 5, only
// characters 4 to 9; `B` (介護医療院) counts as 2. Both readings are tried because both are in use.
bool check_digit_holds(const OfficeNumber& office) {
    std::string text = office.text();
    if (text.size() != 10) return false;
    if (text[2] == 'B') text[2] = '2';
    const std::string_view digits{text};
    return modulus10_digit(digits.substr(0, 9)) == digits[9] ||
           modulus10_digit(digits.substr(3, 6)) == digits[9];
}

std::string to_hex(const Sha256& digest) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string text;
    text.reserve(digest.size() * 2);
    for (const std::uint8_t byte : digest) {
        text.push_back(kHex[byte >> 4]);
        text.push_back(kHex[byte & 15]);
    }
    return text;
}

}  // namespace sekisho::model
