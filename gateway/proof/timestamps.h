// Checkpoints of the log with an outside authority's word for when they were there (RFC 3161).
//
// take() has the present head stamped and keeps note and response side by side in a folder, whole
// and durable, before it says so: `<size>.note` and `<size>.tsr`, the size with twelve digits. A
// head that was stamped already is not stamped again; one that is another's than was stamped, or
// shorter, is refused (digest_mismatch): the log is not the one that it was. What has a time that
// is further from this clock than kClockSkewMax is not kept: one of the two clocks is wrong, and
// that is what an operator must hear. Older ones stay; nothing here removes any. One thread takes;
// latest() from any.
//
// Whoever has both files needs neither this program nor the gateway:
// `openssl ts -verify -in SIZE.tsr -data SIZE.note -CAfile ANCHORS`.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/locks/mutex.h"
#include "gateway/audit/timestamp.h"
#include "gateway/platform/ports.h"
#include "gateway/proof/published_log.h"

namespace sekisho::proof {

// The bytes of the authority's response; or why there is none. Blocks, at most as long as its maker
// allows.
using AskAuthority = std::function<std::expected<std::string, std::string>(std::string_view der)>;

struct TimestampParts {
    const PublishedLog& log;
    platform::Files& files;
    platform::Random& random;
    const platform::Clock& clock;
    AskAuthority ask;
};

struct KeptTimestamp {
    std::uint64_t size = 0;  // of the log
    std::string note;
    std::string response;  // DER
    model::Instant time{};
};

// {"size", "checkpoint", "response": base64, "time"}, as GET /v1/log/timestamp answers.
documents::Json to_json(const KeptTimestamp& kept);

class Timestamps {
  public:
    // `anchors`: PEM, certificates of authorities that are trusted.
    Timestamps(TimestampParts parts, std::string folder, std::string anchors);

    // The head's timestamp; nullopt where this head has one, or the log is empty.
    model::Result<std::optional<KeptTimestamp>> take();
    // The newest that is kept and holds; nullopt where none is.
    std::optional<KeptTimestamp> latest() const;

  private:
    model::Result<void> go_on_from_newest(const SignedHead& head) const;
    model::Result<KeptTimestamp> stamp(SignedHead head);

    const TimestampParts parts_;
    const std::string folder_;
    const std::string anchors_;
    mutable locks::Mutex mutex_;
    std::optional<KeptTimestamp> newest_ SEKISHO_GUARDED_BY(mutex_){};
};

// What became of one that is kept.
struct CheckedTimestamp {
    std::uint64_t size = 0;
    model::Result<model::Instant> time;  // or why it does not hold
};

// Each kept timestamp of a folder: whether it holds, over a checkpoint that one of `verifiers`
// signed, and the tree of `rows` had that root at that size. Oldest first; empty where there is
// none.
struct TimestampFolder {
    platform::Files& files;
    const std::string& folder;
    const std::string& anchors;
};
model::Result<std::vector<CheckedTimestamp>> check_timestamps(
    const TimestampFolder& kept, audit::TreeRows& rows,
    const std::vector<audit::LogVerifier>& verifiers);

}  // namespace sekisho::proof
