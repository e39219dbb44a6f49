#include "adapters/simulation/simulator_server.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/ThreadPool.h>
#include <openssl/ssl.h>

#include "adapters/simulation/call_handler.h"

namespace sekisho::simulation {

namespace {

constexpr int kThreadsMax = 128;  // a kept connection holds one

Poco::Net::Context::Ptr tls_context(const ServerOptions& options) {
    Poco::Net::Context::Params params;
    params.certificateFile = options.certificate_file;
    params.privateKeyFile = options.key_file;
    params.caLocation = options.trust_file;
    params.loadDefaultCAs = false;
    params.verificationMode = Poco::Net::Context::VERIFY_RELAXED;
    Poco::Net::Context::Ptr context =
        new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE, params);
    SSL_CTX* tls = context->sslContext();
    SSL_CTX_set_min_proto_version(tls, TLS1_3_VERSION);
    SSL_CTX_set_num_tickets(tls, 0);
    SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_OFF);
    // POCO's own modes either let a client without a certificate in or check its host name.
    SSL_CTX_set_verify(tls, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    return context;
}

model::Result<void> cannot_listen(const std::string& listen, const std::string& why) {
    return model::refuse(model::Problem::internal, {listen + " で待ち受けできません: " + why,
                                                    "cannot listen on " + listen + ": " + why});
}

}  // namespace

struct SimulatorServer::Running {
    Running(adapters::SimulatedPeer& peer, const ServerOptions& options)
        : context(peer, options.faults, !options.certificate_file.empty()) {}

    CallContext context;
    Poco::ThreadPool threads{2, kThreadsMax};
    std::unique_ptr<Poco::Net::HTTPServer> server;
};

SimulatorServer::SimulatorServer(adapters::SimulatedPeer& peer, ServerOptions options)
    : peer_(peer), options_(std::move(options)) {}

SimulatorServer::~SimulatorServer() {
    stop();
}

model::Result<void> SimulatorServer::start() {
    try {
        const Poco::Net::SocketAddress address(options_.listen);
        auto running = std::make_unique<Running>(peer_, options_);
        const bool secure = !options_.certificate_file.empty();
        if (!secure && !address.host().isLoopback())
            return cannot_listen(options_.listen, "without a certificate only loopback is served");
        Poco::Net::ServerSocket socket;
        if (secure) socket = Poco::Net::SecureServerSocket(tls_context(options_));
        socket.bind(address, true, false);
        socket.listen(64);
        Poco::Net::HTTPServerParams::Ptr params = new Poco::Net::HTTPServerParams;
        params->setMaxThreads(kThreadsMax);
        params->setMaxQueued(64);
        params->setKeepAliveTimeout(Poco::Timespan(60, 0));
        params->setTimeout(Poco::Timespan(60, 0));
        running->server = std::make_unique<Poco::Net::HTTPServer>(
            new CallHandlerFactory(running->context), running->threads, socket, params);
        running->server->start();
        running_ = std::move(running);
        return {};
    } catch (const Poco::Exception& error) {
        return cannot_listen(options_.listen, error.displayText());
    } catch (const std::exception& error) {
        return cannot_listen(options_.listen, error.what());
    }
}

void SimulatorServer::stop() {
    if (!running_) return;
    running_->context.end_pauses();
    running_->server->stopAll(false);
    running_->threads.joinAll();
    running_.reset();
}

std::uint16_t SimulatorServer::port() const {
    return running_ ? running_->server->port() : 0;
}

std::string SimulatorServer::url() const {
    const std::string scheme = options_.certificate_file.empty() ? "http" : "https";
    const std::string host = options_.listen.substr(0, options_.listen.rfind(':'));
    return scheme + "://" + host + ":" + std::to_string(port());
}

}  // namespace sekisho::simulation
