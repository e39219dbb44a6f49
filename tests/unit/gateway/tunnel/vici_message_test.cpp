#include "gateway/tunnel/vici_message.h"

#include <boost/test/unit_test.hpp>

#include "routing/model/limits.h"

namespace {

using namespace sekisho;
using namespace std::string_literals;
using tunnel::ViciPacket;
using tunnel::ViciPacketType;
using tunnel::ViciSection;

ViciPacket response(ViciSection message) {
    return {.type = ViciPacketType::command_response, .message = std::move(message)};
}

// Sections within each other, `depth` of them.
ViciSection nested(std::size_t depth) {
    ViciSection section;
    for (std::size_t i = 0; i < depth; ++i) {
        ViciSection outer;
        outer.add("s", std::move(section));
        section = std::move(outer);
    }
    return section;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vici_message)

BOOST_AUTO_TEST_CASE(a_request_is_its_type_its_name_and_its_elements) {
    ViciSection message;
    message.add("key", "value"s);
    message.add("list", ViciSection::List{"a", ""});
    message.add("section", ViciSection{}.add("k", "v"s));
    const ViciPacket packet{
        .type = ViciPacketType::command_request, .name = "list-sas", .message = message};
    BOOST_TEST(tunnel::to_bytes(packet).value() ==
               "\x00\x08list-sas"
               "\x03\x03key\x00\x05value"
               "\x04\x04list\x05\x00\x01"
               "a\x05\x00\x00\x06"
               "\x01\x07section\x03\x01k\x00\x01v\x02"s);
}

BOOST_AUTO_TEST_CASE(what_was_written_reads_back_as_the_same) {
    ViciSection message;
    message.add("empty", ""s).add("twice", "1"s).add("twice", "2"s);
    message.add("long", std::string(0xffff, 'x')).add("nul", "a\0b"s);
    message.add("nested", nested(3)).add("list", ViciSection::List{});
    for (const auto type : {ViciPacketType::command_response, ViciPacketType::event}) {
        const ViciPacket packet{.type = type,
                                .name = type == ViciPacketType::event ? "list-sa" : "",
                                .message = message};
        const auto read = tunnel::to_packet(tunnel::to_bytes(packet).value());
        BOOST_TEST_REQUIRE(read.has_value());
        BOOST_TEST((*read == packet));
    }
}

BOOST_AUTO_TEST_CASE(a_value_is_found_by_its_name_and_kind) {
    ViciSection message;
    message.add("text", "1"s).add("list", ViciSection::List{"2"}).add("section", nested(1));
    BOOST_TEST(message.text("text").value() == "1");
    BOOST_TEST(message.list("list")->front() == "2");
    BOOST_TEST(message.section("section") != nullptr);
    BOOST_TEST(!message.text("list").has_value());
    BOOST_TEST(message.list("section") == nullptr);
    BOOST_TEST(message.section("text") == nullptr);
    BOOST_TEST(!message.text("absent").has_value());
}

BOOST_AUTO_TEST_CASE(what_is_cut_short_is_refused_wherever_it_was_cut) {
    ViciSection message;
    message.add("key", "value"s).add("list", ViciSection::List{"a"}).add("section", nested(1));
    const std::string whole = tunnel::to_bytes(response(message)).value();
    std::size_t read = 0;
    for (std::size_t size = 0; size < whole.size(); ++size) {
        read += tunnel::to_packet(whole.substr(0, size)).has_value() ? 1U : 0U;
    }
    // Between two elements of the message itself it ends well: nothing, the key, the list.
    BOOST_TEST(read == 3U);
}

BOOST_AUTO_TEST_CASE(what_means_nothing_is_refused) {
    for (const std::string& bytes :
         {""s, "\x08"s, "\xff"s,              // no packet
          "\x00"s, "\x00\x05list"s,           // a name cut short
          "\x01\x02"s,                        // the end of a section that was not begun
          "\x01\x05\x00\x01x"s, "\x01\x06"s,  // an item and an end without a list
          "\x01\x04\x01l\x03\x01k\x00\x00"s,  // a key within a list
          "\x01\x04\x01l\x02"s,               // a section's end within a list
          "\x01\x07\x01k"s, "\x01\x00\x01k"s}) {
        BOOST_TEST(!tunnel::to_packet(bytes).has_value());
    }
}

BOOST_AUTO_TEST_CASE(what_is_too_deep_too_long_or_too_large_is_neither_written_nor_read) {
    BOOST_TEST(tunnel::to_bytes(response(nested(model::limits::kViciDepthMax))).has_value());
    BOOST_TEST(!tunnel::to_bytes(response(nested(model::limits::kViciDepthMax + 1))).has_value());
    std::string deep = "\x01"s;
    for (int i = 0; i < 100'000; ++i) deep += "\x01\x01s"s;
    BOOST_TEST(!tunnel::to_packet(deep).has_value());
    BOOST_TEST(!tunnel::to_bytes(response(ViciSection{}.add(std::string(256, 'n'), "v"s))));
    BOOST_TEST(!tunnel::to_bytes(response(ViciSection{}.add("n", std::string(0x10000, 'v')))));
    ViciSection large;
    for (int i = 0; i < 9; ++i) large.add("n", std::string(0xffff, 'v'));
    BOOST_TEST(!tunnel::to_bytes(response(large)).has_value());
    BOOST_TEST(!tunnel::to_packet(std::string(model::limits::kViciMessageBytesMax + 1, '\1')));
}

BOOST_AUTO_TEST_SUITE_END()
