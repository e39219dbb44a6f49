// What the gateway is measured beside: real programs from Debian, in a folder of the bench's own,
// on loopback, stopped by their own process ids.
//
// Each constructor returns when its peer answers, and throws std::runtime_error with the peer's
// own words where it does not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tests/bench/tls_line.h"
#include "tests/support/demo/demo_gateway.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::bench {

struct ServerFiles {
    std::string certificate_file;
    std::string key_file;
    std::string client_trust_file;
    std::string revocation_list_file;
};

// nginx that reads a body of any size and keeps nothing of it: TLS 1.3, client certificate asked
// for and verified, revocation list included, as many workers as cores.
class NginxPeer {
  public:
    // Where it passes requests on, over kept TLS lines; nowhere otherwise.
    struct Backend {
        std::uint16_t port = 0;
        Credentials credentials;
    };

    explicit NginxPeer(const ServerFiles& files, const std::optional<Backend>& backend = {});
    ~NginxPeer();
    std::uint16_t port() const { return port_; }
    std::uint64_t resident_bytes() const;  // of all its processes

  private:
    tests::TemporaryFolder folder_;
    std::uint16_t port_;
    tests::Child master_;
};

// RabbitMQ: one quorum queue, publisher confirms, mutual TLS.
class RabbitPeer {
  public:
    explicit RabbitPeer(const ServerFiles& files);
    ~RabbitPeer();
    // Messages of `bytes` confirmed per second, by 4 publishers with 16 unconfirmed each.
    double confirmed_rate(const Credentials& credentials, std::size_t bytes, int seconds) const;
    std::string version() const;

  private:
    tests::TemporaryFolder folder_;
    std::uint16_t port_;
    std::uint16_t epmd_port_;
    std::uint16_t distribution_port_;
    tests::Child epmd_;
    tests::Child broker_;
};

// PostgreSQL with its defaults (fsync on): one INSERT a message, 16 clients of pgbench, no TLS.
class PostgresPeer {
  public:
    PostgresPeer();
    ~PostgresPeer();
    double insert_rate(std::size_t bytes, int seconds) const;
    std::string version() const;

  private:
    std::vector<std::string> as_owner(const std::vector<std::string>& command) const;

    tests::TemporaryFolder folder_;
    std::string programs_;  // the folder of its programs
    std::uint16_t port_;
    tests::Child server_;
};

}  // namespace sekisho::bench
