#include "gateway/cli/pki_profile.h"

#include <algorithm>

#include "adapters/documents/object_reader.h"

namespace sekisho::cli {

namespace {

using documents::Json;
using documents::ObjectReader;
using model::Problem;

constexpr std::uint64_t kDaysMost = 36'500;

int days(ObjectReader& reader, std::string_view key, int fallback) {
    return static_cast<int>(reader.number(key, static_cast<std::uint64_t>(fallback), kDaysMost));
}

std::vector<std::string> texts(ObjectReader& reader, std::string_view key) {
    std::vector<std::string> values;
    const Json* list = reader.any(key);
    if (list == nullptr) return values;
    for (const Json& item : list->items()) {
        if (!item.is_string())
            reader.fault(key, "文字列の配列にしてください", "must be an array of texts");
        values.push_back(item.text());
    }
    return values;
}

// File names of ours: no path leads out of the folder.
void check_file(ObjectReader& reader, std::string_view key, const std::string& name) {
    if (name.find('/') == std::string::npos && !name.starts_with('.')) return;
    reader.fault(key, "フォルダーを含まない名前にしてください", "must be a name without a folder");
}

model::Result<PkiAuthority> read_authority(const Json& json) {
    ObjectReader reader{json};
    const bool is_jpki = reader.choice("kind", {"parties", "jpki-auth"}) == "jpki-auth";
    PkiAuthority authority{
        .name = reader.required_text("name"),
        .common_name = is_jpki ? std::string{} : reader.required_text("common_name"),
        .kind = is_jpki ? PkiKind::jpki_auth : PkiKind::parties,
        .certificate_file = reader.required_text("certificate"),
        .list_file = reader.text("crl")};
    check_file(reader, "certificate", authority.certificate_file);
    check_file(reader, "name", authority.name);
    if (auto done = reader.finish(); !done) return std::unexpected(done.error());
    return authority;
}

// `party` gives the file, the common name and the SAN URI; the rest may be said besides.
model::Result<PkiSubject> read_subject(const Json& json) {
    ObjectReader reader{json};
    PkiSubject subject;
    const std::string party = reader.text("party");
    std::string usual_file = party;
    std::ranges::replace(usual_file, ':', '-');
    subject.authority = reader.required_text("authority");
    subject.file = reader.text("file", usual_file);
    subject.common_name = reader.text("common_name", party);
    if (!party.empty()) {
        if (!model::parse_party_id(party))
            reader.fault("party", "接続機関の識別子にしてください", "must be a party id");
        subject.uris.push_back("urn:sekisho:party:" + party);
    }
    subject.dns_names = texts(reader, "dns_names");
    subject.addresses = texts(reader, "addresses");
    subject.client = reader.flag("client", true);
    subject.server = reader.flag("server", false);
    subject.revoked = reader.flag("revoked", false);
    if (subject.file.empty() || subject.common_name.empty())
        reader.fault("file", "party か、file と common_name が必要です",
                     "party, or file and common_name, is needed");
    check_file(reader, "file", subject.file);
    if (auto done = reader.finish(); !done) return std::unexpected(done.error());
    return subject;
}

template <class T>
model::Result<std::vector<T>> read_all(const Json* list, model::Result<T> (*read)(const Json&)) {
    std::vector<T> values;
    if (list == nullptr) return values;
    for (const Json& item : list->items()) {
        auto value = read(item);
        if (!value) return std::unexpected(value.error());
        values.push_back(std::move(*value));
    }
    return values;
}

}  // namespace

model::Result<PkiProfile> read_pki_profile(const Json& json) {
    ObjectReader reader{json};
    PkiProfile profile;
    profile.validity_days = days(reader, "validity_days", profile.validity_days);
    profile.authority_validity_days =
        days(reader, "authority_validity_days", profile.authority_validity_days);
    profile.list_validity_days = days(reader, "crl_validity_days", profile.list_validity_days);
    const Json* authorities = reader.any("authorities");
    const Json* subjects = reader.any("subjects");
    if (auto done = reader.finish(); !done) return std::unexpected(done.error());
    auto read_authorities = read_all<PkiAuthority>(authorities, read_authority);
    if (!read_authorities) return std::unexpected(read_authorities.error());
    auto read_subjects = read_all<PkiSubject>(subjects, read_subject);
    if (!read_subjects) return std::unexpected(read_subjects.error());
    profile.authorities = std::move(*read_authorities);
    profile.subjects = std::move(*read_subjects);
    for (const PkiSubject& subject : profile.subjects) {
        const bool known = std::ranges::any_of(profile.authorities, [&](const PkiAuthority& each) {
            return each.name == subject.authority;
        });
        if (!known) {
            return model::refuse(
                Problem::attribute_invalid,
                {.ja = subject.file + ": 認証局 " + subject.authority + " がありません",
                 .en = subject.file + ": there is no authority " + subject.authority});
        }
    }
    return profile;
}

}  // namespace sekisho::cli
