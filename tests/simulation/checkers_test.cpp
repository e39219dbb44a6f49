// A checker that cannot complain is worth nothing: for each of them a history that it accepts, and
// made-up ones that it must not.
#include "tests/simulation/checkers.h"

#include <boost/test/unit_test.hpp>

#include "gateway/audit/merkle.h"
#include "tests/support/routing_cast.h"

namespace sekisho::tests::simulation {

namespace {

using store::DeliveryState;

constexpr auto kContent = "aa11";
constexpr auto kOther = "bb22";

model::MessageKey message(const std::string& id = "m-1") {
    return {.source = party(kClinic), .id = model::MessageId{id}};
}

Asked asked(Request request = 1, const std::string& content = kContent) {
    return {.request = request, .message = message(), .content = content};
}

Answered accepted(Request request = 1) {
    return {.request = request,
            .message = message(),
            .content = kContent,
            .verdict = Verdict::accepted,
            .recipients = 1};
}

Answered denied(Request request = 1) {
    return {.request = request,
            .message = message(),
            .content = kContent,
            .verdict = Verdict::denied,
            .problem = "no-consent"};
}

Answered told() {
    return {.request = 1, .message = message(), .verdict = Verdict::told};
}

Handed handed(const std::string& content = kContent, const std::string& reader_about = {}) {
    return {.message = message(),
            .recipient = party(kPlatform),
            .content = content,
            .reader_about = reader_about};
}

Applied applied(const std::string& id = "m-1", const std::string& business = {}) {
    return {.message = message(id),
            .recipient = party(kPlatform),
            .content = kContent,
            .business = business};
}

Applied in_series(const std::string& id, std::int64_t place, const std::string& order_key = "k") {
    Applied one = applied(id);
    one.order_key = order_key;
    one.place = place;
    return one;
}

StoreRead a_store(DeliveryState state = DeliveryState::delivered, std::vector<std::string> log = {},
                  StoreRead::Moment moment = StoreRead::Moment::end) {
    audit::Frontier frontier;
    for (const std::string& leaf : log) frontier.append(audit::leaf_hash(leaf));
    Kept kept{.content = kContent, .deliveries = {{.recipient = party(kPlatform), .state = state}}};
    return {.moment = moment,
            .head = {.size = frontier.size(), .root = frontier.root()},
            .leaves = std::move(log),
            .messages = {{message(), std::move(kept)}}};
}

std::string acceptance_leaf() {
    return R"({"id":"m-1","kind":"acceptance","source":"/medical/1319900021"})";
}

std::string outcome_leaf(const std::string& state) {
    return R"({"id":"m-1","kind":"outcome","recipient":"system:platform",)"
           R"("source":"/medical/1319900021","state":")" +
           state + R"("})";
}

std::string decision_leaf() {
    return R"({"kind":"decision","party":"medical:1319900021","problem":"no-consent"})";
}

std::string access_leaf() {
    return R"({"id":"m-1","kind":"access","party":"medical:1319900021"})";
}

LeavesAppended leaves(std::vector<std::string> list, std::uint64_t from = 0) {
    return {.from = from, .leaves = std::move(list)};
}

