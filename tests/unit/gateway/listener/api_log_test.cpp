// GET /v1/log/...: the log as every party may check it.
#include "adapters/documents/base64.h"
#include "gateway/audit/checkpoint.h"
#include "gateway/audit/tile.h"
#include "gateway/proof/evidence.h"
#include "tests/unit/gateway/listener/api_world.h"

namespace sekisho::tests {

namespace {

struct LogApi : ApiWorld {
    LogApi() {
        for (const std::string id : {"op-1", "op-2", "op-3"}) {
            auto event =
                an_opinion_event(id, {.office = "1319900021", .request_number = id.substr(3)});
            BOOST_REQUIRE(answer(event, binary(event)).status == 202);
        }
    }
    listener::Response get(const std::string& path, std::string_view party = kClinic) {
        return answer(tests::party(party), "internet", request("GET /v1/log/" + path));
    }
    audit::LogVerifier verifier() {
        const std::string lines = get("key").body;
        return audit::parse_vkey(lines.substr(0, lines.find('\n'))).value();
    }
    audit::Checkpoint checkpoint() {
        return audit::open_checkpoint(get("checkpoint").body, {verifier()}).value();
    }
};

std::vector<model::Sha256> hashes_in(const documents::Json& json) {
    std::vector<model::Sha256> hashes;
    for (const auto& item : json.find("hashes")->items()) {
        const auto bytes = documents::from_base64(item.text()).value();
        std::ranges::copy(bytes, hashes.emplace_back().begin());
    }
    return hashes;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_log, LogApi)

BOOST_AUTO_TEST_CASE(the_checkpoint_opens_with_the_key_and_is_of_all_leaves) {
    BOOST_TEST(get("checkpoint").content_type == "text/plain; charset=utf-8");
    BOOST_TEST(checkpoint().origin == "sekisho-test");
    BOOST_TEST(checkpoint().tree.size == leaves().size());
}

BOOST_AUTO_TEST_CASE(a_receipts_leaf_is_proven_by_tile_and_by_proof) {
    const auto tree = checkpoint().tree;
    const auto proof = json(get("proof?index=1&size=" + std::to_string(tree.size)));
    BOOST_TEST(*proof.integer_at("index") == 1);
    const auto leaf = audit::leaf_hash(leaves()[1]);
    BOOST_TEST(audit::includes(tree, 1, leaf, hashes_in(proof)));
    const auto tile = get("tile/0/000.p/2");
    BOOST_TEST(tile.content_type == "application/octet-stream");
    BOOST_TEST(tile.body == audit::hash_tile({audit::leaf_hash(leaves()[0]), leaf}));
}

BOOST_AUTO_TEST_CASE(a_later_tree_is_proven_to_go_on_from_an_earlier_one) {
    const auto before = checkpoint().tree;
    auto event = an_opinion_event("op-4", {.office = "1319900021", .request_number = "4"});
    answer(event, binary(event));
    const auto after = checkpoint().tree;
    BOOST_TEST(after.size > before.size);
    const auto proof = json(get("consistency?from=" + std::to_string(before.size) +
                                "&to=" + std::to_string(after.size)));
    BOOST_TEST(audit::extends(after, before, hashes_in(proof)));
}

BOOST_AUTO_TEST_CASE(a_leaf_and_its_proof_are_told_to_whom_it_names_as_evidence) {
    for (const std::string_view named : {kClinic, kSharingInsurer, kPlatform}) {
        const auto answer = get("leaf?index=0", named);
        BOOST_TEST_REQUIRE(answer.status == 200, named);
        const auto evidence = proof::parse_evidence(answer.body).value();
        BOOST_TEST(evidence.leaf.value().text == leaves()[0]);
        BOOST_TEST(proof::check(evidence, {verifier()}, {}).has_value());
    }
    BOOST_TEST(get("leaf?index=0", "operator:hana").status == 200);
}

BOOST_AUTO_TEST_CASE(a_leaf_of_others_is_told_like_one_that_is_not_there_and_that_is_on_record) {
    const auto before = leaves_of_kind("decision").size();
    const auto of_others = get("leaf?index=0", kCareManager);
    const auto not_there = get("leaf?index=99999", kCareManager);
    BOOST_TEST(of_others.status == 404);
    BOOST_TEST(not_there.status == 404);
    BOOST_TEST(of_others.body == not_there.body);
    BOOST_TEST(leaves_of_kind("decision").size() == before + 2);
    for (const std::string path : {"leaf", "leaf?index=", "leaf?index=-1", "leaf?index=0&more=1"}) {
        BOOST_TEST(get(path).status == 400, path);
    }
}

BOOST_AUTO_TEST_CASE(what_never_changes_may_be_kept_and_what_stands_for_now_may_not) {
    const auto cached = [this](const std::string& path) {
        const auto bytes = listener::to_bytes(get(path), kNow, listener::BodyPart::left_out);
        const std::string name = "Cache-Control: ";
        const auto at = bytes.find(name);
        BOOST_TEST(bytes.find(name, at + 1) == std::string::npos);  // said once
        return bytes.substr(at + name.size(), bytes.find('\r', at) - at - name.size());
    };
    for (int i = 0; i < 256; ++i) {
        exchange->note_refusal({.party = tests::party(kClinic)},
                               {.problem = model::Problem::not_found});
        if (i % 50 == 0) settle();
    }
    settle();
    BOOST_TEST(cached("tile/0/000") == "private, max-age=31536000, immutable");
    BOOST_TEST(cached("tile/0/000.p/2") == "private, max-age=60");
    BOOST_TEST(cached("checkpoint") == "no-cache");
    BOOST_TEST(cached("key") == "no-cache");
    BOOST_TEST(cached("leaf?index=0") == "no-store");
    BOOST_TEST(cached("tile/0/001") == "no-store");  // not there yet
}

BOOST_AUTO_TEST_CASE(the_leaves_themselves_are_for_operators) {
    BOOST_TEST(get("tile/entries/000.p/1").status == 403);
    const auto entries = get("tile/entries/000.p/1", "operator:hana");
    BOOST_TEST(entries.status == 200);
    BOOST_TEST(entries.body == audit::entry_tile({leaves()[0]}).value());
}

BOOST_AUTO_TEST_CASE(what_is_not_there_or_not_understood_is_told_so) {
    for (const std::string path : {"tile/0/000", "tile/0/001.p/1", "tile/9/000", "tile/", "tile",
                                   "tile/0", "checkpoint/", "other"}) {
        BOOST_TEST(get(path).status == 404, path);
    }
    for (const std::string path :
         {"proof", "proof?index=0", "proof?index=x&size=1", "proof?index=0&size=99",
          "proof?index=0&size=1&more=1", "proof?index=-1&size=1", "consistency?from=2&to=1",
          "consistency?from=0&to=99999999999999999999"}) {
        BOOST_TEST(get(path).status == 400, path);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
