// A checker knows one promise of the gateway. It is fed with observations, in order, and complains
// when they cannot be of a gateway that keeps the promise. It knows nothing of the run, the faults
// or the other checkers; so a history made up by a test is as good as a real one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/simulation/observation.h"

namespace sekisho::tests::simulation {

class Checker {
  public:
    virtual ~Checker() = default;
    virtual std::string name() const = 0;
    void see(const Observation& observation);
    const std::vector<std::string>& complaints() const { return complaints_; }

  protected:
    virtual void see_asked(const Asked&) {}
    virtual void see_answered(const Answered&) {}
    virtual void see_leaves(const LeavesAppended&) {}
    virtual void see_withdrawal(const ConsentWithdrawn&) {}
    virtual void see_handed(const Handed&) {}
    virtual void see_applied(const Applied&) {}
    virtual void see_store(const StoreRead&) {}
    void complain(std::string sentence) { complaints_.push_back(std::move(sentence)); }

  private:
    std::vector<std::string> complaints_;
};

std::vector<std::unique_ptr<Checker>> all_checkers();

}  // namespace sekisho::tests::simulation
