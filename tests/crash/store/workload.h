// What a gateway does to its store, drawn by chance: accepts with business keys and series, the
// same again, works that must be undone, leases, settlements, expiry, notes.
//
// An Operation may be carried out on more than one store, and does the same in each: so a
// MemoryStore that was asked only what was acknowledged says what must be there.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/store/store.h"
#include "tests/contract/store/store_world.h"
#include "tests/crash/store/picture.h"
#include "tests/support/chance.h"

namespace sekisho::store {

struct Operation {
    std::string name;  // for the trace
    std::function<Result<void>(Transaction&)> work;
};
using Group = std::vector<Operation>;

BusinessScope business_of(const std::string& message_id);
const std::vector<model::Via>& lanes();

class Workload {
  public:
    explicit Workload(tests::Chance& chance) : chance_(chance) {}

    Group next_group();
    const Questions& questions() const { return questions_; }  // everything ever tried
    // The last group was acknowledged: what it leased may be settled.
    void acknowledged();
    void restarted() { given_.clear(); }

  private:
    Operation next();
    Operation accept(const std::string& id);
    Operation undone();
    Operation lease();
    Operation settle();
    Operation expire();
    Operation note();

    tests::Chance& chance_;
    Questions questions_;
    model::Instant now_ = kNow;
    std::size_t handles_ = 0;
    std::size_t numbers_ = 0;                                          // of series
    std::vector<std::shared_ptr<std::vector<StoredDelivery>>> given_;  // by the last group
    std::vector<StoredDelivery> held_;                                 // leases one may settle
};

}  // namespace sekisho::store
