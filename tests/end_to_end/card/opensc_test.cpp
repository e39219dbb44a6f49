// OpenSC's own JPKI driver, written by others for the real card, takes our virtual one for it.
#include <boost/test/unit_test.hpp>

#include "tests/end_to_end/card/card_world.h"
#include "tests/support/config_files.h"

using sekisho::tests::CardWorld;
using sekisho::tests::read_text;
using sekisho::tests::run_program;

namespace {

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(opensc, CardWorld)

BOOST_AUTO_TEST_CASE(knows_the_card_and_lists_its_certificates) {
    insert();
    const auto named = run_program({"/usr/bin/opensc-tool", "--reader", "0", "--name"});
    BOOST_TEST(named.exit_code == 0, named.output);
    BOOST_TEST(holds(named.output, "jpki"));
    const auto listed =
        run_program({"/usr/bin/pkcs15-tool", "--reader", "0", "--list-certificates"});
    BOOST_TEST(listed.exit_code == 0, listed.output);
    for (const char* name :
         {"User Authentication Certificate", "Digital Signature Certificate",
          "User Authentication Certificate CA", "Digital Signature Certificate CA"}) {
        BOOST_TEST(holds(listed.output, std::string{"["} + name + "]"), name);
    }
}

BOOST_AUTO_TEST_CASE(reads_the_same_certificates) {
    insert();
    for (const auto& [id, name] :
         {std::pair{"01", "authentication.pem"}, std::pair{"03", "authentication-ca.pem"},
          std::pair{"04", "signature-ca.pem"}}) {
        const auto read = run_program({"/usr/bin/pkcs15-tool", "--reader", "0",
                                       "--read-certificate", id, "--output", file("read.pem")});
        BOOST_TEST(read.exit_code == 0, read.output);
        BOOST_TEST(read_text(file("read.pem")) == read_text(card_file(name)), name);
    }
}

BOOST_AUTO_TEST_CASE(signs_with_login_and_the_signature_verifies) {
    insert();
    const std::string input = write("input", "challenge");
    const auto signed_it = run_program({"/usr/bin/pkcs11-tool", "--login", "--pin", "1234",
                                        "--sign", "--mechanism", "SHA256-RSA-PKCS", "--id", "01",
                                        "--input-file", input, "--output-file", file("output")});
    BOOST_TEST(signed_it.exit_code == 0, signed_it.output);
    BOOST_TEST(verifies(read_text(card_file("authentication.pem")), "challenge",
                        read_text(file("output"))));
}

BOOST_AUTO_TEST_CASE(gets_no_signature_of_the_card_behind_our_session) {
    insert();
    BOOST_TEST(sign("challenge").has_value());
    // The application, the key, and COMPUTE DIGITAL SIGNATURE of one byte.
    const auto asked = run_program({"/usr/bin/opensc-tool", "--reader", "0", "--send-apdu",
                                    "00A4040C0AD392F000260100000001", "--send-apdu",
                                    "00A4020C020017", "--send-apdu", "802A0080010000"});
    BOOST_TEST(asked.exit_code == 0, asked.output);
    BOOST_TEST(holds(asked.output, "SW1=0x69, SW2=0x82"));
}

BOOST_AUTO_TEST_CASE(tells_a_wrong_pin_and_the_tries_it_leaves_are_ours_too) {
    insert();
    const auto wrong = run_program({"/usr/bin/pkcs11-tool", "--login", "--pin", "9876", "--sign",
                                    "--mechanism", "SHA256-RSA-PKCS", "--id", "01", "--input-file",
                                    write("input", "x"), "--output-file", file("output")});
    BOOST_TEST(wrong.exit_code != 0);
    BOOST_TEST(open()->tries_left().value() == 2);
}

BOOST_AUTO_TEST_SUITE_END()
