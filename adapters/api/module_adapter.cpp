// The host's side of the module boundary: calls of a C++ Adapter become C calls.
#include <algorithm>

#include "adapters/api/module.h"
#include "adapters/api/module_values.h"
#include "routing/model/limits.h"

namespace sekisho::adapters {

namespace {

std::int32_t pull(void* context, const char** bytes, std::size_t* size) {
    auto& source = *static_cast<ByteSource*>(context);
    const std::string_view piece = source.next();
    if (piece.empty()) return source.failed() ? -1 : 0;
    *bytes = piece.data();
    *size = piece.size();
    return 1;
}

// A module cannot make the host keep more than this.
constexpr std::size_t kTextBytesMax = model::limits::kBinaryBodyBytesMax;

std::int32_t append(void* context, const char* bytes, std::size_t size) {
    auto& text = *static_cast<std::string*>(context);
    if (size > kTextBytesMax - text.size()) return 1;
    text.append(bytes, size);
    return 0;
}

sekisho_sink_v1 sink_into(std::string& text) {
    return {sizeof(sekisho_sink_v1), &text, &append};
}

std::string failure_words(std::int32_t code) {
    return "the module failed, code " + std::to_string(code);
}

Fate fate_of(std::int32_t fate) {
    if (fate == SEKISHO_FATE_DELIVERED) return Fate::delivered;
    return fate == SEKISHO_FATE_REJECTED ? Fate::rejected : Fate::retry;
}

AnswerFate answer_fate_of(std::int32_t fate) {
    if (fate == SEKISHO_ANSWER_ANSWERED) return AnswerFate::answered;
    if (fate == SEKISHO_ANSWER_TIMEOUT) return AnswerFate::timeout;
    return fate == SEKISHO_ANSWER_REJECTED ? AnswerFate::rejected : AnswerFate::unavailable;
}

bool is_usable(const sekisho_adapter_v1* table) {
    return table != nullptr && table->struct_size >= sizeof(sekisho_adapter_v1) &&
           table->abi == SEKISHO_ADAPTER_V1_ABI && table->create != nullptr &&
           table->destroy != nullptr && table->capabilities != nullptr &&
           table->deliver != nullptr && table->ask != nullptr && table->probe != nullptr;
}

}  // namespace

model::Result<std::unique_ptr<ModuleAdapter>> ModuleAdapter::open(const sekisho_adapter_v1* table,
                                                                  std::string_view settings) {
    if (!is_usable(table))
        return model::refuse(model::Problem::attribute_invalid,
                             {"モジュールの版が sekisho_adapter_v1 ではありません",
                              "the module does not speak sekisho_adapter_v1"});
    std::string trouble;
    const sekisho_sink_v1 sink = sink_into(trouble);
    sekisho_adapter_instance_v1* instance = nullptr;
    const std::int32_t code = table->create(to_c(settings), &sink, &instance);
    if (code == SEKISHO_ADAPTER_OK && instance != nullptr)
        return std::unique_ptr<ModuleAdapter>{new ModuleAdapter(table, instance)};
    const std::string why = trouble.empty() ? failure_words(code) : trouble;
    return model::refuse(model::Problem::attribute_invalid, {why, why});
}

ModuleAdapter::~ModuleAdapter() {
    table_->destroy(instance_);
}

Capabilities ModuleAdapter::capabilities() const {
    sekisho_capabilities_v1 c{};
    c.struct_size = sizeof c;
    if (table_->capabilities(instance_, &c) != SEKISHO_ADAPTER_OK) {
        Capabilities none;
        none.delivers = false;
        return none;
    }
    return {.name = read_c(c.name),
            .version = read_c(c.version),
            .delivers = c.delivers != 0,
            .answers = c.answers != 0,
            .body_bytes_max = c.body_bytes_max,
            .posture = c.posture == SEKISHO_POSTURE_ROBUST ? Posture::robust_to_untrusted_peer
                                                           : Posture::requires_trusted_peer};
}

Outcome ModuleAdapter::deliver(const Delivery& delivery, ByteSource& body, Deadline deadline) {
    const CEnvelope envelope(*delivery.envelope);
    const std::string recipient = to_string(delivery.recipient);
    sekisho_delivery_v1 c{};
    c.struct_size = sizeof c;
    c.envelope = envelope.get();
    c.recipient = to_c(recipient);
    c.body_bytes = delivery.size;
    std::ranges::copy(delivery.sha256, c.sha256);
    c.attempt = delivery.attempt;
    const sekisho_body_v1 pulled{sizeof pulled, &body, &pull};
    sekisho_outcome_v1 outcome{};
    outcome.struct_size = sizeof outcome;
    const std::int32_t code = table_->deliver(instance_, &c, &pulled, to_c(deadline), &outcome);
    if (code != SEKISHO_ADAPTER_OK) return {Fate::retry, failure_words(code), {}};
    return {fate_of(outcome.fate), read_c(outcome.detail), read_c(outcome.peer_code)};
}

Answer ModuleAdapter::ask(const model::Authorized<model::Envelope>& question, Deadline deadline) {
    const CEnvelope envelope(*question);
    std::string body;
    const sekisho_sink_v1 sink = sink_into(body);
    sekisho_answer_v1 answer{};
    answer.struct_size = sizeof answer;
    const std::int32_t code =
        table_->ask(instance_, envelope.get(), to_c(deadline), &sink, &answer);
    if (code != SEKISHO_ADAPTER_OK) return {AnswerFate::unavailable, {}, {}, failure_words(code)};
    return {answer_fate_of(answer.fate), read_c(answer.media_type), std::move(body),
            read_c(answer.detail)};
}

Health ModuleAdapter::probe(Deadline deadline) {
    sekisho_health_v1 health{};
    health.struct_size = sizeof health;
    const std::int32_t code = table_->probe(instance_, to_c(deadline), &health);
    if (code != SEKISHO_ADAPTER_OK) return {false, failure_words(code)};
    return {health.reachable != 0, read_c(health.detail)};
}

}  // namespace sekisho::adapters
