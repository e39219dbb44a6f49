// What is known of persons: registrations, consents, the end of the pair, and who looked.
#include <limits>

#include "gateway/store/sqlite_transaction.h"
#include "gateway/store/sqlite_values.h"

namespace sekisho::store {

namespace {

using model::Problem;

constexpr std::string_view kRegistrationOfId =
    "SELECT party, assurance, valid_from, valid_until, id, person, sealed_record "
    "FROM registration WHERE id = ?";
constexpr std::string_view kConsentOfId =
    "SELECT comprehensive, given, refused, given_at, withdrawn_at, municipal, id, person, "
    "sealed_record FROM consent WHERE id = ?";

std::string lines(const std::vector<model::ConsentKind>& kinds) {
    std::string text;
    for (const auto kind : kinds) text += std::string(model::to_string(kind)) + "\n";
    return text;
}

Result<std::vector<model::ConsentKind>> kinds_of(const std::string& text) {
    std::vector<model::ConsentKind> kinds;
    for (const auto& name : lines_of<std::string>(text)) {
        const auto kind = model::parse_consent_kind(name);
        if (!kind) return broken("consent kind");
        kinds.push_back(*kind);
    }
    return kinds;
}

Result<model::Registration> registration_at(const Query& query) {
    auto party = party_of(query.text_at(0));
    if (!party) return std::unexpected(party.error());
    return model::Registration{
        .party = std::move(*party),
        .assurance = query.text_at(1),
        .period = {.from = query.optional_instant_at(2), .until = query.optional_instant_at(3)},
        .id = query.text_at(4)};
}

Result<model::Consent> consent_at(const Query& query) {
    auto given = kinds_of(query.text_at(1));
    if (!given) return std::unexpected(given.error());
    auto refused = kinds_of(query.text_at(2));
    if (!refused) return std::unexpected(refused.error());
    return model::Consent{.comprehensive = query.integer_at(0) != 0,
                          .given = std::move(*given),
                          .refused = std::move(*refused),
                          .given_at = query.instant_at(3),
                          .withdrawn_at = query.optional_instant_at(4),
                          .municipal = query.integer_at(5) != 0,
                          .id = query.text_at(6)};
}

template <class Record>
Result<void> read_all(Query& query, Result<Record> (*read)(const Query&),
                      std::vector<Record>& records) {
    while (query.row()) {
        auto record = read(query);
        if (!record) return std::unexpected(record.error());
        records.push_back(std::move(*record));
    }
    return query.outcome();
}

Result<std::optional<model::Instant>> read_end(SqliteConnection& connection,
                                               const model::PersonHash& person) {
    Query query = connection.query(
        "SELECT at FROM end_word WHERE person = ? AND deleted = 0 ORDER BY history DESC LIMIT 1");
    query.text(person.text());
    if (!query.row()) return nothing<model::Instant>(query);
    return query.optional_instant_at(0);
}

// A record's id belongs to the person whose record it was first.
Result<void> put(SqliteConnection& connection, Query& query) {
    if (auto done = query.run(); !done) return done;
    if (connection.changes() == 1) return {};
    return model::refuse(Problem::record_conflict);
}

}  // namespace

Result<model::PersonFacts> read_facts(SqliteConnection& connection,
                                      const model::PersonHash& person) {
    const OneState state{connection};
    model::PersonFacts facts;
    Query registrations = connection.query(kRegistrationsOfPerson);
    registrations.text(person.text());
    if (auto read = read_all(registrations, registration_at, facts.registrations); !read) {
        return std::unexpected(read.error());
    }
    Query consents = connection.query(kConsentsOfPerson);
    consents.text(person.text());
    if (auto read = read_all(consents, consent_at, facts.consents); !read) {
        return std::unexpected(read.error());
    }
    const auto ended = read_end(connection, person);
    if (!ended) return std::unexpected(ended.error());
    facts.ended = *ended;
    return facts;
}

Result<std::optional<StoredRegistration>> read_registration(SqliteConnection& connection,
                                                            const std::string& id) {
    Query query = connection.query(kRegistrationOfId);
    query.text(id);
    if (!query.row()) return nothing<StoredRegistration>(query);
    auto registration = registration_at(query);
    if (!registration) return std::unexpected(registration.error());
    return StoredRegistration{.person = model::PersonHash(query.text_at(5)),
                              .registration = std::move(*registration),
                              .sealed_record = query.text_at(6)};
}

Result<std::optional<StoredConsent>> read_consent(SqliteConnection& connection,
                                                  const std::string& id) {
    Query query = connection.query(kConsentOfId);
    query.text(id);
    if (!query.row()) return nothing<StoredConsent>(query);
    auto consent = consent_at(query);
    if (!consent) return std::unexpected(consent.error());
    return StoredConsent{.person = model::PersonHash(query.text_at(7)),
                         .consent = std::move(*consent),
                         .sealed_record = query.text_at(8)};
}

Result<std::vector<std::uint64_t>> read_accesses(SqliteConnection& connection,
                                                 const model::PersonHash& person,
                                                 std::uint64_t before, std::size_t count_max) {
    constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
    Query query = connection.query(
        "SELECT leaf FROM access WHERE person = ? AND leaf < ? ORDER BY leaf DESC LIMIT ?");
    query.text(person.text()).unsigned_integer(std::min(before, kMost)).unsigned_integer(count_max);
    std::vector<std::uint64_t> leaves;
    while (query.row()) leaves.push_back(query.unsigned_at(0));
    if (auto outcome = query.outcome(); !outcome) return std::unexpected(outcome.error());
    return leaves;
}

Result<void> SqliteTransaction::put_registration(const StoredRegistration& registration) {
    Query query = connection_.query(
        "INSERT INTO registration(id, person, party, assurance, valid_from, valid_until, "
        "sealed_record) VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
        "party = excluded.party, assurance = excluded.assurance, "
        "valid_from = excluded.valid_from, valid_until = excluded.valid_until, "
        "sealed_record = excluded.sealed_record WHERE person = excluded.person");
    const model::Registration& record = registration.registration;
    query.text(record.id)
        .text(registration.person.text())
        .text(model::to_string(record.party))
        .text(record.assurance)
        .instant(record.period.from)
        .instant(record.period.until)
        .blob(registration.sealed_record);
    return put(connection_, query);
}

Result<void> SqliteTransaction::put_consent(const StoredConsent& consent) {
    Query query = connection_.query(
        "INSERT INTO consent(id, person, comprehensive, given, refused, given_at, withdrawn_at, "
        "municipal, sealed_record) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
        "comprehensive = excluded.comprehensive, given = excluded.given, "
        "refused = excluded.refused, given_at = excluded.given_at, "
        "withdrawn_at = excluded.withdrawn_at, municipal = excluded.municipal, "
        "sealed_record = excluded.sealed_record WHERE person = excluded.person");
    const model::Consent& record = consent.consent;
    query.text(record.id)
        .text(consent.person.text())
        .integer(record.comprehensive ? 1 : 0)
        .text(lines(record.given))
        .text(lines(record.refused))
        .instant(record.given_at)
        .instant(record.withdrawn_at)
        .integer(record.municipal ? 1 : 0)
        .blob(consent.sealed_record);
    return put(connection_, query);
}

Result<bool> SqliteTransaction::put_end(const model::PersonHash& person, const EndWord& word) {
    const auto before = read_end(connection_, person);
    if (!before) return std::unexpected(before.error());
    Query query = connection_.query(
        "INSERT INTO end_word(person, history, said, at, deleted) VALUES(?, ?, ?, ?, ?) "
        "ON CONFLICT(person, history) DO UPDATE SET said = excluded.said, at = excluded.at, "
        "deleted = excluded.deleted WHERE said <= excluded.said");
    query.text(person.text())
        .unsigned_integer(word.history)
        .instant(word.said)
        .instant(word.at)
        .integer(word.deleted ? 1 : 0);
    if (auto done = query.run(); !done) return std::unexpected(done.error());
    const auto after = read_end(connection_, person);
    if (!after) return std::unexpected(after.error());
    return *before != *after;
}

Result<void> SqliteTransaction::add_access(const model::PersonHash& person, std::uint64_t leaf) {
    Query query = connection_.query("INSERT OR IGNORE INTO access(person, leaf) VALUES(?, ?)");
    return query.text(person.text()).unsigned_integer(leaf).run();
}

}  // namespace sekisho::store
