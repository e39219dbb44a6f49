// The life of a message at the door: taken, repeated, refused.
#include <boost/test/unit_test.hpp>
#include <set>

#include "adapters/documents/base64.h"
#include "gateway/audit/receipt.h"
#include "tests/support/exchange/exchange_world.h"

namespace sekisho::tests {

using model::Problem;

namespace {

documents::Json claims_of(ExchangeWorld& world, const std::string& receipt) {
    const auto claims = audit::verify_receipt(receipt, world.exchange->public_keys());
    BOOST_TEST_REQUIRE(claims.has_value());
    return *claims;
}

const documents::OpinionSample kAnother{.office = "1319900021", .request_number = "2"};
const documents::OpinionSample kYetAnother{.office = "1319900021", .request_number = "3"};

// Of so many persons that its body is spooled.
ExchangeWorld::Event a_large_load(const ExchangeWorld& world) {
    std::vector<std::string> insured;
    for (int i = 0; i < 4000; ++i) {
        const std::string number = std::to_string(i);
        insured.push_back(std::string(10 - number.size(), '0') + number);
    }
    auto event = world.a_card_event("card-1", "certification.card", insured);
    BOOST_TEST_REQUIRE(event.document.size() > 256U * 1024U);
    return event;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(an_arrival)

BOOST_AUTO_TEST_CASE(is_acknowledged_only_after_the_commit) {
    ExchangeWorld world;
    const auto pending = world.submit(world.an_opinion_event("op-1"));
    world.executor.run_all();
    BOOST_TEST(!pending->has_value());
    world.commit();
    world.executor.run_all();
    BOOST_TEST_REQUIRE(pending->has_value());
    BOOST_TEST((*pending)->has_value());
}

BOOST_AUTO_TEST_CASE(goes_to_its_insurer_and_to_the_platform_without_the_sender_naming_them) {
    ExchangeWorld world;
    const auto reply = world.submit_and_settle(world.an_opinion_event("op-1"));
    BOOST_TEST_REQUIRE(reply.has_value());
    BOOST_TEST_REQUIRE(reply->deliveries.size() == 2U);
    BOOST_TEST(model::to_string(reply->deliveries[0].recipient) == kSharingInsurer);
    BOOST_TEST(reply->deliveries[0].via.text() == "mailbox");
    BOOST_TEST(model::to_string(reply->deliveries[1].recipient) == kPlatform);
    BOOST_TEST(world.platform->received.size() == 1U);
}

BOOST_AUTO_TEST_CASE(is_delivered_with_its_original_bytes) {
    ExchangeWorld world;
    const auto event = world.an_opinion_event("op-1");
    (void)world.submit_and_settle(event);
    BOOST_TEST_REQUIRE(world.platform->received.size() == 1U);
    BOOST_TEST((world.platform->received[0].body == event.document));
}

BOOST_AUTO_TEST_CASE(gets_a_receipt_that_names_its_bytes_and_its_leaf) {
    ExchangeWorld world;
    const auto event = world.an_opinion_event("op-1");
    const auto reply = world.submit_and_settle(event);
    BOOST_TEST_REQUIRE(reply.has_value());
    const auto claims = claims_of(world, reply->receipt);
    BOOST_TEST(*claims.string_at("sha256") == model::to_hex(platform::sha256(event.document)));
    BOOST_TEST(*claims.string_at("logorigin") == "sekisho-test");
    const auto leaf = world.leaves().at(static_cast<std::size_t>(*claims.integer_at("log")));
    BOOST_TEST(leaf.find("\"op-1\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(again_gets_the_first_answer_even_when_everything_has_changed_since) {
    ExchangeWorld world;
    const auto event = world.an_opinion_event("op-1");
    const auto first = world.submit_and_settle(event);
    world.pass(std::chrono::hours{48});
    const auto again = world.submit_and_settle(event);
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST(again->replay);
    BOOST_TEST((claims_of(world, again->receipt) == claims_of(world, first->receipt)));
    BOOST_TEST(world.platform->received.size() == 1U);
}

BOOST_AUTO_TEST_CASE(with_the_same_id_and_other_content_is_a_conflict) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    const auto other =
        world.an_opinion_event("op-1", {.office = "1319900021", .request_number = "0002"});
    BOOST_TEST((problem_of(world.submit_and_settle(other)) == Problem::message_conflict));
}

BOOST_AUTO_TEST_CASE(with_a_new_id_and_the_same_document_is_the_same_by_its_business_key) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    const auto again = world.submit_and_settle(world.an_opinion_event("op-2"));
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST(again->replay);
    BOOST_TEST(again->message.id.text() == "op-1");
}

BOOST_AUTO_TEST_CASE(
    with_the_same_business_key_and_other_content_is_a_conflict_that_names_the_first) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    const auto other =
        world.an_opinion_event("op-2", {.office = "1319900021", .written_on = "20261119"});
    const auto reply = world.submit_and_settle(other);
    BOOST_TEST((problem_of(reply) == Problem::business_key_conflict));
    BOOST_TEST(reply.error().detail.en.find("op-1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(in_anothers_name_does_not_learn_that_a_business_key_is_taken) {
    ExchangeWorld world;
    auto first = world.an_opinion_event("op-1");
    first.set("businesskey", "key-1");
    BOOST_TEST_REQUIRE(world.submit_and_settle(first).has_value());
    auto probe = world.an_opinion_event("op-2", {.office = "1319900021", .written_on = "20261119"});
    probe.speaker = party(kHelpers);
    probe.set("source", model::to_source(probe.speaker));
    probe.set("author", std::string{kClinic});
    std::set<Problem> answers;
    for (const char* key : {"key-1", "key-2"}) {
        probe.set("businesskey", key);
        const auto reply = world.submit_and_settle(probe);
        answers.insert(problem_of(reply));
        BOOST_TEST(reply.error().detail.en.find("op-1") == std::string::npos);
    }
    BOOST_TEST(answers.size() == 1U);
    BOOST_TEST(!answers.contains(Problem::business_key_conflict));
}

BOOST_AUTO_TEST_CASE(leaves_a_digest_that_nobody_can_search_for_without_the_key) {
    const auto digest_in = [](ExchangeWorld& world) {
        (void)world.submit_and_settle(world.an_opinion_event("op-1"));
        return world.fate_of(std::string{kClinic}, "op-1").message.digest;
    };
    ExchangeWorld one{7};
    ExchangeWorld same{7};
    ExchangeWorld other{8};
    BOOST_TEST((digest_in(one) == digest_in(same)));
    BOOST_TEST((digest_in(one) != digest_in(other)));
}

// What is stored was hashed over this text: a digest that changed would make every repeat a
// conflict.
BOOST_AUTO_TEST_CASE(without_a_status_has_the_digest_it_always_had) {
    ExchangeWorld world;
    const auto event = world.an_opinion_event("op-1");
    (void)world.submit_and_settle(event);
    BOOST_TEST((world.fate_of(std::string{kClinic}, "op-1").message.digest ==
                world.keyring.keyed_hash("sekisho-digest-1\n" +
                                         model::to_hex(platform::sha256(event.document)) +
                                         "\ncertification.opinion\n139980 0000000001")));
}

BOOST_AUTO_TEST_CASE(as_a_correction_carries_its_own_business_key) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    auto correction =
        world.an_opinion_event("op-2", {.office = "1319900021", .written_on = "20261119"});
    correction.set("businesskey", "correction-1");
    const auto reply = world.submit_and_settle(correction);
    BOOST_TEST_REQUIRE(reply.has_value());
    BOOST_TEST(!reply->replay);
}

BOOST_AUTO_TEST_CASE(twice_at_once_is_taken_once) {
    ExchangeWorld world;
    const auto event = world.an_opinion_event("op-1");
    const auto one = world.submit(event);
    const auto two = world.submit(event);
    world.settle();
    BOOST_TEST_REQUIRE((one->has_value() && two->has_value()));
    BOOST_TEST(((*one)->has_value() && (*two)->has_value()));
    BOOST_TEST((**one)->replay != (**two)->replay);
    BOOST_TEST(world.platform->received.size() == 1U);
    BOOST_TEST(world.leaves_of_kind("acceptance").size() == 1U);
}

BOOST_AUTO_TEST_CASE(twice_at_once_with_other_content_is_one_conflict) {
    ExchangeWorld world;
    const auto one = world.submit(world.an_opinion_event("op-1"));
    const auto two = world.submit(
        world.an_opinion_event("op-1", {.office = "1319900021", .request_number = "0002"}));
    world.settle();
    BOOST_TEST((*one)->has_value());
    BOOST_TEST((problem_of(**two) == Problem::message_conflict));
}

BOOST_AUTO_TEST_CASE(from_the_wrong_author_is_refused_and_the_refusal_is_on_record) {
    ExchangeWorld world;
    auto event = world.an_opinion_event("op-1", {.office = "1379900028"});
    event.speaker = party(kHelpers);
    event.set("source", model::to_source(event.speaker));
    BOOST_TEST((problem_of(world.submit_and_settle(event)) == Problem::author_not_allowed));
    const auto decisions = world.leaves_of_kind("decision");
    BOOST_TEST_REQUIRE(decisions.size() == 1U);
    BOOST_TEST(decisions[0].find("wrong-author") != std::string::npos);
    BOOST_TEST(decisions[0].find("0000000001") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(is_refused_only_once_its_refusal_is_on_record) {
    ExchangeWorld world;
    auto event = world.an_opinion_event("op-1");
    event.set("time", "2020-01-01T00:00:00Z");
    const auto pending = world.submit(event);
    world.executor.run_all();
    BOOST_TEST(!pending->has_value());
    world.settle();
    BOOST_TEST((problem_of(**pending) == Problem::clock_skew));
}

BOOST_AUTO_TEST_CASE(of_another_time_is_refused_naming_the_skew) {
    ExchangeWorld world;
    auto event = world.an_opinion_event("op-1");
    event.set("time", model::to_rfc3339(kNow - std::chrono::seconds{301}));
    const auto reply = world.submit_and_settle(event);
    BOOST_TEST((problem_of(reply) == Problem::clock_skew));
    BOOST_TEST(reply.error().detail.en == "the skew is 301 s");
}

BOOST_AUTO_TEST_CASE(past_its_expiry_is_refused) {
    ExchangeWorld world;
    auto event = world.an_opinion_event("op-1");
    event.set("expirytime", model::to_rfc3339(kNow - std::chrono::seconds{1}));
    BOOST_TEST((problem_of(world.submit_and_settle(event)) == Problem::expired));
}

BOOST_AUTO_TEST_CASE(wanted_for_longer_than_anything_is_kept_is_refused_naming_the_latest) {
    ExchangeWorld world;
    const auto with_expiry = [&world](const std::string& id, model::Instant expiry) {
        auto event = world.an_opinion_event(id);
        event.set("expirytime", model::to_rfc3339(expiry));
        return world.submit_and_settle(event);
    };
    const model::Instant latest = kNow + model::limits::kDeliveryLifeDefault;
    BOOST_TEST(with_expiry("op-1", latest).has_value());
    const auto refused = with_expiry("op-2", latest + std::chrono::seconds{1});
    BOOST_TEST((problem_of(refused) == Problem::attribute_invalid));
    BOOST_TEST_REQUIRE(refused.error().errors.size() == 1U);
    BOOST_TEST(refused.error().errors[0].field == "expirytime");
    BOOST_TEST(refused.error().detail.en.ends_with(model::to_rfc3339(latest)));
    BOOST_TEST(
        (problem_of(with_expiry("op-3", model::parse_rfc3339("9999-12-31T00:00:00Z").value())) ==
         Problem::attribute_invalid));
}

BOOST_AUTO_TEST_CASE(for_an_unconnected_insurer_is_refused) {
    ExchangeWorld world;
    const auto event = world.an_opinion_event(
        "op-1", {.insurer = "139972", .insured = "0000000009", .office = "1319900021"});
    BOOST_TEST((problem_of(world.submit_and_settle(event)) == Problem::insurer_not_connected));
}

BOOST_AUTO_TEST_CASE(for_a_loading_insurer_is_refused) {
    ExchangeWorld world;
    const auto event = world.an_opinion_event(
        "op-1", {.insurer = "139956", .insured = "0000000007", .office = "1319900021"});
    BOOST_TEST((problem_of(world.submit_and_settle(event)) == Problem::insurer_loading));
}

BOOST_AUTO_TEST_CASE(with_a_bad_document_is_told_where) {
    ExchangeWorld world;
    auto event = world.an_opinion_event("op-1");
    event.document = "1.1,too,few\r\n";
    const auto reply = world.submit_and_settle(event);
    BOOST_TEST((problem_of(reply) == Problem::document_invalid));
    BOOST_TEST_REQUIRE(!reply.error().errors.empty());
    BOOST_TEST((reply.error().errors[0].code == Problem::field_count));
    BOOST_TEST(reply.error().errors[0].line == 1U);
}

BOOST_AUTO_TEST_CASE(about_another_person_than_its_document_is_refused) {
    ExchangeWorld world;
    auto event = world.an_opinion_event("op-1");
    event.set("insured", "0000000002");
    const auto reply = world.submit_and_settle(event);
    BOOST_TEST_REQUIRE(!reply.has_value());
    BOOST_TEST_REQUIRE(reply.error().errors.size() == 1U);
    BOOST_TEST((reply.error().errors[0].code == Problem::person_mismatch));
}

BOOST_AUTO_TEST_CASE(by_another_author_than_its_document_is_refused) {
    ExchangeWorld world;
    const auto event = world.an_opinion_event("op-1", {.office = "1319900013"});
    const auto reply = world.submit_and_settle(event);
    BOOST_TEST_REQUIRE(!reply.has_value());
    BOOST_TEST_REQUIRE(reply.error().errors.size() == 1U);
    BOOST_TEST((reply.error().errors[0].code == Problem::author_mismatch));
}

BOOST_AUTO_TEST_CASE(about_many_takes_its_persons_from_the_document) {
    ExchangeWorld world;
    const auto event = world.a_card_event("card-1", "certification.card",
                                          {"0000000001", "0000000002", "H000000004"});
    const auto reply = world.submit_and_settle(event);
    BOOST_TEST_REQUIRE(reply.has_value(),
                       (reply ? "" : model::entry_of(reply.error().problem).name));
    const auto stored = world.fate_of(std::string{kSharingInsurer}, "card-1");
    BOOST_TEST(stored.message.persons.size() == 3U);
}

BOOST_AUTO_TEST_CASE(that_finds_no_memory_is_told_to_come_again_and_is_taken_then) {
    ExchangeWorld world;
    const auto event = world.an_opinion_event("op-1");
    {
        const auto all = world.holding_all_memory();
        const auto refused = world.submit_and_settle(event);
        BOOST_TEST((problem_of(refused) == Problem::overloaded));
        BOOST_TEST(refused.error().retry_after.has_value());
    }
    BOOST_TEST(world.submit_and_settle(event).has_value());
    BOOST_TEST(world.memory.used() == 0U);
}

BOOST_AUTO_TEST_CASE(that_is_large_is_spooled_and_delivered_whole) {
    ExchangeWorld world;
    const auto event = a_large_load(world);
    BOOST_TEST_REQUIRE(world.submit_and_settle(event).has_value());
    BOOST_TEST(world.files.paths().size() == 1U);
    BOOST_TEST_REQUIRE(world.platform->received.size() == 1U);
    BOOST_TEST((world.platform->received[0].body == event.document));
}

BOOST_AUTO_TEST_CASE(that_is_refused_leaves_no_spool_file) {
    ExchangeWorld world;
    auto event = world.a_card_event("card-1", "certification.card", {"0000000001"});
    event.document.append(300000, ' ');
    event.set("time", "2020-01-01T00:00:00Z");
    BOOST_TEST(!world.submit_and_settle(event).has_value());
    BOOST_TEST(world.files.paths().empty());
}

// What was committed though the disk said no may be found by the next start: so must its body.
BOOST_AUTO_TEST_CASE(whose_commit_is_in_doubt_keeps_its_spool_file) {
    using Trouble = TroubledStore::Trouble;
    for (const auto trouble : {Trouble::undone, Trouble::in_doubt}) {
        ExchangeWorld world;
        world.store.trouble = trouble;
        const auto refused = world.submit_and_settle(a_large_load(world));
        BOOST_TEST((problem_of(refused) == Problem::store_unavailable));
        BOOST_TEST(world.files.paths().size() == (trouble == Trouble::in_doubt ? 1U : 0U));
    }
}

BOOST_AUTO_TEST_CASE(while_draining_is_told_so) {
    ExchangeWorld world;
    world.exchange->drain();
    BOOST_TEST(
        (problem_of(world.submit_and_settle(world.an_opinion_event("op-1"))) == Problem::draining));
}

BOOST_AUTO_TEST_CASE(beyond_the_writers_queue_is_told_to_come_back) {
    ExchangeWorld world;
    bool full = false;
    for (int i = 0; i < 100000 && !full; ++i) {
        full = !world.store.submit([](store::Transaction&) -> model::Result<void> { return {}; },
                                   [](const model::Result<void>&) {});
    }
    BOOST_TEST_REQUIRE(full);
    const auto pending = world.submit(world.an_opinion_event("op-1"));
    BOOST_TEST_REQUIRE(pending->has_value());
    BOOST_TEST((problem_of(**pending) == Problem::overloaded));
    BOOST_TEST(((*pending)->error().retry_after.has_value()));
}

BOOST_AUTO_TEST_CASE(is_known_to_its_sender_and_recipients_and_to_nobody_else) {
    ExchangeWorld world;
    (void)world.submit_and_settle(world.an_opinion_event("op-1"));
    const model::MessageId id{"op-1"};
    const auto clinic = party(kClinic);
    BOOST_TEST(world.exchange->fate({.party = clinic}, id, std::nullopt).has_value());
    BOOST_TEST(world.exchange->fate({.party = party(kSharingInsurer)}, id, clinic).has_value());
    const auto stranger = world.exchange->fate({.party = party(kCareManager)}, id, clinic);
    BOOST_TEST_REQUIRE(!stranger.has_value());
    BOOST_TEST((stranger.error().problem == Problem::message_unknown));
}

BOOST_AUTO_TEST_CASE(is_refused_while_its_sender_has_too_much_under_way) {
    ExchangeWorld world{7, {.queued_per_party = 2}};
    world.platform->usually = adapters::Fate::retry;
    BOOST_TEST(world.submit_and_settle(world.an_opinion_event("op-1")).has_value());
    const auto refused = world.submit_and_settle(world.an_opinion_event("op-2"));
    BOOST_TEST((problem_of(refused) == Problem::over_budget));
    BOOST_TEST(refused.error().retry_after.has_value());
    // The first again is still answered as the first time.
    BOOST_TEST(world.submit_and_settle(world.an_opinion_event("op-1")).has_value());
    world.platform->usually = adapters::Fate::delivered;
    world.pass(std::chrono::minutes{10});
    BOOST_TEST(world.submit_and_settle(world.an_opinion_event("op-3")).has_value());
}

BOOST_AUTO_TEST_CASE(is_refused_while_its_zone_is_full_and_its_sender_has_more_than_its_part) {
    ExchangeWorld world{7, {.queued_of_zone = 4}};
    world.platform->usually = adapters::Fate::retry;
    BOOST_TEST(world.submit_and_settle(world.an_opinion_event("op-1")).has_value());
    BOOST_TEST(world.submit_and_settle(world.an_opinion_event("op-2", kAnother)).has_value());
    const auto refused = world.submit_and_settle(world.an_opinion_event("op-3", kYetAnother));
    BOOST_TEST((problem_of(refused) == Problem::overloaded));
    BOOST_TEST(refused.error().retry_after.has_value());
    BOOST_TEST(world.submit_and_settle(world.a_plan_event("u-1")).has_value());  // another's
    world.platform->usually = adapters::Fate::delivered;
    world.pass(std::chrono::minutes{10});
    BOOST_TEST(world.submit_and_settle(world.an_opinion_event("op-3", kYetAnother)).has_value());
}

BOOST_AUTO_TEST_CASE(carried_for_its_author_is_found_by_the_author_under_its_id_alone) {
    ExchangeWorld world;
    auto event = world.an_opinion_event("op-1");
    event.speaker = party(kWeb);
    event.set("source", model::to_source(event.speaker));
    event.set("author", std::string{kClinic});
    BOOST_TEST_REQUIRE(world.submit_and_settle(event).has_value());
    const auto asks = [&world](std::string_view asker) {
        return world.exchange->fate({.party = party(asker), .zone = model::ZoneName{"internet"}},
                                    model::MessageId{"op-1"}, std::nullopt);
    };
    const auto fate = asks(kClinic);
    BOOST_TEST_REQUIRE(fate.has_value());
    BOOST_TEST((fate->message.key.source == party(kWeb)));
    BOOST_TEST((problem_of(asks(kHelpers)) == Problem::message_unknown));
}

BOOST_AUTO_TEST_CASE(in_a_media_type_its_format_does_not_have_is_refused) {
    ExchangeWorld world;
    auto event = world.an_opinion_event("op-1");
    event.set("datacontenttype", "application/json");
    BOOST_TEST((problem_of(world.submit_and_settle(event)) == Problem::unsupported_media_type));
}

BOOST_AUTO_TEST_CASE(whose_spooled_body_cannot_be_read_again_is_to_come_again) {
    ExchangeWorld world;
    auto event = world.an_opinion_event("op-1");
    event.document.assign(model::limits::kSmallBodyBytesMax + 1, 'x');
    world.files.fail_next(FileCall::open);
    const auto pending = world.submit(event);
    world.settle();
    BOOST_TEST_REQUIRE(pending->has_value());
    BOOST_TEST((problem_of(**pending) == Problem::store_unavailable));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
