// Room on the file systems of the database, the spool and the log.
#include <filesystem>
#include <sys/vfs.h>

#include "gateway/doctor/areas.h"
#include "gateway/doctor/judgements.h"

namespace sekisho::doctor {

namespace {

namespace fs = std::filesystem;

// The folder itself, or, before the first start, the one it will be made in.
fs::path nearest_folder(fs::path folder) {
    std::error_code trouble;
    while (!folder.empty() && folder != folder.root_path() && !fs::exists(folder, trouble)) {
        folder = folder.parent_path();
    }
    return folder.empty() ? fs::path{"."} : folder;
}

Verdict look_at(const fs::path& folder) {
    struct statfs status{};
    if (::statfs(nearest_folder(folder).c_str(), &status) != 0) {
        return unknown("statfs", {.ja = "ゲートウェイの利用者か root で実行してください",
                                  .en = "run it as the gateway's user, or as root"});
    }
    const auto block = static_cast<std::uint64_t>(status.f_bsize);
    return judge_room({.bytes_free = status.f_bavail * block,
                       .bytes = status.f_blocks * block,
                       .inodes_free = status.f_ffree,
                       .inodes = status.f_files});
}

}  // namespace

Findings examine_disk(const Premises& premises) {
    const config::Config& config = *premises.config;
    std::vector<std::string> folders{fs::path{config.store.path}.parent_path().string(),
                                     config.store.spool_folder};
    if (config.log_file) folders.push_back(fs::path{*config.log_file}.parent_path().string());
    Findings findings;
    for (const std::string& folder : folders) {
        findings.push_back({.area = Area::disk, .subject = folder, .verdict = look_at(folder)});
    }
    return findings;
}

}  // namespace sekisho::doctor
