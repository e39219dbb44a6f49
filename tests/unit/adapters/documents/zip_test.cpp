#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/documents/careplan/samples.h"
#include "adapters/documents/zip_reader.h"
#include "routing/model/limits.h"

namespace {

using namespace sekisho;
using documents::CareplanFile;
using documents::zip_of;
using documents::ZipMethod;
using documents::ZipReader;
using model::Problem;

const std::vector<CareplanFile> kTwo{{"one.csv", "first content"}, {"two.csv", "the second"}};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    BOOST_REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

// Everywhere: in front of the content and in the directory.
std::string renamed(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
    }
    return text;
}

std::size_t central_header(const std::string& zip, int number) {
    std::size_t at = zip.find("PK\1\2");
    for (int i = 1; i < number; ++i) at = zip.find("PK\1\2", at + 4);
    return at;
}

model::Result<std::vector<std::string>> expand(std::string_view zip) {
    auto reader = ZipReader::open(zip);
    if (!reader) return std::unexpected(reader.error());
    std::vector<std::string> contents;
    for (std::size_t i = 0; i < reader->entries().size(); ++i) {
        if (auto begun = reader->next(); !begun) return std::unexpected(begun.error());
        auto& content = contents.emplace_back();
        for (;;) {
            const auto piece = reader->read();
            if (!piece) return std::unexpected(piece.error());
            if (piece->empty()) break;
            content += *piece;
        }
    }
    return contents;
}

Problem problem_of(std::string_view zip) {
    const auto contents = expand(zip);
    BOOST_REQUIRE(!contents.has_value());
    BOOST_TEST((contents.error().problem == Problem::document_invalid));
    BOOST_REQUIRE_EQUAL(contents.error().errors.size(), 1U);
    return contents.error().errors[0].code;
}

bool is_refused(std::string_view zip) {
    return problem_of(zip) == Problem::archive_invalid;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(zip)

BOOST_AUTO_TEST_CASE(stored_and_deflated_contents_come_out_as_they_went_in) {
    for (const ZipMethod method : {ZipMethod::stored, ZipMethod::deflate}) {
        const auto contents = expand(zip_of(kTwo, method));
        BOOST_REQUIRE(contents.has_value());
        BOOST_REQUIRE_EQUAL(contents->size(), 2U);
        BOOST_TEST((*contents)[0] == kTwo[0].bytes);
        BOOST_TEST((*contents)[1] == kTwo[1].bytes);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_archive_or_cut_short_is_refused) {
    const std::string zip = zip_of(kTwo);
    BOOST_TEST(is_refused(""));
    BOOST_TEST(is_refused("202407,139980"));
    for (std::size_t length = 0; length < zip.size(); ++length) {
        BOOST_TEST_CONTEXT(length) BOOST_TEST(is_refused(std::string_view{zip}.substr(0, length)));
    }
}

BOOST_AUTO_TEST_CASE(an_archive_without_entries_is_refused) {
    BOOST_TEST(is_refused(zip_of({})));
}

BOOST_AUTO_TEST_CASE(names_with_a_path_a_drive_or_control_characters_are_refused) {
    for (const std::string_view name : {"a/e.csv", "/ne.csv", "../.csv", "..\\.csv", "C:e.csv",
                                        "on\te.cs", ".ne.csv", "one.cs.", "on\x83.csv"}) {
        BOOST_TEST_CONTEXT(name) BOOST_TEST(is_refused(renamed(zip_of(kTwo), "one.csv", name)));
    }
}

BOOST_AUTO_TEST_CASE(a_name_twice_whatever_its_case_is_refused) {
    BOOST_TEST(is_refused(renamed(zip_of(kTwo), "two.csv", "one.csv")));
    BOOST_TEST(is_refused(renamed(zip_of(kTwo), "two.csv", "ONE.CSV")));
}

BOOST_AUTO_TEST_CASE(two_names_for_one_entry_are_refused) {
    BOOST_TEST(is_refused(replaced(zip_of(kTwo), "one.csv", "two.csv")));
    BOOST_TEST(is_refused(replaced(zip_of(kTwo), "one.csv", "six.csv")));
}

BOOST_AUTO_TEST_CASE(bytes_before_behind_or_between_the_entries_are_refused) {
    const std::string zip = zip_of(kTwo);
    BOOST_TEST(is_refused("x" + zip));
    BOOST_TEST(is_refused(zip + "x"));
    BOOST_TEST(is_refused(zip + zip));
    std::string hidden = zip;
    hidden.insert(hidden.find("PK\1\2"), "hidden");
    BOOST_TEST(is_refused(hidden));
    std::string comment = zip;
    comment[comment.size() - 2] = 1;
    BOOST_TEST(is_refused(comment + "c"));
}

BOOST_AUTO_TEST_CASE(links_folders_and_encrypted_entries_are_refused) {
    const std::string zip = zip_of(kTwo);
    std::string link = zip;
    link[central_header(zip, 2) + 41] = static_cast<char>(0xA1);  // S_IFLNK
    BOOST_TEST(is_refused(link));
    std::string folder = zip;
    folder[central_header(zip, 1) + 41] = 0x41;  // S_IFDIR
    BOOST_TEST(is_refused(folder));
    std::string encrypted = zip;
    encrypted[central_header(zip, 1) + 8] =
        static_cast<char>(encrypted[central_header(zip, 1) + 8] | 1);
    BOOST_TEST(is_refused(encrypted));
    std::string method = zip;
    method[central_header(zip, 1) + 10] = 12;  // bzip2
    BOOST_TEST(is_refused(method));
}

BOOST_AUTO_TEST_CASE(a_content_that_fails_its_checksum_is_refused) {
    BOOST_TEST(is_refused(replaced(zip_of(kTwo, ZipMethod::stored), "first", "fiRst")));
}

BOOST_AUTO_TEST_CASE(a_content_of_another_size_than_promised_is_refused) {
    std::string zip = zip_of(kTwo);
    zip[central_header(zip, 1) + 24] = 5;
    BOOST_TEST(is_refused(zip));
}

BOOST_AUTO_TEST_CASE(more_entries_than_the_limit_are_refused) {
    std::vector<CareplanFile> files;
    for (std::size_t i = 0; i < model::limits::kArchiveEntriesMax; ++i) {
        files.push_back({"file" + std::to_string(i), "x"});
    }
    BOOST_TEST(expand(zip_of(files)).has_value());
    files.push_back({"one-too-many", "x"});
    BOOST_TEST((problem_of(zip_of(files)) == Problem::archive_too_large));
}

BOOST_AUTO_TEST_CASE(a_content_that_expands_beyond_the_ratio_is_refused) {
    const std::vector<CareplanFile> bomb{
        {"zeros.csv", std::string(4 * model::limits::kMebibyte, '0')}};
    BOOST_TEST((problem_of(zip_of(bomb)) == Problem::archive_too_large));
    const std::vector<CareplanFile> small{
        {"zeros.csv", std::string(model::limits::kMebibyte, '0')}};
    BOOST_TEST(expand(zip_of(small)).has_value());
}

BOOST_AUTO_TEST_CASE(a_bomb_that_lies_about_its_size_is_refused) {
    const std::vector<CareplanFile> bomb{
        {"zeros.csv", std::string(4 * model::limits::kMebibyte, '0')}};
    std::string zip = zip_of(bomb);
    const std::size_t size = central_header(zip, 1) + 24;
    zip.replace(size, 4, std::string("\x10\0\0\0", 4));
    BOOST_TEST(is_refused(zip));
}

BOOST_AUTO_TEST_SUITE_END()
