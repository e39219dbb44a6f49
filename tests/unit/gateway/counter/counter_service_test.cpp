// The counter page's serving: what is there, to whom, under which headers.
#include "gateway/counter/counter_service.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "adapters/documents/json.h"
#include "gateway/counter/page.h"

namespace sekisho::tests {

namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path{SEKISHO_SOURCE_DIR} / "gateway/counter/pages";

class KeptAnswer final : public listener::ReplySink {
  public:
    void reply(std::uint64_t, listener::Response response) override { kept = std::move(response); }
    std::optional<listener::Response> kept{};
};

const model::PartyId kOffice = *model::parse_party_id("care-manager:1379900010");

listener::Caller an_office() {
    return {.zone = model::ZoneName{"internet"},
            .speaker = model::Speaker{.party = kOffice, .zone = model::ZoneName{"internet"}}};
}

counter::CounterService a_counter() {
    return counter::CounterService{{.name_of = [](const model::PartyId& party) {
        return party == kOffice ? std::string{"居宅介護支援事業所 かけはし"} : std::string{};
    }}};
}

auto begin(const std::string& method, const std::string& path,
           const listener::Caller& caller = an_office()) {
    return a_counter().begin({.method = method, .target = path, .path = path, .query = ""}, caller);
}

listener::Response get(const std::string& path) {
    auto begun = begin("GET", path);
    BOOST_REQUIRE(begun.has_value());
    const auto answer = std::make_shared<KeptAnswer>();
    (*begun)->serve(listener::Responder{answer, 1});
    BOOST_REQUIRE(answer->kept.has_value());
    return std::move(*answer->kept);
}

model::Problem refused(const std::string& method, const std::string& path,
                       const listener::Caller& caller = an_office()) {
    const auto begun = begin(method, path, caller);
    BOOST_REQUIRE(!begun.has_value());
    return begun.error().refusal.problem;
}

std::string header(const listener::Response& response, std::string_view name) {
    const auto found = std::ranges::find(response.headers, name, &listener::Header::name);
    return found == response.headers.end() ? "(none)" : found->value;
}

std::string text_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream{path}.rdbuf();
    return text.str();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_counter_page)

BOOST_AUTO_TEST_CASE(is_there_for_whoever_speaks_for_a_party) {
    const auto page = get("/counter/");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.content_type == "text/html; charset=utf-8");
    BOOST_TEST(page.body == text_of(kFolder / "index.html"));
}

BOOST_AUTO_TEST_CASE(is_for_nobody_without_a_certificate) {
    const listener::Caller nobody{.zone = model::ZoneName{"internet"}};
    BOOST_TEST((refused("GET", "/counter/", nobody) == model::Problem::party_unknown));
}

BOOST_AUTO_TEST_CASE(is_found_without_its_last_slash) {
    const auto page = get("/counter");
    BOOST_TEST(page.status == 308);
    BOOST_TEST(header(page, "Location") == "/counter/");
    BOOST_TEST(page.body.empty());
}

