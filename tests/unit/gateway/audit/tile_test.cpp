#include "gateway/audit/tile.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::audit {

BOOST_AUTO_TEST_SUITE(tile)

BOOST_AUTO_TEST_CASE(names_are_read_and_written_as_tlog_tiles_says) {
    const std::vector<std::pair<std::string, TileName>> names{
        {"0/000", {.row = 0, .number = 0}},
        {"0/000.p/1", {.row = 0, .number = 0, .width = 1}},
        {"1/x001/234.p/255", {.row = 1, .number = 1234, .width = 255}},
        {"0/x001/x234/067", {.row = 0, .number = 1'234'067}},
        {"7/999", {.row = 7, .number = 999}},
        {"entries/x123/x000/045", {.row = std::nullopt, .number = 123'000'045}},
        {"entries/003.p/112", {.row = std::nullopt, .number = 3, .width = 112}},
    };
    for (const auto& [text, name] : names) {
        const auto parsed = parse_tile_name(text);
        BOOST_REQUIRE_MESSAGE(parsed, text);
        BOOST_TEST((*parsed == name), text);
        BOOST_TEST(to_path(name) == text);
    }
}

BOOST_AUTO_TEST_CASE(a_name_written_in_any_other_way_is_none) {
    for (const std::string text : {"",
                                   "0",
                                   "0/",
                                   "/000",
                                   "0/0",
                                   "0/00",
                                   "0/0000",
                                   "0/x000/001",
                                   "0/1/234",
                                   "0/x001",
                                   "0/x001/",
                                   "0/x001/23",
                                   "0/001/x234",
                                   "00/000",
                                   "8/000",
                                   "-1/000",
                                   "0/-01",
                                   "0/+01",
                                   "entry/000",
                                   "0/000.p",
                                   "0/000.p/",
                                   "0/000.p/0",
                                   "0/000.p/01",
                                   "0/000.p/256",
                                   "0/000.p/1/2",
                                   "0/000/1",
                                   "0/x001/x001/x001/x001/x001/x001/x001/001",
                                   "0/x018/x446/x744/x073/x709/x551/616"}) {  // 2^64
        BOOST_TEST(!parse_tile_name(text), text);
    }
}

BOOST_AUTO_TEST_CASE(a_tile_is_there_as_soon_as_the_tree_has_all_that_it_holds) {
    BOOST_TEST(!is_within({.row = 0, .number = 0}, 255));
    BOOST_TEST(is_within({.row = 0, .number = 0}, 256));
    BOOST_TEST(is_within({.row = 0, .number = 0, .width = 7}, 7));
    BOOST_TEST(!is_within({.row = 0, .number = 0, .width = 8}, 7));
    BOOST_TEST(is_within({.row = 0, .number = 0, .width = 8}, 300));  // it was, once
    BOOST_TEST(!is_within({.row = 0, .number = 1}, 300));
    BOOST_TEST(is_within({.row = 0, .number = 1, .width = 44}, 300));
    BOOST_TEST(!is_within({.row = 1, .number = 0, .width = 1}, 255));
    BOOST_TEST(is_within({.row = 1, .number = 0, .width = 1}, 256));
    BOOST_TEST(!is_within({.row = 7, .number = 0, .width = 1}, 1'000'000'000));
    BOOST_TEST(is_within({.row = std::nullopt, .number = 0, .width = 7}, 7));
    BOOST_TEST(!is_within({.row = std::nullopt, .number = 0, .width = 1}, 0));
}

BOOST_AUTO_TEST_CASE(hashes_stand_one_behind_the_other) {
    const auto one = leaf_hash("one");
    const auto two = leaf_hash("two");
    const std::string bytes = hash_tile({one, two});
    BOOST_TEST(bytes.size() == 64U);
    BOOST_TEST(bytes.starts_with(std::string(one.begin(), one.end())));
    BOOST_TEST(bytes.ends_with(std::string(two.begin(), two.end())));
}

BOOST_AUTO_TEST_CASE(leaves_stand_behind_their_lengths) {
    using namespace std::string_literals;
    BOOST_TEST(entry_tile({"ab", "", "c"}).value() ==
               "\x00\x02"s + "ab" + "\x00\x00"s + "\x00\x01"s + "c");
    const std::string long_leaf(258, 'x');
    BOOST_TEST(entry_tile({long_leaf}).value() == "\x01\x02" + long_leaf);
    BOOST_TEST(entry_tile({std::string(65'535, 'x')}).has_value());
    BOOST_TEST(!entry_tile({std::string(65'536, 'x')}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::audit
