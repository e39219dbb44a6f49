// The repository reads itself: include direction, sizes, words that are not used here, captions and
// READMEs.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot{SEKISHO_SOURCE_DIR};

struct Source {
    std::string path;  // from the root
    std::vector<std::string> lines;
};

std::vector<std::string> read_lines(const fs::path& path) {
    std::ifstream in{path};
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

bool is_code(const fs::path& path) {
    return path.extension() == ".h" || path.extension() == ".cpp" || path.extension() == ".c";
}

std::vector<Source> sources_of(const std::vector<std::string>& folders) {
    std::vector<Source> sources;
    for (const std::string& folder : folders) {
        for (const auto& entry : fs::recursive_directory_iterator{kRoot / folder}) {
            if (!entry.is_regular_file() || !is_code(entry.path())) continue;
            sources.push_back({.path = fs::relative(entry.path(), kRoot).string(),
                               .lines = read_lines(entry.path())});
        }
    }
    std::ranges::sort(sources, {}, &Source::path);
    return sources;
}

const std::vector<Source>& production() {
    static const auto sources = sources_of({"routing", "adapters", "gateway"});
    return sources;
}

const std::vector<Source>& everything() {
    static const auto sources = sources_of({"routing", "adapters", "gateway", "tests"});
    return sources;
}

// room -> what it may include
std::map<std::string, std::set<std::string>> read_include_table() {
    std::map<std::string, std::set<std::string>> table;
    for (const std::string& line : read_lines(kRoot / "tests/tidy/includes.txt")) {
        if (line.empty() || line[0] == '#') continue;
        const auto colon = line.find(':');
        std::istringstream friends{line.substr(colon + 1)};
        auto& row = table[line.substr(0, colon)];
        for (std::string name; friends >> name;) row.insert(name);
    }
    return table;
}

template <class Table>
std::string room_of(const std::string& path, const Table& table) {
    std::string best;
    for (const auto& [room, friends] : table) {
        if (path.starts_with(room + "/") && room.size() > best.size()) best = room;
    }
    return best;
}

// The library a system header belongs to; empty for the standard library.
std::string library_of(const std::string& header) {
    static const std::set<std::string> kPosix{
        "fcntl.h",        "unistd.h",      "sys/stat.h",    "sys/file.h",   "sys/types.h",
        "sys/epoll.h",    "sys/eventfd.h", "sys/timerfd.h", "sys/socket.h", "sys/ioctl.h",
        "netinet/in.h",   "netinet/tcp.h", "arpa/inet.h",   "dirent.h",     "poll.h",
        "signal.h",       "termios.h",     "sys/wait.h",    "sys/time.h",   "sys/resource.h",
        "dlfcn.h",        "netdb.h",       "sys/uio.h",     "sys/un.h",     "sys/vfs.h",
        "sys/signalfd.h", "sys/mount.h",   "sys/prctl.h",   "sched.h",      "net/if.h",
        "spawn.h",        "sys/inotify.h", "sys/timex.h"};
    if (kPosix.contains(header)) return "posix";
    if (header == "sqlite3.h") return "sqlite3";
    if (header == "archive.h" || header == "archive_entry.h") return "archive";
    const auto slash = header.find('/');
    if (slash == std::string::npos) return {};
    return header.substr(0, slash);
}

std::set<std::string> excused() {
    std::set<std::string> paths;
    for (const std::string& line : read_lines(kRoot / "tests/tidy/excuses.txt")) {
        if (!line.empty() && line[0] != '#') paths.insert(line.substr(0, line.find(':')));
    }
    return paths;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_repository)

BOOST_AUTO_TEST_CASE(includes_go_only_where_the_table_lets_them) {
    const auto table = read_include_table();
    const std::regex own{R"(^\s*#\s*include\s+"([^"]+)\")"};
    const std::regex foreign{R"(^\s*#\s*include\s+<([^>]+)>)"};
    for (const Source& source : everything()) {
        const std::string room = room_of(source.path, table);
        BOOST_TEST_REQUIRE(!room.empty(), source.path << " is in no room of the include table");
        const auto& friends = table.at(room);
        if (friends.contains("*")) continue;
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            std::smatch match;
            if (std::regex_search(source.lines[i], match, own)) {
                const std::string target = room_of(match[1].str(), table);
                BOOST_TEST((target == room || friends.contains(target)),
                           source.path << ":" << i + 1 << " includes " << match[1]);
            } else if (std::regex_search(source.lines[i], match, foreign)) {
                const std::string library = library_of(match[1].str());
                BOOST_TEST((library.empty() || friends.contains(library)),
                           source.path << ":" << i + 1 << " includes <" << match[1] << ">");
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(nothing_in_production_includes_the_tests) {
    for (const Source& source : production()) {
        for (const std::string& line : source.lines) {
            BOOST_TEST(line.find("#include \"tests/") == std::string::npos, source.path);
        }
    }
}

BOOST_AUTO_TEST_CASE(files_stay_within_their_budget) {
    const auto excuses = excused();
    for (const Source& source : everything()) {
        const std::size_t lines_max = source.path.ends_with(".h") ? 250 : 500;
        if (excuses.contains(source.path)) continue;
        BOOST_TEST(source.lines.size() <= lines_max,
                   source.path << " has " << source.lines.size() << " lines");
    }
}

BOOST_AUTO_TEST_CASE(functions_stay_within_seventy_lines) {
    const std::regex not_a_function{
        R"(^(namespace|class|struct|enum|union|extern|constexpr|const|static const)\b)"};
    const auto excuses = excused();
    for (const Source& source : everything()) {
        if (excuses.contains(source.path)) continue;
        std::size_t begin = 0;
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            const std::string& line = source.lines[i];
            const bool opens = !line.empty() && line[0] != ' ' && line.ends_with("{") &&
                               !std::regex_search(line, not_a_function);
            if (opens) begin = i + 1;
            if (line == "}" && begin != 0) {
                BOOST_TEST(i + 1 - begin <= 71U,
                           source.path << ":" << begin << " has " << i + 1 - begin << " lines");
                begin = 0;
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(words_that_are_not_used_here_do_not_appear) {
    struct Ban {
        const char* pattern;
        const char* instead;
        std::vector<std::string> where;
    };
    const std::vector<std::string> anywhere{"routing/", "adapters/", "gateway/", "tests/"};
    const std::vector<Ban> bans{
        {R"(\bsleep_for\b|\bsleep_until\b|\busleep\b|\bsleep\s*\()",
         "a Timer, or a condition",
         {"routing/", "gateway/", "tests/unit/", "tests/contract/"}},
        {R"(system_clock::now|\btime\s*\(\s*(nullptr|NULL|0)\s*\))",
         "the Clock port",
         {"routing/", "gateway/", "tests/unit/", "tests/contract/"}},
        {R"(\brand\s*\(\)|std::rand\b|random_device)", "the Random port", anywhere},
        {R"(\bstrcpy\s*\(|\bsprintf\s*\(|\bstrcat\s*\(|\bgets\s*\()", "std::string", anywhere},
        // Clang takes libstdc++ 12's for deprecated in C++23, so the fuzz targets would not build.
        {R"(\bstable_sort\b|\bstable_partition\b|\binplace_merge\b)", "a sort by all that counts",
         anywhere},
        {R"(Application::instance|Logger::get\b)", "a collaborator handed in by wiring", anywhere},
        {R"(\bTODO\b|\bFIXME\b|\bXXX\b|\bHACK\b)", "an issue", anywhere},
    };
    for (const Source& source : everything()) {
        // The one place that asks the machine for the time, and this list itself.
        if (source.path == "gateway/platform/system.cpp" || source.path == "tests/tidy/tidy.cpp")
            continue;
        for (const Ban& ban : bans) {
            const bool applies = std::ranges::any_of(ban.where, [&](const std::string& folder) {
                return source.path.starts_with(folder);
            });
            if (!applies) continue;
            const std::regex pattern{ban.pattern};
            for (std::size_t i = 0; i < source.lines.size(); ++i) {
                BOOST_TEST(!std::regex_search(source.lines[i], pattern),
                           source.path << ":" << i + 1 << ": use " << ban.instead);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(no_header_opens_a_namespace_to_its_readers) {
    const std::regex pattern{R"(^\s*using namespace )"};
    for (const Source& source : everything()) {
        if (!source.path.ends_with(".h")) continue;
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            BOOST_TEST((!std::regex_search(source.lines[i], pattern) ||
                        source.lines[i].find("std::chrono_literals") != std::string::npos),
                       source.path << ":" << i + 1);
        }
    }
}

BOOST_AUTO_TEST_CASE(no_type_is_named_manager_helper_util_or_impl) {
    const std::regex pattern{
        R"(\b(class|struct)\s+\w*(Manager|Helper|Util|Utils|Processor|Impl)\b)"};
    for (const Source& source : everything()) {
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            BOOST_TEST(!std::regex_search(source.lines[i], pattern), source.path << ":" << i + 1);
        }
    }
}

BOOST_AUTO_TEST_CASE(every_room_says_in_its_readme_what_it_is) {
    for (const auto& [room, friends] : read_include_table()) {
        if (room == "tests") continue;
        std::ifstream readme{kRoot / room / "README.md"};
        std::string title;
        std::getline(readme, title);
        BOOST_TEST(title.starts_with("# "), room << "/README.md is missing or has no title");
    }
}

BOOST_AUTO_TEST_CASE(every_header_begins_with_what_it_is) {
    for (const Source& source : production()) {
        if (!source.path.ends_with(".h")) continue;
        BOOST_TEST_REQUIRE(!source.lines.empty(), source.path);
        const std::string& first = source.lines.front();
        BOOST_TEST((first.starts_with("//") || first.starts_with("/*")),
                   source.path << " begins with no comment");
    }
}

BOOST_AUTO_TEST_CASE(every_room_has_unit_tests) {
    for (const auto& [room, friends] : read_include_table()) {
        if (room == "tests" || room == "gateway") continue;
        if (room == "gateway/wiring" || room == "adapters/api" || room == "adapters/ledger")
            continue;
        const fs::path folder = kRoot / "tests/unit" / room;
        BOOST_TEST(fs::exists(folder), "tests/unit/" << room << " is missing");
    }
}

BOOST_AUTO_TEST_CASE(every_problem_is_produced_by_the_code_and_met_by_a_test) {
    std::string produced;
    std::string tested;
    for (const Source& source : everything()) {
        if (source.path.starts_with("routing/model/problem.")) continue;
        std::string& text = source.path.starts_with("tests/") ? tested : produced;
        if (source.path == "tests/tidy/tidy.cpp") continue;
        for (const std::string& line : source.lines) text.append(line).push_back('\n');
    }
    const std::regex entry{R"(^    (\w+) = \d{4},)"};
    const std::regex name{R"re(\{(\w+), "([a-z-]+)", \d{3},)re"};
    std::map<std::string, std::string> names;
    for (const std::string& line : read_lines(kRoot / "routing/model/problem.cpp")) {
        std::smatch match;
        if (std::regex_search(line, match, name)) names[match[1].str()] = match[2].str();
    }
    for (const std::string& line : read_lines(kRoot / "routing/model/problem.h")) {
        std::smatch match;
        if (!std::regex_search(line, match, entry)) continue;
        const std::string problem = match[1].str();
        BOOST_TEST(names.contains(problem), problem << " has no entry in the catalogue");
        BOOST_TEST(produced.find("Problem::" + problem) != std::string::npos,
                   problem << " is never produced");
        const bool met = tested.find("Problem::" + problem) != std::string::npos ||
                         tested.find(names[problem]) != std::string::npos;
        BOOST_TEST(met, problem << " is met by no test");
    }
}

BOOST_AUTO_TEST_SUITE_END()
