// How a peer's traffic comes into a zone that is protected by more than TLS.
//
// The listener asks it for each peer, by addresses alone, and compares the IKE identity it names
// with the party's. The two forms of the online eligibility network, IPsec and a closed network
// (IP-VPN), are behind the same question. What cannot be told is refused by whoever asks.
// Thread-safe; asking never blocks.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string>

#include "gateway/tunnel/association.h"
#include "routing/model/protection.h"

namespace sekisho::tunnel {

struct Carried {
    model::Protection by = model::Protection::none;
    std::string identity{};  // authenticated by IKE; empty where no IKE is
};

enum class NoWay : std::uint8_t {
    outside,  // it came by another way
    unknown,  // the daemon does not answer, several could carry it, the packet filter is not there
};

class WayIn {
  public:
    virtual ~WayIn() = default;

    virtual std::expected<Carried, NoWay> carried(const Address& peer,
                                                  const Address& self) const = 0;
    virtual std::uint64_t generation() const = 0;  // another one whenever an answer may be another

    // Looks anew, then calls `then` once, from another thread: for a peer whose tunnel is younger
    // than what is known. False: there is nothing to look at again.
    [[nodiscard]] virtual bool look_again(std::function<void()> then) = 0;
};

// Of a zone that listens on this machine's loopback alone: the machine protects it.
class Loopback final : public WayIn {
  public:
    std::expected<Carried, NoWay> carried(const Address&, const Address&) const override {
        return Carried{.by = model::Protection::loopback};
    }
    std::uint64_t generation() const override { return 0; }
    bool look_again(std::function<void()>) override { return false; }
};

}  // namespace sekisho::tunnel
