// The inner side of the module boundary: C calls become calls of a C++ Adapter.
#include <algorithm>

#include "adapters/api/module.h"
#include "adapters/api/module_values.h"

struct sekisho_adapter_instance_v1 {
    std::unique_ptr<sekisho::adapters::Adapter> adapter;
};

namespace sekisho::adapters {

// What crosses the boundary was authorised on the host's side: only ModuleAdapter::deliver and
// ::ask of a host call in, and they accept nothing but an Authorized. Seen by this file alone.
class ModuleBoundary {
  public:
    static model::Authorized<model::Envelope> readmit(model::Envelope envelope) {
        return model::Authorized<model::Envelope>{std::move(envelope)};
    }
};

namespace {

class PulledBody final : public ByteSource {
  public:
    explicit PulledBody(const sekisho_body_v1& body) : body_(body) {}

    std::string_view next() override {
        if (ended_) return {};
        const char* bytes = nullptr;
        std::size_t size = 0;
        const std::int32_t given = body_.next(body_.context, &bytes, &size);
        if (given == 1 && bytes != nullptr && size > 0) return {bytes, size};
        ended_ = true;
        failed_ = given != 0;
        return {};
    }
    bool failed() const override { return failed_; }

  private:
    const sekisho_body_v1& body_;
    bool ended_ = false;
    bool failed_ = false;
};

// A struct of the other side serves when it holds at least all that v1 has.
template <class T>
bool serves(const T* c) {
    return c != nullptr && c->struct_size >= sizeof(T);
}

template <class Call>
std::int32_t guarded(Call call) noexcept {
    try {
        return call();
    } catch (...) {
        return SEKISHO_ADAPTER_INTERNAL;
    }
}

std::int32_t to_c(Fate fate) {
    if (fate == Fate::delivered) return SEKISHO_FATE_DELIVERED;
    return fate == Fate::rejected ? SEKISHO_FATE_REJECTED : SEKISHO_FATE_RETRY;
}

std::int32_t to_c(AnswerFate fate) {
    switch (fate) {
        case AnswerFate::answered:
            return SEKISHO_ANSWER_ANSWERED;
        case AnswerFate::timeout:
            return SEKISHO_ANSWER_TIMEOUT;
        case AnswerFate::rejected:
            return SEKISHO_ANSWER_REJECTED;
        case AnswerFate::unavailable:
            break;
    }
    return SEKISHO_ANSWER_UNAVAILABLE;
}

bool write_all(const sekisho_sink_v1* sink, std::string_view text) {
    return text.empty() || sink->write(sink->context, text.data(), text.size()) == 0;
}

}  // namespace

namespace module_calls {

std::int32_t create(AdapterFactory factory, sekisho_text_v1 settings,
                    const sekisho_sink_v1* trouble, sekisho_adapter_instance_v1** instance) {
    return guarded([&]() -> std::int32_t {
        if (instance == nullptr || !serves(trouble)) return SEKISHO_ADAPTER_BAD_ARGUMENT;
        auto adapter = factory(from_c(settings));
        if (!adapter) {
            const model::Text& why = adapter.error().detail;
            write_all(trouble, why.ja + " / " + why.en);
            return SEKISHO_ADAPTER_BAD_SETTINGS;
        }
        *instance = new sekisho_adapter_instance_v1{std::move(*adapter)};  // destroy() ends it
        return SEKISHO_ADAPTER_OK;
    });
}

void destroy(sekisho_adapter_instance_v1* instance) {
    delete instance;
}

std::int32_t capabilities(sekisho_adapter_instance_v1* instance, sekisho_capabilities_v1* into) {
    return guarded([&]() -> std::int32_t {
        if (instance == nullptr || !serves(into)) return SEKISHO_ADAPTER_BAD_ARGUMENT;
        const Capabilities own = instance->adapter->capabilities();
        write_c(into->name, own.name);
        write_c(into->version, own.version);
        into->delivers = own.delivers ? 1 : 0;
        into->answers = own.answers ? 1 : 0;
        into->body_bytes_max = own.body_bytes_max;
        into->posture = own.posture == Posture::robust_to_untrusted_peer
                            ? SEKISHO_POSTURE_ROBUST
                            : SEKISHO_POSTURE_TRUSTED_PEER;
        return SEKISHO_ADAPTER_OK;
    });
}

std::int32_t deliver(sekisho_adapter_instance_v1* instance, const sekisho_delivery_v1* delivery,
                     const sekisho_body_v1* body, std::int64_t deadline_ns,
                     sekisho_outcome_v1* into) {
    return guarded([&]() -> std::int32_t {
        if (instance == nullptr || !serves(delivery) || !serves(delivery->envelope) ||
            !serves(body) || !serves(into))
            return SEKISHO_ADAPTER_BAD_ARGUMENT;
        auto envelope = to_envelope(*delivery->envelope);
        const auto recipient = model::parse_party_id(from_c(delivery->recipient));
        if (!envelope || !recipient) return SEKISHO_ADAPTER_BAD_ARGUMENT;
        const auto authorized = ModuleBoundary::readmit(std::move(*envelope));
        Delivery own{.envelope = authorized,
                     .recipient = *recipient,
                     .size = delivery->body_bytes,
                     .attempt = delivery->attempt};
        std::ranges::copy(delivery->sha256, own.sha256.begin());
        PulledBody source(*body);
        const Outcome outcome =
            instance->adapter->deliver(own, source, deadline_from_c(deadline_ns));
        into->fate = to_c(outcome.fate);
        write_c(into->detail, outcome.detail);
        write_c(into->peer_code, outcome.peer_code);
        return SEKISHO_ADAPTER_OK;
    });
}

std::int32_t ask(sekisho_adapter_instance_v1* instance, const sekisho_envelope_v1* question,
                 std::int64_t deadline_ns, const sekisho_sink_v1* body, sekisho_answer_v1* into) {
    return guarded([&]() -> std::int32_t {
        if (instance == nullptr || !serves(question) || !serves(body) || !serves(into))
            return SEKISHO_ADAPTER_BAD_ARGUMENT;
        auto envelope = to_envelope(*question);
        if (!envelope) return SEKISHO_ADAPTER_BAD_ARGUMENT;
        const Answer answer = instance->adapter->ask(ModuleBoundary::readmit(std::move(*envelope)),
                                                     deadline_from_c(deadline_ns));
        const bool passed_on = write_all(body, answer.body);
        into->fate = passed_on ? to_c(answer.fate) : SEKISHO_ANSWER_UNAVAILABLE;
        write_c(into->media_type, answer.media_type);
        write_c(into->detail, answer.detail);
        return SEKISHO_ADAPTER_OK;
    });
}

std::int32_t probe(sekisho_adapter_instance_v1* instance, std::int64_t deadline_ns,
                   sekisho_health_v1* into) {
    return guarded([&]() -> std::int32_t {
        if (instance == nullptr || !serves(into)) return SEKISHO_ADAPTER_BAD_ARGUMENT;
        const Health health = instance->adapter->probe(deadline_from_c(deadline_ns));
        into->reachable = health.reachable ? 1 : 0;
        write_c(into->detail, health.detail);
        return SEKISHO_ADAPTER_OK;
    });
}

}  // namespace module_calls

}  // namespace sekisho::adapters
