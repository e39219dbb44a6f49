#include "gateway/cli/this_host.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <semaphore>
#include <thread>
#include <vector>

#include "adapters/locks/mutex.h"
#include "gateway/audit/receipt.h"
#include "gateway/platform/crypto.h"
#include "gateway/platform/disk.h"
#include "gateway/store/sealing.h"
#include "gateway/store/sqlite_store.h"

namespace sekisho::cli {

namespace {

using model::Result;

constexpr std::ptrdiff_t kUnderWayMax = 64;  // as many as a busy gateway has

// A folder of its own, gone with the object.
class TrialFolder {
  public:
    TrialFolder(const std::string& parent, platform::Random& random)
        : path_(parent + "/sekisho-trial-" + std::to_string(random.below(1'000'000'000))) {
        std::filesystem::create_directories(path_, trouble_);
    }
    ~TrialFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TrialFolder(const TrialFolder&) = delete;
    TrialFolder& operator=(const TrialFolder&) = delete;

    std::string file(const std::string& name) const { return path_ + "/" + name; }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
    std::error_code trouble_{};  // the store says it better
};

class Trial {
  public:
    Trial(const HostTrial& trial, platform::Clock& clock, platform::Random& random,
          store::Store& store, const std::string& folder)
        : trial_(trial),
          clock_(clock),
          random_(random),
          store_(store),
          folder_(folder),
          keyring_(platform::Keyring::generate(random)),
          document_(trial.document_bytes, 'x') {
        latencies_.reserve(trial.documents);
    }

    Result<HostFigures> run() {
        const auto begin = clock_.monotonic();
        {
            std::vector<std::jthread> threads;
            const unsigned count = std::max(1U, std::thread::hardware_concurrency());
            threads.reserve(count);
            for (unsigned i = 0; i < count; ++i) threads.emplace_back([this] { take_in(); });
        }
        for (std::ptrdiff_t i = 0; i < kUnderWayMax; ++i) slots_.acquire();  // all have answered
        const auto elapsed = clock_.monotonic() - begin;
        const locks::Lock lock{mutex_};
        if (trouble_) return std::unexpected(*trouble_);
        std::ranges::sort(latencies_);
        return HostFigures{.documents = latencies_.size(),
                           .elapsed = elapsed,
                           .p99 = latencies_.empty()
                                      ? std::chrono::nanoseconds{0}
                                      : latencies_[(latencies_.size() * 99 - 1) / 100]};
    }

  private:
    struct Item {
        store::StoredMessage message;
        store::SealedBody body;
        platform::Monotonic begin;
    };

    void take_in() {
        for (std::uint64_t n = next_++; n < trial_.documents && !failed_; n = next_++) {
            slots_.acquire();
            if (auto item = make_item(n); !item) {
                fail(item.error());
                slots_.release();
            } else {
                submit(std::make_shared<Item>(std::move(*item)));
            }
        }
    }

    Result<Item> make_item(std::uint64_t number) {
        Item item{.begin = clock_.monotonic()};
        store::BodySealer sealer{keyring_, random_, {.files = disk_, .folder = folder_}};
        if (auto done = sealer.append(document_); !done) return std::unexpected(done.error());
        auto sealed = sealer.finish();
        if (!sealed) return std::unexpected(sealed.error());
        item.body = std::move(*sealed);
        item.message = {.key = {.source = sender_, .id = model::MessageId{std::to_string(number)}},
                        .author = sender_,
                        .type = model::TypeId{"trial"},
                        .sha256 = platform::sha256(document_),
                        .size = document_.size(),
                        .accepted_at = clock_.now(),
                        .sealed_envelope = sealer.seal_envelope("trial")};
        return item;
    }

    void submit(const std::shared_ptr<Item>& item) {
        const bool queued = store_.submit(
            [item](store::Transaction& transaction) -> Result<void> {
                const auto leaf = transaction.append_leaf(model::to_hex(item->message.sha256) +
                                                          item->message.key.id.text());
                if (!leaf) return std::unexpected(leaf.error());
                item->message.leaf = *leaf;
                if (auto done = transaction.insert_message(item->message, item->body); !done) {
                    return done;
                }
                const auto delivery =
                    transaction.insert_delivery({.message = item->message.key,
                                                 .recipient = item->message.author,
                                                 .via = model::Via{"mailbox"},
                                                 .next_attempt = item->message.accepted_at,
                                                 .expires = item->message.accepted_at});
                if (!delivery) return std::unexpected(delivery.error());
                return {};
            },
            [this, item](const Result<void>& committed) { answer(*item, committed); });
        if (queued) return;
        fail({.problem = model::Problem::store_unavailable});
        slots_.release();
    }

    void answer(const Item& item, const Result<void>& committed) {
        if (!committed) {
            fail(committed.error());
        } else {
            (void)audit::sign_receipt({.issuer = "trial",
                                       .accepted_at = item.message.accepted_at,
                                       .id = item.message.key.id,
                                       .source = item.message.key.source,
                                       .author = item.message.author,
                                       .type = item.message.type,
                                       .sha256 = item.message.sha256,
                                       .size = item.message.size,
                                       .log = item.message.leaf},
                                      keyring_.receipt_key());
            const locks::Lock lock{mutex_};
            latencies_.push_back(clock_.monotonic() - item.begin);
        }
        slots_.release();
    }

    void fail(const model::Refusal& refusal) {
        const locks::Lock lock{mutex_};
        if (!trouble_) trouble_ = refusal;
        failed_ = true;
    }

    const HostTrial& trial_;
    platform::Clock& clock_;
    platform::Random& random_;
    store::Store& store_;
    const std::string& folder_;
    const platform::Keyring keyring_;
    const std::string document_;
    const model::PartyId sender_{.kind = model::PartyKind::system, .number = "trial"};
    platform::Disk disk_;
    std::counting_semaphore<kUnderWayMax> slots_{kUnderWayMax};
    std::atomic<std::uint64_t> next_{0};
    std::atomic<bool> failed_{false};
    locks::Mutex mutex_;
    std::vector<std::chrono::nanoseconds> latencies_ SEKISHO_GUARDED_BY(mutex_);
    std::optional<model::Refusal> trouble_ SEKISHO_GUARDED_BY(mutex_){};  // the first
};

}  // namespace

Result<HostFigures> try_this_host(const HostTrial& trial, platform::Clock& clock,
                                  platform::Random& random) {
    const TrialFolder folder{trial.folder, random};
    auto store = store::SqliteStore::open({.path = folder.file("trial.db")});
    if (!store) return std::unexpected(store.error());
    const std::jthread writer(
        [&store](const std::stop_token& stop) { (*store)->run_writer(stop); });
    return Trial{trial, clock, random, **store, folder.path()}.run();
}

}  // namespace sekisho::cli
