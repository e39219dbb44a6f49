// The query of a URL: only known names, each once; what is read is written again and reads as the
// same; numbers keep their bounds.
#include <string>

#include "adapters/documents/percent.h"
#include "gateway/listener/query_text.h"
#include "routing/model/limits.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using fuzz::require;

std::string written(const listener::QueryText& query) {
    std::string text;
    for (const auto& [name, value] : query) {
        text += (text.empty() ? "" : "&") + name + "=";
        for (const char c : documents::percent_encode(value)) {
            text += c == '&' ? std::string{"%26"} : std::string{c};
        }
    }
    return text;
}

void check_refusal(const model::Refusal& refusal) {
    require(refusal.errors.size() == 1, "a refusal names one parameter");
    require(refusal.errors[0].field.size() <= model::limits::kMessageIdBytesMax,
            "and not all of it");
    require(!refusal.detail.ja.empty() && !refusal.detail.en.empty(), "in both languages");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto query = listener::read_query(fuzz::text_of(data, size), {"max", "wait"});
    if (!query) {
        check_refusal(query.error());
        return 0;
    }
    for (const auto& [name, value] : *query)
        require(name == "max" || name == "wait", "known names");
    require(listener::read_query(written(*query), {"max", "wait"}) == *query,
            "what was read reads as the same");
    const auto max = listener::number_in(*query, "max", 20, 1, 200);
    if (!max) {
        check_refusal(max.error());
        return 0;
    }
    require(*max >= 1 && *max <= 200, "a number keeps its bounds");
    require(query->contains("max") || *max == 20, "what is absent is the fallback");
    return 0;
}
