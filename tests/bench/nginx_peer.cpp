#include <fstream>
#include <stdexcept>

#include "tests/bench/peers.h"
#include "tests/bench/process.h"

namespace sekisho::bench {

namespace {

std::string upstream_of(const NginxPeer::Backend& backend) {
    return " upstream backend { server 127.0.0.1:" + std::to_string(backend.port) +
           "; keepalive 64; keepalive_requests 1000000000; }\n";
}

std::string location_of(const NginxPeer::Backend& backend) {
    const Credentials& own = backend.credentials;
    return "  location / {\n   proxy_pass https://backend;\n   proxy_http_version 1.1;\n"
           "   proxy_set_header Connection \"\";\n   proxy_ssl_protocols TLSv1.3;\n"
           "   proxy_ssl_session_reuse off;\n   proxy_ssl_certificate " +
           own.certificate_file + ";\n   proxy_ssl_certificate_key " + own.key_file + ";\n  }\n";
}

std::string configuration(const ServerFiles& files, const std::string& folder, std::uint16_t port,
                          const std::optional<NginxPeer::Backend>& backend) {
    return "daemon off;\nworker_processes auto;\nworker_rlimit_nofile 60000;\nerror_log " + folder +
           "/error.log;\npid " + folder +
           "/nginx.pid;\n"
           "events { worker_connections 30000; }\n"
           "http {\n access_log off;\n client_body_temp_path " +
           folder + ";\n proxy_temp_path " + folder + ";\n fastcgi_temp_path " + folder +
           ";\n uwsgi_temp_path " + folder + ";\n scgi_temp_path " + folder +
           ";\n keepalive_timeout 1h;\n keepalive_requests 1000000000;\n client_max_body_size "
           "64m;\n" +
           (backend ? upstream_of(*backend) : "") +
           " server {\n  listen 127.0.0.1:" + std::to_string(port) +
           " ssl backlog=4096;\n  ssl_certificate " + files.certificate_file +
           ";\n  ssl_certificate_key " + files.key_file + ";\n  ssl_client_certificate " +
           files.client_trust_file + ";\n  ssl_crl " + files.revocation_list_file +
           ";\n  ssl_verify_client on;\n  ssl_verify_depth 3;\n  ssl_protocols TLSv1.3;\n"
           "  ssl_session_tickets off;\n  ssl_session_cache off;\n" +
           (backend ? location_of(*backend) : "  location / { return 204; }\n") + " }\n}\n";
}

}  // namespace

NginxPeer::NginxPeer(const ServerFiles& files, const std::optional<Backend>& backend)
    : port_(tests::free_port()) {
    const std::string config = folder_ / "nginx.conf";
    std::ofstream{config} << configuration(files, folder_.path(), port_, backend);
    master_ = tests::Child{
        {"/usr/sbin/nginx", "-p", folder_.path(), "-c", config, "-e", folder_ / "error.log"},
        folder_ / "out.log"};
    if (!listens_soon(port_)) throw std::runtime_error("nginx: " + text_of(folder_ / "error.log"));
}

// A quick shutdown, which takes its workers along.
NginxPeer::~NginxPeer() {
    master_.signal(SIGTERM);
    master_.wait();
}

std::uint64_t NginxPeer::resident_bytes() const {
    std::uint64_t sum = 0;
    for (const pid_t pid : with_children(master_.pid())) sum += bench::resident_bytes(pid);
    return sum;
}

}  // namespace sekisho::bench
