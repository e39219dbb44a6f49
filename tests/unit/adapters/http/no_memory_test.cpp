// What happens when libcurl has no memory for a handle: curl_easy_init of this program stands
// before libcurl's own.
#include <boost/test/unit_test.hpp>
#include <curl/curl.h>
#include <dlfcn.h>

#include "adapters/http/http_client.h"
#include "tests/support/http_raw_server.h"

using namespace sekisho;

namespace {

int handles_refused = 0;

}  // namespace

extern "C" CURL* curl_easy_init() {
    if (handles_refused > 0) {
        --handles_refused;
        return nullptr;
    }
    static const auto init = reinterpret_cast<CURL* (*)()>(::dlsym(RTLD_NEXT, "curl_easy_init"));
    return init();
}

BOOST_AUTO_TEST_SUITE(http_client_without_memory)

BOOST_AUTO_TEST_CASE(a_handle_that_could_not_be_made_leaves_its_place_to_the_next) {
    http::HttpClient client{{.connections_max = 1, .plain_http = http::PlainHttp::loopback}};
    const tests::RawServer server("HTTP/1.1 204 No Content\r\n\r\n");
    const auto send = [&] {
        return client.send({.url = server.url() + "/"},
                           std::chrono::steady_clock::now() + std::chrono::seconds{5});
    };
    handles_refused = 1;
    BOOST_TEST(!send());
    BOOST_TEST(send().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
