#include "adapters/documents/minimise.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::documents {

using Names = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(minimising)

BOOST_AUTO_TEST_CASE(takes_the_named_members_out_of_every_record_and_names_them) {
    const auto made = minimise(R"([{"a":1,"b":2},{"b":3,"c":4}])", {"b", "d"});
    BOOST_REQUIRE(made);
    BOOST_TEST(made->text == R"([{"a":1},{"c":4}])");
    BOOST_TEST((made->withheld == Names{"b"}));
    BOOST_TEST(minimise(R"({"b":1})", {"b"})->text == "{}");
}

BOOST_AUTO_TEST_CASE(reaches_members_of_members_through_arrays) {
    const auto made = minimise(
        R"({"answers":[{"item":"1","remark":"x"},{"item":"2"}],"remark":"y"})", {"answers/remark"});
    BOOST_REQUIRE(made);
    BOOST_TEST(made->text == R"({"answers":[{"item":"1"},{"item":"2"}],"remark":"y"})");
    BOOST_TEST((made->withheld == Names{"answers/remark"}));
}

BOOST_AUTO_TEST_CASE(of_nothing_named_leaves_all_and_of_no_json_nothing) {
    const auto made = minimise(R"([{"a":"あ"}])", {});
    BOOST_REQUIRE(made);
    BOOST_TEST(made->text == R"([{"a":"あ"}])");
    BOOST_TEST(made->withheld.empty());
    BOOST_TEST(minimise("[]", {"a"})->withheld.empty());
    BOOST_TEST(minimise("\"a\"", {"a"})->text == "\"a\"");
    BOOST_TEST(!minimise("a,b\r\n", {"a"}));
    BOOST_TEST(!minimise("", {}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::documents
