// XML: what is read is within its limits, and what is written of it again reads as the same.
#include "adapters/documents/xml.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho::documents;
using sekisho::fuzz::require;

constexpr XmlLimits kLimits{.bytes_max = 65'536, .elements_max = 200, .depth_max = 8};

struct Size {
    std::uint32_t elements = 0;
    std::uint32_t depth = 0;
};

Size size_of(const XmlElement& element) {
    Size size{.elements = 1, .depth = 1};
    for (const XmlElement& child : element.children) {
        const Size inner = size_of(child);
        size.elements += inner.elements;
        size.depth = std::max(size.depth, inner.depth + 1);
    }
    return size;
}

bool are_same(const XmlElement& a, const XmlElement& b) {
    return a.name == b.name && a.text == b.text &&
           std::ranges::equal(a.children, b.children, are_same);
}

// Indenting adds white space around elements: only texts of those without children are compared.
XmlElement without_texts_between(XmlElement element) {
    if (!element.children.empty()) element.text.clear();
    for (XmlElement& child : element.children) child = without_texts_between(std::move(child));
    return element;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = parse_xml(sekisho::fuzz::text_of(data, size), kLimits);
    if (!read) return 0;
    const Size found = size_of(*read);
    require(found.elements <= kLimits.elements_max && found.depth <= kLimits.depth_max,
            "elements and depth are bounded");
    const XmlElement plain = without_texts_between(*read);
    const auto again = parse_xml(to_xml(plain), {.elements_max = 200, .depth_max = 8});
    require(again && are_same(without_texts_between(*again), plain),
            "what is written reads the same");
    return 0;
}
