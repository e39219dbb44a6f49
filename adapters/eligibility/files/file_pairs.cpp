#include "adapters/eligibility/files/file_pairs.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "adapters/file/content.h"
#include "adapters/file/doorbell.h"
#include "adapters/file/dropped_file.h"

namespace sekisho::eligibility_adapter {

using Trouble = FilePairs::Trouble;

namespace {

constexpr std::string_view kRequests = "req";
constexpr std::string_view kResponses = "res";
constexpr std::string_view kAsked = "asked";
constexpr std::string_view kAside = "aside";

constexpr std::chrono::milliseconds kLookAgain{250};
constexpr std::uint64_t kResponseBytesMax = 16 * model::limits::kMebibyte;

// "Processing" makes room for the response that follows. What was put in its place meanwhile is
// that response, and counts.
std::expected<std::string, NoAnswer> take_away(const std::string& path, const std::string& to,
                                               const FilePairs::Read& read) {
    if (std::rename(path.c_str(), to.c_str()) != 0) return std::unexpected(NoAnswer::processing);
    const auto content = file::content_of(to, kResponseBytesMax);
    (void)::unlink(to.c_str());
    return content ? read(*content) : std::unexpected(NoAnswer::processing);
}

FileName response_to(const FileName& request) {
    return {.service = request.service, .direction = Direction::response, .id = request.id};
}

Trouble broken(std::string detail) {
    return {.late = false, .detail = std::move(detail)};
}

}  // namespace

// The id of a pair while this program waits for its response.
class FilePairs::Pending {
  public:
    Pending(FilePairs& pairs, const std::string& id) : pairs_(pairs), id_(id) {
        const locks::Lock lock(pairs_.mutex_);
        pairs_.pending_.insert(id_);
    }
    ~Pending() {
        const locks::Lock lock(pairs_.mutex_);
        pairs_.pending_.erase(id_);
    }
    Pending(const Pending&) = delete;
    Pending& operator=(const Pending&) = delete;

  private:
    FilePairs& pairs_;
    const std::string id_;
};

std::string FilePairs::path_of(std::string_view place, const FileName& name) const {
    return folder_ + "/" + std::string{place} + "/" + to_string(name);
}

std::string FilePairs::marker_of(const FileName& name) const {
    return folder_ + "/" + std::string{kAsked} + "/" + name.id;
}

std::expected<std::string, Trouble> FilePairs::exchange(const FileName& request,
                                                        std::string_view text, const Read& read,
                                                        adapters::Deadline deadline) {
    const Pending pending(*this, request.id);
    sweep();
    if (auto asked = ask(request, text); !asked) return std::unexpected(asked.error());
    auto answer = wait(request, read, deadline);
    if (answer) {
        settle(request);
    } else if (request.service != Service::document) {
        give_up(request);
    }
    return answer;
}

// The name in `asked` comes first and goes last: whatever answers the request is known to do so.
std::expected<void, Trouble> FilePairs::ask(const FileName& request, std::string_view text) {
    if (text.empty()) return std::unexpected(broken("the request cannot be written as XML"));
    for (const std::string_view place : {kAsked, kAside})
        (void)::mkdir((folder_ + "/" + std::string{place}).c_str(), 0700);
    if (request.service == Service::document) {
        const std::string asked = folder_ + "/" + std::string{kAsked};
        file::DroppedFile marker(asked, request.id);
        if (!marker.sync() || !marker.publish() || !file::sync_folder(asked))
            return std::unexpected(broken("asked: " + marker.trouble()));
        if (::access(path_of(kResponses, response_to(request)).c_str(), F_OK) == 0) return {};
        if (::access(path_of(kRequests, request).c_str(), F_OK) == 0) return {};
    }
    const std::string requests = folder_ + "/" + std::string{kRequests};
    file::DroppedFile dropped(requests, to_string(request));
    if (!dropped.write(text) || !dropped.sync() || !dropped.publish())
        return std::unexpected(broken("req: " + dropped.trouble()));
    if (!file::sync_folder(requests)) return std::unexpected(broken("req: cannot be synced"));
    return {};
}

std::expected<std::string, Trouble> FilePairs::wait(const FileName& request, const Read& read,
                                                    adapters::Deadline deadline) {
    const std::string path = path_of(kResponses, response_to(request));
    const file::Doorbell doorbell(folder_ + "/" + std::string{kResponses});
    bool unreadable = false;
    while (true) {
        const auto content = file::content_of(path, kResponseBytesMax);
        if (content) {
            auto answer = read(*content);
            if (!answer && answer.error() == NoAnswer::processing)
                answer = take_away(path, path_of(kAside, request), read);
            if (answer) return std::move(*answer);
            unreadable = answer.error() != NoAnswer::processing;
        } else {
            unreadable = content.error() == file::NoContent::too_large;
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) break;
        doorbell.wait(std::min(left, kLookAgain));
    }
    if (!unreadable) return std::unexpected(Trouble{.late = true, .detail = "no response in time"});
    (void)std::rename(path.c_str(), path_of(kAside, response_to(request)).c_str());
    return std::unexpected(broken("a response that cannot be read was set aside"));
}

void FilePairs::settle(const FileName& request) {
    (void)::unlink(path_of(kResponses, response_to(request)).c_str());
    (void)::unlink(path_of(kRequests, request).c_str());
    (void)::unlink(marker_of(request).c_str());
}

// Nobody waits for what is said about a person: neither request nor response stays.
void FilePairs::give_up(const FileName& request) {
    settle(request);
    (void)::unlink(path_of(kAside, response_to(request)).c_str());
}

bool FilePairs::is_asked_for(const FileName& response) const {
    {
        const locks::Lock lock(mutex_);
        if (pending_.contains(response.id)) return true;
    }
    return response.service == Service::document &&
           ::access(marker_of(response).c_str(), F_OK) == 0;
}

void FilePairs::sweep() {
    std::error_code trouble;
    const std::string responses = folder_ + "/" + std::string{kResponses};
    std::filesystem::directory_iterator entry(responses, trouble);
    for (; !trouble && entry != std::filesystem::directory_iterator{}; entry.increment(trouble)) {
        const auto name = parse_file_name(entry->path().filename().string());
        if (!name || name->direction != Direction::response || is_asked_for(*name)) continue;
        if (name->service == Service::document) {
            (void)std::rename(entry->path().c_str(), path_of(kAside, *name).c_str());
        } else {
            (void)::unlink(entry->path().c_str());
        }
    }
}

adapters::Health FilePairs::health() const {
    for (const std::string_view place : {kRequests, kResponses}) {
        const std::string path = folder_ + "/" + std::string{place};
        if (::access(path.c_str(), W_OK | X_OK) != 0)
            return {false, std::string{place} + " is missing or not writable"};
    }
    std::error_code trouble;
    std::filesystem::directory_iterator entry(folder_ + "/" + std::string{kAside}, trouble);
    const auto aside = trouble ? 0 : std::distance(entry, std::filesystem::directory_iterator{});
    if (aside == 0) return {true, "writable"};
    return {true, "writable; " + std::to_string(aside) + " responses lie aside"};
}

}  // namespace sekisho::eligibility_adapter
