// The ways into the zones that are protected by more than TLS, as the configuration says.
//
// Built before the doors open. look() looks once at every way and refuses the start where the
// packet filter of a zone is not what it must be; start() has each looked at from then on, in a
// thread of its own, since an IKE daemon may keep it waiting. The parts handed in outlive it.
#pragma once

#include <map>
#include <memory>

#include "gateway/config/config.h"
#include "gateway/platform/log.h"
#include "gateway/platform/ports.h"
#include "gateway/tunnel/packet_filter.h"
#include "gateway/tunnel/watch.h"
#include "gateway/wiring/threads.h"

namespace sekisho::wiring {

class Ways {
  public:
    Ways(const config::Config& config, const platform::Clock& clock, platform::Log& log);

    model::Result<void> look();
    void start(Threads& threads);  // stopped by their name, "ways"

    Ways(const Ways&) = delete;
    Ways& operator=(const Ways&) = delete;

    tunnel::WayIn* of(const model::ZoneName& zone);  // nullptr: an open network

  private:
    tunnel::Sights sights_of(const config::ZoneProtection& protection, const std::string& filter);

    tunnel::KernelFilter kernel_;
    tunnel::Loopback loopback_;
    std::map<model::ZoneName, tunnel::WayIn*> ways_;
    std::map<model::ZoneName, std::unique_ptr<tunnel::Watch>> watches_;
};

}  // namespace sekisho::wiring
