// The virtual card itself: what it is trusted to show in the other tests.
#include <boost/test/unit_test.hpp>

#include "adapters/simulation/card/virtual_jpki_card.h"
#include "tests/support/fake_world.h"

using namespace sekisho;
using simulation::JpkiContents;
using simulation::VirtualJpkiCard;

namespace {

// Made once: four RSA keys take their time.
const JpkiContents& card_of_nobody() {
    static const JpkiContents contents = simulation::make_jpki_contents(tests::FakeClock::kStart);
    return contents;
}

std::string bytes(std::initializer_list<int> values) {
    std::string text;
    for (const int value : values) text.push_back(static_cast<char>(value));
    return text;
}

struct Bare {
    VirtualJpkiCard card{card_of_nobody()};

    unsigned status(std::string_view command) {
        const std::string answer = card.answer(command);
        return static_cast<unsigned>(static_cast<unsigned char>(answer[answer.size() - 2])) << 8U |
               static_cast<unsigned char>(answer.back());
    }
    unsigned select(int file) { return status(bytes({0, 0xA4, 2, 0x0C, 2, 0, file})); }
    unsigned enter() {
        return status(bytes({0, 0xA4, 4, 0x0C, 10, 0xD3, 0x92, 0xF0, 0, 0x26, 1, 0, 0, 0, 1}));
    }
    unsigned verify(std::string_view pin) {
        return status(bytes({0, 0x20, 0, 0x80, static_cast<int>(pin.size())}) + std::string{pin});
    }
    unsigned sign() { return status(bytes({0x80, 0x2A, 0, 0x80, 3}) + "abc" + bytes({0})); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(virtual_card)

BOOST_AUTO_TEST_CASE(stays_unlocked_for_whoever_asks_until_it_is_reset) {
    Bare bare;
    BOOST_TEST(bare.enter() == 0x9000U);
    BOOST_TEST(bare.select(0x17) == 0x9000U);
    BOOST_TEST(bare.sign() == 0x6982U);
    BOOST_TEST(bare.select(0x18) == 0x9000U);
    BOOST_TEST(bare.verify("1234") == 0x9000U);
    BOOST_TEST(bare.enter() == 0x9000U);  // as another program would
    BOOST_TEST(bare.select(0x17) == 0x9000U);
    BOOST_TEST(bare.sign() == 0x9000U);
    bare.card.reset();
    BOOST_TEST(bare.select(0x17) == 0x6A82U);
    BOOST_TEST(bare.enter() == 0x9000U);
    BOOST_TEST(bare.select(0x17) == 0x9000U);
    BOOST_TEST(bare.sign() == 0x6982U);
}

BOOST_AUTO_TEST_CASE(counts_wrong_pins_and_blocks) {
    Bare bare;
    bare.enter();
    bare.select(0x18);
    BOOST_TEST(bare.status(bytes({0, 0x20, 0, 0x80})) == 0x63C3U);
    BOOST_TEST(bare.verify("0000") == 0x63C2U);
    BOOST_TEST(bare.verify("12345") == 0x63C1U);
    BOOST_TEST(bare.verify("1234") == 0x9000U);
    BOOST_TEST(bare.verify("0000") == 0x63C2U);
    bare.card.reset();
    bare.enter();
    bare.select(0x18);
    BOOST_TEST(bare.verify("0000") == 0x63C1U);
    BOOST_TEST(bare.verify("0000") == 0x63C0U);
    BOOST_TEST(bare.verify("1234") == 0x6983U);
}

BOOST_AUTO_TEST_CASE(keeps_the_certificate_of_the_signature_behind_its_own_pin) {
    Bare bare;
    bare.enter();
    bare.select(0x01);
    BOOST_TEST(bare.status(bytes({0, 0xB0, 0, 0, 4})) == 0x6982U);
    bare.select(0x18);
    BOOST_TEST(bare.verify("1234") == 0x9000U);
    bare.select(0x01);
    BOOST_TEST(bare.status(bytes({0, 0xB0, 0, 0, 4})) == 0x6982U);
    bare.select(0x1B);
    BOOST_TEST(bare.verify("ABC123") == 0x9000U);
    bare.select(0x01);
    BOOST_TEST(bare.status(bytes({0, 0xB0, 0, 0, 4})) == 0x9000U);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_command_of_its_own) {
    Bare bare;
    BOOST_TEST(bare.status("") == 0x6700U);
    BOOST_TEST(bare.status(bytes({0, 0xA4})) == 0x6700U);
    BOOST_TEST(bare.status(bytes({0, 0xA4, 4, 0x0C, 9, 1, 2})) == 0x6700U);
    BOOST_TEST(bare.status(bytes({0, 0xCA, 0, 0, 0})) == 0x6D00U);
    BOOST_TEST(bare.status(bytes({0x90, 0x32, 0, 0})) == 0x6E00U);
    BOOST_TEST(bare.status(bytes({0, 0xA4, 4, 0x0C, 2, 0x3F, 0})) == 0x6A82U);
    BOOST_TEST(bare.select(0x06) == 0x6A82U);
    BOOST_TEST(bare.enter() == 0x9000U);
    BOOST_TEST(bare.select(0x33) == 0x6A82U);
    BOOST_TEST(bare.status(bytes({0, 0xB0, 0, 0, 4})) == 0x6986U);
    bare.select(0x06);
    BOOST_TEST(bare.status(bytes({0, 0xB0, 0, 0, 64})) == 0x6282U);
    BOOST_TEST(bare.status(bytes({0, 0xB0, 0x10, 0, 4})) == 0x6B00U);
    BOOST_TEST(bare.verify("1234") == 0x6A88U);
    BOOST_TEST(bare.sign() == 0x6985U);
}

BOOST_AUTO_TEST_SUITE_END()
