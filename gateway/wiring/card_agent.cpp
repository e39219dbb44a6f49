#include "gateway/wiring/card_agent.h"

#include <iostream>
#include <signal.h>

#include "gateway/agent/agent_service.h"
#include "gateway/agent/own_certificate.h"
#include "gateway/listener/listener.h"
#include "gateway/platform/disk.h"
#include "gateway/platform/executor.h"
#include "gateway/platform/pcsc_readers.h"
#include "gateway/platform/system.h"
#include "gateway/wiring/threads.h"

namespace sekisho::wiring {

namespace {

using model::Result;
using namespace std::chrono_literals;

constexpr std::size_t kWaitingMax = 16;
constexpr std::size_t kConnectionsMax = 64;
constexpr auto kLastAnswers = 2s;
// The page waits three seconds for a status.
constexpr platform::PcscDeadlines kLookDeadlines{.call = 2s, .session = 2s};

// Blocked here, and so in every thread started after.
sigset_t block_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP}) {
        sigaddset(&signals, number);
    }
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    return signals;
}

void wait_for_the_end(const sigset_t& signals) {
    int number = SIGTSTP;
    while (number == SIGTSTP && sigwait(&signals, &number) == 0) {
    }
}

int cannot_start(const model::Text& sentence) {
    std::cerr << "sekisho: " << sentence.ja << " / " << sentence.en << "\n";
    return 2;
}

// What the agent is made of, in the order in which it may depend on what stands above it.
class CardAgent {
  public:
    explicit CardAgent(const agent::AgentSettings& settings)
        : settings_(settings),
          service_({.readers = readers_,
                    .looking = looking_,
                    .terminal = terminal_,
                    .clock = clock_,
                    .random = random_,
                    .desk = desk_,
                    .signer = signer_},
                   settings) {}

    Result<void> start() {
        auto own = agent::own_certificate(disk_, clock_, random_, settings_.folder);
        if (!own) return std::unexpected(own.error());
        auto opened = open_listener(own->files);
        if (!opened) return std::unexpected(opened.error());
        listener_ = std::move(*opened);
        if (!terminal_.show(greeting(*own))) {
            return model::refuse(
                model::Problem::internal,
                {.ja = "端末がありません。数字とパスワードを尋ねるため、端末で実行してください",
                 .en = "there is no terminal; run it at one, where it shows a code and asks for "
                       "PINs"});
        }
        service_.show_code();
        threads_.start("desk", 1, [this](const std::stop_token& stop) { desk_.run(stop); });
        threads_.start("signer", 1, [this](const std::stop_token& stop) { signer_.run(stop); });
        threads_.start("listener", 1,
                       [this](const std::stop_token& stop) { listener_->run_worker(stop); });
        return {};
    }

    // Who waits for a PIN is told that there will be none.
    void stop() {
        listener_->drain();
        service_.stop();
        threads_.stop("signer");
        threads_.stop("desk");
        (void)listener_->wait_drained(kLastAnswers);
        threads_.stop("listener");
        (void)terminal_.show("\n終わりました / ended\n");
    }

  private:
    Result<std::unique_ptr<listener::Listener>> open_listener(
        const listener::ServerCredentials& credentials) {
        return listener::Listener::open(
            {.trust = trust_, .snapshots = snapshots_, .clock = clock_, .files = disk_},
            {{.zone = model::ZoneName{"card-agent"},
              .address = settings_.address.host(),
              .port = settings_.address.port(),
              .credentials = credentials,
              .service = &service_,
              .limits = {.connections_max = kConnectionsMax}}});
    }

    std::string greeting(const agent::OwnCertificate& own) const {
        std::string text = "カード読み取りソフト / card agent: " + settings_.address.origin() +
                           "\n証明書 / certificate: " + own.files.certificate_file +
                           "\n  SHA-256 " + own.fingerprint + "\n";
        if (own.made_now) {
            text +=
                "  新しい証明書です。ブラウザーに信頼させてください / it is new: make the "
                "browser trust it\n";
        }
        return text + "終わるときは Ctrl-C / Ctrl-C ends it\n";
    }

    const agent::AgentSettings& settings_;
    platform::Disk disk_;
    platform::SystemClock clock_;
    platform::SystemRandom random_;
    platform::SystemTerminal terminal_;
    platform::PcscReaders readers_;
    platform::PcscReaders looking_{kLookDeadlines};
    platform::QueueExecutor desk_{kWaitingMax};
    platform::QueueExecutor signer_{1};
    // Nobody is known by a certificate here.
    identity::TrustSource trust_{disk_, {}};
    exchange::SnapshotSource snapshots_{std::make_shared<const plan::Snapshot>()};
    agent::AgentService service_;
    std::unique_ptr<listener::Listener> listener_;
    Threads threads_;
};

}  // namespace

int card_agent(const agent::AgentSettings& settings) {
    const sigset_t signals = block_signals();
    CardAgent agent{settings};
    if (auto started = agent.start(); !started) return cannot_start(started.error().detail);
    wait_for_the_end(signals);
    agent.stop();
    return 0;
}

}  // namespace sekisho::wiring
