// What needs no token to be seen; the rest is in end_to_end/gateway, with a real one.
#include "adapters/tokens/token_key.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::tokens {

BOOST_AUTO_TEST_SUITE(a_token_key)

BOOST_AUTO_TEST_CASE(is_known_by_the_scheme_of_its_uri) {
    BOOST_TEST(is_token_key("pkcs11:token=sekisho;object=gateway"));
    BOOST_TEST(!is_token_key("/etc/sekisho/gateway.key"));
    BOOST_TEST(!is_token_key("PKCS11:token=sekisho"));
    BOOST_TEST(!is_token_key(""));
}

BOOST_AUTO_TEST_CASE(of_a_module_that_is_not_there_is_refused_by_the_modules_name_alone) {
    const auto key =
        load_token_key("pkcs11:token=sekisho;object=gateway?pin-value=9", "/nowhere/token.so");
    BOOST_TEST_REQUIRE(!key.has_value());
    BOOST_TEST(key.error().detail.en == "the PKCS#11 module cannot be used: /nowhere/token.so");
    BOOST_TEST(key.error().detail.ja.find("pkcs11:") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tokens
