// Two services behind one zone.
#include "gateway/listener/parted_service.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::tests {

namespace {

// Refuses everything and remembers what it was asked.
class Asked final : public listener::Service {
  public:
    std::expected<std::unique_ptr<listener::Receiving>, listener::TurnedAway> begin(
        const listener::RequestHead& head, const listener::Caller&) override {
        paths.push_back(head.path);
        return std::unexpected(
            listener::TurnedAway{.refusal = {.problem = model::Problem::not_found}});
    }
    void note_refusal(const model::Speaker&, const model::Refusal&) override { ++noted; }

    std::vector<std::string> paths{};
    int noted = 0;
};

struct Parted {
    Asked counter{};
    Asked api{};
    listener::PartedService service{{.path = "/counter", .below = counter, .others = api}};

    void ask(const std::string& path) {
        (void)service.begin({.method = "GET", .target = path, .path = path, .query = ""}, {});
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_parted_service)

BOOST_AUTO_TEST_CASE(hands_a_path_and_all_below_it_to_the_one) {
    Parted parted;
    for (const char* path : {"/counter", "/counter/", "/counter/app.js"}) parted.ask(path);
    BOOST_TEST(parted.counter.paths ==
                   (std::vector<std::string>{"/counter", "/counter/", "/counter/app.js"}),
               boost::test_tools::per_element());
    BOOST_TEST(parted.api.paths.empty());
}

BOOST_AUTO_TEST_CASE(hands_everything_else_to_the_other) {
    Parted parted;
    for (const char* path : {"/v1/keys", "/", "", "/counters", "/count", "/v1/counter/"}) {
        parted.ask(path);
    }
    BOOST_TEST(parted.api.paths.size() == 6U);
    BOOST_TEST(parted.counter.paths.empty());
}

BOOST_AUTO_TEST_CASE(keeps_one_record_of_refusals) {
    Parted parted;
    parted.service.note_refusal({}, {.problem = model::Problem::not_found});
    BOOST_TEST(parted.api.noted == 1);
    BOOST_TEST(parted.counter.noted == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
