// Random logs as they are published, one JSON object a line: leaves, checkpoints of several sizes,
// proofs, tiles. `random_logs SEED COUNT`.
#include <cstdlib>
#include <iostream>

#include "adapters/documents/base64.h"
#include "gateway/proof/published_log.h"
#include "gateway/store/memory_store.h"
#include "tests/support/chance.h"

namespace sekisho::proof {

namespace {

using documents::Json;
using tests::Chance;

constexpr std::uint64_t kLeavesMost = 700;
constexpr int kSamples = 12;

template <class T>
T must(model::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().detail.en);
    return std::move(*result);
}

class RandomLog {
  public:
    explicit RandomLog(Chance& chance) : chance_(chance) {}

    Json published() {
        const std::uint64_t size = chance_.below(kLeavesMost);
        Json checkpoints = Json::array();
        while (leaves_.items().size() < size) {
            append(1 + chance_.below(size - leaves_.items().size()));
            checkpoints.push(Json::string(must(log_.checkpoint())));
        }
        checkpoints.push(Json::string(must(log_.checkpoint())));
        Json json = Json::object();
        json.set("key", log_.verifier_keys())
            .set("checkpoints", std::move(checkpoints))
            .set("proofs", proofs(size))
            .set("growths", growths(size))
            .set("tiles", tiles(size))
            .set("leaves", leaves_);
        return json;
    }

  private:
    void append(std::uint64_t count) {
        std::vector<std::string> some;
        for (std::uint64_t i = 0; i < count; ++i) {
            some.push_back("{\"n\":" + std::to_string(chance_.below(1'000'000)) + "}");
            leaves_.push(Json::string(some.back()));
        }
        const bool queued = store_.submit(
            [some](store::Transaction& transaction) -> model::Result<void> {
                for (const std::string& leaf : some) (void)must(transaction.append_leaf(leaf));
                return {};
            },
            [](model::Result<void>) {});
        if (!queued) throw std::runtime_error("the store is full");
        store_.commit_group();
    }

    Json proofs(std::uint64_t size) {
        Json list = Json::array();
        for (int i = 0; i < kSamples && size > 0; ++i) {
            const std::uint64_t at = 1 + chance_.below(size);
            list.push(to_json(must(log_.inclusion(chance_.below(at), at))));
        }
        return list;
    }

    Json growths(std::uint64_t size) {
        Json list = Json::array();
        for (int i = 0; i < kSamples; ++i) {
            const std::uint64_t to = chance_.below(size + 1);
            list.push(to_json(must(log_.consistency(chance_.below(to + 1), to))));
        }
        return list;
    }

    Json tiles(std::uint64_t size) {
        Json json = Json::object();
        for (const std::optional<unsigned> row : {std::optional{0U}, std::optional{1U}, {}}) {
            const std::uint64_t hashes = row == 1U ? size / audit::kTileWidth : size;
            for (std::uint64_t number = 0; number * audit::kTileWidth < hashes; ++number) {
                const std::uint64_t left = hashes - number * audit::kTileWidth;
                const audit::TileName name{
                    .row = row,
                    .number = number,
                    .width = static_cast<std::size_t>(std::min(left, audit::kTileWidth))};
                json.set(audit::to_path(name), documents::to_base64(must(log_.tile(name))));
            }
        }
        return json;
    }

    Chance& chance_;
    Json leaves_ = Json::array();
    store::MemoryStore store_;
    platform::LogKeys keys_{.signing = {platform::LogKey::make(), platform::LogKey::make()}};
    PublishedLog log_{store_, "random.example/log", keys_};
};

}  // namespace

}  // namespace sekisho::proof

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    sekisho::tests::Chance chance{std::strtoull(argv[1], nullptr, 10)};
    for (auto left = std::strtoull(argv[2], nullptr, 10); left > 0; --left) {
        std::cout << sekisho::documents::to_text(sekisho::proof::RandomLog{chance}.published())
                  << "\n";
    }
}
