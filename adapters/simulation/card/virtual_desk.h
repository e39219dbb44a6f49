// The desk of a counter: two readers of the real smart card service, and a card of the demo's PKI
// on each, until it is closed.
//
// Made in namespaces of the process's own, which it enters for good: what is below /run, and the
// network, are no longer the machine's. Each card has a thread; the object belongs to one.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "adapters/simulation/card/smart_card_service.h"

namespace sekisho::simulation {

struct DeskOptions {
    std::string pki_folder;     // card-1 for the first reader, card-2, and jpki-auth-ca.pem
    std::string socket_folder;  // where pcscd.comm will be; made
};

class VirtualDesk {
  public:
    // Returns when the service has seen both cards. The error is a sentence: what is missing, or
    // what the machine does not permit.
    static std::expected<std::unique_ptr<VirtualDesk>, std::string> open(
        const DeskOptions& options);
    ~VirtualDesk();
    VirtualDesk(const VirtualDesk&) = delete;
    VirtualDesk& operator=(const VirtualDesk&) = delete;

    bool has_ended() { return service_->has_ended(); }  // the service, by itself

  private:
    struct Place;  // of a card: a reader
    explicit VirtualDesk(std::unique_ptr<SmartCardService> service);
    bool is_laid_out() const;

    std::unique_ptr<SmartCardService> service_;
    std::vector<std::unique_ptr<Place>> places_{};
};

}  // namespace sekisho::simulation