// How many complaints a checker of this kind has about a history.
template <class Kind>
std::size_t complaints(std::initializer_list<Observation> history) {
    Kind checker;
    for (const Observation& seen : history) checker.see(seen);
    return checker.complaints().size();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(checkers)

BOOST_AUTO_TEST_CASE(an_acknowledged_message_that_is_gone_is_complained_of) {
    BOOST_TEST(complaints<NothingForgotten>({accepted(), applied(), a_store()}) == 0U);
    StoreRead empty = a_store();
    empty.messages.clear();
    BOOST_TEST(complaints<NothingForgotten>({accepted(), empty}) == 1U);
    StoreRead other = a_store(DeliveryState::queued);
    other.messages.begin()->second.content = kOther;
    BOOST_TEST(complaints<NothingForgotten>({accepted(), other}) == 1U);
    StoreRead fewer = a_store();
    fewer.messages.begin()->second.deliveries.clear();
    BOOST_TEST(complaints<NothingForgotten>({accepted(), fewer}) == 1U);
}

BOOST_AUTO_TEST_CASE(a_delivered_message_that_no_recipient_acted_on_is_complained_of) {
    BOOST_TEST(complaints<NothingForgotten>({accepted(), a_store()}) == 1U);
    BOOST_TEST(complaints<NothingForgotten>({accepted(), a_store(DeliveryState::rejected)}) == 0U);
}

BOOST_AUTO_TEST_CASE(a_refused_document_that_leaves_is_complained_of) {
    BOOST_TEST(complaints<NothingDenied>({asked(), accepted(), handed()}) == 0U);
    BOOST_TEST(complaints<NothingDenied>({asked(), denied(), handed()}) == 1U);
    BOOST_TEST(complaints<NothingDenied>({asked(), denied(), asked(2), handed()}) == 0U);
    BOOST_TEST(complaints<NothingDenied>({asked(), accepted(), handed(kOther)}) == 1U);
}

BOOST_AUTO_TEST_CASE(a_reading_after_the_withdrawal_is_complained_of) {
    const Observation reading = handed(kContent, "0000000101");
    const Observation withdrawal = ConsentWithdrawn{.person = "0000000101"};
    BOOST_TEST(complaints<NothingDenied>({asked(), reading, withdrawal}) == 0U);
    BOOST_TEST(complaints<NothingDenied>({asked(), withdrawal, reading}) == 1U);
    BOOST_TEST(complaints<NothingDenied>({asked(), withdrawal, handed()}) == 0U);
}

BOOST_AUTO_TEST_CASE(an_answer_before_its_leaf_is_complained_of) {
    BOOST_TEST(complaints<EverythingAudited>({leaves({acceptance_leaf()}), accepted()}) == 0U);
    BOOST_TEST(complaints<EverythingAudited>({accepted(), leaves({acceptance_leaf()})}) == 1U);
    BOOST_TEST(complaints<EverythingAudited>({leaves({decision_leaf()}), denied()}) == 0U);
    BOOST_TEST(complaints<EverythingAudited>({leaves({decision_leaf()}), denied(), denied(2)}) ==
               1U);
    BOOST_TEST(complaints<EverythingAudited>({leaves({access_leaf()}), told()}) == 0U);
    BOOST_TEST(complaints<EverythingAudited>({told()}) == 1U);
}

BOOST_AUTO_TEST_CASE(an_outcome_without_exactly_its_leaf_is_complained_of) {
    const auto history = [](std::vector<std::string> outcomes, DeliveryState state) {
        outcomes.insert(outcomes.begin(), acceptance_leaf());
        return complaints<EverythingAudited>({leaves(std::move(outcomes)), a_store(state)});
    };
    BOOST_TEST(history({outcome_leaf("delivered")}, DeliveryState::delivered) == 0U);
    BOOST_TEST(history({}, DeliveryState::delivered) == 1U);
    BOOST_TEST(history({outcome_leaf("rejected")}, DeliveryState::delivered) == 1U);
    BOOST_TEST(history({outcome_leaf("delivered"), outcome_leaf("delivered")},
                       DeliveryState::delivered) == 1U);
    BOOST_TEST(history({outcome_leaf("delivered")}, DeliveryState::queued) == 1U);
    BOOST_TEST(history({outcome_leaf("dead"), outcome_leaf("expired")}, DeliveryState::expired) ==
               0U);
}

BOOST_AUTO_TEST_CASE(an_acceptance_leaf_without_its_message_is_complained_of) {
    StoreRead empty = a_store();
    empty.messages.clear();
    BOOST_TEST(complaints<EverythingAudited>({leaves({acceptance_leaf()}), empty}) == 1U);
    BOOST_TEST(complaints<EverythingAudited>({leaves({"no JSON"})}) == 1U);
}

BOOST_AUTO_TEST_CASE(a_second_effect_is_complained_of) {
    BOOST_TEST(complaints<OnceInEffect>({applied("m-1"), applied("m-2")}) == 0U);
    BOOST_TEST(complaints<OnceInEffect>({applied("m-1"), applied("m-1")}) == 1U);
    BOOST_TEST(complaints<OnceInEffect>({applied("m-1", "b"), applied("m-2", "b")}) == 1U);
}

BOOST_AUTO_TEST_CASE(an_earlier_place_of_an_order_key_after_a_later_one_is_complained_of) {
    BOOST_TEST(complaints<OrderKept>({in_series("m-1", 1), in_series("m-2", 2)}) == 0U);
    BOOST_TEST(complaints<OrderKept>({in_series("m-2", 2), in_series("m-1", 1)}) == 1U);
    BOOST_TEST(complaints<OrderKept>({in_series("m-2", 2), in_series("m-1", 1, "l")}) == 0U);
    BOOST_TEST(complaints<OrderKept>({in_series("m-2", 2, ""), in_series("m-1", 1, "")}) == 0U);
}

BOOST_AUTO_TEST_CASE(a_log_that_changed_is_complained_of) {
    const std::vector<std::string> log{"a", "b", "c", "d", "e"};
    const auto read = [](std::vector<std::string> of) {
        return a_store(DeliveryState::delivered, std::move(of), StoreRead::Moment::restart);
    };
    BOOST_TEST(complaints<ChainIntact>({leaves(log), read(log)}) == 0U);
    BOOST_TEST(complaints<ChainIntact>({leaves(log), read({"a", "b", "c", "d"})}) == 1U);
    BOOST_TEST(complaints<ChainIntact>({leaves(log), read({"a", "b", "x", "d", "e"})}) == 1U);
    BOOST_TEST(complaints<ChainIntact>({leaves({"a"}), leaves({"b"}, 2)}) == 1U);
    StoreRead wrong_root = read(log);
    wrong_root.head.root = audit::leaf_hash("a");
    BOOST_TEST(complaints<ChainIntact>({leaves(log), wrong_root}) == 1U);
    StoreRead wrong_size = read(log);
    wrong_size.head.size = 4;
    BOOST_TEST(complaints<ChainIntact>({leaves(log), wrong_size}) == 1U);
}

BOOST_AUTO_TEST_CASE(what_never_comes_to_an_end_is_complained_of) {
    BOOST_TEST(complaints<QueuesDrain>({asked(), accepted(), a_store()}) == 0U);
    BOOST_TEST(complaints<QueuesDrain>({asked(), a_store()}) == 2U);
    Answered unavailable = accepted();
    unavailable.verdict = Verdict::unavailable;
    BOOST_TEST(complaints<QueuesDrain>({asked(), unavailable, a_store()}) == 1U);
    BOOST_TEST(complaints<QueuesDrain>({asked(), accepted(), accepted(), a_store()}) == 1U);
    BOOST_TEST(complaints<QueuesDrain>({a_store(DeliveryState::queued)}) == 1U);
    BOOST_TEST(complaints<QueuesDrain>({a_store(DeliveryState::leased)}) == 1U);
    StoreRead counted = a_store();
    counted.backlog = 1;
    BOOST_TEST(complaints<QueuesDrain>({counted}) == 1U);
    const auto restart = a_store(DeliveryState::queued, {}, StoreRead::Moment::restart);
    BOOST_TEST(complaints<QueuesDrain>({asked(), restart, a_store()}) == 1U);  // no verdict
    BOOST_TEST(complaints<QueuesDrain>({asked(), restart, asked(2), accepted(2), a_store()}) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests::simulation
