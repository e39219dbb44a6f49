#include "adapters/documents/profile.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>
#include <vector>

#include "adapters/documents/samples.h"
#include "adapters/documents/schema.h"

namespace {

using namespace sekisho;
using documents::Json;
using model::LocatedError;
using model::Problem;

const documents::FormatContext kContext{.unions = nullptr, .file = "load.json"};

const documents::Formats& formats() {
    static const auto loaded = documents::load_formats(SEKISHO_SOURCE_DIR "/config/schema");
    BOOST_REQUIRE(loaded.has_value());
    return *loaded;
}

const documents::Format& format(const std::string& name) {
    const auto* const found = formats().find(model::FormatName{name});
    BOOST_REQUIRE(found != nullptr);
    return *found;
}

documents::DocumentFacts facts(const std::string& name, const std::string& text,
                               const documents::FormatContext& context = kContext) {
    auto result = format(name).read(text, context);
    if (!result) {
        for (const auto& error : result.error().errors) {
            BOOST_TEST_MESSAGE(error.line << ":" << error.column << " " << error.field << " "
                                          << model::code_of(error.code));
        }
    }
    BOOST_REQUIRE_MESSAGE(result.has_value(), name << " should be accepted");
    return std::move(*result);
}

LocatedError only_error(const std::string& name, const std::string& text) {
    const auto result = format(name).read(text, kContext);
    BOOST_REQUIRE_MESSAGE(!result.has_value(), name << " should be refused: " << text);
    BOOST_TEST((result.error().problem == Problem::document_invalid));
    BOOST_REQUIRE_EQUAL(result.error().errors.size(), 1U);
    BOOST_TEST(result.error().errors[0].file == "load.json");
    BOOST_TEST(result.error().errors[0].line > 0U);
    return result.error().errors[0];
}

// A sample with one piece of its text replaced.
std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, from);
    return text.replace(at, from.size(), to);
}

const std::string kCard = documents::a_card_json();

}  // namespace

BOOST_AUTO_TEST_SUITE(profile)

BOOST_AUTO_TEST_CASE(a_card_load_gives_its_persons_with_lines_and_its_insurer_as_author) {
    const auto read =
        facts("card-json:1", documents::a_card_json({.insured = {"0000000001", "H000000004"}}));
    BOOST_REQUIRE_EQUAL(read.persons.size(), 2U);
    BOOST_TEST(read.persons[0].person.insurer.text() == "139980");
    BOOST_TEST(read.persons[0].person.insured.text() == "0000000001");
    BOOST_TEST(read.persons[0].line == 8U);
    BOOST_TEST(read.persons[1].person.insured.text() == "H000000004");
    BOOST_TEST(read.persons[1].line == 19U);
    BOOST_TEST(read.author_number.value() == "139980");
    BOOST_TEST(read.author_line == 3U);
    BOOST_TEST(read.author_field == "/insurer 保険者番号");
    BOOST_TEST(!read.business_key.has_value());
}

BOOST_AUTO_TEST_CASE(every_profile_accepts_its_sample) {
    facts("card-json:1", kCard);
    facts("card-json:1", documents::a_card_json({.deleted = true}));
    facts("limit-card-json:1", documents::a_limit_card_json());
    facts("survey-json:1", documents::a_survey_json());
    facts("progress-json:1", documents::a_progress_json());
    const auto consent = facts(
        "consent-json:1",
        documents::a_consent_json("139980", "0000000002", "2026-11-21T09:00:00+09:00", {"life"}));
    BOOST_REQUIRE_EQUAL(consent.persons.size(), 1U);
    BOOST_TEST(consent.persons[0].person.insured.text() == "0000000002");
    BOOST_TEST(!consent.author_number.has_value());
    facts("registration-json:1",
          documents::a_registration_json("139980", "0000000001", "care-manager:1379900010",
                                         "2026-11-21T00:00:00Z"));
}

