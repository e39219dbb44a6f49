// The names of a keyring's files.
#include "gateway/platform/key_file.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "tests/support/config_files.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::platform {

namespace {

struct Row {
    const char* name;
    KeyFile file;
    const char* kid;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_key_file)

BOOST_AUTO_TEST_CASE(is_known_by_its_name_and_named_by_what_it_is) {
    for (const auto& [name, file, kid] :
         {Row{"body-2.key", {.use = KeyUse::body, .number = 2}, "body-2"},
          Row{"person.key", {.use = KeyUse::person}, "person"},
          Row{"receipt-10.pem", {.use = KeyUse::receipt, .number = 10}, "receipt-10"},
          Row{"log.pem", {.use = KeyUse::log, .number = 1}, "log"},
          Row{"log-2.pem", {.use = KeyUse::log, .number = 2}, "log-2"},
          Row{"log-1.pub", {.use = KeyUse::retired_log, .number = 1}, "log-1"}}) {
        BOOST_TEST_CONTEXT(name) {
            const auto read = key_file(name);
            BOOST_TEST_REQUIRE(read.has_value());
            BOOST_TEST((*read == file));
            BOOST_TEST(name_of(file) == name);
            BOOST_TEST(kid_of(file) == kid);
        }
    }
}

BOOST_AUTO_TEST_CASE(of_no_other_spelling_is_one) {
    for (const char* name :
         {"", "body-.key", "body-0.key", "body-02.key", "body-2.pem", "body-2.key.old", "body-2",
          "body-x.key", "body--2.key", "body-4294967296.key", "person.pem", "person-1.key",
          "personkey.key", "receipt-1.key", "log-1.pem", "log.pub", "log.key", "xlog.pem"}) {
        BOOST_TEST(!key_file(name), name);
    }
}

BOOST_AUTO_TEST_CASE(has_the_time_at_which_it_was_written) {
    const tests::TemporaryFolder folder;
    const std::string path = folder / "body-1.key";
    BOOST_TEST(!written_at(path).has_value());
    tests::write_file(path, "key");
    const auto at = *model::parse_rfc3339("2025-04-01T00:00:00Z");
    std::filesystem::last_write_time(path, std::chrono::file_clock::from_sys(at));
    BOOST_TEST((written_at(path) == at));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
