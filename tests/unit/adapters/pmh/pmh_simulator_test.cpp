#include "adapters/pmh/pmh_simulator.h"

#include <boost/test/unit_test.hpp>

#include "adapters/pmh/codec.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho;
using namespace sekisho::pmh_adapter;
using adapters::HttpReply;
using documents::Json;

namespace {

Json a_card(const std::string& insured, int history, const std::string& care_level) {
    return card_of(Json::object()
                       .set("insured", insured)
                       .set("history", Json::number(history))
                       .set("deleted", Json::boolean(false))
                       .set("care_level", care_level))
        .value();
}

Json a_deletion(const std::string& insured, int history) {
    return card_of(Json::object()
                       .set("insured", insured)
                       .set("history", Json::number(history))
                       .set("deleted", Json::boolean(true)))
        .value();
}

struct Hub {
    explicit Hub(const std::string& file = {}) : peer(file) { token = granted("pmh-demo"); }

    HttpReply told(const std::string& method, std::string_view path, const std::string& body = {}) {
        return peer.handle({.method = method,
                            .path = std::string{path},
                            .headers = {peer::bearer(token)},
                            .body = body});
    }
    std::string granted(const std::string& secret) {
        const auto reply = told("POST", kTokenPath, credentials_text({"sekisho", secret}));
        const auto read = read_token(reply.status, reply.body);
        return read ? read->text : "none";
    }
    // "2 taken" and the codes of the others, by their places.
    std::string registered(std::vector<Json> cards, const std::string& call = "c-1") {
        const std::size_t records = cards.size();
        const LoadHead head{"139980", "difference", "2026-11-21T06:00:00+09:00", records};
        const auto reply =
            told("POST", kCardsPath, call_text(call, head, Json::array(std::move(cards))));
        const auto read = read_reply(call, records, reply.status, reply.body);
        if (!read) return read.error().detail;
        std::string text = std::to_string(records - read->refused.size()) + " taken";
        for (const auto& [index, code] : read->refused)
            text += ", " + std::to_string(index) + " " + code;
        return text;
    }
    int links(const std::string& path, const std::string& insured) {
        return told("POST", path,
                    R"({"links":[{"insurer":"139980","insured":")" + insured + R"("}]})")
            .status;
    }
    // "0000000001 22, 0000000002 23"
    std::string standing() {
        const auto json = documents::parse_json(told("GET", "/sim/cards").body).value();
        std::string text;
        for (const Json& row : json.find("standing")->items()) {
            const Json& card = *row.find("card");
            text += (text.empty() ? "" : ", ") +
                    std::string{card.string_at("insuredNumber").value_or("")} + " " +
                    std::string{card.string_at("careLevel").value_or("")};
        }
        return text;
    }

    PmhSimulator peer;
    std::string token = "none";
};

}  // namespace

BOOST_AUTO_TEST_SUITE(pmh_simulator)

BOOST_AUTO_TEST_CASE(only_who_holds_a_token_registers_cards) {
    Hub hub;
    BOOST_TEST(hub.granted("wrong") == "none");
    BOOST_TEST(hub.registered({a_card("0000000001", 1, "22")}) == "1 taken");
    (void)hub.told("POST", "/sim/expire-tokens");
    BOOST_TEST(hub.registered({a_card("0000000001", 2, "23")}) == "HTTP 401");
    BOOST_TEST(hub.standing() == "0000000001 22");
}

BOOST_AUTO_TEST_CASE(the_same_again_is_no_error_and_other_values_are) {
    Hub hub;
    const Json card = a_card("0000000001", 1, "22");
    BOOST_TEST(hub.registered({card}, "c-1") == "1 taken");
    BOOST_TEST(hub.registered({card}, "c-1") == "1 taken");
    BOOST_TEST(hub.registered({card}, "c-2") == "1 taken");
    BOOST_TEST(hub.registered({a_card("0000000001", 1, "23")}, "c-3") == "0 taken, 0 PMH-4091");
}

BOOST_AUTO_TEST_CASE(a_greater_history_replaces_a_smaller_whichever_comes_first) {
    Hub hub;
    BOOST_TEST(hub.registered({a_card("0000000001", 10, "23")}) == "1 taken");
    BOOST_TEST(hub.registered({a_card("0000000001", 9, "22")}) == "1 taken");
    BOOST_TEST(hub.standing() == "0000000001 23");
}

BOOST_AUTO_TEST_CASE(a_history_taken_back_gives_way_to_the_one_before_it) {
    Hub hub;
    const Json card = a_card("0000000001", 2, "23");
    BOOST_TEST(hub.registered({a_card("0000000001", 1, "22"), card}) == "2 taken");
    BOOST_TEST(hub.registered({a_deletion("0000000001", 2)}) == "1 taken");
    BOOST_TEST(hub.standing() == "0000000001 22");
    BOOST_TEST(hub.registered({card}) == "1 taken");  // late, or again: it stays taken back
    BOOST_TEST(hub.standing() == "0000000001 22");
    BOOST_TEST(hub.registered({a_deletion("0000000001", 1)}) == "1 taken");
    BOOST_TEST(hub.standing().empty());
}

BOOST_AUTO_TEST_CASE(who_is_not_linked_is_refused_and_the_others_are_registered) {
    Hub hub;
    const std::vector<Json> cards{a_card("0000000001", 1, "22"), a_card("0000000002", 1, "23")};
    BOOST_TEST(hub.links("/sim/unlink", "0000000001") == 204);
    BOOST_TEST(hub.registered(cards) == "1 taken, 0 PMH-4041");
    BOOST_TEST(hub.links("/sim/links", "0000000001") == 204);
    BOOST_TEST(hub.registered(cards) == "2 taken");
    BOOST_TEST(hub.standing() == "0000000001 22, 0000000002 23");
    BOOST_TEST(hub.links("/sim/links", "not a number") == 400);
}

BOOST_AUTO_TEST_CASE(what_it_registered_survives_a_restart) {
    const tests::TemporaryFolder folder;
    {
        Hub hub{folder / "pmh.jsonl"};
        (void)hub.links("/sim/unlink", "0000000002");
        (void)hub.registered({a_card("0000000001", 1, "22"), a_card("0000000002", 1, "23")});
        (void)hub.registered({a_card("0000000003", 1, "24")}, "c-2");
        (void)hub.registered({a_deletion("0000000003", 1)}, "c-3");
    }
    Hub hub{folder / "pmh.jsonl"};
    BOOST_TEST(hub.standing() == "0000000001 22");
    BOOST_TEST(hub.registered({a_card("0000000001", 1, "21")}) == "0 taken, 0 PMH-4091");
}

BOOST_AUTO_TEST_CASE(a_call_with_too_many_records_or_none_is_refused) {
    Hub hub;
    BOOST_TEST(hub.registered({}) == "0 taken");
    std::vector<Json> cards;
    for (int i = 0; i <= static_cast<int>(kRecordsPerCall); ++i)
        cards.push_back(a_card(std::to_string(1'000'000'000 + i), 1, "22"));
    BOOST_TEST(hub.registered(std::move(cards)).starts_with("0 taken, 0 PMH-4002"));
    BOOST_TEST(hub.told("POST", kCardsPath, "no JSON").status == 400);
}

BOOST_AUTO_TEST_SUITE_END()
