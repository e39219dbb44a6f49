#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#include <atomic>
#include <chrono>
#include <fstream>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/bench/peers.h"
#include "tests/bench/process.h"

namespace sekisho::bench {

namespace {

constexpr const char* kQueue = "documents";
constexpr std::uint64_t kUnconfirmedMax = 16;
constexpr int kPublishers = 4;

amqp_bytes_t bytes_of(const std::string& text) {
    return {.len = text.size(), .bytes = const_cast<char*>(text.data())};
}

// One connection that publishes, and waits for confirms when too many are outstanding.
class Publisher {
  public:
    Publisher(const Credentials& credentials, std::uint16_t port)
        : connection_(amqp_new_connection()) {
        amqp_socket_t* socket = amqp_ssl_socket_new(connection_);
        amqp_ssl_socket_set_verify_hostname(socket, 0);
        const bool ready =
            amqp_ssl_socket_set_cacert(socket, credentials.trust_file.c_str()) == 0 &&
            amqp_ssl_socket_set_key(socket, credentials.certificate_file.c_str(),
                                    credentials.key_file.c_str()) == 0 &&
            amqp_socket_open(socket, "127.0.0.1", port) == 0;
        if (!ready) throw std::runtime_error("RabbitMQ does not take the connection");
        amqp_login(connection_, "/", 0, 131072, 0, AMQP_SASL_METHOD_PLAIN, "guest", "guest");
        amqp_channel_open(connection_, 1);
        amqp_confirm_select(connection_, 1);
        if (amqp_get_rpc_reply(connection_).reply_type != AMQP_RESPONSE_NORMAL) {
            throw std::runtime_error("RabbitMQ does not open a channel");
        }
    }
    ~Publisher() { amqp_destroy_connection(connection_); }
    Publisher(const Publisher&) = delete;
    Publisher& operator=(const Publisher&) = delete;

    void declare_quorum_queue() {
        amqp_table_entry_t type{.key = amqp_cstring_bytes("x-queue-type"),
                                .value = {.kind = AMQP_FIELD_KIND_UTF8, .value = {}}};
        type.value.value.bytes = amqp_cstring_bytes("quorum");
        const amqp_table_t arguments{.num_entries = 1, .entries = &type};
        amqp_queue_declare(connection_, 1, amqp_cstring_bytes(kQueue), 0, 1, 0, 0, arguments);
        if (amqp_get_rpc_reply(connection_).reply_type != AMQP_RESPONSE_NORMAL) {
            throw std::runtime_error("RabbitMQ does not make the queue");
        }
    }

    void publish(const std::string& body) {
        amqp_basic_properties_t properties{};
        properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG;
        properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
        amqp_basic_publish(connection_, 1, amqp_empty_bytes, amqp_cstring_bytes(kQueue), 0, 0,
                           &properties, bytes_of(body));
        unconfirmed_.insert(++published_);
        while (unconfirmed_.size() >= kUnconfirmedMax) wait_for_confirm();
    }

    std::uint64_t confirmed() const { return published_ - unconfirmed_.size(); }

  private:
    void wait_for_confirm() {
        amqp_frame_t frame{};
        if (amqp_simple_wait_frame(connection_, &frame) != AMQP_STATUS_OK) {
            throw std::runtime_error("RabbitMQ closed the connection");
        }
        if (frame.frame_type != AMQP_FRAME_METHOD) return;
        if (frame.payload.method.id != AMQP_BASIC_ACK_METHOD) {
            throw std::runtime_error("RabbitMQ did not confirm");
        }
        const auto* ack = static_cast<amqp_basic_ack_t*>(frame.payload.method.decoded);
        if (ack->multiple != 0) {
            unconfirmed_.erase(unconfirmed_.begin(), unconfirmed_.upper_bound(ack->delivery_tag));
        } else {
            unconfirmed_.erase(ack->delivery_tag);
        }
        amqp_maybe_release_buffers(connection_);
    }

