#include "adapters/documents/my_number.h"

#include <algorithm>
#include <string>

namespace sekisho::documents {

namespace {

constexpr std::size_t kDigits = 12;
constexpr std::size_t kGroup = 4;
constexpr char kOther = '\0';

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Every digit of the text as ASCII, blanks and hyphens as they are, everything else as one sign.
// Full width digits stand in UTF-8 as EF BC 90 to 99, in MS932 as 82 4F to 58.
std::string signs_of_utf8(std::string_view text) {
    std::string signs;
    signs.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool wide = text.substr(i).starts_with("\xef\xbc") && i + 2 < text.size();
        const int digit = wide ? static_cast<unsigned char>(text[i + 2]) - 0x90 : -1;
        if (digit >= 0 && digit <= 9) {
            signs.push_back(static_cast<char>('0' + digit));
            i += 2;
        } else {
            signs.push_back(is_digit(text[i]) || text[i] == ' ' || text[i] == '-' ? text[i]
                                                                                  : kOther);
        }
    }
    return signs;
}

std::string signs_of_ms932(std::string_view text) {
    std::string signs;
    signs.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool leads = (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
        if (leads && i + 1 < text.size()) {
            const int digit = static_cast<unsigned char>(text[++i]) - 0x4F;
            const bool wide = byte == 0x82 && digit >= 0 && digit <= 9;
            signs.push_back(wide ? static_cast<char>('0' + digit) : kOther);
        } else {
            signs.push_back(is_digit(text[i]) || text[i] == ' ' || text[i] == '-' ? text[i]
                                                                                  : kOther);
        }
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
