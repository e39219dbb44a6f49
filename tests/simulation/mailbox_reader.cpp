#include "tests/simulation/mailbox_reader.h"

#include <algorithm>

#include "routing/model/limits.h"

namespace sekisho::tests::simulation {

void MailboxReader::step(exchange::Exchange& gateway) {
    if (options_.mutations.readers_never_collect) return;
    const auto now = clock_.monotonic();
    const auto ready =
        std::ranges::find_if(holding_, [now](const Held& held) { return held.not_before <= now; });
    if (ready == holding_.end()) return collect(gateway);
    Held held = std::move(*ready);
    holding_.erase(ready);
    act(gateway, std::move(held));
}

void MailboxReader::collect(exchange::Exchange& gateway) {
    if (collecting_) return;
    collecting_ = true;
    const std::size_t events_max = 1 + chance_.below(8);
    const std::chrono::milliseconds wait{chance_.below(2) == 0 ? 0 : chance_.below(20'000)};
    gateway.collect({.party = who_}, events_max, wait, [this](exchange::Collected collected) {
        collecting_ = false;
        take(std::move(collected));
    });
}

void MailboxReader::take(exchange::Collected collected) {
    if (!collected) return witness_.note("  collected nothing: the gateway cannot now");
    for (const auto& event : *collected) {
        Held held{.message = model::key_of(event.envelope),
                  .content = model::to_hex(platform::sha256(event.body)),
                  .handle = event.handle,
                  .lease_until = event.lease_until};
        witness_.see(Handed{.message = held.message, .recipient = who_, .content = held.content});
        holding_.push_back(std::move(held));
    }
}

void MailboxReader::act(exchange::Exchange& gateway, Held held) {
    const ReaderFaults& faults = options_.faults.readers;
    const auto done = [](const model::Result<void>&) {};  // what was lost comes again
    if (!held.is_late && chance_.of(faults.is_late)) {
        held.is_late = true;
        held.not_before = clock_.monotonic() + model::limits::kInboxLease +
                          std::chrono::milliseconds{chance_.below(20'000)};
        holding_.push_back(std::move(held));
        return;
    }
    if (manner_ == Manner::heeds_leases && held.lease_until <= clock_.now()) return;
    if (chance_.of(faults.returns)) {
        return gateway.reject(who_, held.handle, {.reason = "later", .final = false}, done);
    }
    if (chance_.of(faults.refuses)) {
        return gateway.reject(who_, held.handle, {.reason = "no", .final = true}, done);
    }
    recipients_.apply(held.message, who_, held.content);
    if (chance_.of(faults.forgets)) return;
    gateway.acknowledge(who_, held.handle, done);
}

}  // namespace sekisho::tests::simulation
