// The adapter of a peer that is asked: each question is one POST over one line. Some such peers
// take documents too, each as one event (event_request.h); of the others each document routed there
// is rejected in words that say who mends it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/api/adapter.h"
#include "adapters/documents/json.h"
#include "adapters/peer/settings.h"
#include "routing/model/envelope.h"

namespace sekisho::peer {

struct Call {
    std::string_view path;
    std::string body;  // JSON
};

// Where a peer takes documents, and what its answer means.
struct DocumentDoor {
    std::string_view path;
    adapters::Outcome (*read_reply)(const adapters::Delivery& delivery, int status,
                                    std::string_view body);
};

// What differs between such peers; all of it constant.
struct AskedPeer {
    std::string_view name;     // of the adapter: "eligibility"
    std::string_view peer;     // "The eligibility system"
    std::string_view peer_ja;  // "オンライン資格確認等システム"
    std::string_view health_path;
    // nullopt: no question for this peer; `no_call` says why.
    std::optional<Call> (*call_of)(const model::Envelope& question);
    std::string_view no_call;
    adapters::Answer (*read_reply)(const model::Envelope& question, int status,
                                   std::string_view body);
    std::optional<DocumentDoor> documents{};  // none: it takes no documents
};

// {"url", "certificate", "key", "trust", "connections": 4, "answer_bytes_max": 4 MiB,
// "plain_http": false}; settings.h.
struct AskedSettings : Settings {
    static model::Result<AskedSettings> parse(const documents::Json& object);
};

std::unique_ptr<adapters::Adapter> make_asking_adapter(const AskedPeer& peer,
                                                       AskedSettings settings);

}  // namespace sekisho::peer
