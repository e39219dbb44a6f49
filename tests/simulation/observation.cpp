#include "tests/simulation/observation.h"

#include "gateway/platform/crypto.h"

namespace sekisho::tests::simulation {

namespace {

std::string short_of(const std::string& content) {
    return content.substr(0, 8);
}

std::string word_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::accepted:
            return "accepted";
        case Verdict::denied:
            return "denied";
        case Verdict::unavailable:
            return "unavailable";
        case Verdict::told:
            return "told";
    }
    return "?";
}

struct ToText {
    std::string operator()(const Asked& seen) const {
        return "asked #" + std::to_string(seen.request) + " " + to_text(seen.message) + " " +
               short_of(seen.content);
    }
    std::string operator()(const Answered& seen) const {
        return "answered #" + std::to_string(seen.request) + " " + to_text(seen.message) + " " +
               word_of(seen.verdict) + " " + seen.problem;
    }
    // The moments in the leaves are those of the run: their bytes are part of what must repeat.
    std::string operator()(const LeavesAppended& seen) const {
        std::string line = "leaves " + std::to_string(seen.from) + "..";
        for (const auto& leaf : seen.leaves) {
            line += " " + short_of(model::to_hex(platform::sha256(leaf)));
        }
        return line;
    }
    std::string operator()(const ConsentWithdrawn& seen) const {
        return "consent withdrawn " + seen.person;
    }
    std::string operator()(const Handed& seen) const {
        return "handed " + to_text(seen.message) + " to " + model::to_string(seen.recipient) + " " +
               short_of(seen.content) +
               (seen.reader_about.empty() ? "" : " reader about " + seen.reader_about);
    }
    std::string operator()(const Applied& seen) const {
        return "applied " + to_text(seen.message) + " at " + model::to_string(seen.recipient) +
               (seen.order_key.empty() ? "" : " place " + std::to_string(seen.place));
    }
    std::string operator()(const StoreRead& seen) const {
        std::string line =
            seen.moment == StoreRead::Moment::restart ? "read after restart" : "read at the end";
        line += " leaves " + std::to_string(seen.head.size);
        for (const auto& [message, kept] : seen.messages) {
            line += "\n    " + to_text(message) + " " + short_of(kept.content);
            for (const auto& delivery : kept.deliveries) {
                line += " " + model::to_string(delivery.recipient) + "=" +
                        std::string{store::to_string(delivery.state)};
            }
        }
        return line;
    }
};

}  // namespace

std::string to_text(const model::MessageKey& message) {
    return model::to_string(message.source) + "/" + message.id.text();
}

std::string to_text(const Observation& observation) {
    return std::visit(ToText{}, observation);
}

}  // namespace sekisho::tests::simulation
