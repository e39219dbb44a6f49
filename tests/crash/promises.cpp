#include "tests/crash/promises.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

#include "adapters/documents/base64.h"
#include "adapters/simulation/day/receipt_check.h"
#include "gateway/store/sqlite_store.h"

namespace sekisho::tests {

namespace {

using documents::Json;

constexpr int kTriesOfDelivery = 12000;
constexpr std::size_t kAskedAfter = 1000;  // messages; of more, every so manyth
constexpr auto kInsurerParty = "insurer:139980";
const std::set<std::string> kPeers{"platform", "careplan"};

// A document at a recipient.
std::string named(const std::string& recipient, const std::string& id) {
    return std::string{recipient}.append(" ").append(id);
}

std::string text_of(const Json& json, std::string_view key) {
    return std::string{json.string_at(key).value_or("")};
}

const std::vector<Json>& items_of(const Json& json, std::string_view key) {
    static const std::vector<Json> kNone;
    const Json* list = json.find(key);
    return list == nullptr ? kNone : list->items();
}

class Reckoning {
  public:
    Reckoning(DemoGateway& gateway, const SentById& sent) : gateway_(gateway), sent_(sent) {}

    void check() {
        for (const std::string& peer : kPeers) check_peer(peer);
        check_insurer();
        check_receipts();
        check_fates();
        check_log();
    }

  private:
    struct Told {
        int times = 0;  // outcome leaves
        std::int64_t attempts = 0;
    };

    // Of a document that came out somewhere. Its sender never makes the same bytes twice.
    void check_copy(const std::string& where, const std::string& id, const std::string& sha256) {
        const auto sent = sent_.find(id);
        BOOST_TEST((sent != sent_.end()), where << " has " << id << ", which nobody sent");
        if (sent == sent_.end()) return;
        BOOST_TEST(sha256 == sent->second.sha256, where << " has other bytes as " << id);
        BOOST_TEST(copies_.insert(where + " " + sha256).second, where << " has twice " << id);
    }

    bool has_all(const Json& state, const std::string& peer) const {
        std::set<std::string> held;
        for (const Json& item : items_of(state, "items")) held.insert(text_of(item, "id"));
        return std::ranges::all_of(sent_, [&](const auto& one) {
            return one.second.peer != peer || one.second.receipt.empty() ||
                   held.contains(one.first);
        });
    }

    void check_peer(const std::string& peer) {
        auto simulator = gateway_.simulator(peer);
        Json state;
        const bool arrived = eventually(
            [&] {
                state = simulator.get("/sim/state").json;
                return has_all(state, peer);
            },
            kTriesOfDelivery);
        BOOST_TEST(arrived, "not all that was acknowledged arrived at " << peer);
        BOOST_TEST(state.integer_at("conflicts").value_or(-1) == 0);
        std::map<std::string, std::map<std::int64_t, std::string>> series;  // by source and order
        for (const Json& item : items_of(state, "items")) {
            const std::string id = text_of(item, "id");
            check_copy(peer, id, text_of(item, "sha256"));
            arrivals_[named("system:" + peer, id)] = item.integer_at("times").value_or(0);
            const auto sent = sent_.find(id);
            if (sent == sent_.end()) continue;
            BOOST_TEST(text_of(item, "source") == sent->second.source);
            if (!sent->second.series.empty())
                series[sent->second.source][item.integer_at("order").value_or(0)] =
                    sent->second.series;
        }
        for (const auto& [source, units] : series)
            BOOST_TEST(
                std::ranges::is_sorted(units, {}, [](const auto& unit) { return unit.second; }),
                "units of " << source << " came out of order");
    }

    // Its mailbox is emptied to the end: what was acknowledged there must not come again.
    void check_insurer() {
        auto insurer = gateway_.client("public", kInsurerParty);
        const auto emptied = [&] {
            const auto inbox = insurer.get("/v1/inbox?max=200&wait=0");
            for (const Json& event : inbox.json.items()) {
                const std::string id = text_of(event, "id");
                const auto bytes = documents::from_base64(text_of(event, "data_base64"));
                check_copy(kInsurerParty, id, simulation::sha256_hex(bytes.value_or("")));
                const std::string ack = "/v1/inbox/" + text_of(event, "delivery") + "/ack";
                BOOST_TEST(eventually([&] { return insurer.post(ack, "").status == 204; }), id);
            }
            return inbox.status == 200 && inbox.json.items().empty();
        };
        BOOST_TEST(eventually(emptied, kTriesOfDelivery));
        for (const auto& [id, sent] : sent_) {
            if (sent.receipt.empty() || std::ranges::count(sent.recipients, kInsurerParty) == 0)
                continue;
            BOOST_TEST(copies_.contains(kInsurerParty + (" " + sent.sha256)),
                       "the insurer never had " << id);
        }
    }

