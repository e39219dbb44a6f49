#include "tests/support/demo/soft_token.h"

#include <fstream>
#include <stdexcept>

#include "tests/support/demo/demo_gateway.h"

namespace sekisho::tests {

namespace {

void run(std::vector<std::string> command, const std::string& environment) {
    command.insert(command.begin(), {"/usr/bin/env", environment, "softhsm2-util"});
    const auto done = run_program(command);
    if (done.exit_code != 0) throw std::runtime_error(done.output);
}

}  // namespace

SoftToken::SoftToken(const std::string& key_file) {
    std::filesystem::create_directory(folder_ / "tokens");
    std::ofstream{configuration()} << "directories.tokendir = " << folder_ / "tokens"
                                   << "\nobjectstore.backend = file\nlog.level = ERROR\n";
    change_pin("1234");
    run({"--init-token", "--free", "--label", "sekisho", "--pin", "1234", "--so-pin", "5678"},
        environment());
    run({"--import", key_file, "--token", "sekisho", "--label", "gateway", "--id", "01", "--pin",
         "1234"},
        environment());
}

std::string SoftToken::uri(const std::string& object) const {
    return "pkcs11:token=sekisho;object=" + object +
           ";type=private?pin-source=file:" + (folder_ / "pin");
}

void SoftToken::change_pin(const std::string& pin) const {
    std::ofstream{folder_ / "pin", std::ios::trunc} << pin;
}

}  // namespace sekisho::tests
