#include "tests/support/demo/time_authority.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/support/demo/demo_gateway.h"

namespace sekisho::tests {

namespace {

std::string content(const std::string& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

void run_openssl(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "/usr/bin/openssl");
    const auto done = run_program(arguments);
    if (done.exit_code != 0) throw std::runtime_error(done.output);
}

}  // namespace

TimeAuthority::TimeAuthority() {
    const auto file = [this](const char* name) { return folder_ / name; };
    std::ofstream{file("extensions")} << "extendedKeyUsage=critical,timeStamping\n";
    std::ofstream{file("ts.conf")} << "[tsa]\n"
                                      "default_tsa=t\n"
                                      "[t]\n"
                                      "serial="
                                   << file("serial")
                                   << "\n"
                                      "signer_cert="
                                   << file("tsa.pem")
                                   << "\n"
                                      "signer_key="
                                   << file("tsa.key")
                                   << "\n"
                                      "signer_digest=sha256\n"
                                      "default_policy=1.2.3.4.1\n"
                                      "digests=sha256\n";
    run_openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                 "-keyout", file("ca.key"), "-out", file("ca.pem"), "-subj", "/CN=Time CA", "-days",
                 "30"});
    run_openssl({"req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                 file("tsa.key"), "-out", file("tsa.csr"), "-subj", "/CN=Time authority"});
    run_openssl({"x509", "-req", "-in", file("tsa.csr"), "-CA", file("ca.pem"), "-CAkey",
                 file("ca.key"), "-CAcreateserial", "-out", file("tsa.pem"), "-days", "30",
                 "-extfile", file("extensions")});
}

std::string TimeAuthority::anchors() const {
    return content(anchors_file());
}

std::string TimeAuthority::answer(const std::string& query) const {
    std::ofstream{folder_ / "query.tsq", std::ios::binary} << query;
    run_openssl({"ts", "-reply", "-config", folder_ / "ts.conf", "-section", "t", "-queryfile",
                 folder_ / "query.tsq", "-out", folder_ / "response.tsr"});
    return content(folder_ / "response.tsr");
}

void TimeAuthority::listen() {
    if (!server_.start()) throw std::runtime_error("the time authority cannot listen");
}

adapters::HttpReply TimeAuthority::handle(const adapters::HttpCall& call) {
    const bool asked =
        call.method == "POST" && call.path == "/tsa" &&
        adapters::find_header(call.headers, "Content-Type") == "application/timestamp-query";
    if (!asked) return {400, {}, {}};
    return {200, {{"Content-Type", "application/timestamp-reply"}}, answer(call.body)};
}

}  // namespace sekisho::tests