BOOST_AUTO_TEST_CASE(serves_every_file_of_its_folder_as_it_is_and_nothing_else) {
    std::set<std::string> of_the_folder{"/counter/tokens.css"};  // made at build
    for (const auto& entry : fs::recursive_directory_iterator{kFolder}) {
        if (!entry.is_regular_file()) continue;
        const std::string name = fs::relative(entry.path(), kFolder).string();
        of_the_folder.insert(name == "index.html" ? "/counter/" : "/counter/" + name);
    }
    std::set<std::string> served;
    for (const counter::Page& page : counter::pages()) {
        served.insert(std::string{page.path});
        const std::string name{page.path.substr(std::string_view{"/counter/"}.size())};
        if (name == "tokens.css") continue;
        BOOST_TEST(page.body == text_of(kFolder / (name.empty() ? "index.html" : name)), name);
    }
    BOOST_TEST(served == of_the_folder, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(says_of_each_file_what_it_is) {
    const std::vector<std::pair<std::string, std::string>> kinds{
        {"/counter/app.js", "text/javascript; charset=utf-8"},
        {"/counter/style.css", "text/css; charset=utf-8"},
        {"/counter/tokens.css", "text/css; charset=utf-8"},
        {"/counter/icon.svg", "image/svg+xml"},
        {"/counter/explanation/2026-04.ja.txt", "text/plain; charset=utf-8"}};
    for (const auto& [path, media_type] : kinds) BOOST_TEST(get(path).content_type == media_type);
}

BOOST_AUTO_TEST_CASE(answers_under_strict_headers_whatever_is_asked) {
    for (const char* path : {"/counter", "/counter/", "/counter/app.js", "/counter/office.json"}) {
        const auto answer = get(path);
        BOOST_TEST(header(answer, "Content-Security-Policy") ==
                   "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                   "connect-src 'self' https://127.0.0.1:8449; base-uri 'none'; form-action "
                   "'none'; frame-ancestors 'none'");
        BOOST_TEST(header(answer, "X-Content-Type-Options") == "nosniff");
        BOOST_TEST(header(answer, "Referrer-Policy") == "no-referrer");
        BOOST_TEST(header(answer, "Cross-Origin-Opener-Policy") == "same-origin");
        BOOST_TEST(header(answer, "Cross-Origin-Resource-Policy") == "same-origin");
        const std::string bytes =
            listener::to_bytes(answer, model::Instant{}, listener::BodyPart::left_out);
        BOOST_TEST(bytes.find("Cache-Control: no-store\r\n") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(tells_the_page_for_whom_it_speaks) {
    const auto office = documents::parse_json(get("/counter/office.json").body);
    BOOST_REQUIRE(office.has_value());
    BOOST_TEST(office->string_at("party").value_or("") == "care-manager:1379900010");
    BOOST_TEST(office->string_at("source").value_or("") == "/care-managers/1379900010");
    BOOST_TEST(office->string_at("name").value_or("") == "居宅介護支援事業所 かけはし");
    BOOST_TEST(office->string_at("card_agent").value_or("") == "https://127.0.0.1:8449");
}

BOOST_AUTO_TEST_CASE(may_be_asked_for_by_head) {
    BOOST_TEST(begin("HEAD", "/counter/").has_value());
}

BOOST_AUTO_TEST_CASE(takes_nothing) {
    BOOST_TEST((refused("POST", "/counter/") == model::Problem::method_not_allowed));
    const auto begun = begin("GET", "/counter/");
    BOOST_REQUIRE(begun.has_value());
    BOOST_TEST((*begun)->body_bytes_max() == 0U);
    BOOST_TEST(!(*begun)->append("x").has_value());
}

BOOST_AUTO_TEST_CASE(has_no_other_paths_however_they_are_written) {
    for (const char* path :
         {"/counter/index.html", "/counter//", "/counter/../v1/keys", "/counter/pages.cmake",
          "/counter/%61pp.js", "/counter/APP.JS", "/counter/explanation/", "/counters"}) {
        BOOST_TEST((refused("GET", path) == model::Problem::not_found), path);
    }
}

BOOST_AUTO_TEST_CASE(asks_for_nothing_from_elsewhere) {
    for (const counter::Page& page : counter::pages()) {
        if (page.path == "/counter/tokens.css") continue;
        std::string text{page.body};
        const std::string of_svg = "http://www.w3.org/2000/svg";  // a name, never fetched
        if (const auto at = text.find(of_svg); at != std::string::npos)
            text.erase(at, of_svg.size());
        for (const char* foreign :
             {"http://", "https://", "innerHTML", "outerHTML", "eval(", "document.write",
              " style=\"", "localStorage", "document.cookie"}) {
            BOOST_TEST(text.find(foreign) == std::string::npos, page.path << " has " << foreign);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
