#include "tests/simulation/faulty_peer.h"

#include "routing/model/limits.h"

namespace sekisho::tests::simulation {

namespace {

using adapters::AnswerFate;
using adapters::Fate;
using std::chrono::milliseconds;

constexpr auto kReaderType = "certification.limit-card";

std::string reader_about(const adapters::Delivery& delivery) {
    const bool reads = delivery.envelope->type.text() == kReaderType &&
                       delivery.recipient.kind == model::PartyKind::care_manager;
    if (!reads || delivery.envelope->persons.empty()) return {};
    return delivery.envelope->persons.front().insured.text();
}

}  // namespace

adapters::Outcome FaultyPeer::deliver(const adapters::Delivery& delivery,
                                      adapters::ByteSource& body, adapters::Deadline deadline) {
    if (away_ || around_.chance.of(around_.options.faults.peers.unreachable)) {
        return {.fate = Fate::retry, .detail = "unreachable"};
    }
    std::string bytes;
    if (!adapters::read_all(body, model::limits::kBinaryBodyBytesMax, bytes)) {
        return {.fate = Fate::retry, .detail = "the source failed"};
    }
    const std::string content = model::to_hex(platform::sha256(bytes));
    around_.witness.see(Handed{.message = model::key_of(*delivery.envelope),
                               .recipient = delivery.recipient,
                               .content = content,
                               .reader_about = reader_about(delivery)});
    return take(delivery, content, deadline);
}

adapters::Outcome FaultyPeer::take(const adapters::Delivery& delivery, const std::string& content,
                                   adapters::Deadline deadline) {
    const PeerFaults& faults = around_.options.faults.peers;
    const model::MessageKey message = model::key_of(*delivery.envelope);
    const model::PartyId recipient = delivery.recipient;
    const auto apply = [&] { around_.recipients.apply(message, recipient, content); };
    if (around_.chance.of(faults.rejects)) return {.fate = Fate::rejected, .peer_code = "E1"};
    if (around_.chance.of(faults.never_answers)) {
        around_.meanwhile(
            std::chrono::duration_cast<milliseconds>(deadline - around_.clock.monotonic()));
        return {.fate = Fate::retry, .detail = "deadline"};
    }
    if (around_.chance.of(faults.answers_late)) {
        const bool acts_first = around_.chance.of(0.5);
        if (acts_first) apply();
        around_.meanwhile(milliseconds{around_.chance.below(90'000)});
        if (!acts_first) apply();
        return {.fate = Fate::delivered};
    }
    apply();
    if (around_.chance.of(faults.handed_twice)) apply();
    if (around_.chance.of(faults.answer_lost)) return {.fate = Fate::retry, .detail = "no answer"};
    return {.fate = Fate::delivered};
}

adapters::Answer FaultyPeer::ask(const model::Authorized<model::Envelope>&,
                                 adapters::Deadline deadline) {
    const PeerFaults& faults = around_.options.faults.peers;
    if (away_ || around_.chance.of(faults.unreachable)) return {.fate = AnswerFate::unavailable};
    if (around_.chance.of(faults.rejects)) return {.fate = AnswerFate::rejected};
    if (around_.chance.of(faults.never_answers)) {
        around_.meanwhile(
            std::chrono::duration_cast<milliseconds>(deadline - around_.clock.monotonic()));
        return {.fate = AnswerFate::timeout};
    }
    if (around_.chance.of(faults.answers_late)) {
        around_.meanwhile(milliseconds{around_.chance.below(9'000)});
    }
    return {.fate = AnswerFate::answered, .media_type = "application/json", .body = "[]"};
}

}  // namespace sekisho::tests::simulation
