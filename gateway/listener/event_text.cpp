#include "gateway/listener/event_text.h"

#include "routing/model/limits.h"

namespace sekisho::listener {

namespace {

// A string that grows holds its bytes twice for a moment; later stands, beside the text, one
// decoded document and its sealed segments.
constexpr std::uint64_t kTextShare = 3;

std::unexpected<model::Refusal> no_memory() {
    return std::unexpected(model::Refusal{.problem = model::Problem::overloaded,
                                          .retry_after = model::limits::kMemoryRetryAfter});
}

}  // namespace

model::Result<void> EventTextBody::append(std::string_view piece) {
    if (piece.size() > bytes_max_ - text_.size()) {
        return model::refuse(model::Problem::body_too_large);
    }
    if (!memory_.grow_to((text_.size() + piece.size()) * kTextShare)) {
        return no_memory();
    }
    text_.append(piece);
    return {};
}

void EventTextBody::serve(Responder responder) {
    serve_(read(), std::move(responder));
}

model::Result<EventText> EventTextBody::read() {
    if (!memory_.grow_to(text_.size() * kTextShare + documents::json_memory_for(text_))) {
        return no_memory();
    }
    auto tree = documents::parse_json(text_);
    if (!tree) return std::unexpected(std::move(tree.error()));
    return EventText{
        .text = std::move(text_), .tree = std::move(*tree), .memory = std::move(memory_)};
}

}  // namespace sekisho::listener
