// Every way in which Sekisho says no, in one catalogue.
//
// A Problem is a stable name; its entry gives the SK number, the urn, the HTTP status, and the
// sentences in Japanese and English: what it is and what to do next and by whom. Replies, records,
// logs and `explain` are all rendered from here, so they cannot drift apart. RFC 9457 is the shape
// on the wire; the listener makes that.
//
// Numbers: 1xxx framing, 2xxx identity, 3xxx attributes, 4xxx documents, 5xxx policy, 6xxx conflict
// and absence, 7xxx cannot now, 9xxx our own fault. A number once published is never used for
// anything else.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::model {

enum class Problem : std::uint16_t {
    // 1xxx framing
    malformed_request = 1001,
    ambiguous_framing = 1002,
    head_too_large = 1003,
    body_too_large = 1004,
    method_not_allowed = 1005,
    not_found = 1006,
    request_timeout = 1007,
    unsupported_media_type = 1008,
    expectation_failed = 1009,
    // 2xxx identity
    certificate_revoked = 2001,
    certificate_expired = 2002,
    certificate_too_weak = 2003,
    certificate_unsuitable = 2004,
    wrong_zone = 2005,
    party_unknown = 2006,
    party_suspended = 2007,
    revocation_unknown = 2008,
    // of a person's card (マイナンバーカード)
    card_challenge_unknown = 2009,  // or somebody else's
    card_challenge_late = 2010,
    card_challenge_used = 2011,
    card_certificate_malformed = 2012,
    card_certificate_for_signing = 2013,  // 署名用
    card_authority_unknown = 2014,
    card_certificate_forged = 2015,
    card_certificate_too_weak = 2016,
    card_certificate_unsuitable = 2017,
    card_certificate_expired = 2018,
    card_certificate_not_yet_valid = 2019,
    card_signature_wrong = 2020,
    card_certificate_revoked = 2021,
    card_status_unknown = 2022,
    cross_site = 2023,  // a browser was made to ask by another site's page
    // of the way in to a zone behind a tunnel or a closed network
    outside_tunnel = 2024,
    tunnel_mismatch = 2025,  // somebody else's
    // 3xxx attributes
    attribute_missing = 3001,
    attribute_invalid = 3002,
    attribute_duplicate = 3003,
    json_malformed = 3004,
    clock_skew = 3005,
    unknown_type = 3006,
    unknown_format = 3007,
    source_not_yours = 3008,
    author_not_represented = 3009,
    digest_mismatch = 3010,
    // 4xxx documents: one for the whole document, the rest for its located errors
    document_invalid = 4001,
    field_count = 4002,
    field_invalid = 4003,
    field_missing = 4004,
    field_too_long = 4005,
    check_digit = 4006,
    date_invalid = 4007,
    private_character = 4008,  // 外字
    encoding_invalid = 4009,
    quoting_invalid = 4010,
    record_end_invalid = 4011,
    person_mismatch = 4012,
    author_mismatch = 4013,
    schema_violation = 4015,
    person_missing = 4016,
    too_many_rows = 4017,
    unsupported_version = 4018,
    version_mixed = 4019,
    file_name_invalid = 4020,
    file_missing = 4021,     // of a send unit (送信単位)
    file_unexpected = 4022,  // belongs to no or another unit
    row_unmatched = 4023,    // has no counterpart in the unit's other files
    archive_invalid = 4024,
    archive_too_large = 4025,
    recipient_mismatch = 4026,
    kind_mismatch = 4027,
    series_ahead = 4028,         // of a send unit's number
    my_number_present = 4029,    // 個人番号 in a field that has another meaning
    my_number_suspected = 4030,  // in free text: only ever warns
    // 5xxx policy
    not_permitted = 5001,  // the answer's own type where several reasons say no
    author_not_allowed = 5002,
    carrier_not_allowed = 5003,
    zone_not_allowed = 5004,
    purpose_not_allowed = 5005,
    role_not_allowed = 5006,
    not_registered = 5007,
    no_consent = 5008,
    consent_refused = 5009,
    insurer_unknown = 5010,
    insurer_not_connected = 5011,
    insurer_loading = 5012,
    no_route = 5013,
    recipient_unknown = 5014,
    recipient_not_allowed = 5015,
    reader_not_allowed = 5016,
    person_ended = 5017,
    held_elsewhere = 5018,
    expired = 5019,
    consent_closed = 5020,    // to those who take it for the municipality
    giving_not_open = 5021,   // of consent, by the person's own window
    admission_needed = 5022,  // 本人確認
    assurance_too_low = 5023,
    holder_unknown = 5024,  // of a card
    network_unprotected = 5025,
    path_not_carried = 5026,  // no network that may carry it leads there
    // 6xxx conflict and absence
    message_conflict = 6001,
    business_key_conflict = 6002,
    lease_lost = 6003,
    message_unknown = 6004,
    superseded = 6005,
    record_unknown = 6006,
    record_conflict = 6007,
    // 7xxx cannot now
    undecided = 7001,
    store_unavailable = 7002,
    overloaded = 7003,
    draining = 7004,
    backend_unavailable = 7005,
    backend_timeout = 7006,
    backend_rejected = 7007,
    over_budget = 7008,
    card_status_unreachable = 7009,
    tunnel_unknown = 7010,  // through which network it came
    network_down = 7011,    // by which it would leave
    // 9xxx
    internal = 9001,
};

struct Text {
    std::string ja;
    std::string en;
    friend bool operator==(const Text&, const Text&) = default;
};

struct ProblemEntry {
    Problem problem;
    std::string_view name;  // "not-registered": the end of urn:sekisho:problem:
    int status;             // HTTP
    std::string_view title_ja;
    std::string_view title_en;
    std::string_view next_ja;  // what to do next, and who does it
    std::string_view next_en;
};

std::span<const ProblemEntry> problem_catalogue();
const ProblemEntry& entry_of(Problem problem);
std::optional<Problem> problem_named(std::string_view name);
std::string code_of(Problem problem);  // "SK-5007"

// Where in a document something is wrong. Lines and columns count from 1; the column is a byte
// offset in the physical line. `field` is the field's number and Japanese name as the format gives
// them: "006 被保険者番号". Never its value.
struct LocatedError {
    std::string file;
    std::uint32_t file_number = 0;  // which of several, from 1, where its name is not repeated
    std::uint64_t line = 0;
    std::uint64_t column = 0;
    std::string field;
    Problem code = Problem::field_invalid;
    friend bool operator==(const LocatedError&, const LocatedError&) = default;
};

// One reason of a decision: the rule's name and what it looked at ("insurer:139972",
// "certification.opinion"). `about` never holds an insured number.
struct Reason {
    Problem problem;
    std::string about;
    friend bool operator==(const Reason&, const Reason&) = default;
};

// A no with everything that its answer, its record and its log line need. Expected failures are
// values; nothing throws.
struct Refusal {
    Problem problem = Problem::internal;
    Text detail{};  // may be empty: the title says it all
    std::vector<LocatedError> errors{};
    std::vector<Reason> reasons{};
    std::optional<std::chrono::seconds> retry_after{};
};

template <class T>
using Result = std::expected<T, Refusal>;

inline std::unexpected<Refusal> refuse(Problem problem, Text detail = {}) {
    return std::unexpected(Refusal{.problem = problem, .detail = std::move(detail)});
}

}  // namespace sekisho::model
