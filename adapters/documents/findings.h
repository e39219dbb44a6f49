// Findings: what is wrong in one document, gathered as located errors and turned into its refusal.
//
// The refusal names the first kLocatedErrorsMax by line and column, whatever order they were found
// in. A value of one reading; one thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "routing/model/limits.h"
#include "routing/model/problem.h"

namespace sekisho::documents {

class Findings {
  public:
    explicit Findings(std::string file) : file_(std::move(file)) {}

    void add(std::uint64_t line, std::uint64_t column, std::string field, model::Problem code) {
        errors_.push_back(located(line, column, std::move(field), code));
    }
    model::LocatedError located(std::uint64_t line, std::uint64_t column, std::string field,
                                model::Problem code) const {
        return {
            .file = file_, .line = line, .column = column, .field = std::move(field), .code = code};
    }

    bool empty() const { return errors_.empty(); }
    bool full() const { return errors_.size() >= model::limits::kLocatedErrorsMax; }
    model::Refusal refusal() &&;  // document_invalid

  private:
    std::string file_;
    std::vector<model::LocatedError> errors_;
};

}  // namespace sekisho::documents
