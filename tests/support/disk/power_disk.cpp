#include "tests/support/disk/power_disk.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <utility>

#include "tests/support/chance.h"

namespace sekisho::tests {

// A file and its changes since it was last synced.
struct PowerDisk::File {
    struct Change {
        std::size_t at = 0;
        std::string bytes{};
        bool truncates = false;  // to `at`
        bool forgotten = false;  // a sync that was to keep it failed
    };

    std::string content{};  // what the medium holds for sure
    std::vector<Change> changes{};

    void sync();
    std::string after_cut(Chance& chance) const;
};

namespace {

// Of a write that was under way the medium keeps whole sectors.
constexpr std::array<std::size_t, 2> kSectors{512, 4096};
constexpr double kKept = 0.4;
constexpr double kTorn = 0.3;
constexpr double kNameKept = 0.5;

std::string name_of(std::string_view path) {
    return std::filesystem::path(path).filename().string();
}

std::string path_in(const std::string& folder, const std::string& name) {
    return (std::filesystem::path(folder) / name).string();
}

void put(std::string& content, std::size_t at, std::string_view bytes) {
    if (content.size() < at + bytes.size()) content.resize(at + bytes.size());
    content.replace(at, bytes.size(), bytes);
}

void put_some_sectors(std::string& content, std::size_t at, std::string_view bytes,
                      Chance& chance) {
    const std::size_t sector = kSectors[chance.below(kSectors.size())];
    while (!bytes.empty()) {
        const std::size_t piece = std::min(bytes.size(), sector - at % sector);
        if (chance.of(0.5)) put(content, at, bytes.substr(0, piece));
        bytes.remove_prefix(piece);
        at += piece;
    }
}

void write_out(const std::string& path, const std::string& content) {
    std::ofstream out{path, std::ios::binary};
    out << content;
    std::filesystem::permissions(path, std::filesystem::perms{0600});
}

}  // namespace

void PowerDisk::File::sync() {
    for (const Change& change : changes) {
        if (change.forgotten) continue;
        if (change.truncates) {
            content.resize(change.at);
        } else {
            put(content, change.at, change.bytes);
        }
    }
    changes.clear();
}

std::string PowerDisk::File::after_cut(Chance& chance) const {
    std::string left = content;
    for (const Change& change : changes) {
        const double draw = chance.share();
        if (draw >= kKept + kTorn) continue;
        if (change.truncates) {
            left.resize(change.at);
        } else if (draw < kKept) {
            put(left, change.at, change.bytes);
        } else {
            put_some_sectors(left, change.at, change.bytes, chance);
        }
    }
    return left;
}

PowerDisk::PowerDisk(std::string name)
    : vfs_(std::move(name), [this](const WatchedCall& call) { return before(call); }) {}

PowerDisk::~PowerDisk() = default;

void PowerDisk::end_at(std::uint64_t call, End end) {
    end_at_ = call;
    end_ = end;
}

void PowerDisk::heal() {
    fault_.reset();
    fail_next_sync_ = false;
}

int PowerDisk::before(const WatchedCall& call) {
    const bool creates = call.kind == DiskCall::open && !files_.contains(name_of(call.path)) &&
                         (call.flags & SQLITE_OPEN_CREATE) != 0;
    const bool changes = creates || (call.kind != DiskCall::open && call.kind != DiskCall::read);
    if (!changes) return SQLITE_OK;
    ++calls_;
    const int code = fate_of(call);
    met_trouble_ = met_trouble_ || code != SQLITE_OK;
    const bool under_way = calls_ == end_at_ && end_ == End::power;
    if (code == SQLITE_OK || under_way) record(call);
    return code;
}

int PowerDisk::fate_of(const WatchedCall& call) {
    if (has_ended()) return SQLITE_IOERR;
    return is_to_fail(call.kind) ? failure_of(call) : SQLITE_OK;
}

bool PowerDisk::is_to_fail(DiskCall kind) const {
    if (kind == DiskCall::sync && fail_next_sync_) return true;
    if (!fault_ || calls_ < fault_->at) return false;
    if (calls_ > fault_->at && fault_->lasting == DiskFault::Lasting::once) return false;
    const bool needs_room =
        kind == DiskCall::write || kind == DiskCall::open || kind == DiskCall::sync;
    return needs_room || fault_->code != SQLITE_FULL;
}

int PowerDisk::failure_of(const WatchedCall& call) {
    switch (call.kind) {
        case DiskCall::open:
            return SQLITE_CANTOPEN;
        case DiskCall::sync:
            fail_next_sync_ = false;
            // A rollback journal that cannot be synced SQLite makes anew.
            failed_to_sync_ = failed_to_sync_ || (call.flags & SQLITE_OPEN_MAIN_JOURNAL) == 0;
            for (auto& change : file(name_of(call.path))->changes) change.forgotten = true;
            return SQLITE_IOERR_FSYNC;
        case DiskCall::truncate:
            return SQLITE_IOERR_TRUNCATE;
        case DiskCall::remove:
            return SQLITE_IOERR_DELETE;
        default:
            return fault_->code == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
}

void PowerDisk::record(const WatchedCall& call) {
    const std::string name = name_of(call.path);
    switch (call.kind) {
        case DiskCall::open:
            (void)file(name);
            return;
        case DiskCall::write:
            file(name)->changes.push_back(
                {.at = static_cast<std::size_t>(call.at), .bytes = std::string{call.bytes}});
            return;
        case DiskCall::truncate:
            file(name)->changes.push_back(
                {.at = static_cast<std::size_t>(call.at), .truncates = true});
            return;
        case DiskCall::sync:
            if (!has_ended()) record_sync(call);
            return;
        case DiskCall::remove:
            files_.erase(name);
            return;
        case DiskCall::read:
            return;
    }
}

void PowerDisk::record_sync(const WatchedCall& call) {
    const std::string name = name_of(call.path);
    file(name)->sync();
    // SQLite syncs the folder with the first sync of a journal or log that it made.
    if (!call.is_database() && !on_medium_.contains(name)) synced_folder();
}

void PowerDisk::synced_folder() {
    if (!has_ended()) on_medium_ = files_;
}

std::shared_ptr<PowerDisk::File>& PowerDisk::file(const std::string& name) {
    auto& found = files_[name];
    if (!found) found = std::make_shared<File>();
    return found;
}

void PowerDisk::come_back_from_cut(const std::string& folder, Loss loss, std::uint64_t seed) {
    Chance chance{seed};
    std::set<std::string> names;
    for (const Files* of : {&files_, &on_medium_}) {
        for (const auto& [name, file] : *of) names.insert(name);
    }
    Files left;
    for (const std::string& name : names) {
        const bool latest = loss == Loss::by_chance && chance.of(kNameKept);
        const Files& from = latest ? files_ : on_medium_;
        const auto found = from.find(name);
        if (found == from.end()) continue;
        auto file = std::make_shared<File>();
        file->content =
            loss == Loss::all ? found->second->content : found->second->after_cut(chance);
        write_out(path_in(folder, name), file->content);
        left.emplace(name, std::move(file));
    }
    files_ = left;
    on_medium_ = std::move(left);
    start_over();
}

void PowerDisk::come_back_from_exit(const std::string& from, const std::string& folder) {
    for (const auto& [name, file] : files_) {
        const std::string path = path_in(from, name);
        if (std::filesystem::exists(path)) {
            std::filesystem::copy_file(path, path_in(folder, name));
        }
    }
    start_over();
}

void PowerDisk::start_over() {
    end_at_ = UINT64_MAX;
    heal();
    met_trouble_ = false;
    failed_to_sync_ = false;
}

}  // namespace sekisho::tests
