// A card's status by an OCSP responder, asked anew for each admission.
//
// The question blocks, so it is asked on an executor of wiring's; when that is full the status is
// unreachable at once. How bytes travel is a port of its own: OcspOverHttp in the gateway, a
// scripted one in tests. Every answer is held to OcspQuestion's demands; answers are not kept.
//
// OcspOverHttp speaks through the gateway's one outgoing client (adapters/http): https with TLS 1.3
// and one trust file, or http on loopback for a relay on this host that speaks what the responder
// speaks. Over the open network plain http would tell bystanders whose card is shown where.
//
// Thread-safe. What is handed in outlives the checker and its questions.
#pragma once

#include <expected>
#include <string>

#include "adapters/http/http_client.h"
#include "gateway/admission/ocsp_question.h"

namespace sekisho::admission {

class OcspTransport {
  public:
    virtual ~OcspTransport() = default;
    // The bytes of the answer; or why there is none: "timeout", "unreachable", "http-503". Blocks
    // until the deadline at the longest.
    virtual std::expected<std::string, std::string> post(std::string_view request,
                                                         platform::Monotonic deadline) = 0;
};

class OcspOverHttp final : public OcspTransport {
  public:
    OcspOverHttp(http::ClientOptions options, std::string url);
    std::expected<std::string, std::string> post(std::string_view request,
                                                 platform::Monotonic deadline) override;

  private:
    http::HttpClient client_;
    const std::string url_;
};

class OcspChecker final : public StatusChecker {
  public:
    struct Parts {
        OcspTransport& transport;
        platform::Executor& executor;
        platform::Random& random;
        const platform::Clock& clock;
    };

    explicit OcspChecker(const Parts& parts, OcspRules rules = {}) : parts_(parts), rules_(rules) {}

    void check(const CertifiedCard& card, platform::Monotonic deadline, Answered answered) override;

  private:
    const Parts parts_;
    const OcspRules rules_;
};

}  // namespace sekisho::admission
