// Packets of the IKE daemon's control interface: what is read is written as the same bytes' packet,
// whatever associations it tells of carry no address that no selector of theirs holds, and a
// certificate it tells of has bytes of its own.
#include "gateway/tunnel/association.h"
#include "gateway/tunnel/ike_certificate.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using fuzz::require;

void check_associations(const tunnel::ViciSection& message) {
    const auto associations = tunnel::associations_in(message);
    const auto peer = tunnel::parse_address("10.9.0.2");
    const auto self = tunnel::parse_address("10.9.0.1");
    const auto carrier = tunnel::carrier_of(associations, *peer, *self);
    if (!carrier) return;
    require((*carrier)->established && !(*carrier)->identity.empty(), "a carrier is somebody's");
    const auto holds = [&](const tunnel::Selector& selector) { return selector.holds(*peer); };
    require(std::ranges::any_of((*carrier)->children,
                                [&](const tunnel::ChildAssociation& child) {
                                    return child.installed &&
                                           std::ranges::any_of(child.remote, holds);
                                }),
            "a carrier's installed child selects the peer");
}

void check_certificate(const tunnel::ViciSection& message) {
    const auto certificate = tunnel::certificate_in(message);
    if (!certificate) return;
    require(!certificate->der.empty(), "a certificate has bytes");
    require(certificate->der == message.text("data"), "those that the daemon gave");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    (void)tunnel::parse_selector(text);
    const auto packet = tunnel::to_packet(text);
    if (!packet) return 0;
    const auto written = tunnel::to_bytes(*packet);
    require(written.has_value(), "what was read can be written");
    require(*written == text, "as it was");
    check_associations(packet->message);
    check_certificate(packet->message);
    return 0;
}
