#include "gateway/wiring/stapling.h"

#include <algorithm>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "gateway/identity/certificate.h"
#include "gateway/identity/openssl_handles.h"
#include "gateway/wiring/remote_options.h"

namespace sekisho::wiring {

namespace {

using admission::CardStatus;
using platform::LogLevel;

constexpr std::chrono::minutes kAfterTrouble{1};
constexpr std::chrono::seconds kAfterAll{10};  // the askers are busy
constexpr std::size_t kChainBytesMax = model::limits::kMebibyte;

admission::CertificateHandle next_in(BIO* pem) {
    admission::CertificateHandle found{PEM_read_bio_X509(pem, nullptr, nullptr, nullptr),
                                       [](X509* one) { X509_free(one); }};
    ERR_clear_error();
    return found;
}

// The certificate and the one above it. Nobody is asked by a certificate that has none.
std::optional<admission::CertifiedCard> read_own(platform::Files& files, const std::string& file) {
    const auto bytes = files.read(file, kChainBytesMax);
    if (!bytes) return std::nullopt;
    const identity::BioPtr pem{BIO_new_mem_buf(bytes->data(), static_cast<int>(bytes->size()))};
    const auto certificate = next_in(pem.get());
    const auto authority = next_in(pem.get());
    if (!certificate || !authority) return std::nullopt;
    return admission::CertifiedCard{.certificate = certificate,
                                    .authority = authority,
                                    .serial = admission::serial_of(certificate)};
}

}  // namespace

Stapling::Stapling(const config::ZoneConfig& zone, const Parts& parts,
                   std::unique_ptr<admission::OcspTransport> responder)
    : zone_(zone.name.text()),
      certificate_file_(zone.certificate_file),
      parts_(parts),
      responder_(std::move(responder)),
      staple_(parts.clock) {}

void Stapling::ask() {
    std::uint64_t question = 0;
    {
        const locks::Lock lock{timing_};
        question = ++newest_question_;
        parts_.timer.cancel(next_);
        // For the question that never comes to its end; an answer puts its own time in its place.
        next_ = parts_.timer.after(kAfterTrouble, [this] { ask(); });
    }
    const auto run_it = [this, question] { ask_again_after(run(), question); };
    if (!parts_.askers.post(run_it)) ask_again_after(kAfterAll, question);
}

// Where a newer question was asked meanwhile it is that one's to say when the next comes.
void Stapling::ask_again_after(std::chrono::milliseconds wait, std::uint64_t question) {
    const locks::Lock lock{timing_};
    if (question != newest_question_) return;
    parts_.timer.cancel(next_);
    next_ = parts_.timer.after(wait, [this] { ask(); });
}

std::chrono::milliseconds Stapling::give_up(std::string_view why) {
    parts_.log.write(LogLevel::error, "staple", {{"zone", zone_}, {"detail", why}});
    return kAfterTrouble;
}

std::chrono::milliseconds Stapling::run() {
    const locks::Lock lock{one_at_a_time_};  // an answer of before must not come behind
    const auto own = read_own(parts_.files, certificate_file_);
    if (!own) return give_up("the certificate's file has not the authority's above its own");
    const admission::OcspQuestion question{*own, {}};
    const auto answer =
        responder_->post(question.der(), parts_.clock.monotonic() + kStaplePatience);
    if (!answer) return give_up("the responder does not answer: " + answer.error());
    const model::Instant now = parts_.clock.now();
    const auto status = question.read(*answer, now);
    if (status.status == CardStatus::revoked) {
        staple_.replace(std::nullopt);
        return give_up("the certificate of this zone is revoked");
    }
    if (status.status != CardStatus::good) return give_up("no good answer: " + status.why);
    const auto until = question.good_until(*answer);
    if (!until || *until <= now) return give_up("the answer says no nextUpdate to come");
    staple_.replace(listener::Staple::Said{
        .answer = *answer,
        .certificate = identity::read_certificate(own->certificate.get()).fingerprint,
        .until = *until});
    parts_.log.write(LogLevel::info, "staple",
                     {{"zone", zone_}, {"detail", "good until " + model::to_rfc3339(*until)}});
    return std::clamp<std::chrono::milliseconds>((*until - now) / 2, kAfterTrouble,
                                                 kStapleEveryMost);
}

std::unique_ptr<admission::OcspTransport> responder_of(const config::ZoneConfig& zone) {
    return std::make_unique<admission::OcspOverHttp>(options_of(*zone.stapling),
                                                     zone.stapling->url);
}

}  // namespace sekisho::wiring
