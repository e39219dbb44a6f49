#include "gateway/platform/disk.h"

#include <array>
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <sys/stat.h>

#include "tests/support/fake_world.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::platform {

using model::Problem;

// What the disk and its fake must do alike.
struct RealDisk {
    tests::TemporaryFolder folder;
    Disk files;
};
struct FakeDisk {
    FakeDisk() { (void)files.make_directories("/fake"); }
    struct Folder {
        std::string operator/(const std::string& name) const { return "/fake/" + name; }
        std::string path() const { return "/fake"; }
    };
    Folder folder;
    tests::MemoryFiles files;
};
using Disks = boost::mpl::list<RealDisk, FakeDisk>;

BOOST_AUTO_TEST_SUITE(files)

BOOST_AUTO_TEST_CASE_TEMPLATE(what_was_written_whole_is_read_back, World, Disks) {
    World world;
    const std::string path = world.folder / "a";
    BOOST_REQUIRE(world.files.write_whole(path, "first", 0600));
    BOOST_REQUIRE(world.files.write_whole(path, "second", 0600));
    BOOST_TEST(world.files.read(path, 6).value() == "second");
    BOOST_TEST(world.files.list(world.folder.path()).value() == std::vector<std::string>{"a"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_file_beyond_the_limit_is_refused, World, Disks) {
    World world;
    BOOST_REQUIRE(world.files.write_whole(world.folder / "a", "123456", 0600));
    const auto read = world.files.read(world.folder / "a", 5);
    BOOST_REQUIRE(!read);
    BOOST_TEST((read.error().problem == Problem::store_unavailable));
    BOOST_TEST(read.error().detail.en.find("a") != std::string::npos);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_absent_file_is_named_in_the_refusal, World, Disks) {
    World world;
    const auto read = world.files.read(world.folder / "absent", 10);
    BOOST_REQUIRE(!read);
    BOOST_TEST((read.error().problem == Problem::store_unavailable));
    BOOST_TEST(read.error().detail.en.find("absent") != std::string::npos);
    BOOST_TEST(!world.files.open(world.folder / "absent"));
    BOOST_TEST(!world.files.exists(world.folder / "absent"));
    BOOST_TEST(world.files.change_mark(world.folder / "absent") == 0U);
    BOOST_TEST(world.files.remove(world.folder / "absent").has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_new_file_is_written_in_pieces_and_read_in_pieces, World, Disks) {
    World world;
    const std::string path = world.folder / "b";
    {
        auto file = world.files.create(path);
        BOOST_REQUIRE(file);
        BOOST_TEST((*file)->append("abc").has_value());
        BOOST_TEST((*file)->append("def").has_value());
        BOOST_TEST((*file)->sync().has_value());
    }
    BOOST_TEST(!world.files.create(path));
    auto file = world.files.open(path);
    BOOST_REQUIRE(file);
    BOOST_TEST((*file)->size() == 6U);
    std::array<char, 4> piece{};
    BOOST_TEST((*file)->read(piece).value() == 4U);
    BOOST_TEST((*file)->read(piece).value() == 2U);
    BOOST_TEST((*file)->read(piece).value() == 0U);
    BOOST_TEST(world.files.remove(path).has_value());
    BOOST_TEST(!world.files.exists(path));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(folders_are_made_whole_and_again_without_harm, World, Disks) {
    World world;
    const std::string path = world.folder / "x/y/z";
    BOOST_TEST(world.files.make_directories(path).has_value());
    BOOST_TEST(world.files.make_directories(path).has_value());
    BOOST_TEST(world.files.write_whole(path + "/f", "", 0600).has_value());
    BOOST_TEST(world.files.sync_directory(path).has_value());
    BOOST_TEST(!world.files.sync_directory(path + "/none"));
    BOOST_TEST(!world.files.make_directories(path + "/f"));
    BOOST_TEST(!world.files.write_whole(world.folder / "none/f", "", 0600));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_change_of_content_changes_the_mark, World, Disks) {
    World world;
    const std::string path = world.folder / "c";
    BOOST_REQUIRE(world.files.write_whole(path, "one", 0600));
    const std::uint64_t before = world.files.change_mark(path);
    BOOST_TEST(before != 0U);
    BOOST_TEST(world.files.change_mark(path) == before);
    BOOST_REQUIRE(world.files.write_whole(path, "other", 0600));
    BOOST_TEST(world.files.change_mark(path) != before);
}

BOOST_AUTO_TEST_CASE(files_get_the_mode_asked_for_and_folders_are_the_owners_alone) {
    const tests::TemporaryFolder folder;
    Disk disk;
    BOOST_REQUIRE(disk.write_whole(folder / "open", "x", 0644));
    BOOST_REQUIRE(disk.make_directories(folder / "closed"));
    BOOST_REQUIRE(disk.create(folder / "new"));
    struct stat status{};
    BOOST_REQUIRE(::stat((folder / "open").c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777U) == 0644U);
    BOOST_REQUIRE(::stat((folder / "closed").c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777U) == 0700U);
    BOOST_REQUIRE(::stat((folder / "new").c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777U) == 0600U);
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_a_refusal) {
    Disk disk;
    const auto written = disk.write_whole("/dev/full/x", "x", 0600);
    BOOST_TEST(!written);
    auto file = disk.open("/proc");
    std::array<char, 4> piece{};
    BOOST_TEST((!file || !(*file)->read(piece)));
}

BOOST_AUTO_TEST_CASE(the_fake_disk_fails_the_call_it_was_told_to) {
    tests::MemoryFiles fake;
    BOOST_REQUIRE(fake.make_directories("/f"));
    fake.fail_call(2);
    BOOST_TEST(fake.write_whole("/f/a", "1", 0600).has_value());
    BOOST_TEST(!fake.write_whole("/f/b", "2", 0600));
    BOOST_TEST(fake.write_whole("/f/b", "2", 0600).has_value());
    fake.fail_next(tests::FileCall::sync);
    BOOST_TEST(!(*fake.create("/f/c"))->sync());
    fake.limit_space(3);
    auto file = fake.create("/f/d");
    BOOST_REQUIRE(file);
    BOOST_TEST((*file)->append("123").has_value());
    BOOST_TEST(!(*file)->append("4"));
    fake.limit_space(std::nullopt);
    BOOST_TEST((*file)->append("4").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::platform
