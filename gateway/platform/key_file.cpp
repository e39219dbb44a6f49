#include "gateway/platform/key_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

namespace sekisho::platform {

namespace {

constexpr std::string_view kPerson = "person";
constexpr std::string_view kFirstLog = "log";

struct Form {
    KeyUse use;
    std::string_view prefix;
    std::string_view suffix;
};

constexpr std::array<Form, 5> kForms{{{KeyUse::body, "body-", ".key"},
                                      {KeyUse::person, kPerson, ".key"},
                                      {KeyUse::receipt, "receipt-", ".pem"},
                                      {KeyUse::log, "log-", ".pem"},
                                      {KeyUse::retired_log, "log-", ".pub"}}};

const Form& form_of(KeyUse use) {
    return *std::ranges::find(kForms, use, &Form::use);
}

std::optional<std::uint32_t> parse_number(std::string_view digits) {
    std::uint32_t number = 0;
    const auto [stop, trouble] = std::from_chars(digits.begin(), digits.end(), number);
    const bool whole = trouble == std::errc{} && stop == digits.end();
    return whole && number != 0 && !digits.starts_with('0') ? std::optional{number} : std::nullopt;
}

bool stands_without_number(const KeyFile& file) {
    return file.use == KeyUse::person || (file.use == KeyUse::log && file.number == 1);
}

std::optional<KeyFile> numbered(std::string_view name) {
    for (const Form& form : kForms) {
        if (!name.starts_with(form.prefix) || !name.ends_with(form.suffix)) continue;
        if (name.size() <= form.prefix.size() + form.suffix.size()) continue;
        std::string_view digits = name;
        digits.remove_prefix(form.prefix.size());
        digits.remove_suffix(form.suffix.size());
        const auto number = parse_number(digits);
        if (number) return KeyFile{.use = form.use, .number = *number};
    }
    return std::nullopt;
}

}  // namespace

std::optional<KeyFile> key_file(std::string_view name) {
    for (const KeyFile& bare :
         {KeyFile{.use = KeyUse::person}, KeyFile{.use = KeyUse::log, .number = 1}}) {
        if (name == name_of(bare)) return bare;
    }
    const auto file = numbered(name);
    return file && !stands_without_number(*file) ? file : std::nullopt;
}

std::string kid_of(const KeyFile& file) {
    if (file.use == KeyUse::person) return std::string{kPerson};
    if (stands_without_number(file)) return std::string{kFirstLog};
    return std::string{form_of(file.use).prefix} + std::to_string(file.number);
}

std::string name_of(const KeyFile& file) {
    return kid_of(file).append(form_of(file.use).suffix);
}

std::optional<model::Instant> written_at(const std::string& path) {
    std::error_code trouble;
    const auto at = std::filesystem::last_write_time(path, trouble);
    if (trouble) return std::nullopt;
    return std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(at));
}

}  // namespace sekisho::platform
