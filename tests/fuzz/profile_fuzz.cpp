// The JSON profiles: the first byte chooses one, the rest is its document.
#include <algorithm>
#include <array>

#include "adapters/documents/profile.h"
#include "routing/model/limits.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using fuzz::require;

constexpr std::array kNames{"card-json:1",           "limit-card-json:1", "survey-json:1",
                            "progress-json:1",       "consent-json:1",    "registration-json:1",
                            "opinion-request-json:1"};

const documents::Formats& formats() {
    static const auto loaded = documents::load_formats(SEKISHO_SOURCE_DIR "/config/schema");
    require(loaded.has_value(), "the schemas load");
    return *loaded;
}

// Of a load: who stands in its records, each at the first place.
std::vector<std::string> insured_in(std::string_view text) {
    const auto document = documents::parse_json(text);
    require(document.has_value(), "what is accepted is JSON");
    const documents::Json* const records = document->find("records");
    if (records == nullptr) return {std::string{document->string_at("insured").value_or("")}};
    std::vector<std::string> insured;
    for (const documents::Json& record : records->items()) {
        std::string number{record.string_at("insured").value_or("")};
        if (std::ranges::find(insured, number) == insured.end())
            insured.push_back(std::move(number));
    }
    return insured;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto* const format = formats().find(model::FormatName{kNames[data[0] % kNames.size()]});
    require(format != nullptr, "every profile is there");
    const auto text = fuzz::text_of(data + 1, size - 1);
    const auto facts = format->read(text, {});
    if (facts) {
        require(!facts->persons.empty(), "a profile names persons");
        const auto insured = insured_in(text);
        require(std::ranges::equal(insured, facts->persons, {}, {},
                                   [](const auto& row) { return row.person.insured.text(); }),
                "the persons are those of the text, in its order");
        for (const auto& row : facts->persons) {
            require(check_digit_holds(row.person.insurer), "an insurer's check digit holds");
            require(model::parse_insured_number(row.person.insured.text()).has_value(),
                    "an insured number has its shape");
            require(fuzz::is_within(text, row.line, 1), "a person's line lies within the text");
        }
        require(!facts->request || facts->recipient_number,
                "what is asked for is asked of somebody");
        return 0;
    }
    require(facts.error().problem == model::Problem::document_invalid, "refused as a document");
    require(!facts.error().errors.empty(), "a refusal says where");
    require(facts.error().errors.size() <= model::limits::kLocatedErrorsMax, "the first errors");
    for (const auto& error : facts.error().errors) {
        require(fuzz::is_within(text, error.line, error.column), "an error lies within the text");
    }
    return 0;
}