BOOST_AUTO_TEST_CASE(every_state_level_and_stage_is_known) {
    for (const std::string level : {"01", "06", "11", "12", "13", "21", "22", "23", "24", "25"}) {
        facts("card-json:1", documents::a_card_json({}, level));
    }
    for (const std::string state : {"applied", "survey-done", "opinion-requested",
                                    "opinion-received", "reviewed", "certified", "postponed"}) {
        facts("progress-json:1", documents::a_progress_json({}, state));
    }
    for (const std::string stage : {"1", "2", "3-1", "3-2"}) {
        facts("limit-card-json:1", documents::a_limit_card_json({}, stage));
    }
    BOOST_TEST((only_error("card-json:1", documents::a_card_json({}, "14")).code ==
                Problem::schema_violation));
    BOOST_TEST((only_error("progress-json:1", documents::a_progress_json({}, "lost")).code ==
                Problem::schema_violation));
    BOOST_TEST((only_error("limit-card-json:1", documents::a_limit_card_json({}, "5")).code ==
                Problem::schema_violation));
}

BOOST_AUTO_TEST_CASE(a_violation_of_the_schema_is_located_by_pointer_line_and_column) {
    const auto text = documents::a_card_json({.insured = {"0000000001", "000000002"}});
    const auto error = only_error("card-json:1", text);
    BOOST_TEST((error.code == Problem::schema_violation));
    BOOST_TEST(error.field == "/records/1/insured 被保険者番号");
    BOOST_TEST(error.line == 19U);
    BOOST_TEST(error.column == 18U);
}

BOOST_AUTO_TEST_CASE(a_missing_member_is_named) {
    const auto header = only_error("card-json:1", with(kCard, "  \"insurer\": \"139980\",\n", ""));
    BOOST_TEST((header.code == Problem::field_missing));
    BOOST_TEST(header.field == "/insurer 保険者番号");
    const auto inner = only_error("card-json:1", with(kCard, "      \"history\": 1,\n", ""));
    BOOST_TEST((inner.code == Problem::field_missing));
    BOOST_TEST(inner.field == "/records/0/history 履歴番号");
    BOOST_TEST(inner.line == 7U);
    const auto level =
        only_error("card-json:1", with(kCard, "      \"care_level\": \"22\",\n", ""));
    BOOST_TEST((level.code == Problem::field_missing));
    BOOST_TEST(level.field == "/records/0/care_level 要介護状態区分");
    BOOST_TEST(level.line == 7U);
}

BOOST_AUTO_TEST_CASE(an_unknown_member_is_refused_without_repeating_its_key) {
    const auto error = only_error("card-json:1", with(kCard, "\"burden_ratio\"", "\"0000000001\""));
    BOOST_TEST((error.code == Problem::schema_violation));
    BOOST_TEST(error.field == "/records/0 レコード");
    BOOST_TEST(error.line == 14U);
}

BOOST_AUTO_TEST_CASE(values_of_another_kind_or_range_are_refused) {
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"\"history\": 1", "\"history\": \"1\""},
             {"\"history\": 1", "\"history\": 0"},
             {"\"history\": 1", "\"history\": 1.0"},
             {"\"history\": 1", "\"history\": 18446744073709551616"},
             {"\"burden_ratio\": 1", "\"burden_ratio\": 4"},
             {"\"deleted\": false", "\"deleted\": null"},
             {"\"0000000001\"", "1"},
             {"\"0000000001\"", "\"00000000011\""},
             {"\"0000000001\"", "\"H0000000001\""},
             {"\"0000000001\"", "\"0000000001\\n\""},
             {"\"0000000001\"", "\"000000000\\u0000\""},
             {"\"0000000001\"", "\"0000000001\\u0000\""},
             {"\"0000000001\"", "\"0000000001\\u0000" + std::string(64, '0') + "0000000002\""},
             {"\"139980\"", "\"139980\\u00001\""},
             {"\"139980\"", "\"13998\""},
             {"\"139980\"", "\"x139980\""},
             {"card-json:1", "card-json:2"},
             {"\"difference\"", "\"all\""},
             {"2026-11-21T06", "2026-11-21 06"},
             {"\"certified_from\": \"2026-11-21\"", "\"certified_from\": \"20261121\""}}) {
        BOOST_TEST(
            (only_error("card-json:1", with(kCard, from, to)).code == Problem::schema_violation),
            to);
    }
}

