#include "adapters/http/transfer.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <openssl/ssl.h>
#include <poll.h>

namespace sekisho::http {

namespace {

bool is_header_text(std::string_view text) {
    return std::ranges::none_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// Whether something came on the connection that nobody asked for, or it ended. libcurl itself looks
// only whether the socket has ended, so what a peer answered twice would be read as the answer to
// the next request. Read by nobody yet: in the socket, or decrypted with an answer before.
bool has_unread_bytes(CURL* handle, curl_socket_t socket) {
    pollfd look{socket, POLLIN, 0};
    if (socket == CURL_SOCKET_BAD || ::poll(&look, 1, 0) != 0) return true;
    curl_tlssessioninfo* session = nullptr;
    curl_easy_getinfo(handle, CURLINFO_TLS_SSL_PTR, &session);
    if (session == nullptr || session->internals == nullptr) return false;  // plain HTTP
    return session->backend != CURLSSLBACKEND_OPENSSL ||
           SSL_has_pending(static_cast<const SSL*>(session->internals)) == 1;
}

Trouble trouble_of(CURLcode code) {
    switch (code) {
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_URL_MALFORMAT:
            return Trouble::refused;
        case CURLE_OPERATION_TIMEDOUT:
            return Trouble::timeout;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_CLIENTCERT:
        case CURLE_SSL_INVALIDCERTSTATUS:
            return Trouble::tls;
        case CURLE_PARTIAL_FILE:
        case CURLE_GOT_NOTHING:
        case CURLE_RECV_ERROR:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_HTTP2:
            return Trouble::truncated;
        default:
            return Trouble::unreachable;
    }
}

}  // namespace

Transfer::Transfer(CURL* handle, const ClientOptions& options, const Request& request)
    : handle_(handle), options_(options), request_(request), unsent_(request.body) {}

Transfer::~Transfer() {
    // The handle goes back to the pool with its connection, but with no pointer to this object.
    curl_easy_reset(handle_);
    curl_slist_free_all(header_list_);
}

std::expected<Reply, Failure> Transfer::perform(Deadline deadline) {
    if (!set_headers())
        return std::unexpected(Failure{Trouble::refused, "a header is not a header"});
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return std::unexpected(Failure{Trouble::timeout, "the deadline passed"});

    curl_easy_setopt(handle_, CURLOPT_URL, request_.url.c_str());
    curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
    curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(left.count()));
    curl_easy_setopt(handle_, CURLOPT_ERRORBUFFER, error_text_.data());
    curl_easy_setopt(handle_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(handle_, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle_, CURLOPT_PROXY, "");
    curl_easy_setopt(handle_, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(handle_, CURLOPT_VERBOSE, 0L);
    curl_easy_setopt(handle_, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(handle_, CURLOPT_MAXCONNECTS, 1L);
    curl_easy_setopt(handle_, CURLOPT_PREREQFUNCTION, &Transfer::on_ready);
    curl_easy_setopt(handle_, CURLOPT_PREREQDATA, this);
    curl_easy_setopt(handle_, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    curl_easy_setopt(handle_, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
    set_security();
    set_body();
    curl_easy_getinfo(handle_, CURLINFO_ACTIVESOCKET, &kept_);
    CURLcode code = curl_easy_perform(handle_);
    if (stale_) {  // libcurl closed it; of the request nothing was sent and of its body nothing
                   // read
        curl_easy_setopt(handle_, CURLOPT_FRESH_CONNECT, 1L);
        code = curl_easy_perform(handle_);
    }
    return finish(code);
}

// Just before a request is sent. A fresh connection may hold its first TLS session tickets; those
// of a kept one were read with its first answer.
int Transfer::on_ready(void* self, char*, char*, int, int) {
    auto& transfer = *static_cast<Transfer*>(self);
    long fresh = 0;
    curl_easy_getinfo(transfer.handle_, CURLINFO_NUM_CONNECTS, &fresh);
    if (fresh > 0 || !has_unread_bytes(transfer.handle_, transfer.kept_)) return CURL_PREREQFUNC_OK;
    transfer.stale_ = true;
    return CURL_PREREQFUNC_ABORT;
}

// A key that cannot be read is handed to OpenSSL by itself, with its certificate.
CURLcode Transfer::on_terms(CURL*, void* terms, void* self) {
    const ClientOptions& options = static_cast<Transfer*>(self)->options_;
    auto* context = static_cast<SSL_CTX*>(terms);
    const bool usable =
        SSL_CTX_use_certificate_chain_file(context, options.certificate_file.c_str()) == 1 &&
        SSL_CTX_use_PrivateKey(context, options.key.get()) == 1;
    return usable ? CURLE_OK : CURLE_SSL_CERTPROBLEM;
}

// Sources: security rules of this room (TLS 1.3, one anchor); libcurl would otherwise add the
// system's certificate folder and accept any certificate of the trust file as an anchor.
void Transfer::set_security() {
    const bool plain = options_.plain_http == PlainHttp::loopback;
    curl_easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, plain ? "https,http" : "https");
    curl_easy_setopt(handle_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
    curl_easy_setopt(handle_, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(handle_, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(handle_, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    curl_easy_setopt(handle_, CURLOPT_SSL_OPTIONS, static_cast<long>(CURLSSLOPT_NO_PARTIALCHAIN));
    curl_easy_setopt(handle_, CURLOPT_CAPATH, nullptr);
    if (options_.trust_file.empty()) {
        curl_easy_setopt(handle_, CURLOPT_CAINFO, nullptr);
    } else {
        curl_easy_setopt(handle_, CURLOPT_CAINFO, options_.trust_file.c_str());
    }
    if (options_.certificate_file.empty()) return;
    if (options_.key) {
        curl_easy_setopt(handle_, CURLOPT_SSL_CTX_FUNCTION, &Transfer::on_terms);
        curl_easy_setopt(handle_, CURLOPT_SSL_CTX_DATA, this);
        return;
    }
    curl_easy_setopt(handle_, CURLOPT_SSLCERT, options_.certificate_file.c_str());
    curl_easy_setopt(handle_, CURLOPT_SSLKEY, options_.key_file.c_str());
}

bool Transfer::set_headers() {
    const auto append = [this](const std::string& line) {
        if (!is_header_text(line)) return false;
        curl_slist* longer = curl_slist_append(header_list_, line.c_str());
        if (longer == nullptr) return false;
        header_list_ = longer;
        return true;
    };
    for (const Header& header : request_.headers) {
        if (header.name.empty() || header.name.find_first_of(" :;") != std::string::npos)
            return false;
        // libcurl takes "Name;" for a header that is present and empty.
        const bool empty = header.value.empty();
        if (!append(empty ? header.name + ";" : header.name + ": " + header.value)) return false;
    }
    if (!request_.trace_parent.empty() && !append("traceparent: " + request_.trace_parent))
        return false;
    if (!append("Expect:")) return false;
    curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, header_list_);
    return true;
}

void Transfer::set_body() {
    if (request_.method == "GET") {
        curl_easy_setopt(handle_, CURLOPT_HTTPGET, 1L);
        return;
    }
    if (request_.method == "HEAD") {
        curl_easy_setopt(handle_, CURLOPT_NOBODY, 1L);
        return;
    }
    const std::uint64_t size =
        request_.body_source != nullptr ? request_.body_size : request_.body.size();
    curl_easy_setopt(handle_, CURLOPT_POST, 1L);
    curl_easy_setopt(handle_, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
    curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(size));
    curl_easy_setopt(handle_, CURLOPT_READFUNCTION, &Transfer::on_read);
    curl_easy_setopt(handle_, CURLOPT_READDATA, this);
    curl_easy_setopt(handle_, CURLOPT_SEEKFUNCTION, &Transfer::on_seek);
    curl_easy_setopt(handle_, CURLOPT_SEEKDATA, this);
}

std::size_t Transfer::give(char* into, std::size_t room) {
    if (request_.body_source == nullptr) {
        const std::size_t count = std::min(room, unsent_.size());
        std::memcpy(into, unsent_.data(), count);
        unsent_.remove_prefix(count);
        return count;
    }
    if (piece_.empty()) piece_ = request_.body_source->next();
    if (piece_.empty()) {
        body_failed_ = request_.body_source->failed() || sent_ != request_.body_size;
        return body_failed_ ? CURL_READFUNC_ABORT : 0;
    }
    const std::size_t count = std::min(room, piece_.size());
    if (count > request_.body_size - sent_) {
        body_failed_ = true;
        return CURL_READFUNC_ABORT;
    }
    std::memcpy(into, piece_.data(), count);
    piece_.remove_prefix(count);
    sent_ += count;
    return count;
}

std::size_t Transfer::on_read(char* into, std::size_t size, std::size_t count, void* self) {
    return static_cast<Transfer*>(self)->give(into, size * count);
}

// libcurl sends again what a connection that had died in the pool did not take. A source can be
// read only once.
int Transfer::on_seek(void* self, curl_off_t offset, int origin) {
    auto& transfer = *static_cast<Transfer*>(self);
    if (offset != 0 || origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
    if (transfer.request_.body_source != nullptr)
        return transfer.sent_ == 0 ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_CANTSEEK;
    transfer.unsent_ = transfer.request_.body;
    return CURL_SEEKFUNC_OK;
}

void Transfer::take_header(std::string_view line) {
    if (line.starts_with("HTTP/")) {  // a new head: what came before was interim (1xx)
        reply_.headers.clear();
        return;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return;
    reply_.headers.push_back(
        {std::string{line.substr(0, colon)}, std::string{trimmed(line.substr(colon + 1))}});
}

std::size_t Transfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
    static_cast<Transfer*>(self)->take_header({bytes, size * count});
    return size * count;
}

std::size_t Transfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    std::string& body = transfer.reply_.body;
    if (size * count > transfer.request_.answer_bytes_max - body.size()) {
        transfer.too_large_ = true;
        return 0;
    }
    body.append(bytes, size * count);
    return size * count;
}

bool Transfer::has_body() const {
    return request_.method != "HEAD" && reply_.status != 204 && reply_.status != 304;
}

bool Transfer::has_framing() const {
    const auto coding = adapters::find_header(reply_.headers, "transfer-encoding");
    if (coding) return *coding == "chunked";
    const auto length = adapters::find_header(reply_.headers, "content-length");
    if (!length) return false;
    std::uint64_t bytes = 0;
    const auto [end, error] =
        std::from_chars(length->data(), length->data() + length->size(), bytes);
    return error == std::errc{} && end == length->data() + length->size() &&
           bytes == reply_.body.size();
}

Failure Transfer::failure_of(CURLcode code) const {
    if (too_large_) return {Trouble::too_large, "the answer is larger than allowed"};
    if (body_failed_) return {Trouble::body, "the document could not be read"};
    const char* words = error_text_[0] != '\0' ? error_text_.data() : curl_easy_strerror(code);
    const std::string_view text{words};
    // With TLS 1.3 a peer refuses our certificate only after the handshake looks done to us.
    const bool alert = text.find(" alert ") != std::string_view::npos;
    return {alert ? Trouble::tls : trouble_of(code), std::string{text.substr(0, text.find('\n'))}};
}

std::expected<Reply, Failure> Transfer::finish(CURLcode code) {
    if (code != CURLE_OK) return std::unexpected(failure_of(code));
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    reply_.status = static_cast<int>(status);
    if (has_body() && !has_framing())
        return std::unexpected(
            Failure{Trouble::truncated, "the answer does not say where it ends"});
    return std::move(reply_);
}

}  // namespace sekisho::http
