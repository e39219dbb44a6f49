#include "gateway/proof/timestamps.h"

#include <algorithm>

#include "adapters/documents/base64.h"
#include "routing/model/instant.h"
#include "routing/model/limits.h"

namespace sekisho::proof {

using model::Result;

namespace {

constexpr std::size_t kDigits = 12;
constexpr std::string_view kNote = ".note";
constexpr std::string_view kResponse = ".tsr";

std::string path_of(const std::string& folder, std::uint64_t size, std::string_view end) {
    std::string digits = std::to_string(size);
    if (digits.size() < kDigits) digits.insert(0, kDigits - digits.size(), '0');
    return folder + "/" + digits + std::string{end};
}

// Sizes of which both files may be there, ascending. A folder that is not there has none.
Result<std::vector<std::uint64_t>> sizes_in(platform::Files& files, const std::string& folder) {
    if (!files.exists(folder)) return std::vector<std::uint64_t>{};
    const auto names = files.list(folder);
    if (!names) return std::unexpected(names.error());
    std::vector<std::uint64_t> sizes;
    for (const std::string& name : *names) {
        const bool is_one = name.size() == kDigits + kResponse.size() &&
                            name.ends_with(kResponse) &&
                            std::all_of(name.begin(), name.begin() + kDigits,
                                        [](char c) { return c >= '0' && c <= '9'; });
        if (is_one) sizes.push_back(std::stoull(name.substr(0, kDigits)));
    }
    std::ranges::sort(sizes);
    return sizes;
}

Result<KeptTimestamp> read_one(platform::Files& files, const std::string& folder,
                               const std::string& anchors, std::uint64_t size) {
    constexpr std::size_t kMost = model::limits::kEvidenceBytesMax;
    auto note = files.read(path_of(folder, size, kNote), kMost);
    if (!note) return std::unexpected(note.error());
    auto response = files.read(path_of(folder, size, kResponse), kMost);
    if (!response) return std::unexpected(response.error());
    const auto time = audit::check_timestamp(*note, *response, anchors);
    if (!time) return std::unexpected(time.error());
    return KeptTimestamp{
        .size = size, .note = std::move(*note), .response = std::move(*response), .time = *time};
}

model::Refusal no_answer(const std::string& why) {
    return {.problem = model::Problem::backend_unavailable,
            .detail = {.ja = "時刻認証局の応答がありません (" + why + ")",
                       .en = "the time-stamping authority does not answer (" + why + ")"}};
}

model::Refusal another_time(std::chrono::seconds skew) {
    const std::string seconds = std::to_string(skew.count());
    return {.problem = model::Problem::clock_skew,
            .detail = {.ja = "時刻認証局との差は " + seconds + " 秒です",
                       .en = "the authority's time is " + seconds + " s from this clock"}};
}

model::Refusal another_log(std::uint64_t size) {
    const std::string number = std::to_string(size);
    return {.problem = model::Problem::digest_mismatch,
            .detail = {.ja = "時刻の証明 " + number + " は、今の記録とは別の記録についてのものです",
                       .en = "timestamp " + number + " is about another log than stands now"}};
}

}  // namespace

documents::Json to_json(const KeptTimestamp& kept) {
    return documents::Json::object()
        .set("size", documents::Json::number(static_cast<std::int64_t>(kept.size)))
        .set("checkpoint", kept.note)
        .set("response", documents::to_base64(kept.response))
        .set("time", model::to_rfc3339(kept.time));
}

// What does not hold any more says nothing here: `audit verify` tells of it.
Timestamps::Timestamps(TimestampParts parts, std::string folder, std::string anchors)
    : parts_(std::move(parts)), folder_(std::move(folder)), anchors_(std::move(anchors)) {
    const auto sizes = sizes_in(parts_.files, folder_);
    if (!sizes || sizes->empty()) return;
    if (auto kept = read_one(parts_.files, folder_, anchors_, sizes->back()))
        newest_ = std::move(*kept);
}

std::optional<KeptTimestamp> Timestamps::latest() const {
    const locks::Lock lock(mutex_);
    return newest_;
}

Result<void> Timestamps::go_on_from_newest(const SignedHead& head) const {
    const auto newest = latest();
    if (!newest) return {};
    if (newest->size > head.size) return std::unexpected(another_log(newest->size));
    if (newest->size < head.size) return {};
    const auto stamped = audit::parse_checkpoint(newest->note);
    const auto present = audit::parse_checkpoint(head.note);
    const bool same = stamped && present && stamped->tree == present->tree;
    return same ? Result<void>{} : std::unexpected(another_log(newest->size));
}

Result<std::optional<KeptTimestamp>> Timestamps::take() {
    auto head = parts_.log.head();
    if (!head) return std::unexpected(head.error());
    if (auto goes_on = go_on_from_newest(*head); !goes_on) return std::unexpected(goes_on.error());
    const bool done = parts_.files.exists(path_of(folder_, head->size, kResponse));
    if (head->size == 0 || done) return std::nullopt;
    auto made = stamp(std::move(*head));
    if (!made) return std::unexpected(made.error());
    const locks::Lock lock(mutex_);
    newest_ = std::move(*made);
    return newest_;
}

Result<KeptTimestamp> Timestamps::stamp(SignedHead head) {
    const auto request = audit::timestamp_request(std::move(head.note), parts_.random);
    auto response = parts_.ask(request.der);
    if (!response) return std::unexpected(no_answer(response.error()));
    const auto time = audit::check_response(request, *response, anchors_);
    if (!time) return std::unexpected(time.error());
    const auto skew = std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::abs(*time - parts_.clock.now()));
    if (skew > model::limits::kClockSkewMax) return std::unexpected(another_time(skew));
    auto done = parts_.files.make_directories(folder_);
    // The note first: a response is there only with what it is about.
    if (done)
        done = parts_.files.write_whole(path_of(folder_, head.size, kNote), request.note, 0644);
    if (done)
        done = parts_.files.write_whole(path_of(folder_, head.size, kResponse), *response, 0644);
    if (!done) return std::unexpected(done.error());
    return KeptTimestamp{
        .size = head.size, .note = request.note, .response = std::move(*response), .time = *time};
}

namespace {

// When it was stamped, where all of it holds.
Result<model::Instant> check_one(const TimestampFolder& kept, std::uint64_t size,
                                 audit::TreeRows& rows,
                                 const std::vector<audit::LogVerifier>& verifiers) {
    const auto one = read_one(kept.files, kept.folder, kept.anchors, size);
    if (!one) return std::unexpected(one.error());
    const auto checkpoint = audit::open_checkpoint(one->note, verifiers);
    if (!checkpoint) return std::unexpected(checkpoint.error());
    const auto root = audit::root_of(rows, size);
    if (!root || checkpoint->tree != audit::Tree{.size = size, .root = *root})
        return std::unexpected(another_log(size));
    return one->time;
}

}  // namespace

Result<std::vector<CheckedTimestamp>> check_timestamps(
    const TimestampFolder& kept, audit::TreeRows& rows,
    const std::vector<audit::LogVerifier>& verifiers) {
    const auto sizes = sizes_in(kept.files, kept.folder);
    if (!sizes) return std::unexpected(sizes.error());
    std::vector<CheckedTimestamp> all;
    all.reserve(sizes->size());
    for (const std::uint64_t size : *sizes) {
        all.push_back({.size = size, .time = check_one(kept, size, rows, verifiers)});
    }
    return all;
}

}  // namespace sekisho::proof
