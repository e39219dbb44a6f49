#include "adapters/documents/media_type.h"

#include <algorithm>
#include <array>

namespace sekisho::documents {

namespace {

bool is_token_character(char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') ||
           std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

// Reads from the front of a text.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    void skip_spaces() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size()));
    }
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::optional<std::string> token() {
        const auto end = std::ranges::find_if_not(rest_, is_token_character);
        const auto length = static_cast<std::size_t>(end - rest_.begin());
        if (length == 0) return std::nullopt;
        std::string result{rest_.substr(0, length)};
        rest_.remove_prefix(length);
        return result;
    }
    std::optional<std::string> value() {
        if (!take('"')) return token();
        std::string result;
        while (!rest_.empty()) {
            if (take('"')) return result;
            if (take('\\') && rest_.empty()) return std::nullopt;
            result.push_back(rest_.front());
            rest_.remove_prefix(1);
        }
        return std::nullopt;
    }

  private:
    std::string_view rest_;
};

// Where a parameter's value is kept, if it is.
std::string* parameter_of(MediaType& type, std::string_view name) {
    if (name == "charset") return &type.charset;
    return name == "filename" ? &type.filename : nullptr;
}

}  // namespace

std::optional<MediaType> parse_media_type(std::string_view text) {
    Scanner scanner{text};
    scanner.skip_spaces();
    const auto type = scanner.token();
    if (!type || !scanner.take('/')) return std::nullopt;
    const auto subtype = scanner.token();
    if (!subtype) return std::nullopt;
    MediaType result{.name = lower(*type + "/" + *subtype), .charset = {}};
    for (scanner.skip_spaces(); !scanner.at_end(); scanner.skip_spaces()) {
        if (!scanner.take(';')) return std::nullopt;
        scanner.skip_spaces();
        const auto name = scanner.token();
        if (!name || !scanner.take('=')) return std::nullopt;
        const auto value = scanner.value();
        if (!value) return std::nullopt;
        std::string* const kept = parameter_of(result, lower(*name));
        if (kept == nullptr) continue;
        if (!kept->empty() || value->empty()) return std::nullopt;
        *kept = kept == &result.charset ? lower(*value) : *value;
    }
    return result;
}

bool is_ms932_csv(std::string_view media_type) {
    constexpr std::array<std::string_view, 6> kNames{"",      "shift_jis", "windows-31j",
                                                     "ms932", "cp932",     "x-sjis"};
    const auto parsed = parse_media_type(media_type);
    return parsed && parsed->name == "text/csv" &&
           std::ranges::find(kNames, parsed->charset) != kNames.end();
}

bool is_json(std::string_view media_type) {
    const auto parsed = parse_media_type(media_type);
    return parsed && parsed->name == "application/json" &&
           (parsed->charset.empty() || parsed->charset == "utf-8");
}

}  // namespace sekisho::documents
