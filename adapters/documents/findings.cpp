#include "adapters/documents/findings.h"

#include <algorithm>
#include <tuple>

namespace sekisho::documents {

model::Refusal Findings::refusal() && {
    std::ranges::sort(errors_, {}, [](const model::LocatedError& error) {
        return std::tuple{error.line, error.column, error.code};
    });
    if (full()) errors_.resize(model::limits::kLocatedErrorsMax);
    return {.problem = model::Problem::document_invalid, .errors = std::move(errors_)};
}

}  // namespace sekisho::documents
