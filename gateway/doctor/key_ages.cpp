#include "gateway/doctor/key_ages.h"

#include <array>

#include "gateway/doctor/judgements.h"
#include "gateway/platform/key_file.h"

namespace sekisho::doctor {

namespace {

using platform::KeyFile;
using platform::KeyUse;

// The persons' key is never replaced.
constexpr std::array<KeyUse, 3> kReplaced{KeyUse::body, KeyUse::receipt, KeyUse::log};

std::optional<KeyFile> newest_of(const std::vector<std::string>& names, KeyUse use) {
    std::optional<KeyFile> newest;
    for (const std::string& name : names) {
        const auto file = platform::key_file(name);
        if (!file || file->use != use) continue;
        if (!newest || newest->number < file->number) newest = file;
    }
    return newest;
}

}  // namespace

Findings key_ages(const Premises& premises) {
    Findings findings;
    const std::string& folder = premises.config->keys_folder;
    const auto names = premises.machine.files->list(folder);
    if (!names) return findings;
    for (const KeyUse use : kReplaced) {
        const auto newest = newest_of(*names, use);
        if (!newest) continue;
        const std::string path = std::string{folder}.append("/").append(name_of(*newest));
        const auto written = platform::written_at(path);
        if (!written) continue;
        findings.push_back({.area = Area::certificates,
                            .subject = path,
                            .verdict = judge_key_age(*written, premises.machine.clock->now())});
    }
    return findings;
}

}  // namespace sekisho::doctor
