#include "adapters/documents/xml.h"

#include <boost/test/unit_test.hpp>

using namespace sekisho::documents;

namespace {

// "a=1 b(c=2)": names, texts and what stands in them.
std::string outline(const XmlElement& element) {
    std::string text = element.name;
    if (element.children.empty()) return text + "=" + element.text;
    text += "(";
    for (const XmlElement& child : element.children) {
        if (&child != &element.children.front()) text += " ";
        text += outline(child);
    }
    return text + ")";
}

std::string reading(std::string_view text, const XmlLimits& limits = {}) {
    const auto read = parse_xml(text, limits);
    return read ? outline(*read) : to_string(read.error());
}

std::string ending(std::string_view text) {
    const std::string words = reading(text);
    return words.substr(words.find(": ") + 2);
}

std::string nested(int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += "<a>";
    for (int i = 0; i < depth; ++i) text += "</a>";
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(xml)

BOOST_AUTO_TEST_CASE(is_read_as_elements_and_texts) {
    BOOST_TEST(
        reading("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<m><a>1</a><b><c>2</c></b></m>\n") ==
        "m(a=1 b(c=2))");
    BOOST_TEST(reading("<m><!-- said --><a at='b'>1 &lt; 2 &#x65e5;<![CDATA[<]]></a></m>") ==
               "m(a=1 < 2 日<)");
    BOOST_TEST(reading("<m/>") == "m=");
}

BOOST_AUTO_TEST_CASE(gives_the_first_child_of_a_name_and_its_trimmed_text) {
    const XmlElement read = parse_xml("<m><a> 1\n</a><a>2</a><b><c>3</c></b></m>").value();
    BOOST_TEST(read.text_of("a") == "1");
    BOOST_TEST(read.text_of("b").empty());
    BOOST_TEST(read.text_of("d").empty());
    BOOST_TEST(read.find("b")->text_of("c") == "3");
    BOOST_TEST((read.find("d") == nullptr));
}

BOOST_AUTO_TEST_CASE(is_read_in_shift_jis_where_it_says_so) {
    BOOST_TEST(reading("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><m>\x93\xfa</m>") == "m=日");
    BOOST_TEST(ending("<m>\x93\xfa</m>") == "this is not well-formed XML");
    BOOST_TEST(ending("<m><![CDATA[\xc1\xb8]]></m>") == "this is not well-formed XML");
}

BOOST_AUTO_TEST_CASE(is_read_in_no_other_encoding) {
    for (const std::string& text :
         {std::string{"<?xml version=\"1.0\" encoding=\"EUC-JP\"?><m/>"},
          std::string{"<?xml version=\"1.0\" encoding=\"UTF-7\"?><m/>"},
          std::string{"\xfe\xff\0<\0m\0/\0>", 10}, std::string{"\0<\0m\0/\0>", 8}})
        BOOST_TEST(ending(text) == "this is not well-formed XML");
    BOOST_TEST(reading("<?xml version='1.0' encoding='utf-8'?><m/>") == "m=");
}

BOOST_AUTO_TEST_CASE(that_ends_too_early_is_told_from_one_that_is_wrong) {
    const std::string whole = "<?xml version=\"1.0\"?><m><a>text</a><b><![CDATA[x]]></b></m>";
    for (std::size_t size = 0; size < whole.size(); ++size)
        BOOST_TEST(ending(whole.substr(0, size)) == "it ends too early", whole.substr(0, size));
    for (const char* wrong : {"<m></n>", "<m><a></m>", "<m>&unknown;</m>", "<m/><n/>", "text",
                              "<m a>", "<m>\x01</m>", "<m/>text", "<m a='1' a='2'/>", "{\"a\": 1}"})
        BOOST_TEST(ending(wrong) == "this is not well-formed XML", wrong);
}

BOOST_AUTO_TEST_CASE(with_a_document_type_is_not_taken_and_nothing_of_it_is_done) {
    const std::string laughs =
        "<!DOCTYPE m [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><m>&c;</m>";
    for (const std::string& text :
         {std::string{"<!DOCTYPE m><m/>"}, laughs,
          std::string{"<!DOCTYPE m SYSTEM \"file:///etc/hostname\"><m/>"},
          std::string{"<!DOCTYPE m [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><m>&e;</m>"},
          std::string{"<!DOCTYPE m [<!ENTITY % p SYSTEM \"file:///etc/hostname\"> %p;]><m/>"}})
        BOOST_TEST(ending(text) == "a document type is not taken", text);
}

BOOST_AUTO_TEST_CASE(with_an_instruction_or_a_namespace_is_not_taken) {
    BOOST_TEST(ending("<?xml-stylesheet href='a.xsl'?><m/>") ==
               "a processing instruction is not taken");
    BOOST_TEST(ending("<m xmlns='urn:a'/>") == "this is not well-formed XML");
    BOOST_TEST(ending("<a:m xmlns:a='urn:a'/>") == "this is not well-formed XML");
    BOOST_TEST(ending("<a:m/>") == "this is not well-formed XML");
}

BOOST_AUTO_TEST_CASE(is_bounded_in_depth_elements_and_bytes) {
    BOOST_TEST(reading(nested(16)).starts_with("a(a(a"));
    BOOST_TEST(ending(nested(17)) == "elements stand too deep");
    BOOST_TEST(ending(nested(100'000)) == "elements stand too deep");
    const XmlLimits small{.bytes_max = 30, .elements_max = 3};
    BOOST_TEST(reading("<m><a/><a/></m>", small) == "m(a= a=)");
    BOOST_TEST(reading("<m><a/><a/><a/></m>", small).ends_with("it is too large"));
    BOOST_TEST(reading("<m>" + std::string(30, 'x') + "</m>", small).ends_with("it is too large"));
}

BOOST_AUTO_TEST_CASE(of_many_megabytes_is_read_within_its_limit) {
    std::string text = "<m>";
    for (int i = 0; i < 12; ++i) text += "<a>" + std::string(1'000'000, 'x') + "</a>";
    BOOST_TEST(parse_xml(text + "</m>").value().children.size() == 12U);
    BOOST_TEST(ending(text) == "it ends too early");
}

BOOST_AUTO_TEST_CASE(with_a_tag_without_end_or_of_a_million_attributes_is_not_taken) {
    std::string text = "<m";
    for (int i = 0; i < 100'000; ++i) text += " a" + std::to_string(i) + "='1'";
    BOOST_TEST(ending(text + "/>") == "it is too large");
    BOOST_TEST(ending("<m>" + std::string(1, '<') + std::string(100'000, 'x')) ==
               "it is too large");
}

BOOST_AUTO_TEST_CASE(says_where_it_is_wrong) {
    BOOST_TEST(reading("<m>\n  <a></b>\n</m>").starts_with("line 2, column "));
}

BOOST_AUTO_TEST_CASE(is_written_so_that_it_reads_the_same) {
    XmlElement message{.name = "m"};
    message.add("a", "1 < 2 & \"日本\"\r\n").add(XmlElement{.name = "b"}).add("c", "");
    const std::string text = to_xml(message);
    BOOST_TEST(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<m>\n  <a>1 &lt; 2"));
    const XmlElement read = parse_xml(text).value();
    BOOST_TEST(read.find("a")->text == message.find("a")->text);
    BOOST_TEST(read.find("b")->find("c")->text.empty());
}

BOOST_AUTO_TEST_CASE(that_cannot_hold_a_text_is_not_written) {
    for (const char* text : {"\x01", "\x93\xfa", "\xef\xbf\xbf"}) {
        XmlElement message{.name = "m"};
        message.add("a", text);
        BOOST_TEST(to_xml(message).empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
