#include "adapters/documents/my_number.h"

#include <algorithm>
#include <array>
#include <string>

namespace sekisho::documents {

namespace {

constexpr std::size_t kDigits = 12;
constexpr std::size_t kGroup = 4;
constexpr char kOther = '\0';

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// A character of full width, as its encoding writes it, and the sign it stands for.
struct Wide {
    std::string_view bytes;
    char sign;
};
constexpr auto kWideUtf8 = std::to_array<Wide>({{"\xe3\x80\x80", ' '},    // U+3000
                                                {"\xef\xbc\x8d", '-'},    // U+FF0D
                                                {"\xe2\x80\x90", '-'},    // U+2010
                                                {"\xe2\x88\x92", '-'}});  // U+2212
constexpr auto kWideMs932 =
    std::to_array<Wide>({{"\x81\x40", ' '}, {"\x81\x7c", '-'}, {"\x81\x5d", '-'}});

char plain_sign(char c) {
    return is_digit(c) || c == ' ' || c == '-' ? c : kOther;
}

// The sign of a character: a digit, a blank, a hyphen, or none of these. `first_digit` is the byte
// that stands last in a digit 0 of full width, before which comes `lead`.
template <std::size_t N>
char sign_of(std::string_view character, const std::array<Wide, N>& wide, std::string_view lead,
             unsigned char first_digit) {
    if (character.size() == 1) return plain_sign(character.front());
    if (character.starts_with(lead) && character.size() == lead.size() + 1) {
        const int digit = static_cast<unsigned char>(character.back()) - first_digit;
        if (digit >= 0 && digit <= 9) return static_cast<char>('0' + digit);
    }
    const auto found = std::ranges::find(wide, character, &Wide::bytes);
    return found == wide.end() ? kOther : found->sign;
}

std::size_t utf8_length(unsigned char lead) {
    if (lead < 0xC0) return 1;
    if (lead < 0xE0) return 2;
    return lead < 0xF0 ? 3 : 4;
}

std::size_t ms932_length(unsigned char lead) {
    return (lead >= 0x81 && lead <= 0x9F) || (lead >= 0xE0 && lead <= 0xFC) ? 2 : 1;
}

// A sign for each character of the text.
std::string signs_of_utf8(std::string_view text) {
    std::string signs;
    signs.reserve(text.size());
    while (!text.empty()) {
        const auto character = text.substr(0, utf8_length(static_cast<unsigned char>(text[0])));
        signs.push_back(sign_of(character, kWideUtf8, "\xef\xbc", 0x90));
        text.remove_prefix(character.size());
    }
    return signs;
}

std::string signs_of_ms932(std::string_view text) {
    std::string signs;
    signs.reserve(text.size());
    while (!text.empty()) {
        const auto character = text.substr(0, ms932_length(static_cast<unsigned char>(text[0])));
        signs.push_back(sign_of(character, kWideMs932, "\x82", 0x4F));
        text.remove_prefix(character.size());
    }
    return signs;
}

std::size_t digits_from(std::string_view signs, std::size_t at) {
    const auto end =
        std::find_if_not(signs.begin() + static_cast<std::ptrdiff_t>(at), signs.end(), is_digit);
    return static_cast<std::size_t>(end - signs.begin()) - at;
}

// At `at` begins a run of digits. Whether it is such a number, alone or with two runs behind it.
bool begins_my_number(std::string_view signs, std::size_t at) {
    const std::size_t first = digits_from(signs, at);
    if (first == kDigits) return is_my_number(signs.substr(at, kDigits));
    if (first != kGroup) return false;
    std::string digits{signs.substr(at, kGroup)};
    for (int group = 0; group < 2; ++group) {
        at += kGroup;
        if (at >= signs.size() || (signs[at] != ' ' && signs[at] != '-')) return false;
        if (digits_from(signs, ++at) != kGroup) return false;
        digits.append(signs.substr(at, kGroup));
    }
    return is_my_number(digits);
}

bool mentions(std::string_view signs) {
    for (std::size_t at = 0; at < signs.size();) {
        const std::size_t run = digits_from(signs, at);
        if (run > 0 && begins_my_number(signs, at)) return true;
        at += std::max<std::size_t>(run, 1);
    }
    return false;
}

// Most texts have not twelve digits: those are not looked at a second time.
bool may_mention(std::string_view text) {
    return text.size() >= kDigits &&
           (static_cast<std::size_t>(std::ranges::count_if(text, is_digit)) >= kDigits ||
            text.find('\xef') != std::string_view::npos ||
            text.find('\x82') != std::string_view::npos);
}

}  // namespace

// The digits from the right, without the check digit, are weighted 2 to 7 and 2 to 6.
bool is_my_number(std::string_view text) {
    if (text.size() != kDigits || !std::ranges::all_of(text, is_digit)) return false;
    if (text.find_first_not_of("01") == std::string_view::npos) return false;  // flags
    int sum = 0;
    for (int n = 1; n <= 11; ++n) {
        const int weight = n <= 6 ? n + 1 : n - 5;
        sum += (text[static_cast<std::size_t>(11 - n)] - '0') * weight;
    }
    const int rest = sum % 11;
    return text[11] - '0' == (rest <= 1 ? 0 : 11 - rest);
}

bool mentions_my_number_utf8(std::string_view text) {
    return may_mention(text) && mentions(signs_of_utf8(text));
}

bool mentions_my_number_ms932(std::string_view text) {
    return may_mention(text) && mentions(signs_of_ms932(text));
}

}  // namespace sekisho::documents
