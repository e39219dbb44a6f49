// The log as it is checked from outside: fetched over TLS, rebuilt and verified by the second
// verifier (tests/proof/verify), which is of another language and knows the specifications alone.
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>

#include "adapters/documents/base64.h"
#include "adapters/documents/json.h"
#include "gateway/audit/tile.h"
#include "gateway/listener/api_service.h"
#include "tests/end_to_end/listener/listener_world.h"
#include "tests/support/exchange/exchange_world.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::tests {

namespace {

using documents::Json;

// The log of a gateway that took in an opinion and refused much; nothing moves while it is fetched.
class LogWorld {
  public:
    LogWorld() {
        BOOST_REQUIRE(exchange_.submit_and_settle(exchange_.an_opinion_event("op-1")).has_value());
        for (int i = 0; i < 300; ++i) {
            exchange_.exchange->note_refusal({.party = party(kClinic)},
                                             {.problem = model::Problem::not_found});
            if (i % 50 == 0) exchange_.settle();
        }
        exchange_.settle();
    }

    std::string fetch(const std::string& path) {
        client_.send(get("/v1/log/" + path));
        const auto answer = client_.read_answer();
        BOOST_REQUIRE(answer.has_value());
        BOOST_TEST(answer->status == 200, path);
        return answer->body;
    }

    // Key, checkpoint, the tiles of a log of this size, and the clinic's own leaf.
    Json fetched(std::uint64_t size) {
        Json tiles = Json::object();
        for (const unsigned row : {0U, 1U}) {
            const std::uint64_t hashes = row == 0 ? size : size / audit::kTileWidth;
            for (std::uint64_t at = 0; at < hashes; at += audit::kTileWidth) {
                const std::string path = audit::to_path(
                    {.row = row,
                     .number = at / audit::kTileWidth,
                     .width = static_cast<std::size_t>(std::min(hashes - at, audit::kTileWidth))});
                tiles.set(path, documents::to_base64(fetch("tile/" + path)));
            }
        }
        return Json::object()
            .set("key", fetch("key"))
            .set("checkpoint", fetch("checkpoint"))
            .set("tiles", std::move(tiles))
            .set("leaf", documents::parse_json(fetch("leaf?index=0")).value());
    }

    std::uint64_t size() { return exchange_.leaves().size(); }

  private:
    ExchangeWorld exchange_;
    proof::PublishedLog log_{exchange_.store, "sekisho-test", exchange_.keyring.log_keys()};
    listener::ApiService doors_{{.exchange = *exchange_.exchange,
                                 .log = log_,
                                 .workers = exchange_.executor,
                                 .memory = exchange_.memory,
                                 .clock = exchange_.clock,
                                 .random = exchange_.random}};
    ListenerWorld listener_{{.doors = &doors_}};
    TlsClient client_ = listener_.connect();
};

int verify(const std::string& fetched) {
    const TemporaryFolder folder;
    const std::string file = folder / "fetched.json";
    std::ofstream{file} << fetched;
    return std::system((std::string{SEKISHO_SOURCE_DIR} + "/tests/proof/verify --fetched " + file +
                        " >/dev/null 2>&1")
                           .c_str());
}

// With another first byte in the first tile.
std::string with_another_hash(std::string fetched) {
    const std::string tile = "\"0/000\":\"";
    const std::size_t at = fetched.find(tile);
    BOOST_REQUIRE(at != std::string::npos);
    char& first = fetched[at + tile.size()];
    first = first == 'A' ? 'B' : 'A';
    return fetched;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(log_over_tls)

BOOST_AUTO_TEST_CASE(is_fetched_rebuilt_and_verified_by_another_program) {
    LogWorld world;
    BOOST_TEST_REQUIRE(world.size() > audit::kTileWidth);
    const std::string fetched = to_text(world.fetched(world.size()));
    BOOST_TEST(verify(fetched) == 0);
    BOOST_TEST(verify(with_another_hash(fetched)) != 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
