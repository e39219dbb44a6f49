// `audit prove`, and `audit verify --evidence` without a gateway: what is proven, and what is not.
#include "gateway/audit/checkpoint.h"
#include "gateway/audit/receipt.h"
#include "gateway/platform/keyring.h"
#include "tests/unit/gateway/cli/cli_log.h"

using namespace sekisho;
using tests::Log;

namespace {

struct Audit {
    Audit() {
        BOOST_TEST_REQUIRE(
            platform::Keyring::create(files(), log.world.random, log.keys_folder()).has_value());
        log.accept("m1");
        write("/desk/log.key", audit::to_vkey(verifier()) + "\n");
    }

    tests::MemoryFiles& files() { return log.world.files; }
    void write(const std::string& path, const std::string& text) {
        BOOST_TEST_REQUIRE(files().write_whole(path, text, 0644).has_value());
    }
    platform::Keyring keyring() {
        return platform::Keyring::load(files(), log.keys_folder()).value();
    }
    audit::LogVerifier verifier() {
        return {.name = "demo.sekisho.example",
                .public_key = keyring().log_keys().signing.front().public_key()};
    }

    int run(const std::string& words) {
        log.world.forget();
        return log.world.run(words);
    }
    int prove(const std::string& more) {
        const int code = run("audit prove --config " + log.config_file() + " " + more);
        write("/desk/evidence.json", log.world.out());
        return code;
    }
    int check(const std::string& more = "") {
        return run("audit verify --evidence /desk/evidence.json --log-key /desk/log.key " + more);
    }
    std::string checkpoint() {
        BOOST_TEST_REQUIRE(prove("") == 0);
        const auto json = documents::parse_json(log.world.out());
        return std::string{*json->string_at("checkpoint")};
    }
    void write_receipt(const std::string& id, std::uint64_t leaf) {
        const auto keys = keyring();
        const auto clinic = *model::parse_party_id("medical:1319900021");
        const audit::ReceiptClaims claims{.issuer = "demo.sekisho.example",
                                          .id = model::MessageId{id},
                                          .source = clinic,
                                          .author = clinic,
                                          .type = model::TypeId{"certification.opinion"},
                                          .log = leaf,
                                          .log_origin = "demo.sekisho.example"};
        write("/desk/receipt.jws", audit::sign_receipt(claims, keys.receipt_key()) + "\n");
        write("/desk/keys.json", documents::to_text(audit::to_jwks(keys.receipt_keys())));
    }

