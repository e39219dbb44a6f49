// The three hosts that the script `hosts` lays out, as an object: the gateway's, which is this
// process's own machine, an EHR's, and a late one's, whose IKE certificate has expired.
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
    bool comes_to_carry(const std::string& whose) const;  // from the EHR's inside address

    // swanctl, at that host's daemon.
    Finished tell(const std::string& host, const std::vector<std::string>& words) const;
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
