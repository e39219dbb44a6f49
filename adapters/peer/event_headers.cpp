#include "adapters/peer/event_headers.h"

#include "adapters/api/cloud_event.h"
#include "adapters/documents/base64.h"
#include "adapters/documents/percent.h"

namespace sekisho::peer {

std::vector<adapters::HttpHeader> event_headers(const adapters::Delivery& delivery) {
    std::vector<adapters::HttpHeader> headers;
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
    return headers;
}

}  // namespace sekisho::peer
