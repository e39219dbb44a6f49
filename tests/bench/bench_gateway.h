// The real gateway, as the demo has it, made ready to be measured: opinions go to a mailbox or to
// the platform's simulator, and the shares of a party are wide enough not to be what is measured.
#pragma once

#include <cstdint>
#include <string>

#include "tests/bench/load.h"
#include "tests/bench/peers.h"
#include "tests/support/demo/demo_gateway.h"

namespace sekisho::bench {

class BenchGateway {
  public:
    enum class Recipient { mailbox, platform, loopback };
    enum class Directory { demo, nation };

    enum class Shares { wide, ordinary };  // ordinary: those of an installation that sets none

    static constexpr int kDocumentMegabytes = 256;  // that documents held whole may take together

    explicit BenchGateway(Recipient recipient, Directory directory = Directory::demo,
                          Shares shares = Shares::wide);

    std::uint16_t port() const { return demo_.internet_port(); }
    pid_t pid() const { return demo_.gateway_pid(); }
    void start() { demo_.start(); }
    void stop() { demo_.stop_gateway(); }
    std::uint16_t public_port() const { return demo_.public_port(); }
    Credentials insurer() const { return credentials_of("insurer-139980"); }  // in the public zone
    Credentials clinic() const { return credentials_of("medical-1319900021"); }
    Credentials care_manager() const { return credentials_of("care-manager-1379900010"); }
    Credentials itself() const;  // as which it calls its peers
    Credentials hospital() const { return credentials_of("medical-1319900013"); }
    ServerFiles server_files() const;
    std::string database() const { return demo_.file("state/sekisho.db"); }
    tests::DemoGateway& demo() { return demo_; }

    // An opinion of about `bytes`, each number another document of another id.
    enum class Author { clinic, hospital };
    std::function<std::string(std::uint64_t)> opinions(std::size_t bytes,
                                                       Author author = Author::clinic) const;
    // An insurer's load of cards, of about `bytes`: the same document under other ids.
    std::function<std::string(std::uint64_t)> card_load(std::size_t bytes) const;
    // The care manager's, of one person's progress, who consents.
    std::function<std::string(std::uint64_t)> progress_questions() const;
    // The smallest thing that is asked of it: its public keys.
    std::function<std::string(std::uint64_t)> small_questions() const;

  private:
    Credentials credentials_of(const std::string& party) const;

    tests::DemoGateway demo_;
};

}  // namespace sekisho::bench
