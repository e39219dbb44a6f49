// Every limit of the gateway, by name, in one place. A buffer, queue, wait or loop without a limit
// here is a fault. Bytes unless the name says otherwise. The numbers are those of the published
// interface where it gives one.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace sekisho::model::limits {

using namespace std::chrono_literals;

inline constexpr std::size_t kKibibyte = 1024;
inline constexpr std::size_t kMebibyte = 1024 * kKibibyte;

// HTTP framing
inline constexpr std::size_t kRequestTargetBytesMax = 8 * kKibibyte;
inline constexpr std::size_t kHeaderBytesMax = 32 * kKibibyte;  // the whole head
inline constexpr std::size_t kHeaderCountMax = 100;
inline constexpr std::size_t kChunkHeaderBytesMax = 64;
inline constexpr auto kHandshakeDeadline = 5s;
inline constexpr auto kHeadDeadline = 5s;
inline constexpr auto kBodyIdleDeadline = 10s;
inline constexpr std::size_t kBodyBytesPerSecondMin = 8 * kKibibyte;  // on the whole; a drip is cut
inline constexpr auto kKeepAliveIdle = 60s;
inline constexpr auto kWriteIdleDeadline = 10s;
inline constexpr std::size_t kConnectionsPerZoneMax = 32768;

// Shares of a zone: what one party may take, and all together; a configuration may set others
inline constexpr std::size_t kConnectionsPerPartyMax = 1024;
inline constexpr std::uint64_t kRequestsPerSecondMax = 2000;
inline constexpr std::uint64_t kBytesPerSecondMax = 128 * kMebibyte;
inline constexpr std::size_t kInProgressPerZoneMax = 256;  // documents being taken in
inline constexpr std::size_t kInProgressPerPartyMax = 64;
inline constexpr std::size_t kWaitingPerZoneMax = 16384;  // for their turn; above: 503
inline constexpr auto kTurnDeadline = 5s;                 // waiting for a turn; then 503
inline constexpr auto kTurnRetryAfter = 2s;
inline constexpr auto kBacklogRetryAfter = 60s;
inline constexpr std::uint64_t kQueuedPerPartyMax = 1'000'000;  // deliveries not yet settled

// Bodies
inline constexpr std::size_t kStructuredBodyBytesMax = 4 * kMebibyte;
inline constexpr std::size_t kBatchBodyBytesMax = 16 * kMebibyte;
inline constexpr std::size_t kBatchItemsMax = 100;
inline constexpr std::size_t kBinaryBodyBytesMax = 32 * kMebibyte;
inline constexpr std::size_t kSmallBodyBytesMax =
    256 * kKibibyte;  // above: spooled as sealed segments
inline constexpr std::size_t kSealedSegmentBytes = 64 * kKibibyte;
inline constexpr std::size_t kLogNoteBytesMax = 128 * kKibibyte;  // a signed checkpoint
inline constexpr std::size_t kEvidenceBytesMax = 4 * kMebibyte;   // out of the log
// Of more, a leaf says how many they are and their digest, so that it fits an entry tile; the first
// reasons stand there all the same.
inline constexpr std::size_t kPersonsInLeafMax = 500;
inline constexpr std::size_t kReasonsInLeafMax = 100;
inline constexpr std::size_t kDeliveriesInLeafMax = 100;
inline constexpr std::size_t kControlBodyBytesMax = 64 * kKibibyte;  // nack reasons and the like

// Attributes
inline constexpr std::size_t kMessageIdBytesMax = 128;
inline constexpr std::size_t kBusinessKeyBytesMax = 256;
inline constexpr std::size_t kAttributeBytesMax = 1024;
inline constexpr std::size_t kRecipientsMax = 16;
inline constexpr auto kClockSkewMax = 5min;
inline constexpr auto kSeriesAheadMax = 24h;  // of a send unit's number, a time in Japan

// Documents
inline constexpr std::size_t kJsonDepthMax = 64;
inline constexpr std::size_t kJsonNodesMax = 4'000'000;
inline constexpr std::size_t kJsonRecordNodesMax = 4096;  // of one record of a load document
inline constexpr std::size_t kLocatedErrorsMax =
    20;  // the first ones; a document with more is no clearer for it
inline constexpr std::size_t kCsvFieldBytesMax = 64 * kKibibyte;
inline constexpr std::size_t kCsvRecordBytesMax = 512 * kKibibyte;  // of a document that streams
inline constexpr std::size_t kPersonsPerDocumentMax = 100'000;
inline constexpr std::uint64_t kDocumentMemoryMax = 2048ULL * kMebibyte;  // all that are held whole
inline constexpr auto kMemoryRetryAfter = 2s;

// Archives (zip)
inline constexpr std::size_t kArchiveEntriesMax = 32;
inline constexpr std::size_t kArchivePieceBytes = 64 * kKibibyte;  // expanded and read at once
inline constexpr std::uint64_t kArchiveExpandedBytesMax = 256 * kMebibyte;  // all entries
inline constexpr std::uint64_t kArchiveRatioMax = 200;                      // expanded to packed
inline constexpr std::uint64_t kArchiveRatioFreeBytes = kMebibyte;          // no ratio below

