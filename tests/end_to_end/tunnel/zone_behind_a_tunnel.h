// The gateway of the demo, its eligibility zone behind a tunnel to the host `ehr`, which is the
// hospital's. The hosts `late`, whose IKE certificate has expired, and `gone`, whose certificate
// the authority's second list revokes, are laid down for another institution. Real gateway, real
// IKE daemons, the machine's own packet filter, in namespaces of the test's own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/end_to_end/tunnel/hosts_on_a_wire.h"

namespace sekisho::tests {

class ZoneBehindATunnel {
  public:
    ZoneBehindATunnel();
    ~ZoneBehindATunnel();
    ZoneBehindATunnel(const ZoneBehindATunnel&) = delete;
    ZoneBehindATunnel& operator=(const ZoneBehindATunnel&) = delete;

    HostsOnAWire& hosts() { return *hosts_; }
    DemoGateway& gateway() { return demo_; }

    void load_filter() const;
    static void flush_filter();
    void open();  // the filter, the gateway, the hospital's tunnel

    // An opinion of the hospital's, sent from that host: what the client says.
    Finished send_from(const std::string& host, const std::string& request_number,
                       std::vector<std::string> command = {});
    // Whether a connection from there is so much as answered, by whatever program.
    bool answers(const std::string& host) const;
    std::string log() const;  // every leaf

  private:
    void make_certificate();
    void protect_zone();
    void lay_down_tunnels();
    void write_rules();

    DemoGateway demo_;
    std::optional<HostsOnAWire> hosts_;
};

}  // namespace sekisho::tests
