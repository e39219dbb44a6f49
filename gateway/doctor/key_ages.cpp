#include "gateway/doctor/key_ages.h"

#include <array>
#include <charconv>
#include <filesystem>

#include "gateway/doctor/judgements.h"

namespace sekisho::doctor {

namespace {

namespace fs = std::filesystem;

struct Kind {
    std::string_view prefix;
    std::string_view suffix;
};

// As platform::Keyring names them; of `log.pem`, the first of the log's, no number is told.
constexpr std::array<Kind, 3> kKinds{{{"body-", ".key"}, {"receipt-", ".pem"}, {"log-", ".pem"}}};

std::optional<std::uint32_t> number_of(std::string_view name, const Kind& kind) {
    if (kind.prefix == "log-" && name == "log.pem") return 1;
    if (!name.starts_with(kind.prefix) || !name.ends_with(kind.suffix)) return std::nullopt;
    name.remove_prefix(kind.prefix.size());
    name.remove_suffix(kind.suffix.size());
    std::uint32_t number = 0;
    const auto [stop, trouble] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool whole = trouble == std::errc{} && stop == name.data() + name.size();
    return whole ? std::optional{number} : std::nullopt;
}

std::string newest_of(const std::vector<std::string>& names, const Kind& kind) {
    std::string newest;
    std::uint32_t most = 0;
    for (const std::string& name : names) {
        const auto number = number_of(name, kind);
        if (!number || *number < most) continue;
        most = *number;
        newest = name;
    }
    return newest;
}

std::optional<model::Instant> written_at(const std::string& path) {
    std::error_code trouble;
    const auto at = fs::last_write_time(path, trouble);
    if (trouble) return std::nullopt;
    return std::chrono::floor<model::Duration>(fs::file_time_type::clock::to_sys(at));
}

}  // namespace

Findings key_ages(const Premises& premises) {
    Findings findings;
    const std::string& folder = premises.config->keys_folder;
    const auto names = premises.machine.files->list(folder);
    if (!names) return findings;
    for (const Kind& kind : kKinds) {
        const std::string newest = newest_of(*names, kind);
        const std::string path = std::string{folder}.append("/").append(newest);
        const auto since = newest.empty() ? std::nullopt : written_at(path);
        if (!since) continue;
        findings.push_back({.area = Area::certificates,
                            .subject = path,
                            .verdict = judge_key_age(*since, premises.machine.clock->now())});
    }
    return findings;
}

}  // namespace sekisho::doctor
