#include "gateway/platform/pcsc_readers.h"

#include <algorithm>
#include <optional>

#include "gateway/platform/call_thread.h"
#include "gateway/platform/pcsc_card.h"

namespace sekisho::platform {

namespace {

std::unexpected<CardFailure> given_up(std::string_view call) {
    return std::unexpected(CardFailure{.trouble = CardTrouble::timed_out,
                                       .detail = std::string{call} + " did not come back"});
}

using ThreadCount = std::shared_ptr<std::atomic<std::size_t>>;

// One of the threads that may live, from before it begins to behind its last act.
class ThreadPlace {
  public:
    static std::optional<ThreadPlace> take(const ThreadCount& threads, std::size_t most) {
        ThreadPlace place{threads};
        if (threads->fetch_add(1) < most) return place;
        return std::nullopt;
    }
    ~ThreadPlace() {
        if (threads_) threads_->fetch_sub(1);
    }
    ThreadPlace(ThreadPlace&&) noexcept = default;
    ThreadPlace& operator=(ThreadPlace&&) = delete;

  private:
    explicit ThreadPlace(ThreadCount threads) : threads_(std::move(threads)) {}
    ThreadCount threads_;
};

// A card of pcscd's on its own thread. Whatever becomes of this object, the thread's last act
// resets the card.
class PcscSession final : public CardSession {
  public:
    PcscSession(const PcscDeadlines& deadlines, ThreadPlace place)
        : deadlines_(deadlines),
          until_(std::chrono::steady_clock::now() + deadlines.session),
          card_(std::make_shared<PcscCard>()),
          thread_([card = card_, place = std::move(place)] { card->end(); }, deadlines.call) {}

    std::expected<std::vector<CardReader>, CardFailure> list() {
        return call<std::vector<CardReader>>("list", [](PcscCard& card) { return card.list(); });
    }

    std::expected<void, CardFailure> connect(const std::string& reader) {
        return call<void>("connect", [reader](PcscCard& card) { return card.connect(reader); });
    }

    std::expected<std::string, CardFailure> transmit(const CardCommand& command) override {
        return call<std::string>("transmit", [bytes = command.duplicate()](PcscCard& card) {
            return card.transmit(bytes);
        });
    }

  private:
    // What a call that is given up leaves behind stays alive with it.
    template <class Value, class Act>
    std::expected<Value, CardFailure> call(std::string_view name, Act act) {
        using Answer = std::expected<Value, CardFailure>;
        auto answer = std::make_shared<std::optional<Answer>>();
        const Monotonic until =
            std::min(until_, std::chrono::steady_clock::now() + deadlines_.call);
        const bool came_back = thread_.run(
            [card = card_, answer, held = std::move(act)] { answer->emplace(held(*card)); }, until);
        if (!came_back) return given_up(name);
        return std::move(**answer);
    }

    const PcscDeadlines deadlines_;
    const Monotonic until_;
    const std::shared_ptr<PcscCard> card_;
    CallThread thread_;
};

}  // namespace

std::string_view to_string(CardTrouble trouble) {
    switch (trouble) {
        case CardTrouble::no_service:
            return "no_service";
        case CardTrouble::no_reader:
            return "no_reader";
        case CardTrouble::no_card:
            return "no_card";
        case CardTrouble::removed:
            return "removed";
        case CardTrouble::reset:
            return "reset";
        case CardTrouble::in_use:
            return "in_use";
        case CardTrouble::timed_out:
            return "timed_out";
        case CardTrouble::unresponsive:
            return "unresponsive";
        case CardTrouble::other_kind:
            return "other_kind";
        case CardTrouble::reader_fault:
            return "reader_fault";
    }
    return "";
}

std::expected<std::vector<CardReader>, CardFailure> PcscReaders::list() {
    auto place = ThreadPlace::take(threads_, deadlines_.threads_max);
    if (!place) return given_up("list");
    return PcscSession{deadlines_, std::move(*place)}.list();
}

std::expected<std::unique_ptr<CardSession>, CardFailure> PcscReaders::open(
    const std::string& reader) {
    auto place = ThreadPlace::take(threads_, deadlines_.threads_max);
    if (!place) return given_up("connect");
    auto session = std::make_unique<PcscSession>(deadlines_, std::move(*place));
    if (auto done = session->connect(reader); !done) return std::unexpected(done.error());
    return session;
}

}  // namespace sekisho::platform
