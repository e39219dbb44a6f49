#include "tests/support/adapters_parcel.h"

#include <stdexcept>

#include "gateway/platform/crypto.h"

namespace sekisho::tests {

namespace {

model::Authorized<model::Envelope> authorised(const model::Envelope& envelope) {
    plan::PlannedDelivery delivery;
    delivery.recipient = party(kPlatform);
    delivery.via = model::Via{"platform"};
    auto permitted = plan::authorize(snapshot(), envelope, delivery, facts(), kNow);
    if (!permitted) throw std::runtime_error("the cast does not permit this envelope");
    return *permitted;
}

}  // namespace

Filing::Filing(const model::Envelope& envelope, std::string bytes)
    : envelope_(authorised(envelope)),
      bytes_(std::move(bytes)),
      sha256_(platform::sha256(bytes_)) {}

adapters::Delivery Filing::delivery() const {
    return {.envelope = envelope_,
            .recipient = party(kPlatform),
            .size = bytes_.size(),
            .sha256 = sha256_,
            .attempt = 1};
}

adapters::Outcome Filing::through(adapters::Adapter& adapter,
                                  std::chrono::milliseconds within) const {
    auto source = body();
    return adapter.deliver(delivery(), source, std::chrono::steady_clock::now() + within);
}

model::Authorized<model::Envelope> an_authorised_question(std::string_view type) {
    return authorised(a_question(type));
}

model::Authorized<model::Envelope> an_authorised_card_question() {
    model::Envelope question = a_question("admission.person").about_nobody().for_purpose("consent");
    question.subject = R"({"issuer":"C=JP,O=JPKI","serial":"0A1B2C"})";
    return authorised(question);
}

model::Authorized<model::Envelope> an_authorised_medical_question(std::string_view type) {
    return authorised(a_question(type).for_purpose("medical").at_visit("visit-1"));
}

adapters::Answer asked(adapters::Adapter& adapter, std::chrono::milliseconds within) {
    return adapter.ask(an_authorised_question(), std::chrono::steady_clock::now() + within);
}

model::Envelope opinion_envelope(std::string_view id) {
    model::Envelope envelope = an_opinion().with_id(id).with_format("ikensho-csv:1.1");
    envelope.media_type = "text/csv; charset=Shift_JIS";
    return envelope;
}

std::string naming(const adapters::Delivery& delivery, std::string_view members) {
    return "{" + std::string{members} + R"(,"source":")" + to_source(delivery.envelope->source) +
           R"(","id":")" + delivery.envelope->id.text() + R"(","sha256":")" +
           model::to_hex(delivery.sha256) + R"("})";
}

}  // namespace sekisho::tests
