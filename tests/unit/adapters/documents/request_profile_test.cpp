// An insurer's request for an opinion (主治医意見書作成依頼).
#include <boost/test/unit_test.hpp>

#include "adapters/documents/format.h"
#include "adapters/documents/samples.h"

using namespace sekisho;
using model::Problem;

namespace {

model::Result<documents::DocumentFacts> reading(const documents::RequestSample& sample) {
    static const auto formats = documents::load_formats(SEKISHO_SOURCE_DIR "/config/schema");
    const auto* const format = formats.value().find(model::FormatName{"opinion-request-json:1"});
    return format->read(documents::an_opinion_request_json(sample), {});
}

documents::DocumentFacts facts_of(const documents::RequestSample& sample) {
    return reading(sample).value();
}

model::LocatedError only_error(const documents::RequestSample& sample) {
    const auto refused = reading(sample);
    BOOST_REQUIRE(!refused);
    BOOST_REQUIRE_EQUAL(refused.error().errors.size(), 1U);
    return refused.error().errors[0];
}

}  // namespace

BOOST_AUTO_TEST_SUITE(request_profile)

BOOST_AUTO_TEST_CASE(names_its_writer_the_opinion_it_waits_for_and_the_application) {
    const auto request = facts_of({});
    BOOST_REQUIRE_EQUAL(request.persons.size(), 1U);
    BOOST_TEST(request.persons[0].person.insured.text() == "0000000001");
    BOOST_TEST(request.author_number.value() == "139980");
    BOOST_TEST(request.recipient_number.value() == "1319900021");
    BOOST_TEST(request.business_key->text() == "139980:0000000001:0001");
    BOOST_REQUIRE(request.request);
    BOOST_TEST(request.request->opinion.text() == "139980:0000000001:0001");
    BOOST_TEST(model::to_japan_date(request.request->applied) == "2026-11-21");
    BOOST_TEST((request.request->kind == documents::OpinionRequest::Kind::request));
}

BOOST_AUTO_TEST_CASE(of_a_reminder_or_a_withdrawal_has_a_key_of_its_own) {
    const auto reminder = facts_of({.kind = "reminder"});
    BOOST_TEST((reminder.request->kind == documents::OpinionRequest::Kind::reminder));
    const auto withdrawal = facts_of({.kind = "withdrawal"});
    BOOST_TEST((withdrawal.request->kind == documents::OpinionRequest::Kind::withdrawal));
    BOOST_TEST(withdrawal.request->opinion.text() == "139980:0000000001:0001");
    BOOST_TEST(withdrawal.business_key->text() != reminder.business_key->text());
    BOOST_TEST(withdrawal.business_key->text() != "139980:0000000001:0001");
}

BOOST_AUTO_TEST_CASE(of_another_kind_number_or_insurer_is_refused) {
    BOOST_TEST((only_error({.kind = "wish"}).code == Problem::schema_violation));
    BOOST_TEST(only_error({.request_number = "1:2"}).field == "/request_number 依頼番号");
    BOOST_TEST((only_error({.insurer = "139981"}).code == Problem::check_digit));
}

BOOST_AUTO_TEST_CASE(has_an_application_of_the_year_before_it) {
    const auto day = only_error({.applied_on = "2026-02-30"});
    BOOST_TEST((day.code == Problem::date_invalid));
    BOOST_TEST(day.field == "/applied_on 申請日");
    for (const char* applied_on : {"2026-11-22", "2025-11-20", "0001-01-01", "9999-12-31"}) {
        BOOST_TEST((only_error({.applied_on = applied_on}).code == Problem::date_invalid),
                   applied_on);
    }
    facts_of({.applied_on = "2025-11-22"});
}

BOOST_AUTO_TEST_SUITE_END()