BOOST_AUTO_TEST_CASE(a_document_of_another_shape_is_refused) {
    for (const std::string text : {"[]", "null", "1", "{}", "\"x\"", "{\"records\":{}}"})
        only_error("card-json:1", text);
    BOOST_TEST((only_error("card-json:1", documents::a_progress_json()).code ==
                Problem::schema_violation));
}

BOOST_AUTO_TEST_CASE(text_that_is_no_json_is_a_located_error_of_the_document) {
    const auto error = only_error("card-json:1", "{\n  \"format\": \"card-json:1\",,");
    BOOST_TEST((error.code == Problem::json_malformed));
    BOOST_TEST(error.line == 2U);
    const auto twice = only_error(
        "card-json:1", with(kCard, "\"insurer\"", "\"insurer\": \"139964\",\n  \"insurer\""));
    BOOST_TEST((twice.code == Problem::json_malformed));
    BOOST_TEST(twice.line == 4U);
}

BOOST_AUTO_TEST_CASE(an_insurers_check_digit_holds_or_it_is_a_union) {
    const auto text = documents::a_card_json({.insurer = "139981"});
    const auto error = only_error("card-json:1", text);
    BOOST_TEST((error.code == Problem::check_digit));
    BOOST_TEST(error.field == "/insurer 保険者番号");
    BOOST_TEST(error.line == 3U);
    const std::unordered_map<model::InsurerNumber, std::string> unions{
        {model::InsurerNumber{"139981"}, "架空広域連合"}};
    BOOST_TEST(facts("card-json:1", text, {.unions = &unions}).author_number.value() == "139981");
}

BOOST_AUTO_TEST_CASE(days_exist_and_periods_do_not_end_before_they_begin) {
    const auto no_day = only_error("card-json:1", with(kCard, "\"certified_from\": \"2026-11-21\"",
                                                       "\"certified_from\": \"2026-02-29\""));
    BOOST_TEST((no_day.code == Problem::date_invalid));
    BOOST_TEST(no_day.field == "/records/0/certified_from 認定有効期間開始日");
    const auto backward = only_error(
        "card-json:1",
        with(kCard, "\"certified_from\": \"2026-11-21\"", "\"certified_from\": \"2028-01-01\""));
    BOOST_TEST((backward.code == Problem::date_invalid));
    BOOST_TEST(backward.field == "/records/0/certified_until 認定有効期間終了日");
    const auto half =
        only_error("limit-card-json:1",
                   with(documents::a_limit_card_json({.deleted = true}), "\"deleted\": true",
                        "\"deleted\": true, \"valid_from\": \"2026-01-01\""));
    BOOST_TEST((half.code == Problem::field_missing));
    BOOST_TEST((only_error("card-json:1", with(kCard, "T06:00:00+09:00", "T26:00:00+09:00")).code ==
                Problem::date_invalid));
}

BOOST_AUTO_TEST_CASE(only_certified_levels_need_a_period) {
    auto text = documents::a_card_json({}, "01");
    text = with(text, "      \"certified_from\": \"2026-11-21\",\n", "");
    text = with(text, "      \"certified_until\": \"2027-11-20\",\n", "");
    facts("card-json:1", text);
    const auto result = format("card-json:1").read(with(text, "\"01\"", "\"21\""), kContext);
    BOOST_REQUIRE(!result.has_value());
    BOOST_TEST(result.error().errors.size() == 2U);
}

BOOST_AUTO_TEST_CASE(one_history_stands_once_and_a_person_is_counted_once) {
    const auto text = documents::a_card_json({.insured = {"0000000001", "0000000001"}});
    const auto error = only_error("card-json:1", text);
    BOOST_TEST((error.code == Problem::field_invalid));
    BOOST_TEST(error.field == "/records/1/history 履歴番号");
    const std::size_t second = text.rfind("\"history\": 1");
    std::string other = text;
    other.replace(second, 12, "\"history\": 2");
    const auto read = facts("card-json:1", other);
    BOOST_REQUIRE_EQUAL(read.persons.size(), 1U);
    BOOST_TEST(read.persons[0].line == 8U);
}