    amqp_connection_state_t connection_;
    std::uint64_t published_ = 0;
    std::set<std::uint64_t> unconfirmed_{};  // delivery tags
};

std::string configuration(const ServerFiles& files, std::uint16_t port) {
    return "listeners.tcp = none\nlisteners.ssl.1 = 127.0.0.1:" + std::to_string(port) +
           "\nssl_options.cacertfile = " + files.client_trust_file +
           "\nssl_options.certfile = " + files.certificate_file +
           "\nssl_options.keyfile = " + files.key_file +
           "\nssl_options.verify = verify_peer\nssl_options.fail_if_no_peer_cert = true\n"
           "ssl_options.versions.1 = tlsv1.3\nssl_options.versions.2 = tlsv1.2\n";
}

}  // namespace

RabbitPeer::RabbitPeer(const ServerFiles& files)
    : port_(tests::free_port()),
      epmd_port_(tests::free_port()),
      distribution_port_(tests::free_port()) {
    std::ofstream{folder_ / "rabbitmq.conf"} << configuration(files, port_);
    std::ofstream{folder_ / "enabled_plugins"} << "[].\n";
    epmd_ = tests::Child{
        {"/usr/bin/epmd", "-address", "127.0.0.1", "-port", std::to_string(epmd_port_)},
        folder_ / "epmd.log"};
    if (!listens_soon(epmd_port_)) throw std::runtime_error("epmd does not start");
    const std::string folder = folder_.path();
    broker_ = tests::Child{
        {"/usr/bin/env", "HOME=" + folder, "RABBITMQ_NODENAME=bench@localhost",
         "RABBITMQ_CONFIG_FILE=" + folder + "/rabbitmq.conf",
         "RABBITMQ_ENABLED_PLUGINS_FILE=" + folder + "/enabled_plugins",
         "RABBITMQ_MNESIA_BASE=" + folder + "/mnesia", "RABBITMQ_LOG_BASE=" + folder + "/logs",
         "RABBITMQ_PID_FILE=" + folder + "/pid", "ERL_EPMD_PORT=" + std::to_string(epmd_port_),
         "ERL_EPMD_ADDRESS=127.0.0.1", "RABBITMQ_DIST_PORT=" + std::to_string(distribution_port_),
         "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {127,0,0,1}",
         "/usr/lib/rabbitmq/bin/rabbitmq-server"},
        folder_ / "out.log"};
    if (!listens_soon(port_)) throw std::runtime_error("RabbitMQ: " + text_of(folder_ / "out.log"));
}

RabbitPeer::~RabbitPeer() {
    broker_.signal(SIGTERM);
    broker_.wait();
    epmd_.signal(SIGTERM);
    epmd_.wait();
}

double RabbitPeer::confirmed_rate(const Credentials& credentials, std::size_t bytes,
                                  int seconds) const {
    Publisher{credentials, port_}.declare_quorum_queue();
    using Clock = std::chrono::steady_clock;
    const auto measured_from = Clock::now() + std::chrono::seconds{1};
    const auto end = measured_from + std::chrono::seconds{seconds};
    std::atomic<std::uint64_t> measured{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < kPublishers; ++i) {
        threads.emplace_back([&] {
            Publisher publisher{credentials, port_};
            const std::string body(bytes, 'x');
            while (Clock::now() < measured_from) publisher.publish(body);
            const auto before = publisher.confirmed();
            while (Clock::now() < end) publisher.publish(body);
            measured += publisher.confirmed() - before;
        });
    }
    threads.clear();
    return static_cast<double>(measured) / seconds;
}

std::string RabbitPeer::version() const {
    return tests::run_program(
               {"/usr/bin/dpkg-query", "-W", "-f", "RabbitMQ ${Version}", "rabbitmq-server"})
        .output;
}

}  // namespace sekisho::bench
