#include "tests/simulation/checker.h"

#include "tests/simulation/checkers.h"

namespace sekisho::tests::simulation {

void Checker::see(const Observation& observation) {
    struct Turn {
        Checker& to;
        void operator()(const Asked& seen) const { to.see_asked(seen); }
        void operator()(const Answered& seen) const { to.see_answered(seen); }
        void operator()(const LeavesAppended& seen) const { to.see_leaves(seen); }
        void operator()(const ConsentWithdrawn& seen) const { to.see_withdrawal(seen); }
        void operator()(const Handed& seen) const { to.see_handed(seen); }
        void operator()(const Applied& seen) const { to.see_applied(seen); }
        void operator()(const StoreRead& seen) const { to.see_store(seen); }
    };
    std::visit(Turn{*this}, observation);
}

std::vector<std::unique_ptr<Checker>> all_checkers() {
    std::vector<std::unique_ptr<Checker>> checkers;
    checkers.push_back(std::make_unique<NothingForgotten>());
    checkers.push_back(std::make_unique<NothingDenied>());
    checkers.push_back(std::make_unique<EverythingAudited>());
    checkers.push_back(std::make_unique<OnceInEffect>());
    checkers.push_back(std::make_unique<OrderKept>());
    checkers.push_back(std::make_unique<ChainIntact>());
    checkers.push_back(std::make_unique<QueuesDrain>());
    return checkers;
}

}  // namespace sekisho::tests::simulation