// Collecting and asking
inline constexpr std::size_t kInboxEventsMax = 200;
inline constexpr auto kInboxWaitMax = 30s;
inline constexpr std::size_t kInboxAnswerBytesMax = 16 * kMebibyte;
inline constexpr auto kInboxLease = 60s;
inline constexpr auto kQueryDeadlineDefault = 5s;
inline constexpr auto kQueryDeadlineMax = 10s;
inline constexpr std::size_t kQueriesInFlightMax = 64;

// Admission by card
inline constexpr auto kChallengeLife = 5min;
inline constexpr auto kChallengeMemory = 5min;  // of a spent one, behind its end
inline constexpr std::size_t kChallengesPerPartyMax = 256;
inline constexpr std::size_t kChallengesMax = 65536;
inline constexpr std::size_t kCardCertificateBytesMax = 8 * kKibibyte;  // about 2 KiB are usual
inline constexpr int kCardRsaBitsMax = 4096;
inline constexpr std::size_t kAuthorityFileBytesMax = 64 * kKibibyte;
inline constexpr std::size_t kRevocationListBytesMax = 64 * kMebibyte;  // a list of a nation
inline constexpr std::size_t kOcspAnswerBytesMax = 64 * kKibibyte;
inline constexpr auto kCardStatusSkew = 60s;  // of a responder's clock
inline constexpr auto kCardStatusAgeMax = 5min;
inline constexpr auto kCardStatusRetryAfter = 60s;

// The writer
inline constexpr std::size_t kWriterQueueMax = 4096;  // items waiting; above: 503
inline constexpr std::size_t kWriterGroupMax = 256;   // items in one transaction
inline constexpr auto kWriterRetryAfter = 2s;

// Delivery lanes
inline constexpr std::size_t kLaneInFlightMax = 16;
inline constexpr auto kDeliveryDeadline = 20s;
inline constexpr auto kDeliveryLease = 60s;
inline constexpr auto kBackoffFirst = 500ms;
inline constexpr auto kBackoffMax = 5min;
inline constexpr std::uint32_t kAttemptsMax = 24;  // as quickly; then patiently
inline constexpr auto kPatientBackoffMax = 1h;
// Then a dead letter. Longer than any peer rests: the New Year's closure is six days.
inline constexpr auto kPatience = std::chrono::hours{24 * 10};
inline constexpr auto kTurn = 100ms;  // between the turns of one sender's deliveries
inline constexpr std::size_t kTurnsBeforeTidying = 1024;
inline constexpr auto kDeliveryLifeDefault = std::chrono::hours{24 * 14};
inline constexpr std::uint32_t kBreakerFailures = 5;  // in a row, then the lane rests
inline constexpr auto kBreakerRest = 5s;
inline constexpr auto kProbeEvery =
    10s;  // of each adapter that has a network, where paths are ruled
inline constexpr auto kProbeDeadline = 2s;
inline constexpr unsigned kProbesSilent = 3;         // in a row, then its leg is silent
inline constexpr unsigned kProbesAnswered = 2;       // in a row, then it answers again
inline constexpr auto kNetworkRetryAfter = 30s;      // of what is refused meanwhile
inline constexpr std::size_t kMovedAtOnceMax = 256;  // deliveries from one leg to another
inline constexpr auto kSilenceMin = 2s;  // a peer that had less time for a question was not silent

// A certification is to be decided within so many days of its application (介護保険法 27条11項).
inline constexpr std::chrono::days kCertificationTerm{30};
inline constexpr std::chrono::days kCertificationSoon{7};  // is how a metric tells what is urgent

// The tunnel's control interface
inline constexpr std::size_t kViciMessageBytesMax = 512 * kKibibyte;
inline constexpr std::size_t kViciDepthMax = 8;         // list-sas has four
inline constexpr std::size_t kAssociationsMax = 16384;  // more than there are clinics on one line
inline constexpr auto kTunnelLook = 1s;                 // between two looks at the daemon
inline constexpr auto kTunnelAnswer = 1s;               // the daemon's for one look
inline constexpr auto kTunnelKnownFor = 5s;             // what a daemon said that is silent since
inline constexpr auto kTunnelRetryAfter = 5s;

// A person's card on a reader
inline constexpr auto kCardCallDeadline = 10s;     // one command; signing takes about a second
inline constexpr auto kCardSessionDeadline = 30s;  // all commands of one session
inline constexpr std::size_t kCardChallengeBytesMax = 4 * kKibibyte;

// Configuration and the command line
inline constexpr std::size_t kConfigurationBytesMax = 256 * kMebibyte;  // a nation's directory
inline constexpr auto kClientDeadline = 30s;                            // one request of a client

}  // namespace sekisho::model::limits
