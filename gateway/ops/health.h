// Is it alive, is it ready. Alive: the process answers. Ready: it accepts (the store takes writes,
// no drain has begun).
#pragma once

#include <atomic>
#include <string>

#include "gateway/store/store.h"

namespace sekisho::ops {

struct HealthReply {
    int status = 200;
    std::string body;  // JSON
};

class Health {
  public:
    explicit Health(const store::Store& store) : store_(store) {}

    HealthReply alive() const;
    HealthReply ready() const;
    void set_ready(bool ready) { ready_ = ready; }

  private:
    const store::Store& store_;
    std::atomic<bool> ready_{false};
};

}  // namespace sekisho::ops
