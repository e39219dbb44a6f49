#include "gateway/audit/leaf_parties.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::audit {

namespace {

model::PartyId party(std::string_view id) {
    return model::parse_party_id(id).value();
}

const model::PartyId kClinic = party("medical:1319900021");
const model::PartyId kWeb = party("system:web");
const model::PartyId kInsurer = party("insurer:139980");
const model::PartyId kOther = party("insurer:139964");

constexpr std::string_view kAcceptance =
    R"({"author":"medical:1319900021","deliveries":[{"recipient":"insurer:139980","via":"mailbox"},)"
    R"({"recipient":"system:platform","via":"platform"}],"id":"op-1","kind":"acceptance",)"
    R"("party":"system:web","source":"/systems/web"})";

}  // namespace

BOOST_AUTO_TEST_SUITE(leaf_parties)

BOOST_AUTO_TEST_CASE(an_acceptance_is_told_to_carrier_author_and_recipients_and_nobody_else) {
    for (const auto& named : {kWeb, kClinic, kInsurer, party("system:platform")}) {
        BOOST_TEST(is_told(kAcceptance, named), model::to_string(named));
    }
    BOOST_TEST(!is_told(kAcceptance, kOther));
    BOOST_TEST(!is_told(kAcceptance, party("care-office:1319900021")));  // only the same number
}

BOOST_AUTO_TEST_CASE(an_outcome_is_told_to_sender_and_recipient) {
    constexpr std::string_view kLeaf =
        R"({"kind":"outcome","recipient":"insurer:139980","source":"/medical/1319900021"})";
    BOOST_TEST(is_told(kLeaf, kClinic));
    BOOST_TEST(is_told(kLeaf, kInsurer));
    BOOST_TEST(!is_told(kLeaf, kWeb));
}

BOOST_AUTO_TEST_CASE(a_reading_is_told_to_who_looked_and_who_was_asked) {
    constexpr std::string_view kLeaf =
        R"({"asked":"system:platform","kind":"access","party":"medical:1319900021"})";
    BOOST_TEST(is_told(kLeaf, kClinic));
    BOOST_TEST(is_told(kLeaf, party("system:platform")));
    BOOST_TEST(!is_told(kLeaf, kInsurer));
}

BOOST_AUTO_TEST_CASE(a_record_is_told_to_who_made_it) {
    constexpr std::string_view kLeaf = R"({"by":"medical:1319900021","kind":"consent"})";
    BOOST_TEST(is_told(kLeaf, kClinic));
    BOOST_TEST(!is_told(kLeaf, kOther));
}

BOOST_AUTO_TEST_CASE(a_refusal_is_told_without_its_reasons_only) {
    BOOST_TEST(is_told(R"({"kind":"decision","party":"medical:1319900021"})", kClinic));
    BOOST_TEST(
        !is_told(R"({"kind":"decision","party":"medical:1319900021","reasons":[]})", kClinic));
    for (const std::string_view cause :
         {R"("fault":"challenge-foreign")", R"("why":"list-outdated")"}) {
        const std::string leaf =
            R"({"kind":"refusal","party":"medical:1319900021",)" + std::string{cause} + "}";
        BOOST_TEST(!is_told(leaf, kClinic), leaf);
    }
}

BOOST_AUTO_TEST_CASE(a_name_elsewhere_in_a_leaf_or_no_leaf_is_nobodys) {
    BOOST_TEST(!is_told(R"({"id":"medical:1319900021","kind":"outcome"})", kClinic));
    BOOST_TEST(!is_told(R"({"deliveries":"medical:1319900021"})", kClinic));
    for (const std::string_view text : {"", "{", "[]", "null", "\"medical:1319900021\""}) {
        BOOST_TEST(!is_told(text, kClinic), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::audit
