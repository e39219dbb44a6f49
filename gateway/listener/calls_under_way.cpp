#include "gateway/listener/calls_under_way.h"

#include <utility>

namespace sekisho::listener {

class CallsUnderWay::Ticket {
  public:
    Ticket(std::shared_ptr<Keys> keys, model::MessageKey key)
        : keys_(std::move(keys)), key_(std::move(key)) {}
    ~Ticket() {
        Keys& keys = *keys_;
        const locks::Lock lock{keys.mutex};
        keys.held.erase(key_);
    }
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;

  private:
    const std::shared_ptr<Keys> keys_;
    const model::MessageKey key_;
};

CallsUnderWay::CallsUnderWay() : keys_(std::make_shared<Keys>()) {}

std::shared_ptr<const CallsUnderWay::Ticket> CallsUnderWay::begin(const model::MessageKey& key) {
    Keys& keys = *keys_;
    {
        const locks::Lock lock{keys.mutex};
        if (!keys.held.insert(key).second) return nullptr;
    }
    return std::make_shared<const Ticket>(keys_, key);
}

}  // namespace sekisho::listener
