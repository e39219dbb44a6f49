#include "gateway/listener/problem_page.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

using namespace sekisho;
using listener::Language;
using listener::RequestHead;
using model::Problem;

namespace {

RequestHead asking(std::string method, std::string accept) {
    return {.method = std::move(method), .headers = {{"accept", std::move(accept)}}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(problem_page)

BOOST_AUTO_TEST_CASE(is_for_a_browser_that_navigates_and_for_no_program) {
    constexpr auto kBrowser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    BOOST_TEST(listener::wants_page(asking("GET", kBrowser)));
    BOOST_TEST(listener::wants_page(asking("HEAD", kBrowser)));
    BOOST_TEST(!listener::wants_page(asking("POST", kBrowser)));
    BOOST_TEST(!listener::wants_page(asking("GET", "*/*")));
    BOOST_TEST(!listener::wants_page(asking("GET", "application/json")));
    BOOST_TEST(!listener::wants_page({.method = "GET"}));
}

BOOST_AUTO_TEST_CASE(says_in_both_languages_what_it_is_and_what_to_do_next) {
    for (const auto& entry : model::problem_catalogue()) {
        const auto page = listener::to_page({.problem = entry.problem}, Language::en);
        BOOST_TEST(page.status == entry.status);
        BOOST_TEST(page.content_type == "text/html; charset=utf-8");
        BOOST_TEST(page.body.contains("<html lang=\"en\">"));
        BOOST_TEST(page.body.contains("<section lang=\"ja\">\n<h2>"));
        BOOST_TEST(page.body.contains(entry.title_ja), entry.name);
        BOOST_TEST(page.body.contains(entry.next_ja), entry.name);
        BOOST_TEST(page.body.contains("<p>" + model::code_of(entry.problem) + "</p>"));
    }
    const auto page = listener::to_page({.problem = Problem::not_found}, Language::ja);
    BOOST_TEST(page.body.contains("<html lang=\"ja\">"));
}

BOOST_AUTO_TEST_CASE(shows_a_detail_as_text_only) {
    const auto page = listener::to_page({.problem = Problem::not_found,
                                         .detail = {.ja = "<script>\"&\"</script>", .en = "<b>"},
                                         .retry_after = std::chrono::seconds{7}},
                                        Language::ja);
    BOOST_TEST(!page.body.contains("<script"));
    BOOST_TEST(page.body.contains("&lt;script&gt;&quot;&amp;&quot;&lt;/script&gt;"));
    BOOST_TEST(page.body.contains("<p>&lt;b&gt;</p>"));
}

BOOST_AUTO_TEST_CASE(keeps_what_the_answer_says_besides_and_lets_nothing_load) {
    const auto page = listener::to_page(
        {.problem = Problem::overloaded, .retry_after = std::chrono::seconds{7}}, Language::ja);
    const auto header = [&](std::string_view name) {
        const auto found = std::ranges::find(page.headers, name, &listener::Header::name);
        return found == page.headers.end() ? std::string{} : found->value;
    };
    BOOST_TEST(header("Retry-After") == "7");
    BOOST_TEST(header("Content-Language") == "ja");
    BOOST_TEST(
        header("Content-Security-Policy").starts_with("default-src 'none'; style-src 'sha256-"));
    BOOST_TEST(header("X-Content-Type-Options") == "nosniff");
}

BOOST_AUTO_TEST_SUITE_END()
