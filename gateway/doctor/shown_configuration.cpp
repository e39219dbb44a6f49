#include "gateway/doctor/shown_configuration.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>

namespace sekisho::doctor {

namespace {

using documents::Json;
using Names = std::span<const std::string_view>;

constexpr std::size_t kSecretBytesMax = 4 * model::limits::kKibibyte;
constexpr std::size_t kSecretBytesMin = 8;  // shorter words stand in other words
constexpr std::size_t kPartiesShownMax = 5'000;

constexpr auto kMain = std::to_array<std::string_view>({
    "instance",
    "zones",
    "name",
    "listen",
    "certificate",
    "key",
    "anchors",
    "crl",
    "rsa_bits_min",
    "protected_by",
    "method",
    "daemon",
    "interface",
    "outside",
    "prefixes",
    "authority",
    "budget",
    "connections_per_party",
    "requests_per_second",
    "bytes_per_second",
    "in_progress",
    "in_progress_per_party",
    "waiting",
    "queued_per_party",
    "requests_per_second_of_zone",
    "bytes_per_second_of_zone",
    "queued_of_zone",
    "weights",
    "party",
    "weight",
    "health",
    "store",
    "path",
    "spool",
    "keys",
    "schemas",
    "pid_file",
    "log_file",
    "workers",
    "delivery_threads",
    "document_memory_megabytes",
    "catalogue",
    "parties",
    "routes",
    "rollout",
    "paths",
    "unions",
    "stapling",
    "adapters",
    "module",
    "network",
    "admission",
    "authorities",
    "file",
    "policies",
    "status",
    "files",
    "url",
    "trust",
    "skew_seconds",
    "visit_minutes",
});

constexpr auto kSettings =
    std::to_array<std::string_view>({"url", "plain_http", "certificate", "key", "trust",
                                     "connections", "answer_bytes_max", "path", "folder"});

constexpr auto kRoutes = std::to_array<std::string_view>(
    {"revision", "routes", "id", "match", "types", "zones", "sources", "insurers", "intent",
     "targets", "to", "via", "effective", "from", "until"});

constexpr auto kPaths = std::to_array<std::string_view>(
    {"probe_every_seconds", "paths", "types", "networks", "when_down"});

constexpr auto kRollout =
    std::to_array<std::string_view>({"insurers", "insurer", "loading_from", "sharing_from"});

bool holds(Names names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

Json shown_text(std::string_view name, const Json& value, const Redactor& redactor) {
    return Json::string(redactor.plain(name == "url" ? shown_url(value.text()) : value.text()));
}

Json shown(std::string_view name, const Json& value, Names names, const Redactor& redactor) {
    if (value.is_string()) return shown_text(name, value, redactor);
    if (value.is_array()) {
        Json list = Json::array();
        for (const Json& item : value.items()) list.push(shown(name, item, names, redactor));
        return list;
    }
    if (!value.is_object()) return value;
    Json object = Json::object();
    std::int64_t others = 0;
    for (const auto& [member, own] : value.members()) {
        if (member == "settings" && name == "adapters") {
            object.set(member, shown(member, own, kSettings, redactor));
        } else if (holds(names, member)) {
            object.set(member, shown(member, own, names, redactor));
        } else {
            ++others;  // by number: a name may be anybody's word as well
        }
    }
    if (others > 0) object.set(std::string{kWithheld}, Json::number(others));
    return object;
}

bool is_person(model::PartyKind kind) {
    return kind == model::PartyKind::operator_ || kind == model::PartyKind::reviewer;
}

Json shown_party(const model::Party& party) {
    Json zones = Json::array();
    for (const model::CertificatePattern& pattern : party.certificates) {
        zones.push(Json::string(pattern.zone.text()));
    }
    Json other_ways = Json::array();
    for (const model::Via& via : party.other_ways) other_ways.push(Json::string(via.text()));
    return Json::object()
        .set("id", model::to_string(party.id))
        .set("via", party.via.text())
        .set("other_ways", std::move(other_ways))
        .set("zones", std::move(zones))
        .set("suspended", Json::boolean(party.suspended));
}

std::string without_line_end(std::string text) {
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    return text;
}

void collect_text(std::string_view name, const std::string& text, platform::Files& files,
                  KnownSecrets& known) {
    const bool in_a_file = name.ends_with("_file");
    auto bytes = in_a_file ? files.read(text, kSecretBytesMax) : model::Result<std::string>{text};
    const std::string word = bytes ? without_line_end(std::move(*bytes)) : std::string{};
    if (word.size() >= kSecretBytesMin) {
        known.words.push_back(word);
    } else if (in_a_file) {
        ++known.files_unread;
    }
}

void collect(std::string_view name, const Json& value, platform::Files& files,
             KnownSecrets& known) {
    if (value.is_string() && !holds(kSettings, name)) {
        collect_text(name, value.text(), files, known);
    }
    for (const Json& item : value.items()) collect(name, item, files, known);
    for (const auto& [member, own] : value.members()) collect(member, own, files, known);
}

}  // namespace

Json shown_configuration(const Json& root, const Redactor& redactor) {
    return shown("", root, kMain, redactor);
}

Json shown_routes(const Json& root, const Redactor& redactor) {
    return shown("", root, kRoutes, redactor);
}

Json shown_paths(const Json& root, const Redactor& redactor) {
    return shown("", root, kPaths, redactor);
}

Json shown_rollout(const Json& root, const Redactor& redactor) {
    return shown("", root, kRollout, redactor);
}

Json shown_parties(const model::Directory& directory) {
    std::map<model::PartyId, const model::Party*> sorted;
    std::int64_t persons = 0;
    for (const auto& [id, party] : directory.all()) {
        if (is_person(id.kind)) {
            ++persons;
        } else {
            sorted[id] = &party;
        }
    }
    Json list = Json::array();
    for (const auto& [id, party] : sorted) {
        if (list.items().size() == kPartiesShownMax) break;
        list.push(shown_party(*party));
    }
    return Json::object()
        .set("institutions", Json::number(static_cast<std::int64_t>(sorted.size())))
        .set("persons", Json::number(persons))
        .set("parties", std::move(list));
}

KnownSecrets secrets_in(const Json& root, const model::Directory* directory,
                        platform::Files& files) {
    KnownSecrets known;
    const Json* adapters = root.find("adapters");
    for (const Json& adapter : adapters == nullptr ? std::vector<Json>{} : adapters->items()) {
        if (const Json* settings = adapter.find("settings")) collect("", *settings, files, known);
    }
    if (directory == nullptr) return known;
    for (const auto& [id, party] : directory->all()) {
        if (is_person(id.kind)) known.words.push_back(party.name);
    }
    return known;
}

}  // namespace sekisho::doctor
