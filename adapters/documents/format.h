// A format: from a document's bytes to typed facts, or to its first errors by line, column and
// field.
//
// What the gateway must know of a document is little: the persons in it, its own author, its
// business key. Everything else is the recipient's to understand. Decoding serves checking only;
// the original bytes travel on. Formats are stateless and may be used by many threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "routing/model/identifiers.h"
#include "routing/model/note.h"
#include "routing/model/problem.h"

namespace sekisho::documents {

// Where a person stands in a document: needed to name the rows a refusal is about.
struct PersonRow {
    model::Person person;
    std::uint64_t line = 0;
    std::size_t file = 0;  // index in DocumentFacts::files where there are any
};

// What a record of an insurer's feed says of the end of its (insurer, insured) pair (資格喪失).
struct PersonEnd {
    model::Person person;
    std::uint64_t history = 0;           // 履歴番号: a greater one replaces the smaller ones
    model::Instant said{};               // when the document was made
    std::optional<model::Instant> at{};  // nothing: the pair goes on
    bool deleted = false;                // the record itself was sent in error
};

// What an insurer's request says of the opinion it asks for (主治医意見書作成依頼).
struct OpinionRequest {
    enum class Kind : std::uint8_t { request, reminder, withdrawal };
    Kind kind = Kind::request;
    model::BusinessKey opinion;  // that it will have
    model::Instant applied{};    // 申請日: the beginning of that day in Japan
};

struct DocumentFacts {
    model::DocumentKind kind{};  // one of kinds_of the format; empty where it tells none apart
    std::vector<PersonRow> persons{};  // each person once, at its first row
    std::optional<std::string>
        author_number{};  // the office or insurer number in the document itself
    std::uint64_t author_line = 0;
    std::string author_field{};                        // "007 事業所番号"
    std::optional<model::BusinessKey> business_key{};  // derived by the type's own rule
    std::vector<model::LocatedError> warnings{};       // an office number's check digit, say
    std::vector<std::string> files{};                  // names of a document of several files
    // Of a document that says itself whom it is for and what it follows: units of one author and
    // recipient are applied in the order of `order_series`, texts of one length.
    std::optional<std::string> recipient_number{};  // of an office
    std::optional<std::string> order_series{};      // "20261121090000": its time in Japan
    // Of a document that changes what the gateway decides by; its id is empty where it names none.
    std::optional<model::Note> note{};
    std::optional<OpinionRequest> request{};
    std::vector<PersonEnd> ends{};  // by their histories
};

// What checking needs to know from outside: insurer numbers without a check digit (広域連合).
struct FormatContext {
    const std::unordered_map<model::InsurerNumber, std::string>* unions = nullptr;
    std::string file{};        // name used in located errors
    std::string media_type{};  // as sent; empty where it is not known
};

class Format {
  public:
    virtual ~Format() = default;
    virtual const model::FormatName& name() const = 0;  // "ikensho-csv:1.1"
    virtual bool accepts_media_type(std::string_view media_type) const = 0;
    // What reading this document may keep in memory at once, at the most, the document included.
    virtual std::uint64_t memory_for(std::string_view bytes) const = 0;
    // Refusal document_invalid with the first errors (limits::kLocatedErrorsMax at most).
    virtual model::Result<DocumentFacts> read(std::string_view bytes,
                                              const FormatContext& context) const = 0;
};

// The formats of this build, by name. Built in wiring, listing each by hand; nothing registers
// itself.
class Formats {
  public:
    void add(std::unique_ptr<const Format> format);
    const Format* find(const model::FormatName& name) const;

  private:
    std::vector<std::unique_ptr<const Format>> formats_;
};

// The kinds of document that a format tells apart. The catalogue says of each type that takes such
// a format which of them it holds, so that no rule of a type is passed by under another's name.
// Empty: all documents of the format are of one kind.
std::vector<model::DocumentKind> kinds_of(const model::FormatName& format);

// Every format this room knows. `schema_directory` holds the JSON Schemas of the JSON profiles
// (config/schema).
model::Result<Formats> load_formats(const std::string& schema_directory);

}  // namespace sekisho::documents
