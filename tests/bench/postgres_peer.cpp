#include <filesystem>
#include <fstream>
#include <pwd.h>
#include <random>
#include <stdexcept>
#include <unistd.h>

#include "tests/bench/peers.h"
#include "tests/bench/process.h"

namespace sekisho::bench {

namespace {

namespace fs = std::filesystem;

std::string newest_programs() {
    std::string newest;
    for (const auto& entry : fs::directory_iterator{"/usr/lib/postgresql"}) {
        newest = std::max(newest, (entry.path() / "bin").string());
    }
    return newest;
}

// Text that neither compresses nor needs escaping.
std::string random_text(std::size_t bytes) {
    constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::mt19937 random{1};
    std::string text(bytes, ' ');
    for (char& letter : text) letter = kLetters[random() % kLetters.size()];
    return text;
}

}  // namespace

// PostgreSQL refuses to run as root: there its own account does it.
std::vector<std::string> PostgresPeer::as_owner(const std::vector<std::string>& command) const {
    if (::geteuid() != 0) return command;
    std::vector<std::string> whole{"/usr/bin/setpriv", "--reuid",  "postgres",
                                   "--regid",          "postgres", "--init-groups"};
    whole.insert(whole.end(), command.begin(), command.end());
    return whole;
}

PostgresPeer::PostgresPeer() : programs_(newest_programs()), port_(tests::free_port()) {
    const std::string folder = folder_.path();
    if (const auto* owner = ::getpwnam("postgres"); ::geteuid() == 0 && owner != nullptr) {
        if (::chown(folder.c_str(), owner->pw_uid, owner->pw_gid) != 0) {
            throw std::runtime_error("cannot give a folder to postgres");
        }
    }
    const auto made = tests::run_program(as_owner(
        {programs_ + "/initdb", "-D", folder + "/data", "-A", "trust", "-U", "bench", "-N"}));
    if (made.exit_code != 0) throw std::runtime_error("initdb: " + made.output);
    server_ = tests::Child{
        as_owner({programs_ + "/postgres", "-D", folder + "/data", "-p", std::to_string(port_),
                  "-k", folder, "-c", "listen_addresses=127.0.0.1"}),
        folder_ / "out.log"};
    const auto ready = [&] {
        return tests::run_program({programs_ + "/pg_isready", "-q", "-h", "127.0.0.1", "-p",
                                   std::to_string(port_)})
                   .exit_code == 0;
    };
    if (!tests::eventually(ready)) {
        throw std::runtime_error("postgres: " + text_of(folder_ / "out.log"));
    }
}

PostgresPeer::~PostgresPeer() {
    server_.signal(SIGTERM);  // its smart shutdown
    server_.wait();
}

double PostgresPeer::insert_rate(std::size_t bytes, int seconds) const {
    const std::string port = std::to_string(port_);
    const auto table = tests::run_program({programs_ + "/psql", "-h", "127.0.0.1", "-p", port, "-U",
                                           "bench", "postgres", "-c",
                                           "CREATE TABLE message(id uuid PRIMARY KEY DEFAULT "
                                           "gen_random_uuid(), body text NOT NULL)"});
    if (table.exit_code != 0) throw std::runtime_error("psql: " + table.output);
    const std::string script = folder_ / "insert.sql";
    std::ofstream{script} << "INSERT INTO message(body) VALUES ('" << random_text(bytes) << "');\n";
    const auto run = tests::run_program({programs_ + "/pgbench", "-h", "127.0.0.1", "-p", port,
                                         "-U", "bench", "-n", "-c", "16", "-j", "2", "-T",
                                         std::to_string(seconds), "-f", script, "postgres"});
    const std::string mark = "tps = ";
    const auto at = run.output.find(mark);
    if (at == std::string::npos) throw std::runtime_error("pgbench: " + run.output);
    return std::stod(run.output.substr(at + mark.size()));
}

std::string PostgresPeer::version() const {
    return tests::run_program({programs_ + "/postgres", "--version"}).output;
}

}  // namespace sekisho::bench
