#include "gateway/proof/evidence.h"

#include <boost/test/unit_test.hpp>

#include "tests/unit/gateway/proof/log_world.h"

namespace sekisho::proof {

namespace {

using documents::Json;

constexpr std::string_view kAcceptance =
    R"({"id":"op-1","kind":"acceptance","sha256":"00ff","size":7,"source":"/medical/1",)"
    R"("author":"medical:1","type":"certification.opinion","routes":3,)"
    R"("deliveries":[{"recipient":"system:platform","via":"platform"},)"
    R"({"recipient":"insurer:139980","via":"mailbox"}]})";

Json recipients_of(const std::vector<std::string>& parties) {
    Json list = Json::array();
    for (const std::string& party : parties) list.push(Json::string(party));
    return list;
}

Json claims_of(const std::string& changed = {}, Json to = {}) {
    Json claims = Json::object();
    const auto add = [&](const std::string& name, Json value) {
        claims.set(name, name == changed ? to : std::move(value));
    };
    add("id", Json::string("op-1"));
    add("source", Json::string("/medical/1"));
    add("author", Json::string("medical:1"));
    add("sha256", Json::string("00ff"));
    add("type", Json::string("jp.sekisho.certification.opinion"));
    add("size", Json::number(7));
    add("routes", Json::number(3));
    add("log", Json::number(4));
    add("logorigin", Json::string("gateway.example"));
    add("recipients", recipients_of({"insurer:139980", "system:platform"}));
    return claims;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(evidence, LogWorld)

Evidence of_leaf(const LogWorld& world, std::uint64_t index, std::uint64_t size) {
    return {.checkpoint = world.log.checkpoint().value(),
            .leaf = Evidence::Leaf{.index = index,
                                   .text = LogWorld::leaf(index),
                                   .hashes = world.log.inclusion(index, size).value().hashes}};
}

BOOST_AUTO_TEST_CASE(holds_for_a_leaf_of_the_log_and_survives_its_text) {
    append(20);
    const auto again = parse_evidence(documents::to_text(to_json(of_leaf(*this, 7, 20))));
    BOOST_REQUIRE(again);
    const auto checkpoint = check(*again, {verifier()}, std::nullopt);
    BOOST_REQUIRE(checkpoint);
    BOOST_TEST(checkpoint->tree.size == 20U);
}

BOOST_AUTO_TEST_CASE(does_not_hold_for_another_leaf_another_place_or_another_key) {
    append(20);
    Evidence changed = of_leaf(*this, 7, 20);
    changed.leaf->text = leaf(8);
    BOOST_TEST(!check(changed, {verifier()}, std::nullopt));
    changed = of_leaf(*this, 7, 20);
    changed.leaf->index = 8;
    BOOST_TEST(!check(changed, {verifier()}, std::nullopt));
    const audit::LogVerifier stranger{.name = "gateway.example",
                                      .public_key = platform::LogKey::make().public_key()};
    BOOST_TEST(!check(of_leaf(*this, 7, 20), {stranger}, std::nullopt));
}

BOOST_AUTO_TEST_CASE(shows_that_the_log_goes_on_from_a_checkpoint_that_was_kept) {
    append(12);
    const auto kept = opened(log.checkpoint().value());
    append(20);
    Evidence grown{
        .checkpoint = log.checkpoint().value(),
        .growth = Evidence::Growth{.from = 12, .hashes = log.consistency(12, 20).value().hashes}};
    const auto again = parse_evidence(documents::to_text(to_json(grown)));
    BOOST_REQUIRE(again);
    BOOST_TEST(check(*again, {verifier()}, kept).has_value());
    auto rewritten = kept;
    rewritten.tree.root[0] ^= 1;
    BOOST_TEST(!check(grown, {verifier()}, rewritten));
    auto of_another = kept;
    of_another.origin = "other.example";
    BOOST_TEST(!check(grown, {verifier()}, of_another));
    BOOST_TEST(!check(grown, {verifier()}, std::nullopt));  // nobody looked at it
    grown.growth.reset();
    BOOST_TEST(!check(grown, {verifier()}, kept));
}

BOOST_AUTO_TEST_CASE(that_is_no_evidence_is_named_by_its_member) {
    for (const auto& [text, member] : std::vector<std::pair<std::string, std::string>>{
             {"{}", "checkpoint"},
             {R"({"checkpoint":1})", "checkpoint"},
             {R"({"checkpoint":"","leaf":{}})", "leaf"},
             {R"({"checkpoint":"","leaf":{"index":-1,"text":"","hashes":[]}})", "leaf"},
             {R"({"checkpoint":"","leaf":{"index":1,"text":"","hashes":["AA=="]}})", "leaf"},
             {R"({"checkpoint":"","growth":{"from":1,"hashes":[1]}})", "growth"}}) {
        const auto refused = parse_evidence(text);
        BOOST_REQUIRE(!refused);
        BOOST_TEST(refused.error().detail.en.find(member) != std::string::npos, text);
    }
    BOOST_TEST(!parse_evidence("["));
}

BOOST_AUTO_TEST_CASE(a_receipt_and_the_leaf_it_names_say_the_same) {
    const Evidence::Leaf leaf{.index = 4, .text = std::string{kAcceptance}};
    BOOST_TEST(check_receipt(claims_of(), "gateway.example", leaf).has_value());
    for (const std::string& name :
         std::vector<std::string>{"id", "source", "author", "sha256", "type", "logorigin"}) {
        BOOST_TEST(!check_receipt(claims_of(name, Json::string("x")), "gateway.example", leaf),
                   name);
        BOOST_TEST(!check_receipt(claims_of(name, Json::number(1)), "gateway.example", leaf), name);
    }
    for (const std::string& name : std::vector<std::string>{"size", "routes", "log"}) {
        BOOST_TEST(!check_receipt(claims_of(name, Json::number(9)), "gateway.example", leaf), name);
    }
    for (const auto& parties : std::vector<std::vector<std::string>>{
             {},
             {"insurer:139980"},
             {"insurer:139980", "insurer:139980"},
             {"insurer:139980", "system:platform", "system:platform"}}) {
        BOOST_TEST(!check_receipt(claims_of("recipients", recipients_of(parties)),
                                  "gateway.example", leaf));
    }
    BOOST_TEST(!check_receipt(claims_of("recipients", Json::number(2)), "gateway.example", leaf));
    BOOST_TEST(!check_receipt(claims_of(), "other.example", leaf));
    const Evidence::Leaf other{.index = 4, .text = R"({"kind":"outcome"})"};
    BOOST_TEST(!check_receipt(claims_of(), "gateway.example", other));
}

BOOST_AUTO_TEST_CASE(a_receipt_names_as_many_as_a_leaf_counts_that_keeps_no_names) {
    std::string text{kAcceptance};
    text.replace(text.find("\"deliveries\""), std::string::npos,
                 R"("deliveries_count":2,"deliveries_sha256":"00"})");
    const Evidence::Leaf leaf{.index = 4, .text = text};
    BOOST_TEST(check_receipt(claims_of(), "gateway.example", leaf).has_value());
    const Json one = claims_of("recipients", recipients_of({"insurer:139980"}));
    BOOST_TEST(!check_receipt(one, "gateway.example", leaf));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::proof
