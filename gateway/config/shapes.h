// The shapes of words in configuration files, and the mentions that are looked up when all files
// are read.
//
// A file that names something of another file (a route names a party, a party an adapter) is read
// alone; what it mentioned, and where, is kept and checked against the whole at the end, so that a
// fault is told at the word.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/config/reader.h"

namespace sekisho::config {

// Lower-case letters, digits, '-', '.', '_', ':' : identifiers of our own making.
bool is_word(std::string_view text);

template <class StrongType>
std::optional<StrongType> parse_word(std::string_view text) {
    if (!is_word(text)) return std::nullopt;
    return StrongType{std::string{text}};
}

std::optional<model::Instant> parse_moment(std::string_view text);  // a day in Japan, or RFC 3339
std::optional<model::PartyKind> parse_kind(std::string_view text);
std::optional<model::ServiceType> parse_service_type(std::string_view text);
std::optional<Address> parse_address(std::string_view text);  // host:port, [::1]:port

template <class StrongType>
inline constexpr Shape<StrongType> kWord{parse_word<StrongType>, "英小文字・数字・-._: の語",
                                         "a word of lower-case letters, digits and -._:"};
inline constexpr Shape<model::PartyId> kPartyId{model::parse_party_id,
                                                "接続機関の識別子(例: insurer:139980)",
                                                "a party id such as insurer:139980"};
inline constexpr Shape<model::InsurerNumber> kInsurer{
    model::parse_insurer_number, "6桁の保険者番号", "an insurer number of 6 digits"};
inline constexpr Shape<model::InsuredNumber> kInsured{model::parse_insured_number,
                                                      "被保険者番号(10桁、または H と9桁)",
                                                      "an insured number: 10 digits, or H and 9"};
inline constexpr Shape<model::Instant> kMoment{parse_moment, "日付(YYYY-MM-DD)か RFC 3339 の日時",
                                               "a date YYYY-MM-DD or an RFC 3339 time"};
inline constexpr Shape<model::PartyKind> kKind{parse_kind, "接続機関の種別(例: care-office)",
                                               "a kind of party such as care-office"};
inline constexpr Shape<model::ServiceType> kServiceType{
    parse_service_type, "サービス種類コード(例: 43)",
    "a service type of two characters such as 43"};
inline constexpr Shape<Address> kAddress{parse_address, "アドレスとポート(例: 127.0.0.1:8443)",
                                         "an address and port such as 127.0.0.1:8443"};
inline constexpr Shape<model::ConsentKind> kConsentKind{
    model::parse_consent_kind, "同意の種別(certification, limit-card, life, care-plan, housing)",
    "a kind of consent: certification, limit-card, life, care-plan or housing"};

std::optional<model::Protection> parse_protection(std::string_view text);  // but not `none`
inline constexpr Shape<model::Protection> kProtection{parse_protection,
                                                      "ipsec, closed-network, loopback のどれか",
                                                      "one of ipsec, closed-network and loopback"};

// Of a tunnel: kept free of what could end a value in the files that are written from them.
std::optional<std::string> parse_ike_identity(std::string_view text);
std::optional<std::string> parse_prefix(std::string_view text);   // "10.9.0.2/32"
std::optional<std::string> parse_outside(std::string_view text);  // an address, or %any

inline constexpr Shape<std::string> kIkeIdentity{parse_ike_identity,
                                                 "IKE の名義(例: C=JP, O=..., CN=...)",
                                                 "an IKE identity as the daemon writes it, such as "
                                                 "C=JP, O=..., CN=..., in ASCII, without quotes "
                                                 "and wildcards"};
inline constexpr Shape<std::string> kPrefix{parse_prefix, "アドレスの範囲(例: 10.20.0.0/16)",
                                            "addresses such as 10.20.0.0/16"};
inline constexpr Shape<std::string> kOutside{parse_outside, "IP アドレスか %any",
                                             "an IP address, or %any"};

// `from_key` and `until_key` of a section; complains when the end is not after the beginning.
model::Period read_period(Section& section, std::string_view from_key, std::string_view until_key);

struct Mention {
    // `digit`: an insurer number without its check digit, which only a union has. `ways`: a party's
    // first way and one of its others, with a space between.
    enum class Of : std::uint8_t { party, insurer, via, ways, type, network, digit };
    Of of;
    std::string name;
    Place where;
};
using Mentions = std::vector<Mention>;

// One reader for each file. Each returns what it could read; faults are with the complaints.
struct Reading {
    const std::string& file;
    std::string_view bytes;
    Complaints& complaints;
    Mentions mentions{};

    // The file as a tree; complains where it is none.
    std::optional<Json> tree() { return parse_file(file, bytes, complaints); }
    // Reads each object of the long array `key` of the root and lets go of it; the root without
    // them.
    std::optional<Json> each_row(std::string_view key, const std::function<void(Section&)>& read);
    void mention(Mention::Of of, const Json* word);  // where it is a text
};
catalogue::Catalogue read_catalogue(Reading& reading);
model::Directory read_directory(Reading& reading);
table::RouteTable read_routes(Reading& reading);
table::Rollout read_rollout(Reading& reading);
// Its networks are the adapters', which stand elsewhere.
struct PathsFile {
    std::vector<path::PathRule> rules{};
    std::chrono::seconds probe_every{0};  // where there is no such file nothing is said of it
};
PathsFile read_paths(Reading& reading);
SeedFacts read_facts(Reading& reading);
std::unordered_map<model::InsurerNumber, std::string> read_unions(Reading& reading);

// A file's name as it was written, made absolute; empty stays empty.
using Resolve = std::function<std::string(const std::string& named)>;
// The array `zones` of the configuration file; what it mentions is added.
std::vector<ZoneConfig> read_zones(Section& root, Mentions& mentions, const Resolve& resolve);
// Where a service outside is asked, as several sections say it alike.
Remote read_remote(Section& section, const Resolve& resolve);
// The section `admission` of the configuration file; nothing where it is absent.
std::optional<AdmissionConfig> read_admission(Section& root, const Resolve& resolve);
// The section `timestamps`, the same.
std::optional<TimestampConfig> read_timestamps(Section& root, const Resolve& resolve);

}  // namespace sekisho::config
