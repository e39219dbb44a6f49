#include "gateway/admission/ocsp_checker.h"

#include <array>
#include <memory>
#include <utility>

namespace sekisho::admission {

OcspOverHttp::OcspOverHttp(http::ClientOptions options, std::string url)
    : client_(std::move(options)), url_(std::move(url)) {}

// RFC 6960 appendix A.1
std::expected<std::string, std::string> OcspOverHttp::post(std::string_view request,
                                                           platform::Monotonic deadline) {
    constexpr int kOk = 200;
    const auto reply = client_.send({.method = "POST",
                                     .url = url_,
                                     .headers = {{"Content-Type", "application/ocsp-request"},
                                                 {"Accept", "application/ocsp-response"}},
                                     .body = request,
                                     .answer_bytes_max = model::limits::kOcspAnswerBytesMax},
                                    deadline);
    if (!reply) return std::unexpected(std::string{http::to_string(reply.error().trouble)});
    if (reply->status != kOk) return std::unexpected("http-" + std::to_string(reply->status));
    return reply->body;
}

void OcspChecker::check(const CertifiedCard& card, platform::Monotonic deadline,
                        Answered answered) {
    std::array<std::uint8_t, 32> nonce{};
    parts_.random.fill(nonce);
    OcspQuestion question{card, {reinterpret_cast<const char*>(nonce.data()), nonce.size()}};
    // Shared, because a task that is refused takes along what it was given.
    const auto waiting = std::make_shared<Answered>(std::move(answered));
    auto ask = [this, waiting, deadline, question = std::move(question)] {
        const auto answer = parts_.transport.post(question.der(), deadline);
        if (!answer) {
            (*waiting)({.status = CardStatus::unreachable, .why = answer.error()});
            return;
        }
        (*waiting)(question.read(*answer, parts_.clock.now(), rules_));
    };
    if (!parts_.executor.post(std::move(ask)))
        (*waiting)({.status = CardStatus::unreachable, .why = "busy"});
}

}  // namespace sekisho::admission
