// A store between the gateway and the real one: its queue is the run's own, so that a crash can
// lose it, and its commits fail as the options say.
//
// A group that fails ran its works before it was undone, as in a real store: what they left in the
// caller's hands is there. Groups are of any size, as the writer would have found them. What a
// commit added to the log is seen before the completions are called. One thread.
#pragma once

#include <deque>
#include <span>
#include <stdexcept>

#include "gateway/store/group_writer.h"
#include "tests/simulation/medium.h"
#include "tests/simulation/options.h"
#include "tests/simulation/witness.h"
#include "tests/support/chance.h"

namespace sekisho::tests::simulation {

class SimulatedStore final : public store::Store {
  public:
    // How a commit goes, where a crash may stand in it.
    enum class Course : std::uint8_t { whole, crash_before, crash_after };

    SimulatedStore(StoreMedium& medium, Chance& chance, const Options& options, Witness& witness)
        : medium_(medium), chance_(chance), options_(options), witness_(witness) {}

    bool submit(store::Work work, store::Completion completion) override;
    store::Result<std::unique_ptr<store::View>> view() override;
    store::StoreHealth health() const override;
    std::size_t commit_group() override { return commit(Course::whole); }
    void run_writer(const std::stop_token&) override {}  // the run takes the steps

    std::size_t commit(Course course);
    void forget();  // the process is gone, and its queue
    void see_new_leaves();
    std::unique_ptr<store::View> look();  // past all faults: for the run's own eyes
    bool has_stopped() const { return !medium_.store().health().accepting; }

  private:
    std::vector<store::Result<void>> carry_out(std::span<store::WriterItem> group);
    std::vector<store::Result<void>> carry_out_in_vain(std::span<store::WriterItem> group);

    StoreMedium& medium_;
    Chance& chance_;
    const Options& options_;
    Witness& witness_;
    std::deque<store::WriterItem> waiting_;
    std::uint64_t leaves_seen_ = 0;
};

// A value that must be there for the run to mean anything.
template <class T>
T must(store::Result<T> value) {
    if (!value) throw std::runtime_error(std::string{model::entry_of(value.error().problem).name});
    return std::move(*value);
}

inline void must_be_done(const store::Result<void>& done) {
    if (!done) throw std::runtime_error(std::string{model::entry_of(done.error().problem).name});
}

}  // namespace sekisho::tests::simulation
