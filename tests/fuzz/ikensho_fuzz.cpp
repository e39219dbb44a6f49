// The opinion: facts are typed and checked, refusals name places and fields, the first errors and
// not more.
#include "adapters/documents/ikensho.h"
#include "adapters/documents/ms932.h"
#include "routing/model/limits.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using fuzz::require;

void check_facts(std::string_view text, const documents::DocumentFacts& facts) {
    require(documents::find_ms932_faults(text).empty(), "every character is known");
    require(text.find('\0') == std::string_view::npos, "no NUL byte is read");
    require(facts.persons.size() == 1, "an opinion is about one person");
    const auto& person = facts.persons[0].person;
    require(model::parse_insurer_number(person.insurer.text()).has_value(),
            "insurer has its shape");
    require(check_digit_holds(person.insurer), "the insurer's check digit holds");
    require(model::parse_insured_number(person.insured.text()).has_value(),
            "insured has its shape");
    require(facts.author_number && model::parse_office_number(*facts.author_number),
            "the author is an office");
    require(fuzz::is_within(text, facts.author_line, 1), "the author's line lies in the text");
    if (facts.business_key) {
        require(facts.business_key->text().starts_with(person.insurer.text() + ":"),
                "the key begins with the insurer");
    }
}

void check_errors(std::string_view text, const model::Refusal& refusal) {
    require(refusal.problem == model::Problem::document_invalid, "the document is refused as such");
    require(!refusal.errors.empty(), "a refusal says where");
    require(refusal.errors.size() <= model::limits::kLocatedErrorsMax, "the first errors only");
    const model::LocatedError* last = nullptr;
    for (const auto& error : refusal.errors) {
        require(fuzz::is_within(text, error.line, error.column), "an error lies within the text");
        require(!error.field.empty(), "an error names its field");
        require(last == nullptr || last->line <= error.line, "errors come in order");
        last = &error;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto format = documents::ikensho_format();
    const auto text = fuzz::text_of(data, size);
    const auto facts = format->read(text, {});
    if (facts) {
        check_facts(text, *facts);
    } else {
        check_errors(text, facts.error());
    }
    return 0;
}