    void check_receipts() {
        const auto keys = gateway_.client("public", kInsurerParty).get("/v1/keys").json;
        for (const auto& [id, sent] : sent_) {
            if (sent.receipt.empty()) continue;
            const auto claims = simulation::verify_signature(sent.receipt, keys);
            BOOST_TEST(claims.has_value(), id);
            if (!claims) continue;
            BOOST_TEST(text_of(*claims, "id") == id);
            BOOST_TEST(text_of(*claims, "source") == sent.source);
            BOOST_TEST(text_of(*claims, "sha256") == sent.sha256, id);
        }
    }

    void check_fates() {
        std::set<std::string> senders;
        for (const auto& [id, sent] : sent_) senders.insert(sent.sender);
        for (const std::string& sender : senders) check_fates_of(sender);
    }

    void check_fates_of(const std::string& sender) {
        auto client = gateway_.client("internet", sender);
        const std::size_t step = 1 + sent_.size() / kAskedAfter;
        std::size_t place = 0;
        for (const auto& [id, sent] : sent_) {
            if (sent.sender != sender || sent.receipt.empty() || place++ % step != 0) continue;
            // Again where it has asked too much in this minute.
            const auto delivered = [&] {
                return text_of(client.get("/v1/messages/" + id).json, "state") == "delivered";
            };
            BOOST_TEST(eventually(delivered), id);
        }
    }

    void check_log() {
        BOOST_TEST(gateway_.stop_gateway() == 0);
        const auto verified = run_program({DemoGateway::program("sekisho"), "audit", "verify",
                                           "--config", gateway_.config_file()});
        BOOST_TEST(verified.exit_code == 0, verified.output);
        const auto told = outcomes();
        for (const auto& [id, sent] : sent_) {
            for (const std::string& recipient : sent.recipients) {
                const std::string key = named(recipient, id);
                const auto one = told.find(key);
                const int times = one == told.end() ? 0 : one->second.times;
                BOOST_TEST(times <= 1, key << " has " << times << " outcomes");
                BOOST_TEST((times >= 1 || sent.receipt.empty()), key << " has no outcome");
                const auto arrived = arrivals_.find(key);
                if (times == 1 && arrived != arrivals_.end())
                    BOOST_TEST(arrived->second <= one->second.attempts,
                               key << " arrived more often than it was attempted");
            }
        }
    }

    // By recipient and id.
    std::map<std::string, Told> outcomes() const {
        std::map<std::string, Told> told;
        const auto store = store::SqliteStore::open(
            {.path = gateway_.file("state/sekisho.db"), .readers = 1, .read_only = true});
        BOOST_REQUIRE(store.has_value());
        const auto view = (*store)->view();
        BOOST_REQUIRE(view.has_value());
        constexpr std::size_t kPage = 1000;
        for (std::uint64_t from = 0;; from += kPage) {
            const auto page = (*view)->leaves(from, kPage);
            BOOST_REQUIRE(page.has_value());
            for (const std::string& text : *page) {
                const Json leaf = documents::parse_json(text).value();
                if (leaf.string_at("kind") != "outcome") continue;
                BOOST_TEST(text_of(leaf, "state") == "delivered", text);
                Told& one = told[text_of(leaf, "recipient") + " " + text_of(leaf, "id")];
                ++one.times;
                one.attempts = leaf.integer_at("attempts").value_or(0);
            }
            if (page->size() < kPage) return told;
        }
    }

    DemoGateway& gateway_;
    const SentById& sent_;
    std::set<std::string> copies_;                  // place and digest
    std::map<std::string, std::int64_t> arrivals_;  // at a peer, by recipient and id
};

}  // namespace

std::size_t count_acknowledged(const SentById& sent) {
    return static_cast<std::size_t>(
        std::ranges::count_if(sent, [](const auto& one) { return !one.second.receipt.empty(); }));
}

void check_promises(DemoGateway& gateway, const SentById& sent) {
    Reckoning{gateway, sent}.check();
}

}  // namespace sekisho::tests
