#include "gateway/listener/service.h"

#include "gateway/listener/problem_json.h"

namespace sekisho::listener {

Responder::~Responder() {
    if (!sink_) return;
    (*this)(to_response({.problem = model::Problem::internal}, Language::ja));
}

void Responder::operator()(Response response) {
    if (!sink_) return;
    const auto sink = std::move(sink_);
    sink->reply(turn_, std::move(response));
}

}  // namespace sekisho::listener