BOOST_AUTO_TEST_CASE(each_record_that_does_not_fit_is_told_with_its_place) {
    const auto text =
        documents::a_card_json({.insured = {"000000001", "0000000002", "x", "0000000004"}});
    const auto result = format("card-json:1").read(text, kContext);
    BOOST_TEST_REQUIRE(!result.has_value());
    BOOST_TEST_REQUIRE(result.error().errors.size() == 2U);
    BOOST_TEST(result.error().errors[0].field == "/records/0/insured 被保険者番号");
    BOOST_TEST(result.error().errors[0].line == 8U);
    BOOST_TEST(result.error().errors[1].field == "/records/2/insured 被保険者番号");
    BOOST_TEST(result.error().errors[1].line == 30U);
}

BOOST_AUTO_TEST_CASE(the_insurer_may_stand_behind_the_records) {
    const std::string insurer = "  \"insurer\": \"139980\",\n";
    auto text = with(kCard, insurer, "");
    text.insert(text.rfind('}'), ",\n\"insurer\": \"139980\"\n");
    const auto read = facts("card-json:1", text);
    BOOST_TEST(read.author_number.value() == "139980");
    BOOST_TEST_REQUIRE(read.persons.size() == 1U);
    BOOST_TEST(read.persons[0].person.insurer.text() == "139980");
}

BOOST_AUTO_TEST_CASE(persons_come_back_with_every_shape_of_number_in_the_order_of_the_document) {
    const std::vector<std::string> numbers{"9999999999", "0000000000", "H999999999", "H000000000",
                                           "0000000001", "1000000000", "0999999999"};
    const auto read = facts("card-json:1", documents::a_card_json({.insured = numbers}));
    BOOST_TEST_REQUIRE(read.persons.size() == numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        BOOST_TEST(read.persons[i].person.insured.text() == numbers[i]);
        BOOST_TEST(read.persons[i].line == 8U + 11U * i);
    }
    BOOST_TEST_REQUIRE(read.ends.size() == numbers.size());
    const auto greatest = facts(
        "card-json:1", documents::a_card_json({.insured = {"H999999999"}, .history = 999'999'999}));
    BOOST_TEST(greatest.ends[0].history == 999'999'999U);
    BOOST_TEST(greatest.ends[0].person.insured.text() == "H999999999");
}

BOOST_AUTO_TEST_CASE(a_number_of_the_welfare_office_is_not_the_one_without_its_letter) {
    facts("card-json:1",
          documents::a_card_json({.insured = {"H000000001", "0000000001", "1000000001"}}));
}

BOOST_AUTO_TEST_CASE(a_record_of_more_values_than_any_has_is_refused) {
    std::string values = "\"x\": [0";
    for (std::size_t i = 0; i < model::limits::kJsonRecordNodesMax; ++i) values += ",0";
    const auto error = only_error(
        "card-json:1", with(kCard, "\"deleted\": false", values + "], \"deleted\": false"));
    BOOST_TEST((error.code == Problem::json_malformed));
    BOOST_TEST(error.line == 10U);
}

