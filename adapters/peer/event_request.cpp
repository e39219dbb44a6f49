#include "adapters/peer/event_request.h"

#include "adapters/api/cloud_event.h"
#include "adapters/documents/base64.h"
#include "adapters/documents/percent.h"

namespace sekisho::peer {

http::Request event_request(const adapters::Delivery& delivery, adapters::ByteSource& body) {
    http::Request request{.method = "POST",
                          .body_source = &body,
                          .body_size = delivery.size,
                          .trace_parent = delivery.envelope->trace_parent};
    auto& headers = request.headers;
    for (const adapters::EventAttribute& row : adapters::event_attributes(*delivery.envelope)) {
        if (row.name == "datacontenttype") {
            headers.push_back({"Content-Type", row.value});
        } else {
            headers.push_back({"ce-" + row.name, documents::percent_encode(row.value)});
        }
    }
    const std::string_view digest{reinterpret_cast<const char*>(delivery.sha256.data()),
                                  delivery.sha256.size()};
    headers.push_back({"Content-Digest", "sha-256=:" + documents::to_base64(digest) + ":"});
    return request;
}

adapters::Answer no_answer() {
    return {adapters::AnswerFate::rejected, {}, {}, "this peer answers no questions"};
}

}  // namespace sekisho::peer
