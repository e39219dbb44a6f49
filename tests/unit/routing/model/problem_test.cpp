#include "routing/model/problem.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <regex>
#include <set>
#include <string>
#include <vector>

using namespace sekisho::model;

namespace {

// The numbers that the header gives out, so that an enumerator without an entry is noticed.
std::vector<unsigned> numbers_in_header() {
    std::ifstream header{SEKISHO_SOURCE_DIR "/routing/model/problem.h"};
    const std::regex enumerator{R"(^\s+[a-z_]+ = (\d{4}),.*)"};
    std::vector<unsigned> numbers;
    std::smatch found;
    for (std::string line; std::getline(header, line);) {
        if (std::regex_match(line, found, enumerator)) {
            numbers.push_back(static_cast<unsigned>(std::stoul(found[1])));
        }
    }
    return numbers;
}

bool status_fits(unsigned number, int status) {
    switch (number / 1000) {
        case 1:
            return status >= 400 && status < 500;
        case 2:
            return status == 403;
        case 3:
            return status == 400 || status == 403 || status == 415;
        case 4:
            return status == 422;
        case 5:
            return status == 403 || status == 400;
        case 6:
            return status == 409 || status == 404;
        case 7:
            return status == 503 || status == 502 || status == 429;
        case 9:
            return status == 500;
        default:
            return false;
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(problems)

BOOST_AUTO_TEST_CASE(every_problem_of_the_header_has_its_entry) {
    const auto numbers = numbers_in_header();
    BOOST_TEST(numbers.size() == problem_catalogue().size());
    for (const unsigned number : numbers) {
        const auto problem = static_cast<Problem>(number);
        BOOST_TEST_CONTEXT(number) BOOST_TEST((entry_of(problem).problem == problem));
    }
}

BOOST_AUTO_TEST_CASE(codes_and_names_are_unique) {
    std::set<std::string> codes;
    std::set<std::string_view> names;
    for (const ProblemEntry& entry : problem_catalogue()) {
        BOOST_TEST_CONTEXT(entry.name) {
            BOOST_TEST(codes.insert(code_of(entry.problem)).second);
            BOOST_TEST(names.insert(entry.name).second);
            BOOST_TEST((problem_named(entry.name) == entry.problem));
        }
    }
}

BOOST_AUTO_TEST_CASE(every_entry_speaks_both_languages) {
    const auto japanese = [](std::string_view text) {
        return std::ranges::any_of(text,
                                   [](char c) { return static_cast<unsigned char>(c) > 0x7f; });
    };
    for (const ProblemEntry& entry : problem_catalogue()) {
        BOOST_TEST_CONTEXT(entry.name) {
            BOOST_TEST(japanese(entry.title_ja));
            BOOST_TEST(japanese(entry.next_ja));
            BOOST_TEST(!entry.title_en.empty());
            BOOST_TEST(!japanese(entry.title_en));
            BOOST_TEST(!entry.next_en.empty());
            BOOST_TEST(!japanese(entry.next_en));
        }
    }
}

BOOST_AUTO_TEST_CASE(names_are_fit_for_a_urn) {
    const std::regex urn_end{"[a-z][a-z0-9-]*[a-z0-9]"};
    for (const ProblemEntry& entry : problem_catalogue()) {
        BOOST_TEST_CONTEXT(entry.name)
        BOOST_TEST(std::regex_match(std::string{entry.name}, urn_end));
    }
}

BOOST_AUTO_TEST_CASE(the_status_fits_the_thousand_of_the_number) {
    for (const ProblemEntry& entry : problem_catalogue()) {
        BOOST_TEST_CONTEXT(entry.name)
        BOOST_TEST(status_fits(static_cast<unsigned>(entry.problem), entry.status));
    }
}

BOOST_AUTO_TEST_CASE(a_code_is_the_number_with_its_prefix) {
    BOOST_TEST(code_of(Problem::not_registered) == "SK-5007");
    BOOST_TEST(code_of(Problem::internal) == "SK-9001");
}

BOOST_AUTO_TEST_CASE(a_name_that_is_no_problem_is_none) {
    BOOST_TEST(!problem_named("").has_value());
    BOOST_TEST(!problem_named("not_registered").has_value());
    BOOST_TEST((entry_of(static_cast<Problem>(1)).problem == Problem::internal));
}

BOOST_AUTO_TEST_SUITE_END()
