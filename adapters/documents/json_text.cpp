// Writing: compact, for people, and canonical (RFC 8785).
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "adapters/documents/json.h"

namespace sekisho::documents {

namespace {

// RFC 8785, 3.2.2.2: only what must be escaped is, and in the shortest way.
void append_string(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    out.push_back('"');
    for (const char c : text) {
        const auto byte = static_cast<std::uint8_t>(c);
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\f':
                out += "\\f";
                break;
            case '\r':
                out += "\\r";
                break;
            default:
                if (byte < 0x20) {
                    out += "\\u00";
                    out.push_back(kHex[byte >> 4]);
                    out.push_back(kHex[byte & 15]);
                } else {
                    out.push_back(c);
                }
        }
    }
    out.push_back('"');
}

// Shortest decimal of a double as ECMAScript writes it (RFC 8785, 3.2.2.3). `scientific` is
// d.ddde±xx.
std::string ecmascript_layout(std::string_view scientific) {
    std::string sign;
    if (scientific.starts_with('-')) {
        sign = "-";
        scientific.remove_prefix(1);
    }
    const std::size_t e = scientific.find('e');
    std::string digits{scientific.substr(0, e)};
    std::erase(digits, '.');
    std::string_view exponent = scientific.substr(e + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    int point = 0;
    std::from_chars(exponent.data(), exponent.data() + exponent.size(), point);
    const int count = static_cast<int>(digits.size());
    const int n = point + 1;  // digits before the decimal point
    if (n >= count && n <= 21) {
        return sign + digits + std::string(static_cast<std::size_t>(n - count), '0');
    }
    if (n > 0 && n <= 21) {
        return sign + digits.insert(static_cast<std::size_t>(n), ".");
    }
    if (n > -6 && n <= 0) {
        return sign + "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
    }
    if (count > 1) digits.insert(1, ".");
    return sign + digits + (point < 0 ? "e-" : "e+") + std::to_string(point < 0 ? -point : point);
}

std::string canonical_number(const std::string& text) {
    if (text == "-0") return "0";
    if (text.find_first_of(".eE") == std::string::npos)
        return text;  // every digit of an integer is kept
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{})
        value = 0;  // too small to be told from nothing; the reader refuses too large ones
    if (value == 0) return "0";
    std::array<char, 64> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                       std::chars_format::scientific);
    return ecmascript_layout({buffer.data(), written.ptr});
}

// UTF-16 order differs from byte order in one thing: U+10000 and above (lead bytes F0-F4) begin
// with a surrogate (D800-DBFF) and so come before U+E000..U+FFFF (lead bytes EE, EF).
bool utf16_less(std::string_view a, std::string_view b) {
    const auto [x, y] = std::ranges::mismatch(a, b);
    if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
    const auto weight = [](char c) -> unsigned {
        const auto byte = static_cast<std::uint8_t>(c);
        return byte == 0xEE || byte == 0xEF ? byte + 0x10U : byte;
    };
    return weight(*x) < weight(*y);
}

std::vector<const Json::Member*> members_of(const Json& object, bool sorted) {
    std::vector<const Json::Member*> members;
    members.reserve(object.members().size());
    for (const Json::Member& member : object.members()) members.push_back(&member);
    if (sorted) {
        std::ranges::sort(members, [](const Json::Member* a, const Json::Member* b) {
            return utf16_less(a->first, b->first);
        });
    }
    return members;
}

enum class Style : std::uint8_t { compact, pretty, canonical };

class Writer {
  public:
    explicit Writer(Style style) : style_(style) {}

    void write(const Json& value) {
        switch (value.kind()) {
            case Json::Kind::null:
                out_ += "null";
                break;
            case Json::Kind::boolean:
                out_ += value.as_boolean() == true ? "true" : "false";
                break;
            case Json::Kind::number:
                out_ += style_ == Style::canonical ? canonical_number(value.text()) : value.text();
                break;
            case Json::Kind::string:
                append_string(out_, value.text());
                break;
            case Json::Kind::array:
                write_array(value);
                break;
            case Json::Kind::object:
                write_object(value);
                break;
        }
    }
    std::string take() { return std::move(out_); }

  private:
    void write_array(const Json& value) {
        out_.push_back('[');
        ++depth_;
        bool first = true;
        for (const Json& item : value.items()) {
            separate(first);
            write(item);
            first = false;
        }
        finish(first, ']');
    }

    void write_object(const Json& value) {
        out_.push_back('{');
        ++depth_;
        bool first = true;
        for (const Json::Member* const member : members_of(value, style_ == Style::canonical)) {
            separate(first);
            append_string(out_, member->first);
            out_ += style_ == Style::pretty ? ": " : ":";
            write(member->second);
            first = false;
        }
        finish(first, '}');
    }

    void separate(bool first) {
        if (!first) out_.push_back(',');
        new_line();
    }

    void finish(bool empty, char bracket) {
        --depth_;
        if (!empty) new_line();
        out_.push_back(bracket);
    }

    void new_line() {
        if (style_ != Style::pretty) return;
        out_.push_back('\n');
        out_.append(depth_ * 2, ' ');
    }

    const Style style_;
    std::string out_;
    std::size_t depth_ = 0;
};

std::string written(const Json& value, Style style) {
    Writer writer{style};
    writer.write(value);
    return writer.take();
}

}  // namespace

std::string to_text(const Json& value) {
    return written(value, Style::compact);
}
std::string to_pretty(const Json& value) {
    return written(value, Style::pretty);
}
std::string to_canonical(const Json& value) {
    return written(value, Style::canonical);
}

}  // namespace sekisho::documents
