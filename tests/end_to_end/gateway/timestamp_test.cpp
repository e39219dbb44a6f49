// The log of a running gateway, stamped by an authority outside.
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "adapters/documents/base64.h"
#include "tests/support/demo/demo_gateway.h"
#include "tests/support/demo/time_authority.h"

namespace sekisho::tests {

BOOST_AUTO_TEST_SUITE(a_stamped_log)

BOOST_AUTO_TEST_CASE(is_stamped_while_the_gateway_runs_and_verified_without_it) {
    TimeAuthority authority;
    authority.listen();
    DemoGateway gateway;
    gateway.amend("sekisho.json", R"("keys": "keys",)",
                  R"("keys": "keys", "timestamps": { "url": ")" + authority.url() +
                      R"(", "anchors": ")" + authority.anchors_file() +
                      R"(", "folder": "state/timestamps" },)");
    gateway.start();
    simulation::GatewayClient insurer = gateway.client("public", "insurer:139980");
    simulation::GatewayReply reply;
    const bool stamped = eventually([&] {
        reply = insurer.get("/v1/log/timestamp");
        return reply.status == 200;
    });
    BOOST_TEST_REQUIRE(stamped, reply.words());
    BOOST_TEST(gateway.stop_gateway() == 0);

    const TemporaryFolder folder;
    std::ofstream{folder / "note", std::ios::binary}
        << reply.json.string_at("checkpoint").value_or("");
    std::ofstream{folder / "tsr", std::ios::binary}
        << documents::from_base64(reply.json.string_at("response").value_or("")).value_or("");
    const auto by_openssl =
        run_program({"/usr/bin/openssl", "ts", "-verify", "-in", folder / "tsr", "-data",
                     folder / "note", "-CAfile", authority.anchors_file()});
    BOOST_TEST(by_openssl.exit_code == 0, by_openssl.output);

    const auto verify = [&] {
        return run_program({DemoGateway::program("sekisho"), "audit", "verify", "--config",
                            gateway.config_file()});
    };
    const auto sound = verify();
    BOOST_TEST(sound.exit_code == 0, sound.output);
    BOOST_TEST(sound.output.find("timestamps: 1") != std::string::npos, sound.output);
    for (const auto& entry :
         std::filesystem::directory_iterator(gateway.file("state/timestamps"))) {
        if (entry.path().extension() == ".note")
            std::ofstream{entry.path(), std::ios::app} << "changed";
    }
    BOOST_TEST(verify().exit_code == 1);
}

BOOST_AUTO_TEST_CASE(
    is_not_had_from_an_authority_that_is_away_and_the_gateway_serves_all_the_same) {
    DemoGateway gateway;
    const TimeAuthority away;
    gateway.amend("sekisho.json", R"("keys": "keys",)",
                  R"("keys": "keys", "timestamps": { "url": "http://127.0.0.1:)" +
                      std::to_string(free_port()) + R"(/", "anchors": ")" + away.anchors_file() +
                      R"(", "folder": "state/timestamps" },)");
    gateway.start();
    simulation::GatewayClient insurer = gateway.client("public", "insurer:139980");
    BOOST_TEST(insurer.get("/v1/log/timestamp").status == 404);
    BOOST_TEST(insurer.get("/v1/log/checkpoint").status == 200);
    BOOST_TEST(eventually([&] {
        std::ifstream log{gateway.file("logs/gateway.log")};
        const std::string text{std::istreambuf_iterator<char>{log}, {}};
        return text.find("time-stamping authority does not answer") != std::string::npos;
    }));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