BOOST_AUTO_TEST_CASE(the_strings_of_one_record_and_a_long_number_are_reckoned_too) {
    const auto& card = format("card-json:1");
    const std::string number = "{\"records\":[0." + std::string(1'000'000, '0') + "]}";
    BOOST_TEST(card.memory_for(number) > 4'000'000U);
    std::string strings = "{\"records\":[{";
    for (int i = 0; i < 100; ++i) {
        strings +=
            (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":\"" + std::string(10'000, 'x') + "\"";
    }
    strings += "}]}";
    BOOST_TEST(card.memory_for(strings) > 2 * strings.size());
}

BOOST_AUTO_TEST_CASE(a_load_is_reckoned_by_what_is_kept_of_it_and_not_by_its_values) {
    const auto& card = format("card-json:1");
    std::vector<std::string> many;
    for (int i = 0; i < 10'000; ++i) many.push_back(std::to_string(1'000'000'000 + i));
    const std::string text = documents::a_card_json({.insured = many});
    BOOST_TEST(card.memory_for(text) < documents::json_memory_for(text) / 2);
    BOOST_TEST(card.memory_for(text) > text.size() + many.size() * sizeof(documents::PersonRow));
}

BOOST_AUTO_TEST_CASE(a_load_has_at_least_one_record_and_not_too_many) {
    BOOST_TEST((only_error("card-json:1", documents::a_card_json({.insured = {}})).code ==
                Problem::person_missing));
    std::string many = "{\"records\":[";
    for (std::size_t i = 0; i < model::limits::kPersonsPerDocumentMax; ++i) many += "0,";
    const auto error = only_error("card-json:1", many + "0]}");
    BOOST_TEST((error.code == Problem::too_many_rows));
    BOOST_TEST(error.field == "/records レコード");
}

BOOST_AUTO_TEST_CASE(the_first_errors_are_told_and_not_all) {
    documents::LoadSample sample{.insured = {}, .day = "2026-02-30"};
    for (int i = 0; i < 100; ++i) sample.insured.push_back(std::to_string(1'000'000'000 + i));
    const auto result =
        format("progress-json:1").read(documents::a_progress_json(sample), kContext);
    BOOST_REQUIRE(!result.has_value());
    BOOST_TEST(result.error().errors.size() == model::limits::kLocatedErrorsMax);
    for (std::size_t i = 1; i < result.error().errors.size(); ++i) {
        BOOST_TEST(result.error().errors[i - 1].line <= result.error().errors[i].line);
    }
}

BOOST_AUTO_TEST_CASE(a_survey_answers_each_item_once) {
    const auto error =
        only_error("survey-json:1", with(documents::a_survey_json(), "\"1-2-1\"", "\"1-1-1\""));
    BOOST_TEST((error.code == Problem::field_invalid));
    BOOST_TEST(
        (only_error("survey-json:1", with(documents::a_survey_json(), "\"1-2-1\"", "\"1.2\""))
             .code == Problem::schema_violation));
    BOOST_TEST(
        (only_error("survey-json:1", with(documents::a_survey_json(), "1379900010", "137990001"))
             .code == Problem::schema_violation));
}

BOOST_AUTO_TEST_CASE(a_consent_does_not_give_and_refuse_the_same_kind) {
    const auto text = with(
        documents::a_consent_json("139980", "0000000001", "2026-11-21T09:00:00+09:00", {"life"}),
        "\"*\"", "\"life\"");
    BOOST_TEST(only_error("consent-json:1", text).field == "/refused 拒否する情報");
    BOOST_TEST((only_error("consent-json:1", documents::a_consent_json("139980", "0000000001",
                                                                       "2026-13-21T09:00:00+09:00"))
                    .code == Problem::date_invalid));
    BOOST_TEST((only_error("consent-json:1",
                           documents::a_consent_json("139980", "0000000001",
                                                     "2026-11-21T09:00:00+09:00", {"secrets"}))
                    .code == Problem::schema_violation));
}

BOOST_AUTO_TEST_CASE(a_note_is_read_into_the_record_that_it_makes) {
    const auto consent = facts(
        "consent-json:1",
        documents::a_consent_json("139980", "0000000001", "2026-11-21T09:00:00+09:00", {"life"}));
    BOOST_TEST_REQUIRE(consent.note.has_value());
    const auto& given = std::get<model::Consent>(*consent.note);
    BOOST_TEST(given.comprehensive);
    BOOST_TEST(given.given.empty());
    BOOST_TEST((given.refused == std::vector{model::ConsentKind::life}));
    BOOST_TEST((given.given_at == *model::parse_rfc3339("2026-11-21T00:00:00Z")));
    BOOST_TEST(given.id.empty());
    const auto registration =
        facts("registration-json:1",
              documents::a_registration_json("139980", "0000000001", "care-manager:1379900010",
                                             "2026-11-21T00:00:00Z"));
    const auto& office = std::get<model::Registration>(*registration.note);
    BOOST_TEST(model::to_string(office.party) == "care-manager:1379900010");
    BOOST_TEST(office.assurance == "card");
    BOOST_TEST(!office.period.until);
    BOOST_TEST(!facts("card-json:1", kCard).note);
}

BOOST_AUTO_TEST_CASE(the_end_of_a_pair_is_the_beginning_of_its_day_in_Japan) {
    const auto lost = [](const documents::LoadSample& sample) {
        return with(documents::a_card_json(sample), "\"insured\"",
                    "\"lost_on\": \"2026-11-01\", \"insured\"");
    };
    const auto ended = facts("card-json:1", lost({.insured = {"0000000001", "0000000002"}}));
    BOOST_TEST_REQUIRE(ended.ends.size() == 2U);
    BOOST_TEST(ended.ends[0].person.insured.text() == "0000000001");
    BOOST_TEST((ended.ends[0].at == *model::parse_rfc3339("2026-10-31T15:00:00Z")));
    BOOST_TEST((ended.ends[0].said == *model::parse_rfc3339("2026-11-20T21:00:00Z")));
    BOOST_TEST(ended.ends[0].history == 1U);
    BOOST_TEST(!ended.ends[0].deleted);
    BOOST_TEST(!ended.ends[1].at);
    const auto taken_back = facts("card-json:1", lost({.history = 7, .deleted = true}));
    BOOST_TEST_REQUIRE(taken_back.ends.size() == 1U);
    BOOST_TEST(taken_back.ends[0].deleted);
    BOOST_TEST(taken_back.ends[0].history == 7U);
    BOOST_TEST(facts("limit-card-json:1", documents::a_limit_card_json()).ends.empty());
    BOOST_TEST(only_error("card-json:1", with(lost({}), "2026-11-01", "2026-02-30")).field ==
               "/records/0/lost_on 資格喪失日");
}

BOOST_AUTO_TEST_CASE(a_registration_names_a_party) {
    const auto text =
        documents::a_registration_json("139980", "0000000001", "nobody:1", "2026-11-21T00:00:00Z");
    BOOST_TEST(only_error("registration-json:1", text).field == "/party 担当事業所");
}

BOOST_AUTO_TEST_CASE(every_format_is_found_by_its_name_and_no_other) {
    for (const std::string name :
         {"ikensho-csv:1.1", "card-json:1", "limit-card-json:1", "survey-json:1", "progress-json:1",
          "consent-json:1", "registration-json:1"}) {
        BOOST_TEST(format(name).name().text() == name);
    }
    BOOST_TEST(formats().find(model::FormatName{"card-json:2"}) == nullptr);
    BOOST_TEST(formats().find(model::FormatName{""}) == nullptr);
    BOOST_TEST(format("card-json:1").accepts_media_type("application/json"));
    BOOST_TEST(!format("card-json:1").accepts_media_type("text/csv"));
}

BOOST_AUTO_TEST_CASE(a_missing_schema_folder_is_told_with_its_path) {
    const auto loaded = documents::load_formats(SEKISHO_SOURCE_DIR "/no/such/folder");
    BOOST_REQUIRE(!loaded.has_value());
    BOOST_TEST(loaded.error().detail.en.find("/no/such/folder/card-json-1.json") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(many_threads_may_use_one_format) {
    const auto& card = format("card-json:1");
    const std::string good =
        documents::a_card_json({.insured = {"0000000001", "0000000002", "0000000003"}});
    const std::string bad = with(good, "0000000003", "00000000x3");
    std::atomic<int> wrong = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 100; ++round) {
                if (!card.read(good, kContext)) ++wrong;
                if (card.read(bad, kContext)) ++wrong;
            }
        });
    }
    threads.clear();
    BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()
