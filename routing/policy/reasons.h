// Reasons: the collecting of everything that speaks against, and of what could not be known.
// Private to policy.
//
// A definite reason wins over an open question: deny where there is any, indeterminate where only
// facts are missing, permit where there is neither. No text is built while nothing speaks against.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "routing/model/decision.h"
#include "routing/model/identifiers.h"

namespace sekisho::policy {

class Reasons {
  public:
    // Each reason once, in the order of the rules.
    void add(model::Problem problem, std::string about) {
        if (!said_.emplace(problem, about).second) return;
        against_.push_back({.problem = problem, .about = std::move(about)});
    }

    void leave_open() { open_ = true; }  // a fact the rule needs is not known

    // The reasons of a cell; none of its checks leaves a question open.
    void absorb(Reasons other) {
        for (model::Reason& reason : other.against_) add(reason.problem, std::move(reason.about));
    }

    std::size_t against() const { return against_.size(); }

    model::Decision decide(const model::TypeId& about) && {
        if (!against_.empty()) {
            return {.verdict = model::Verdict::deny, .reasons = std::move(against_)};
        }
        if (!open_) return {.verdict = model::Verdict::permit};
        return {.verdict = model::Verdict::indeterminate,
                .reasons = {{.problem = model::Problem::undecided, .about = about.text()}}};
    }

  private:
    std::vector<model::Reason> against_;
    std::set<std::pair<model::Problem, std::string>> said_;  // of a large document very many
    bool open_ = false;
};

}  // namespace sekisho::policy
