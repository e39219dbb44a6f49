#include "gateway/platform/hex.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::platform {

BOOST_AUTO_TEST_SUITE(hex)

BOOST_AUTO_TEST_CASE(digits_are_lower_case_and_come_back_from_either_case) {
    const std::string bytes("\0\x7f\xff", 3);
    BOOST_TEST(to_hex_digits(bytes) == "007fff");
    BOOST_TEST(from_hex_digits("007fff").value() == bytes);
    BOOST_TEST(from_hex_digits("007FfF").value() == bytes);
    BOOST_TEST(to_hex_digits("").empty());
    BOOST_TEST(from_hex_digits("").value().empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_whole_byte_is_none) {
    for (const char* text : {"0", "000", "0g", "g0", "0x", " 0", "-1"}) {
        BOOST_TEST(!from_hex_digits(text), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
