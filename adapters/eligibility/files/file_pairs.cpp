#include "adapters/eligibility/files/file_pairs.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

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

// Longer ago than a delivery lives: the gateway has told its author that it failed.
bool is_given_up(const std::string& marker) {
    struct stat about{};
    if (::stat(marker.c_str(), &about) != 0) return false;
    const auto asked = std::chrono::system_clock::from_time_t(about.st_mtime);
    return std::chrono::system_clock::now() - asked > model::limits::kDeliveryLifeDefault;
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
    tidy_once();
    std::expected<std::string, Trouble> answer;
    {
        const Pending pending(*this, request.id);
        if (auto asked = ask(request, text); !asked) return std::unexpected(asked.error());
        answer = wait(request, read, deadline);
        // Nobody waits for what is said about a person: neither request nor response stays.
        if (answer || request.service != Service::document) settle(request);
    }
    sweep();
    return answer;
}

// The name in `asked` comes first and goes last: whatever answers the request is known to do so.
std::expected<void, Trouble> FilePairs::ask(const FileName& request, std::string_view text) {
    for (const std::string_view place : {kAsked, kAside})
        (void)::mkdir((folder_ + "/" + std::string{place}).c_str(), 0700);
    if (request.service == Service::document) {
        const std::string asked = folder_ + "/" + std::string{kAsked};
        if (::access(marker_of(request).c_str(), F_OK) != 0) {
            file::DroppedFile marker(asked, request.id);
            if (!marker.sync() || !marker.publish() || !file::sync_folder(asked))
                return std::unexpected(broken("asked: " + marker.trouble()));
        }
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

// A response that says "processing" or is half written stays where it is: what replaces or
// completes it is looked at in its place. At the end it makes room, for the document to be asked
// again.
std::expected<std::string, Trouble> FilePairs::wait(const FileName& request, const Read& read,
                                                    adapters::Deadline deadline) {
    const std::string path = path_of(kResponses, response_to(request));
    const file::Doorbell doorbell(folder_ + "/" + std::string{kResponses});
    while (true) {
        const auto content = file::content_of(path, kResponseBytesMax);
        auto answer =
            content ? read(*content) : std::unexpected(NoAnswer{.detail = "it is too large"});
        if (answer) return std::move(*answer);
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() > 0) {
            doorbell.wait(std::min(left, kLookAgain));
            continue;
        }
        const bool is_there = content || content.error() == file::NoContent::too_large;
        const bool processing = answer.error().lack == Lack::processing;
        if (processing) (void)::unlink(path.c_str());
        if (!is_there || processing)
            return std::unexpected(Trouble{.late = true, .detail = "no response in time"});
        (void)std::rename(path.c_str(), path_of(kAside, response_to(request)).c_str());
        return std::unexpected(
            broken("a response that cannot be read was set aside (" + answer.error().detail + ")"));
    }
}

void FilePairs::settle(const FileName& request) {
    (void)::unlink(path_of(kRequests, request).c_str());
    (void)::unlink(path_of(kResponses, response_to(request)).c_str());
    if (request.service != Service::document)
        (void)::unlink(path_of(kAside, response_to(request)).c_str());
    (void)::unlink(marker_of(request).c_str());
}

bool FilePairs::is_pending(const std::string& id) const {
    const locks::Lock lock(mutex_);
    return pending_.contains(id);
}

bool FilePairs::is_asked_for(const FileName& response) const {
    return is_pending(response.id) || (response.service == Service::document &&
                                       ::access(marker_of(response).c_str(), F_OK) == 0);
}

void FilePairs::sweep() {
    for (const std::string& entry : file::names_in(folder_ + "/" + std::string{kResponses})) {
        const auto name = parse_file_name(entry);
        if (!name || name->direction != Direction::response || is_asked_for(*name)) continue;
        const std::string path = path_of(kResponses, *name);
        if (name->service == Service::document) {
            (void)std::rename(path.c_str(), path_of(kAside, *name).c_str());
        } else {
            (void)::unlink(path.c_str());
        }
    }
    for (const std::string& id : file::names_in(folder_ + "/" + std::string{kAsked})) {
        const FileName request{.service = Service::document, .id = id};
        if (!is_pending(id) && is_given_up(marker_of(request))) settle(request);
    }
}

// What a program that ended in the middle left of this one's: it is the only one that asks here.
// Whoever asks meanwhile waits, so that nothing of its own is taken for what was left.
void FilePairs::tidy_once() {
    const locks::Lock lock(mutex_);
    if (std::exchange(tidied_, true)) return;
    for (const std::string_view place : {kRequests, kAsked, kAside}) {
        const std::string folder = folder_ + "/" + std::string{place};
        for (const std::string& entry : file::names_in(folder)) {
            const auto name = parse_file_name(entry);
            const bool of_a_person = name && name->service != Service::document;
            const bool half_made = entry.starts_with(".OQS") || entry.starts_with(".d-");
            if (!of_a_person && !half_made) continue;
            std::string path = folder;
            path.append("/").append(entry);
            (void)::unlink(path.c_str());
        }
    }
}

adapters::Health FilePairs::health() const {
    for (const std::string_view place : {kRequests, kResponses}) {
        const std::string path = folder_ + "/" + std::string{place};
        if (::access(path.c_str(), W_OK | X_OK) != 0)
            return {false, std::string{place} + " is missing or not writable"};
    }
    const auto aside = file::names_in(folder_ + "/" + std::string{kAside}).size();
    if (aside == 0) return {true, "writable"};
    return {true, "writable; " + std::to_string(aside) + " responses lie aside"};
}

}  // namespace sekisho::eligibility_adapter
