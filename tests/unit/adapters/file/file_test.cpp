#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "adapters/file/content.h"
#include "adapters/file/doorbell.h"
#include "adapters/file/dropped_file.h"
#include "tests/support/temporary_folder.h"

using namespace sekisho::file;
using sekisho::tests::TemporaryFolder;

namespace {

using Names = std::set<std::string>;

struct Folder : TemporaryFolder {
    Names visible() const { return names(false); }
    Names hidden() const { return names(true); }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream{*this / name, std::ios::binary} << text;
    }

  private:
    Names names(bool hidden) const {
        Names found;
        for (const auto& entry : std::filesystem::directory_iterator(path())) {
            const std::string name = entry.path().filename().string();
            if (name.starts_with('.') == hidden) found.insert(name);
        }
        return found;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_file, Folder)

BOOST_AUTO_TEST_CASE(is_hidden_until_it_is_whole) {
    DroppedFile file(path(), "a.txt");
    BOOST_TEST(file.write("half"));
    BOOST_TEST(visible().empty());
    BOOST_TEST(hidden().size() == 1U);
    BOOST_TEST((file.write(" and half") && file.sync() && file.publish()));
    BOOST_TEST((visible() == Names{"a.txt"}));
    BOOST_TEST(hidden().empty());
    BOOST_TEST(content_of(*this / "a.txt", 100).value() == "half and half");
}

BOOST_AUTO_TEST_CASE(that_is_given_up_leaves_nothing) {
    {
        DroppedFile file(path(), "a.txt");
        BOOST_TEST(file.write("half"));
    }
    BOOST_TEST((visible().empty() && hidden().empty()));
}

BOOST_AUTO_TEST_CASE(says_why_it_cannot_be) {
    DroppedFile file(path() + "/nowhere", "a.txt");
    BOOST_TEST(!file.write("x"));
    BOOST_TEST(file.trouble().starts_with("create: "), file.trouble());
}

BOOST_AUTO_TEST_CASE(is_read_within_a_limit) {
    write("a.txt", "12345");
    BOOST_TEST(content_of(*this / "a.txt", 5).value() == "12345");
    BOOST_TEST((content_of(*this / "a.txt", 4).error() == NoContent::too_large));
    BOOST_TEST((content_of(*this / "b.txt", 5).error() == NoContent::absent));
}

BOOST_AUTO_TEST_CASE(is_a_plain_one) {
    write("a.txt", "12345");
    std::filesystem::create_symlink(*this / "a.txt", *this / "link");
    std::filesystem::create_directory(*this / "folder");
    for (const char* name : {"link", "folder"})
        BOOST_TEST((content_of(*this / name, 5).error() == NoContent::absent), name);
}

BOOST_AUTO_TEST_CASE(is_named_among_the_others_of_its_folder) {
    write("a.txt", "1");
    write(".b", "2");
    const auto names = names_in(path());
    BOOST_TEST((Names{names.begin(), names.end()} == Names{"a.txt", ".b"}));
    BOOST_TEST(names_in(path() + "/nowhere").empty());
}

BOOST_AUTO_TEST_CASE(rings_when_it_appears) {
    const Doorbell doorbell(path());
    const std::jthread writer([&] { write("a.txt", "x"); });
    const auto began = std::chrono::steady_clock::now();
    doorbell.wait(std::chrono::minutes{1});
    BOOST_TEST((std::chrono::steady_clock::now() - began < std::chrono::seconds{30}));
}

BOOST_AUTO_TEST_CASE(of_a_folder_that_is_not_there_is_waited_for_no_longer_than_said) {
    const Doorbell doorbell(path() + "/nowhere");
    doorbell.wait(std::chrono::milliseconds{1});
    BOOST_TEST(visible().empty());
}

BOOST_AUTO_TEST_SUITE_END()
