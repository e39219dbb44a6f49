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
    const auto timestamp = audit::check_timestamp(*note, *response, anchors);
    if (!timestamp) return std::unexpected(timestamp.error());
    return KeptTimestamp{.size = size,
                         .note = std::move(*note),
                         .response = std::move(*response),
                         .timestamp = *timestamp};
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
        .set("time", model::to_rfc3339(kept.timestamp.time));
}

Result<std::optional<KeptTimestamp>> Timestamps::take() {
    auto head = parts_.log.head();
    if (!head) return std::unexpected(head.error());
    const std::string kept = path_of(folder_, head->size, kResponse);
    if (head->size == 0 || parts_.files.exists(kept)) return std::nullopt;
    const auto request = audit::timestamp_request(std::move(head->note), parts_.random);
    auto response = parts_.ask(request.der);
    if (!response) return std::unexpected(no_answer(response.error()));
    const auto timestamp = audit::check_response(request, *response, anchors_);
    if (!timestamp) return std::unexpected(timestamp.error());
    const auto skew = std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::abs(timestamp->time - parts_.clock.now()));
    if (skew > model::limits::kClockSkewMax) return std::unexpected(another_time(skew));
    auto done = parts_.files.make_directories(folder_);
    // The note first: a response is there only with what it is about.
    if (done)
        done = parts_.files.write_whole(path_of(folder_, head->size, kNote), request.note, 0644);
    if (done) done = parts_.files.write_whole(kept, *response, 0644);
    if (!done) return std::unexpected(done.error());
    return KeptTimestamp{.size = head->size,
                         .note = request.note,
                         .response = std::move(*response),
                         .timestamp = *timestamp};
}

Result<std::optional<KeptTimestamp>> Timestamps::latest() const {
    const auto sizes = sizes_in(parts_.files, folder_);
    if (!sizes) return std::unexpected(sizes.error());
    if (sizes->empty()) return std::nullopt;
    auto kept = read_one(parts_.files, folder_, anchors_, sizes->back());
    if (!kept) return std::unexpected(kept.error());
    return std::optional{std::move(*kept)};
}

Result<std::vector<KeptTimestamp>> check_timestamps(
    const TimestampFolder& kept, audit::TreeRows& rows,
    const std::vector<audit::LogVerifier>& verifiers) {
    const auto sizes = sizes_in(kept.files, kept.folder);
    if (!sizes) return std::unexpected(sizes.error());
    std::vector<KeptTimestamp> all;
    all.reserve(sizes->size());
    for (const std::uint64_t size : *sizes) {
        auto one = read_one(kept.files, kept.folder, kept.anchors, size);
        if (!one) return std::unexpected(one.error());
        const auto checkpoint = audit::open_checkpoint(one->note, verifiers);
        if (!checkpoint) return std::unexpected(checkpoint.error());
        const auto root = audit::root_of(rows, size);
        if (!root) return std::unexpected(root.error());
        if (checkpoint->tree != audit::Tree{.size = size, .root = *root}) {
            return std::unexpected(another_log(size));
        }
        all.push_back(std::move(*one));
    }
    return all;
}

}  // namespace sekisho::proof
