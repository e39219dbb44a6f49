// The listening socket of a zone, in the same epoll as its connections.
//
// Accepts what has come, a bounded number at a time. When descriptors or memory have run out it
// rests a moment and tries again: the peers wait in the kernel's queue meanwhile. Beyond the zone's
// cap a connection is closed at once. Threads: as Connection.
#pragma once

#include <Poco/Net/ServerSocket.h>
#include <memory>

#include "adapters/locks/mutex.h"
#include "gateway/listener/poller.h"
#include "gateway/listener/zone.h"

namespace sekisho::listener {

class Acceptor final : public Pollable, public std::enable_shared_from_this<Acceptor> {
  public:
    Acceptor(const Poco::Net::ServerSocket& socket, std::shared_ptr<Zone> zone,
             std::shared_ptr<Poller> poller);

    bool start();

    void on_ready() override;
    void on_deadline() override;
    void on_drain() override;
    void on_close() override;

  private:
    enum class Next : std::uint8_t { more, none, pause };
    Next accept_one() SEKISHO_REQUIRES(mutex_);

    const std::shared_ptr<Zone> zone_;
    const std::shared_ptr<Poller> poller_;
    const Poller::Id id_;

    locks::Mutex mutex_;
    Poco::Net::ServerSocket socket_ SEKISHO_GUARDED_BY(mutex_);
    const int descriptor_;
    bool open_ SEKISHO_GUARDED_BY(mutex_) = true;
};

}  // namespace sekisho::listener
