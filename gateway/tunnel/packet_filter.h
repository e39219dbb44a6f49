// The packet filter that belongs to a protected zone: nftables rules, and whether they stand.
//
// Why: a listener bound to a tunnel's inside address answers in clear as soon as the tunnel is down
// and a plain route leads there; what alone keeps such packets out, and answers in, is the kernel.
// The rules are written by `sekisho ipsec config`, loaded by whoever runs the machine, and compared
// with what the kernel has by the gateway: at its start, and from then on. They must stand in the
// table `inet sekisho` line by line as written; more in there is not taken for them either, for a
// rule before ours could let in what ours keeps out. Source of the notation: nft(8),
// nftables 1.0.6, in which the text below is what `nft --stateless list table` prints.
//
// Reading the table needs CAP_NET_ADMIN in the network namespace. filter_of() and difference() are
// pure.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/locks/mutex.h"
#include "gateway/tunnel/association.h"
#include "routing/model/protection.h"

struct nft_ctx;

namespace sekisho::tunnel {

// One zone's address and what may reach it.
struct Guarded {
    std::string zone;  // a letter, then letters, digits, '-' and '_': part of the chains' names
    model::Protection by = model::Protection::none;
    std::string address;  // the tunnel's inside address, or the one on the closed network
    std::uint16_t port = 0;
    // The network device it must come and go by: of user-space ESP ("ipsec0"), or the closed
    // network's. Empty: the kernel's own ESP, told by the packet's security path.
    std::string interface{};
    std::vector<std::string> prefixes{};  // of the closed network: "10.20.0.0/16"
};

inline constexpr std::string_view kFilterTable = "inet sekisho";

// The whole file for `nft -f`, which replaces the table. nullopt: an address or a prefix is none,
// or is an IPv4 one written as IPv6, which the kernel would never see so.
std::optional<std::string> filter_of(const std::vector<Guarded>& zones);

// Where the table that the kernel lists differs from the one in that file: a sentence.
std::optional<std::string> difference(std::string_view file, std::string_view listed);

// The kernel's packet filter. One for a process, made before it gets busy: libnftables 1.0.6 ends
// the whole process where it finds no descriptor for its socket, so that is opened once. Threads:
// any number, one after the other.
class KernelFilter {
  public:
    KernelFilter();
    ~KernelFilter();
    KernelFilter(const KernelFilter&) = delete;
    KernelFilter& operator=(const KernelFilter&) = delete;

    // Our table as text, without counters; empty where there is none; or why it cannot be had.
    std::expected<std::string, std::string> listed();

  private:
    std::expected<std::string, std::string> run(const char* command) SEKISHO_REQUIRES(mutex_);

    locks::Mutex mutex_;
    nft_ctx* const nft_ SEKISHO_GUARDED_BY(mutex_);
};

}  // namespace sekisho::tunnel
