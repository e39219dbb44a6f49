#include "adapters/documents/xml.h"

#include <algorithm>
#include <array>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlwriter.h>
#include <memory>
#include <optional>

#include "adapters/documents/utf8.h"

namespace sekisho::documents {

namespace {

constexpr std::string_view kBlank = " \t\r\n";
constexpr std::array<std::string_view, 2> kEncodings{"utf-8", "shift_jis"};

constexpr std::size_t kPiece = 65'536;

// From a `<` to the `>` behind it. libxml2 compares the attributes of a tag with each other: a
// million of them would take minutes. In Shift_JIS neither is the second byte of a character.
std::size_t longest_tag(std::string_view bytes) {
    std::size_t longest = 0;
    for (std::size_t at = bytes.find('<'); at != std::string_view::npos;) {
        const std::size_t end = std::min(bytes.find('>', at), bytes.size());
        longest = std::max(longest, end - at);
        at = end == bytes.size() ? std::string_view::npos : bytes.find('<', end);
    }
    return longest;
}

// Two and four bytes a character have one of these in front, or a NUL beside the first `<`.
bool is_wide(std::string_view bytes) {
    return bytes.starts_with("\xfe\xff") || bytes.starts_with("\xff\xfe") ||
           bytes.substr(0, 4).find('\0') != std::string_view::npos;
}

std::string_view view_of(const xmlChar* text) {
    return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

const xmlChar* xml_of(const std::string& text) {
    return reinterpret_cast<const xmlChar*>(text.c_str());
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

struct FreeParser {
    void operator()(xmlParserCtxt* parser) const { xmlFreeParserCtxt(parser); }
};
struct FreeWriter {
    void operator()(xmlTextWriter* writer) const { xmlFreeTextWriter(writer); }
};
struct FreeBuffer {
    void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
};

// One text while libxml2 reads it: builds the tree, stops at what is not taken. Nothing that it
// is called for throws but for want of memory, which is caught here: libxml2 is C.
class Reading {
  public:
    explicit Reading(const XmlLimits& limits) : limits_(limits) {}

    std::expected<XmlElement, XmlTrouble> of(std::string_view bytes) {
        if (bytes.size() > limits_.bytes_max) {
            return std::unexpected(XmlTrouble{.fault = XmlFault::too_large});
        }
        if (is_wide(bytes)) return std::unexpected(XmlTrouble{.line = 1, .column = 1});
        if (longest_tag(bytes) > limits_.tag_bytes_max)
            return std::unexpected(XmlTrouble{.fault = XmlFault::too_large});
        xmlSAXHandler calls = handlers();
        const std::unique_ptr<xmlParserCtxt, FreeParser> parser{
            xmlCreatePushParserCtxt(&calls, this, nullptr, 0, nullptr)};
        if (!parser) return std::unexpected(XmlTrouble{.fault = XmlFault::too_large});
        parser_ = parser.get();
        xmlCtxtUseOptions(parser_, XML_PARSE_NONET);
        for (; !bytes.empty() && is_good(); bytes.remove_prefix(std::min(kPiece, bytes.size()))) {
            const auto piece = bytes.substr(0, kPiece);
            (void)xmlParseChunk(parser_, piece.data(), static_cast<int>(piece.size()), 0);
        }
        const bool waits_for_more = is_good() && !root_;
        if (is_good()) (void)xmlParseChunk(parser_, nullptr, 0, 1);
        if (stopped_) return std::unexpected(*stopped_);
        if (is_good() && root_ && is_known(declared_encoding())) return std::move(*root_);
        return std::unexpected(
            trouble_with(waits_for_more ? XmlFault::unfinished : XmlFault::malformed));
    }

  private:
    static xmlSAXHandler handlers() {
        xmlSAXHandler calls{};
        calls.initialized = XML_SAX2_MAGIC;
        calls.startElementNs = [](void* self, const xmlChar* name, const xmlChar* prefix,
                                  const xmlChar* uri, int, const xmlChar**, int, int,
                                  const xmlChar**) {
            static_cast<Reading*>(self)->enter(view_of(name), prefix != nullptr || uri != nullptr);
        };
        calls.endElementNs = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
            static_cast<Reading*>(self)->leave();
        };
        calls.characters = [](void* self, const xmlChar* text, int size) {
            static_cast<Reading*>(self)->take(
                {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
        };
        calls.cdataBlock = calls.characters;
        calls.internalSubset = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
            static_cast<Reading*>(self)->stop(XmlFault::document_type);
        };
        calls.processingInstruction = [](void* self, const xmlChar*, const xmlChar*) {
            static_cast<Reading*>(self)->stop(XmlFault::instruction);
        };
        calls.serror = [](void*, xmlErrorPtr) {};  // else libxml2 writes to the standard error
        return calls;
    }

    bool is_good() const {
        return !stopped_ && parser_->wellFormed != 0 && parser_->nsWellFormed != 0;
    }

    std::string_view declared_encoding() const { return view_of(parser_->encoding); }

    static bool is_known(std::string_view encoding) {
        return encoding.empty() || std::ranges::any_of(kEncodings, [&](std::string_view known) {
                   return std::ranges::equal(encoding, known, [](char a, char b) {
                       return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b;
                   });
               });
    }

    XmlTrouble trouble_with(XmlFault fault) const {
        const xmlParserInput* input = parser_->input;
        return {.fault = fault,
                .line = input == nullptr ? 0 : static_cast<std::uint64_t>(input->line),
                .column = input == nullptr ? 0 : static_cast<std::uint64_t>(input->col)};
    }

    void stop(XmlFault fault) {
        if (!stopped_) stopped_ = trouble_with(fault);
        xmlStopParser(parser_);
    }

    template <class Step>
    void guarded(Step step) noexcept {
        if (stopped_) return;
        try {
            step();
        } catch (const std::bad_alloc&) {
            stop(XmlFault::too_large);
        }
    }

    void enter(std::string_view name, bool in_namespace) noexcept {
        guarded([&] {
            if (in_namespace) return stop(XmlFault::malformed);
            if (++elements_ > limits_.elements_max) return stop(XmlFault::too_large);
            if (open_.size() >= limits_.depth_max) return stop(XmlFault::too_deep);
            open_.push_back({.name = std::string{name}});
        });
    }
    void leave() noexcept {
        guarded([&] {
            XmlElement done = std::move(open_.back());
            open_.pop_back();
            // libxml2 lets overlong forms pass in CDATA.
            if (!is_utf8(done.text) || !is_utf8(done.name)) return stop(XmlFault::malformed);
            if (open_.empty()) {
                root_ = std::move(done);
            } else {
                open_.back().children.push_back(std::move(done));
            }
        });
    }
    void take(std::string_view text) noexcept {
        guarded([&] {
            if (!open_.empty()) open_.back().text.append(text);
        });
    }

    const XmlLimits& limits_;
    xmlParserCtxt* parser_ = nullptr;
    std::uint32_t elements_ = 0;
    std::vector<XmlElement> open_;  // from the root inwards
    std::optional<XmlElement> root_;
    std::optional<XmlTrouble> stopped_;
};

bool fits_xml(std::string_view text) {
    const bool control = std::ranges::any_of(text, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
    });
    // U+FFFE and U+FFFF
    const bool no_character = text.find("\xef\xbf\xbe") != std::string_view::npos ||
                              text.find("\xef\xbf\xbf") != std::string_view::npos;
    return !control && !no_character && is_utf8(text);
}

bool write(xmlTextWriter* writer, const XmlElement& element) {
    if (!fits_xml(element.text)) return false;
    if (xmlTextWriterStartElement(writer, xml_of(element.name)) < 0) return false;
    if (!element.text.empty() && xmlTextWriterWriteString(writer, xml_of(element.text)) < 0) {
        return false;
    }
    const auto written = [&](const XmlElement& child) { return write(writer, child); };
    return std::ranges::all_of(element.children, written) && xmlTextWriterEndElement(writer) >= 0;
}

std::string_view words_of(XmlFault fault) {
    switch (fault) {
        case XmlFault::unfinished:
            return "it ends too early";
        case XmlFault::malformed:
            return "this is not well-formed XML";
        case XmlFault::document_type:
            return "a document type is not taken";
        case XmlFault::instruction:
            return "a processing instruction is not taken";
        case XmlFault::too_deep:
            return "elements stand too deep";
        case XmlFault::too_large:
            return "it is too large";
    }
    return "it cannot be read";
}

}  // namespace

const XmlElement* XmlElement::find(std::string_view child) const {
    const auto found = std::ranges::find(children, child, &XmlElement::name);
    return found == children.end() ? nullptr : &*found;
}

std::string_view XmlElement::text_of(std::string_view child) const {
    const XmlElement* found = find(child);
    return found == nullptr || !found->children.empty() ? std::string_view{} : trimmed(found->text);
}

XmlElement& XmlElement::add(XmlElement child) {
    children.push_back(std::move(child));
    return children.back();
}

XmlElement& XmlElement::add(std::string child, std::string content) {
    children.push_back({.name = std::move(child), .text = std::move(content)});
    return *this;
}

std::string to_string(const XmlTrouble& trouble) {
    return "line " + std::to_string(trouble.line) + ", column " + std::to_string(trouble.column) +
           ": " + std::string{words_of(trouble.fault)};
}

std::expected<XmlElement, XmlTrouble> parse_xml(std::string_view bytes, const XmlLimits& limits) {
    static const bool ready = (xmlInitParser(), true);  // once, before threads meet in it
    (void)ready;
    return Reading{limits}.of(bytes);
}

std::string to_xml(const XmlElement& root) {
    const std::unique_ptr<xmlBuffer, FreeBuffer> buffer{xmlBufferCreate()};
    if (!buffer) return {};
    const std::unique_ptr<xmlTextWriter, FreeWriter> writer{
        xmlNewTextWriterMemory(buffer.get(), 0)};
    if (!writer) return {};
    (void)xmlTextWriterSetIndent(writer.get(), 1);
    (void)xmlTextWriterSetIndentString(writer.get(), reinterpret_cast<const xmlChar*>("  "));
    const bool whole = xmlTextWriterStartDocument(writer.get(), "1.0", "UTF-8", nullptr) >= 0 &&
                       write(writer.get(), root) && xmlTextWriterEndDocument(writer.get()) >= 0;
    return whole ? std::string{view_of(xmlBufferContent(buffer.get()))} : std::string{};
}

}  // namespace sekisho::documents
