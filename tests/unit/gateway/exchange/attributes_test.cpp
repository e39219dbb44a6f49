// Attributes become an envelope, or a refusal that names the attribute.
#include "gateway/exchange/attributes.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "gateway/exchange/envelope_record.h"
#include "tests/support/exchange/exchange_world.h"

namespace sekisho::tests {

using exchange::Attributes;
using model::Problem;

namespace {

const model::Speaker kSpeaker{.party = {.kind = model::PartyKind::medical, .number = "1319900021"},
                              .zone = model::ZoneName{"internet"}};

Attributes good() {
    return {{"specversion", "1.0"},
            {"id", "op-1"},
            {"source", "/medical/1319900021"},
            {"type", "jp.sekisho.certification.opinion"},
            {"time", "2026-11-21T09:00:00+09:00"},
            {"insurer", "139980"},
            {"insured", "0000000001"},
            {"datacontenttype", "text/csv"},
            {"dataschema", "urn:sekisho:format:ikensho-csv:1.1"}};
}

Attributes with(const std::string& name, const std::string& value) {
    Attributes attributes = good();
    const auto found = std::ranges::find(attributes, name, &exchange::Attribute::first);
    if (found != attributes.end()) {
        found->second = value;
    } else {
        attributes.emplace_back(name, value);
    }
    return attributes;
}

std::string refusal_of(const Attributes& attributes, model::Intent intent = model::Intent::file) {
    const auto snapshot = exchange_snapshot();
    const auto envelope = exchange::read_envelope(attributes, kSpeaker, snapshot.catalogue, intent);
    if (envelope) return "none";
    const auto& refusal = envelope.error();
    return std::string{model::entry_of(refusal.problem).name} + " " +
           (refusal.errors.empty() ? "" : refusal.errors[0].field);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(attributes)

BOOST_AUTO_TEST_CASE(that_are_good_make_an_envelope) {
    const auto snapshot = exchange_snapshot();
    const auto envelope =
        exchange::read_envelope(good(), kSpeaker, snapshot.catalogue, model::Intent::file);
    BOOST_TEST_REQUIRE(envelope.has_value());
    BOOST_TEST(envelope->author.number == "1319900021");
    BOOST_TEST(envelope->purpose.text() == "certification");
    BOOST_TEST((envelope->time == kNow));
    BOOST_TEST(envelope->persons.size() == 1U);
}

BOOST_AUTO_TEST_CASE(are_refused_by_name) {
    const std::vector<std::array<std::string, 3>> rows{
        {"specversion", "", "attribute-missing specversion"},
        {"specversion", "0.3", "attribute-invalid specversion"},
        {"id", "", "attribute-missing id"},
        {"id", "a b", "attribute-invalid id"},
        {"id", std::string(129, 'a'), "attribute-invalid id"},
        {"source", "", "attribute-missing source"},
        {"source", "medical:1319900021", "attribute-invalid source"},
        {"source", "/medical/1319900013", "source-not-yours source"},
        {"author", "nobody", "attribute-invalid author"},
        {"type", "", "attribute-missing type"},
        {"type", "jp.sekisho.unheard-of", "unknown-type type"},
        {"type", "org.example.thing", "unknown-type type"},
        {"type", "jp.sekisho.query.certification.progress", "unknown-type type"},
        {"time", "", "attribute-missing time"},
        {"time", "2026-11-21", "attribute-invalid time"},
        {"insurer", "", "attribute-missing insurer"},
        {"insurer", "13998", "attribute-invalid insurer"},
        {"insured", "", "attribute-missing insured"},
        {"insured", "X000000001", "attribute-invalid insured"},
        {"insured", "123456789018", "my-number-present insured"},
        {"recipient", "someone", "attribute-invalid recipient"},
        {"role", "wizard", "attribute-invalid role"},
        {"dataschema", "", "attribute-missing dataschema"},
        {"dataschema", "urn:other", "unknown-format dataschema"},
        {"dataschema", "urn:sekisho:format:card-json:1", "unknown-format dataschema"},
        {"businesskey", "\x01", "attribute-invalid businesskey"},
        {"expirytime", "tomorrow", "attribute-invalid expirytime"},
        {"status", "final", "attribute-invalid status"},
        {"purpose", std::string(1025, 'a'), "attribute-invalid purpose"},
    };
    for (const auto& [name, value, expected] : rows) {
        BOOST_TEST(refusal_of(with(name, value)) == expected, name << "=" << value);
    }
}

BOOST_AUTO_TEST_CASE(of_recipients_are_a_list_without_repeats) {
    const auto snapshot = exchange_snapshot();
    const auto envelope = exchange::read_envelope(
        with("recipient", "system:platform, insurer:139980,system:platform"), kSpeaker,
        snapshot.catalogue, model::Intent::file);
    BOOST_TEST_REQUIRE(envelope.has_value());
    BOOST_TEST(envelope->recipients.size() == 2U);
}

BOOST_AUTO_TEST_CASE(survive_their_record) {
    const auto snapshot = exchange_snapshot();
    Attributes all = with("recipient", "system:platform");
    all.emplace_back("businesskey", "k 1");
    all.emplace_back("expirytime", "2026-12-01T00:00:00Z");
    all.emplace_back("correlationid", "c-1");
    all.emplace_back("role", "physician");
    all.emplace_back("actor", "staff-7");
    auto behind_a_tunnel = kSpeaker;
    behind_a_tunnel.protected_by = model::Protection::ipsec;
    const auto envelope =
        exchange::read_envelope(all, behind_a_tunnel, snapshot.catalogue, model::Intent::file);
    BOOST_TEST_REQUIRE(envelope.has_value());
    BOOST_TEST((envelope->protected_by == model::Protection::ipsec));
    const auto again = exchange::from_record(exchange::to_record(*envelope));
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST((again->protected_by == model::Protection::ipsec));
    BOOST_TEST(exchange::to_record(*again) == exchange::to_record(*envelope));
    BOOST_TEST((again->persons == envelope->persons));
}

BOOST_AUTO_TEST_CASE(that_name_nobody_where_one_person_is_needed_are_refused) {
    Attributes attributes = good();
    std::erase_if(attributes, [](const exchange::Attribute& attribute) {
        return attribute.first == "insurer" || attribute.first == "insured";
    });
    BOOST_TEST(refusal_of(attributes) == "attribute-missing insurer");
}

BOOST_AUTO_TEST_CASE(may_name_another_purpose_than_the_types_first) {
    const auto snapshot = exchange_snapshot();
    const auto envelope = exchange::read_envelope(with("purpose", "care"), kSpeaker,
                                                  snapshot.catalogue, model::Intent::file);
    BOOST_TEST_REQUIRE(envelope.has_value());
    BOOST_TEST(envelope->purpose.text() == "care");
}

BOOST_AUTO_TEST_CASE(of_a_damaged_record_are_no_envelope) {
    for (const std::string text : {"", "[]", "{}", R"({"time":"yesterday"})",
                                   R"({"time":"2026-11-21T00:00:00Z","source":"nobody"})"}) {
        BOOST_TEST(!exchange::from_record(text).has_value(), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