    Log log;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(evidence_of_the_log)

BOOST_AUTO_TEST_CASE(is_verified_with_keys_that_nobody_asked_the_gateway_for) {
    Audit audit;
    BOOST_TEST(audit.prove("m1") == 0);
    BOOST_TEST(audit.run("keys log --config " + audit.log.config_file()) == 0);
    BOOST_TEST(audit.log.world.out() == audit::to_vkey(audit.verifier()) + "\n");
    audit.write("/desk/log.key", audit.log.world.out());
    BOOST_TEST(audit.check() == 0);
    BOOST_TEST(audit.run("keys log --json --config " + audit.log.config_file()) == 0);
    BOOST_TEST(audit.log.world.out() == "[\"" + audit::to_vkey(audit.verifier()) + "\"]\n");
    BOOST_TEST(audit.run("keys log --config /desk/none") == 2);
    BOOST_TEST(audit.run("keys log") == 2);
}

BOOST_AUTO_TEST_CASE(of_a_message_is_checked_without_the_log) {
    Audit audit;
    BOOST_TEST(audit.prove("m1") == 0);
    BOOST_TEST(audit.check() == 0);
    BOOST_TEST(audit.log.world.out().find("2301 leaves") != std::string::npos);
    BOOST_TEST(audit.check("--json") == 0);
    const auto told = documents::parse_json(audit.log.world.out());
    BOOST_TEST(*told->integer_at("size") == tests::kLeaves + 1);
    BOOST_TEST(told->string_at("leaf")->find("\"id\":\"m1\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(that_was_changed_is_no_evidence) {
    Audit audit;
    BOOST_TEST(audit.prove("m1") == 0);
    std::string text = audit.log.world.out();
    const std::size_t at = text.find("opinion");
    audit.write("/desk/evidence.json", text.replace(at, 7, "survey_"));
    BOOST_TEST(audit.check() == 1);
    BOOST_TEST(audit.log.world.err().find("not in the checkpoint's tree") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(fits_its_receipt_and_no_other) {
    Audit audit;
    BOOST_TEST(audit.prove("m1") == 0);
    audit.write_receipt("m1", tests::kLeaves);
    const std::string receipt = "--receipt /desk/receipt.jws --keys /desk/keys.json";
    BOOST_TEST(audit.check(receipt) == 0);
    audit.write_receipt("m2", tests::kLeaves);
    BOOST_TEST(audit.check(receipt) == 1);
    BOOST_TEST(audit.log.world.err().find("differ in id") != std::string::npos);
    audit.write_receipt("m1", 7);
    BOOST_TEST(audit.check(receipt) == 1);
    BOOST_TEST(audit.prove("") == 0);
    BOOST_TEST(audit.check(receipt) == 1);
    BOOST_TEST(audit.log.world.err().find("has no leaf") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(shows_that_the_log_goes_on_from_a_checkpoint_that_was_kept) {
    Audit audit;
    audit.write("/desk/kept", audit.checkpoint());
    audit.log.accept("m2");
    BOOST_TEST(audit.prove("m2 --since /desk/kept") == 0);
    BOOST_TEST(audit.check("--since /desk/kept") == 0);
    BOOST_TEST(audit.prove("m2") == 0);
    BOOST_TEST(audit.check("--since /desk/kept") == 1);
}

BOOST_AUTO_TEST_CASE(of_a_log_that_was_set_back_to_an_old_copy_cannot_be_had) {
    Audit audit;
    const auto larger = audit::sign_checkpoint(
        {.origin = "demo.sekisho.example", .tree = {.size = 9000, .root = {}}},
        audit.keyring().log_keys().signing);
    audit.write("/desk/kept", larger);
    BOOST_TEST(audit.prove("m1 --since /desk/kept") == 1);
    BOOST_TEST(audit.log.world.err().find("set back to an old copy") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(of_a_log_that_was_rewritten_is_seen_by_who_kept_a_checkpoint) {
    Audit audit;
    const auto other =
        audit::sign_checkpoint({.origin = "demo.sekisho.example", .tree = {.size = 9, .root = {}}},
                               audit.keyring().log_keys().signing);
    audit.write("/desk/kept", other);
    BOOST_TEST(audit.prove("--since /desk/kept") == 0);
    BOOST_TEST(audit.check("--since /desk/kept") == 1);
    BOOST_TEST(audit.log.world.err().find("it was rewritten") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(outlives_a_rotation_of_the_logs_key) {
    Audit audit;
    BOOST_TEST(audit.run("keys rotate --keys " + audit.log.keys_folder()) == 0);
    BOOST_TEST(audit.prove("m1") == 0);
    BOOST_TEST(audit.check() == 0);  // with the old key
    audit.write("/desk/log.key", audit::to_vkey(audit.verifier()));
    BOOST_TEST(audit.check() == 0);
}

BOOST_AUTO_TEST_CASE(outlives_a_key_that_was_taken_away) {
    Audit audit;
    audit.write("/desk/kept", audit.checkpoint());
    BOOST_TEST(audit.run("keys rotate --only log --keys " + audit.log.keys_folder()) == 0);
    BOOST_TEST_REQUIRE(audit.files().remove(audit.log.keys_folder() + "/log.pem").has_value());
    const auto keys = audit.keyring();
    BOOST_TEST_REQUIRE(keys.log_keys().signing.size() == 1U);
    BOOST_TEST_REQUIRE(keys.log_keys().retired.size() == 1U);
    BOOST_TEST(audit.prove("m1 --since /desk/kept") == 0);
    BOOST_TEST(audit.check("--since /desk/kept") == 1);  // with the old key alone
    const std::string old_key = audit.log.world.files.content("/desk/log.key").value();
    audit.write("/desk/log.key", audit::to_vkey(audit.verifier()) + "\n" + old_key);
    BOOST_TEST(audit.check("--since /desk/kept") == 0);
}

BOOST_AUTO_TEST_CASE(of_any_leaf_is_had_by_its_number) {
    Audit audit;
    BOOST_TEST(audit.prove("--leaf 7") == 0);
    BOOST_TEST(audit.check("--json") == 0);
    const auto told = documents::parse_json(audit.log.world.out());
    BOOST_TEST(*told->string_at("leaf") == tests::a_leaf(7));
    BOOST_TEST(audit.prove("--leaf 9999999") == 1);
    BOOST_TEST(audit.prove("--leaf seven") == 1);
}

BOOST_AUTO_TEST_CASE(of_two_kept_checkpoints_relates_one_to_the_other) {
    Audit audit;
    audit.write("/desk/first", audit.checkpoint());
    audit.log.accept("m2");
    audit.write("/desk/second", audit.checkpoint());
    audit.log.accept("m3");
    BOOST_TEST(audit.prove("--since /desk/first --at /desk/second") == 0);
    BOOST_TEST(audit.check("--since /desk/first --json") == 0);
    BOOST_TEST(*documents::parse_json(audit.log.world.out())->integer_at("size") ==
               tests::kLeaves + 2);
    BOOST_TEST(audit.prove("m3 --at /desk/second") == 1);
    BOOST_TEST(audit.prove("--since /desk/second --at /desk/first") == 1);
}

BOOST_AUTO_TEST_CASE(is_not_made_of_a_root_that_another_hand_wrote) {
    Audit audit;
    audit.log.change("UPDATE tree SET root = zeroblob(32)");
    BOOST_TEST(audit.prove("m1") == 1);
    BOOST_TEST(audit.log.world.err().find("does not give its root") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(asked_for_wrongly_is_told_what_is_wrong) {
    Audit audit;
    BOOST_TEST(audit.prove("m9") == 1);
    BOOST_TEST(audit.prove("m1 --source medical:1319900013") == 1);
    BOOST_TEST(audit.prove("m1 --since /desk/none") == 1);
    BOOST_TEST(audit.prove("m1") == 0);
    BOOST_TEST(audit.run("audit verify") == 2);
    BOOST_TEST(audit.run("audit verify --evidence /desk/evidence.json") == 2);
    BOOST_TEST(audit.run("audit verify --evidence /desk/none --log-key /desk/log.key") == 2);
    BOOST_TEST(audit.check("--receipt /desk/none") == 2);
    BOOST_TEST(audit.check("--since /desk/none") == 2);
    BOOST_TEST(audit.check("--config " + audit.log.config_file()) == 2);
    for (const std::string option : {"--since", "--log-key", "--receipt", "--keys"}) {
        BOOST_TEST(audit.log.verify(" " + option + " /desk/log.key") == 2);
        BOOST_TEST(audit.log.world.err().find(option) != std::string::npos);
    }
    audit.write("/desk/evidence.json", "{}");
    BOOST_TEST(audit.check() == 2);
}

BOOST_AUTO_TEST_SUITE_END()
