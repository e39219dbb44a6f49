#include "gateway/wiring/serve.h"

#include <iostream>
#include <malloc.h>
#include <signal.h>

#include "gateway/config/config.h"
#include "gateway/wiring/gateway.h"

namespace sekisho::wiring {

namespace {

// Blocked here, and so in every thread started after; taken up one by one in the loop below.
sigset_t block_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, number);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    return signals;
}

// glibc raises both thresholds with every large block that is freed, and then keeps what large
// documents gave back; fixed, it goes back to the machine.
void give_freed_memory_back() {
    constexpr int kThreshold = 1024 * 1024;
    ::mallopt(M_MMAP_THRESHOLD, kThreshold);
    ::mallopt(M_TRIM_THRESHOLD, kThreshold);
}

void run_until_told_to_stop(Gateway& gateway, const sigset_t& signals) {
    for (int number = 0; sigwait(&signals, &number) == 0;) {
        if (number != SIGHUP) return;
        gateway.reload();
    }
}

}  // namespace

int serve(const std::string& config_file) {
    const sigset_t signals = block_signals();
    give_freed_memory_back();
    auto config = config::load(config_file, platform::sha256);
    if (!config) {
        for (const auto& error : config.error().errors) std::cerr << config::to_text(error) << "\n";
        return 2;
    }
    auto gateway = Gateway::build(std::move(*config));
    if (!gateway) {
        const auto& entry = model::entry_of(gateway.error().problem);
        std::cerr << "sekisho: " << entry.title_en << ": " << gateway.error().detail.en << "\n"
                  << "sekisho: " << entry.title_ja << ": " << gateway.error().detail.ja << "\n";
        return 2;
    }
    if (auto started = (*gateway)->start(); !started) {
        std::cerr << "sekisho: " << started.error().detail.en << "\n";
        return 2;
    }
    run_until_told_to_stop(**gateway, signals);
    (*gateway)->stop();
    return 0;
}

}  // namespace sekisho::wiring
