// The four hosts that the script `hosts` lays out, as an object: the gateway's, which is this
// process's own machine, an EHR's, a late one's, whose IKE certificate has expired, and one that is
// gone: its certificate is revoked in the authority's second list.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/tunnel/vici_client.h"
#include "tests/support/demo/demo_gateway.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::tests {

inline const std::string kEhr = "C=JP, O=Sekisho, CN=ehr";
inline const std::string kLate = "C=JP, O=Sekisho, CN=late";
inline const std::string kGone = "C=JP, O=Sekisho, CN=gone";

class HostsOnAWire {
  public:
    // `own_connections`: the gateway's swanctl.conf; empty: a plain one for the EHR.
    explicit HostsOnAWire(const std::string& own_connections = "");
    ~HostsOnAWire();
    HostsOnAWire(const HostsOnAWire&) = delete;
    HostsOnAWire& operator=(const HostsOnAWire&) = delete;

    tunnel::ViciClient gateway() const;

    // Whose association carries what comes from that inside address; what there is in its place.
    std::string carrier_of(std::string_view peer) const;
    // The daemon's own name of that association.
    std::string id_of_carrier(std::string_view peer) const;
    bool comes_to_carry(const std::string& whose,
                        std::string_view peer = "10.9.0.2") const;  // the EHR's inside address

    // swanctl, at that host's daemon.
    Finished tell(const std::string& host, const std::vector<std::string>& words) const;
    // The first try of a tunnel to the gateway, from that host.
    Finished try_from(const std::string& host) const;
    // The authority's second list into the gateway's folder, told as docker/strongswan has it.
    void revoke_gone() const;
    void signal_daemon(const std::string& host, int number) const;
    // A program as that host ("ehr", "late"): in its network.
    static Finished on(const std::string& host, const std::vector<std::string>& command);

    std::string file(const std::string& name) const { return folder_ / name; }
    bool esp_in_user_space() const;

    static tunnel::ViciClient::Deadline soon();

  private:
    std::string told_of_carrier(std::string_view peer,
                                std::string tunnel::Association::* member) const;

    TemporaryFolder folder_;
    Child script_;
};

}  // namespace sekisho::tests
