#include "adapters/simulation/call_handler.h"

#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <algorithm>
#include <array>
#include <istream>
#include <openssl/x509v3.h>
#include <ostream>

#include "routing/model/limits.h"

namespace sekisho::simulation {

using adapters::HttpCall;
using adapters::HttpReply;

namespace {

constexpr std::size_t kCallBytesMax = 64 * model::limits::kMebibyte;
constexpr std::size_t kOversizeBytes = 48 * model::limits::kMebibyte;
constexpr std::string_view kPartyPrefix = "urn:sekisho:party:";

struct NamesEnd {
    void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};

std::optional<model::PartyId> party_of(const X509* certificate) {
    const std::unique_ptr<GENERAL_NAMES, NamesEnd> names{static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr))};
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type != GEN_URI) continue;
        const ASN1_IA5STRING* uri = name->d.uniformResourceIdentifier;
        const std::string_view text{reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)),
                                    static_cast<std::size_t>(ASN1_STRING_length(uri))};
        if (text.starts_with(kPartyPrefix))
            return model::parse_party_id(text.substr(kPartyPrefix.size()));
    }
    return std::nullopt;
}

Poco::Net::StreamSocket& socket_of(Poco::Net::HTTPServerRequest& request) {
    return static_cast<Poco::Net::HTTPServerRequestImpl&>(request).socket();
}

// nullopt where the body is not whole: POCO hands a truncated one on as if it were.
std::optional<HttpCall> read_call(Poco::Net::HTTPServerRequest& request, bool secure) {
    HttpCall call;
    call.method = request.getMethod();
    call.path = request.getURI().substr(0, request.getURI().find('?'));
    for (const auto& [name, value] : request) call.headers.push_back({name, value});
    std::array<char, 65'536> piece{};
    std::istream& stream = request.stream();
    while (stream) {
        stream.read(piece.data(), piece.size());
        call.body.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
        if (call.body.size() > kCallBytesMax) return std::nullopt;
    }
    if (request.hasContentLength() &&
        static_cast<std::uint64_t>(request.getContentLength64()) != call.body.size())
        return std::nullopt;
    if (secure) {
        Poco::Net::SecureStreamSocket socket(socket_of(request));
        if (socket.havePeerCertificate())
            call.client = party_of(socket.peerCertificate().certificate());
    }
    return call;
}

void cut(Poco::Net::HTTPServerRequest& request, bool reset) {
    Poco::Net::StreamSocket socket = socket_of(request);
    if (reset) socket.setLinger(true, 0);
    socket.close();
}

void write_reply(Poco::Net::HTTPServerResponse& response, const HttpReply& reply,
                 std::size_t bytes_written) {
    response.setStatus(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(reply.status));
    response.setReason(Poco::Net::HTTPResponse::getReasonForStatus(response.getStatus()));
    for (const auto& [name, value] : reply.headers) response.set(name, value);
    response.setContentLength64(static_cast<Poco::Int64>(reply.body.size()));
    std::ostream& stream = response.send();
    stream.write(reply.body.data(), static_cast<std::streamsize>(bytes_written));
    stream.flush();
}

}  // namespace

void CallContext::pause(std::chrono::milliseconds duration) {
    const locks::Lock lock(mutex_);
    stopped_.wait_for(mutex_, duration, [this]() SEKISHO_REQUIRES(mutex_) { return stopping_; });
}

void CallContext::end_pauses() {
    {
        const locks::Lock lock(mutex_);
        stopping_ = true;
    }
    stopped_.notify_all();
}

HttpReply CallHandler::reply_to(const HttpCall& call, const Mishap& mishap) {
    if (mishap.fault == Fault::unavailable) return {503, {{"Retry-After", "1"}}, {}};
    if (mishap.fault == Fault::business_error) return context_.peer().business_error();
    HttpReply reply = context_.peer().handle(call);
    if (mishap.duplicate) reply = context_.peer().handle(call);
    if (mishap.fault == Fault::garbage) return {200, {}, std::string("{\"res\0\xff<html>", 13)};
    if (mishap.fault == Fault::oversize) reply.body.append(kOversizeBytes, ' ');
    if (mishap.fault == Fault::truncate || mishap.fault == Fault::reset_amid)
        reply.body.resize(std::max<std::size_t>(reply.body.size(), 64), ' ');
    return reply;
}

void CallHandler::handleRequest(Poco::Net::HTTPServerRequest& request,
                                Poco::Net::HTTPServerResponse& response) {
    const auto call = read_call(request, context_.secure());
    if (!call) return cut(request, false);
    const bool control = call->path.starts_with("/sim/");
    if (control || context_.peer().is_login(*call)) {
        const HttpReply reply = context_.peer().handle(*call);
        return write_reply(response, reply, reply.body.size());
    }
    const Mishap mishap = context_.dice().roll();
    context_.pause(context_.dice().latency());
    if (mishap.fault == Fault::reset_before) return cut(request, true);
    const HttpReply reply = reply_to(*call, mishap);
    const bool partly = mishap.fault == Fault::truncate || mishap.fault == Fault::reset_amid;
    write_reply(response, reply, partly ? reply.body.size() / 2 : reply.body.size());
    if (partly) cut(request, mishap.fault == Fault::reset_amid);
}

Poco::Net::HTTPRequestHandler* CallHandlerFactory::createRequestHandler(
    const Poco::Net::HTTPServerRequest&) {
    return new CallHandler(context_);  // POCO owns and deletes it
}

}  // namespace sekisho::simulation
