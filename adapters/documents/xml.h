// XML as a tree of elements and texts, read strictly: what the peers' message files are.
//
// No document type, and so no entity, no default value and nothing fetched; no processing
// instruction; element names without a namespace. Attributes and comments are passed over. Depth,
// elements, bytes and the length of one tag are bounded. UTF-8 and Shift_JIS. A text that ends
// before its root does is told from one that is wrong: its writer may not have finished yet. Pure
// functions; any thread.
//
// Source: XML 1.0 (5th edition).
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::documents {

struct XmlElement {
    std::string name;
    std::string text{};  // its own, without its children's; not trimmed
    std::vector<XmlElement> children{};

    // The first child of that name; nullptr where there is none.
    const XmlElement* find(std::string_view child) const;
    // The text of a child that has no children, without the white space around it; "" where there
    // is no such child.
    std::string_view text_of(std::string_view child) const;

    XmlElement& add(XmlElement child);                     // the child in its place
    XmlElement& add(std::string child, std::string text);  // this element
};

enum class XmlFault : std::uint8_t {
    unfinished,     // it ends before its root does
    malformed,      // no XML
    document_type,  // <!DOCTYPE
    instruction,    // <? … ?> other than the declaration
    too_deep,
    too_large,  // bytes, elements or a tag
};

struct XmlTrouble {
    XmlFault fault = XmlFault::malformed;
    std::uint64_t line = 0;    // from 1
    std::uint64_t column = 0;  // from 1
};

// "line 3, column 7: a document type is not taken", in English: for a detail of the record.
std::string to_string(const XmlTrouble& trouble);

struct XmlLimits {
    std::uint64_t bytes_max = 16ULL * 1024 * 1024;
    std::uint32_t elements_max = 10'000;
    std::uint32_t depth_max = 16;
    std::size_t tag_bytes_max = 65'536;  // of a tag with its attributes; a CDATA section, a comment
};

std::expected<XmlElement, XmlTrouble> parse_xml(std::string_view bytes,
                                                const XmlLimits& limits = {});

// With a declaration, UTF-8, two blanks for each step inwards. Texts with characters that XML
// cannot hold (most of those below U+0020) make it nothing: empty.
std::string to_xml(const XmlElement& root);

}  // namespace sekisho::documents
