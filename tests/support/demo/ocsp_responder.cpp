#include "tests/support/demo/ocsp_responder.h"

#include <charconv>
#include <csignal>
#include <fstream>
#include <stdexcept>

namespace sekisho::tests {

OcspResponder::OcspResponder(const std::string& index, const ResponderPki& pki,
                             const std::vector<std::string>& more) {
    write("index.txt", index);
    write("ca.pem", pki.authority);
    write("signer.pem", pki.signer);
    write("signer.key", pki.signer_key);
    std::vector<std::string> command{"/usr/bin/openssl",
                                     "ocsp",
                                     "-port",
                                     "0",
                                     "-index",
                                     folder_ / "index.txt",
                                     "-CA",
                                     folder_ / "ca.pem",
                                     "-rsigner",
                                     folder_ / "signer.pem",
                                     "-rkey",
                                     folder_ / "signer.key"};
    command.insert(command.end(), more.begin(), more.end());
    process_ = Child{command, folder_ / "said"};
    if (!eventually([this] { return read_port() != 0; })) {
        throw std::runtime_error("openssl ocsp does not listen");
    }
}

// Of two that are valid each has a name of its own, or openssl reads neither.
std::string OcspResponder::valid(const std::string& serial) {
    return "V\t401231235959Z\t\t" + serial + "\tunknown\t/CN=" + serial + "\n";
}

std::string OcspResponder::revoked(const std::string& serial) {
    return "R\t401231235959Z\t260101000000Z\t" + serial + "\tunknown\t/CN=" + serial + "\n";
}

void OcspResponder::stop() {
    process_.signal(SIGTERM);
    process_.wait();
}

void OcspResponder::write(const std::string& name, const std::string& text) const {
    std::ofstream{folder_ / name, std::ios::binary} << text;
}

// "ACCEPT [::]:40001 PID=7" is the first thing it says.
std::uint16_t OcspResponder::read_port() {
    std::ifstream said{folder_ / "said"};
    std::string line;
    std::getline(said, line);
    const std::size_t end = line.find(" PID=");
    if (!line.starts_with("ACCEPT ") || end == std::string::npos) return 0;
    const std::size_t begin = line.rfind(':', end) + 1;
    std::from_chars(line.data() + begin, line.data() + end, port_);
    return port_;
}

}  // namespace sekisho::tests
