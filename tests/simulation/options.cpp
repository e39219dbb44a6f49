#include "tests/simulation/options.h"

#include <array>

#include "tests/support/chance.h"

namespace sekisho::tests::simulation {

Faults Faults::none() {
    return {
        .peers = {.rejects = 0,
                  .unreachable = 0,
                  .answer_lost = 0,
                  .handed_twice = 0,
                  .answers_late = 0,
                  .never_answers = 0,
                  .outage = 0},
        .store = {.group_fails = 0, .queue_full = 0, .unreadable = 0, .sync_fails = 0},
        .gateway = {.crashes = 0,
                    .crashes_at_commit = 0,
                    .executor_full = 0,
                    .clock_jumps = 0,
                    .consent_is_withdrawn = 0,
                    .nights = 0},
        .readers = {.forgets = 0, .is_late = 0, .returns = 0, .refuses = 0},
        .senders = {.repeats = 0, .alters = 0, .renames = 0, .wrong = 0, .restamps = 0, .asks = 0}};
}

Faults Faults::tuned(std::uint64_t seed) const {
    constexpr std::array<double, 5> kStrength{0, 1, 1, 1, 3};
    Chance chance{seed ^ 0x5EC15405EC154050U};
    Faults tuned = *this;
    for (double* probability : {&tuned.peers.rejects,
                                &tuned.peers.unreachable,
                                &tuned.peers.answer_lost,
                                &tuned.peers.handed_twice,
                                &tuned.peers.answers_late,
                                &tuned.peers.never_answers,
                                &tuned.peers.outage,
                                &tuned.store.group_fails,
                                &tuned.store.queue_full,
                                &tuned.store.unreadable,
                                &tuned.store.sync_fails,
                                &tuned.gateway.crashes,
                                &tuned.gateway.crashes_at_commit,
                                &tuned.gateway.executor_full,
                                &tuned.gateway.clock_jumps,
                                &tuned.gateway.consent_is_withdrawn,
                                &tuned.gateway.nights,
                                &tuned.readers.forgets,
                                &tuned.readers.is_late,
                                &tuned.readers.returns,
                                &tuned.readers.refuses,
                                &tuned.senders.repeats,
                                &tuned.senders.alters,
                                &tuned.senders.renames,
                                &tuned.senders.wrong}) {
        *probability *= kStrength[chance.below(kStrength.size())];
    }
    return tuned;
}

}  // namespace sekisho::tests::simulation
