#include "tests/support/tls_client.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace sekisho::tests {

namespace {

int open_socket(std::uint16_t port, std::chrono::milliseconds patience) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    timeval limit{};
    limit.tv_sec = patience.count() / 1000;
    limit.tv_usec = patience.count() % 1000 * 1000;
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
        return descriptor;
    }
    ::close(descriptor);
    return -1;
}

void show_certificate(SSL_CTX* context, const platform::CertificateAndKey& own) {
    BIO* bio =
        BIO_new_mem_buf(own.certificate_pem.data(), static_cast<int>(own.certificate_pem.size()));
    X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    SSL_CTX_use_certificate(context, certificate);
    X509_free(certificate);
    while (X509* above = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr)) {
        SSL_CTX_add0_chain_cert(context, above);
    }
    BIO_free(bio);
    bio = BIO_new_mem_buf(own.key_pem.data(), static_cast<int>(own.key_pem.size()));
    EVP_PKEY* key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
    SSL_CTX_use_PrivateKey(context, key);
    EVP_PKEY_free(key);
    BIO_free(bio);
    ERR_clear_error();
}

SSL_CTX* make_context(const TlsClient::Terms& terms) {
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(context, 0);  // tests show weak keys too
    if (terms.tls12_only) SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
    if (!terms.authority_file.empty()) {
        SSL_CTX_load_verify_locations(context, terms.authority_file.c_str(), nullptr);
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    }
    if (terms.own != nullptr) show_certificate(context, *terms.own);
    return context;
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

HttpAnswer parse_head(std::string_view head) {
    HttpAnswer answer;
    std::from_chars(head.data() + 9, head.data() + 12, answer.status);
    std::size_t begin = head.find("\r\n") + 2;
    while (begin < head.size()) {
        const std::size_t end = std::min(head.find("\r\n", begin), head.size());
        const std::string_view line = head.substr(begin, end - begin);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) break;
        answer.headers[lower(std::string{line.substr(0, colon)})] =
            std::string{line.substr(std::min(colon + 2, line.size()))};
        begin = end + 2;
    }
    return answer;
}

}  // namespace

struct TlsClient::State {
    int descriptor = -1;
    SSL_CTX* context = nullptr;
    SSL* tls = nullptr;
    bool connected = false;
    bool ended = false;
    std::string buffer{};
    std::string alert{};

    ~State() {
        SSL_free(tls);
        SSL_CTX_free(context);
        if (descriptor >= 0) ::close(descriptor);
    }

    void note_alert() {
        while (const unsigned long error = ERR_get_error()) {
            if (ERR_GET_LIB(error) != ERR_LIB_SSL) continue;
            const int reason = ERR_GET_REASON(error);
            if (reason <= SSL_AD_REASON_OFFSET) continue;
            const int description = reason - SSL_AD_REASON_OFFSET;
            // OpenSSL 3.0 has no words for this one.
            alert = description == SSL_AD_CERTIFICATE_REQUIRED
                        ? "certificate required"
                        : SSL_alert_desc_string_long(description);
        }
    }

    // False: nothing more came, now or ever.
    bool receive() {
        if (ended) return false;
        std::array<char, 16384> bytes;
        ERR_clear_error();
        const auto got = tls != nullptr
                             ? SSL_read(tls, bytes.data(), static_cast<int>(bytes.size()))
                             : static_cast<int>(::recv(descriptor, bytes.data(), bytes.size(), 0));
        if (got > 0) {
            buffer.append(bytes.data(), static_cast<std::size_t>(got));
            return true;
        }
        const int error = errno;
        const bool silent = tls != nullptr ? SSL_get_error(tls, got) == SSL_ERROR_WANT_READ
                                           : got < 0 && (error == EAGAIN || error == EWOULDBLOCK);
        ended = !silent;
        note_alert();
        return false;
    }
};

TlsClient::TlsClient(std::unique_ptr<State> state) : state_(std::move(state)) {}
TlsClient::~TlsClient() = default;
TlsClient::TlsClient(TlsClient&&) noexcept = default;

TlsClient TlsClient::connect(std::uint16_t port, const Terms& terms) {
    std::signal(SIGPIPE, SIG_IGN);
    auto state = std::make_unique<State>();
    state->descriptor = open_socket(port, terms.patience);
    if (state->descriptor < 0) return TlsClient{std::move(state)};
    state->context = make_context(terms);
    state->tls = SSL_new(state->context);
    SSL_set_fd(state->tls, state->descriptor);
    SSL_set_tlsext_host_name(state->tls, "localhost");
    ERR_clear_error();
    state->connected = SSL_connect(state->tls) == 1;
    state->note_alert();
    return TlsClient{std::move(state)};
}

TlsClient TlsClient::connect_plain(std::uint16_t port) {
    std::signal(SIGPIPE, SIG_IGN);
    auto state = std::make_unique<State>();
    state->descriptor = open_socket(port, std::chrono::seconds{5});
    state->connected = state->descriptor >= 0;
    return TlsClient{std::move(state)};
}

bool TlsClient::connected() const {
    return state_->connected;
}

bool TlsClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent =
            state_->tls != nullptr
                ? SSL_write(state_->tls, bytes.data(), static_cast<int>(bytes.size()))
                : static_cast<int>(::send(state_->descriptor, bytes.data(), bytes.size(), 0));
        if (sent <= 0) {
            ERR_clear_error();
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void TlsClient::end_sending() {
    if (state_->tls != nullptr) SSL_shutdown(state_->tls);
    ::shutdown(state_->descriptor, SHUT_WR);
}

std::optional<HttpAnswer> TlsClient::read_answer() {
    std::string& buffer = state_->buffer;
    while (buffer.find("\r\n\r\n") == std::string::npos) {
        if (!state_->receive()) return std::nullopt;
    }
    const std::size_t head_size = buffer.find("\r\n\r\n") + 4;
    HttpAnswer answer = parse_head(std::string_view{buffer}.substr(0, head_size));
    std::size_t body_size = 0;
    if (answer.headers.contains("content-length")) {
        body_size = std::stoul(answer.headers["content-length"]);
    }
    while (buffer.size() < head_size + body_size) {
        if (!state_->receive()) return std::nullopt;
    }
    answer.body = buffer.substr(head_size, body_size);
    buffer.erase(0, head_size + body_size);
    return answer;
}

std::string TlsClient::read_rest() {
    while (state_->receive()) {
    }
    return std::exchange(state_->buffer, {});
}

bool TlsClient::ends() {
    while (state_->receive()) {
    }
    return state_->ended;
}

std::string TlsClient::alert() const {
    return state_->alert;
}

bool TlsClient::resumed() const {
    return SSL_session_reused(state_->tls) == 1;
}

bool TlsClient::got_ticket() const {
    const SSL_SESSION* session = SSL_get0_session(state_->tls);
    return session != nullptr && SSL_SESSION_has_ticket(session) == 1;
}

std::string TlsClient::server_serial() const {
    X509* certificate = SSL_get0_peer_certificate(state_->tls);
    if (certificate == nullptr) return {};
    BIGNUM* number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr);
    char* digits = BN_bn2hex(number);
    std::string text = digits;
    OPENSSL_free(digits);
    BN_free(number);
    return text;
}

}  // namespace sekisho::tests
