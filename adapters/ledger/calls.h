// What simulated peers share in reading a call and in answering it. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/api/simulated_peer.h"
#include "adapters/ledger/received_ledger.h"

namespace sekisho::ledger {

adapters::HttpReply json_reply(const documents::Json& json);  // 200

// {"result":"error","errorCode","message"} inside 200.
adapters::HttpReply error_reply(std::string code, std::string message);

// A CloudEvents attribute of binary mode, percent-decoded; nullopt where there is none.
std::optional<std::string> event_attribute(const adapters::HttpCall& call, std::string_view name);

// The token of `Authorization: Bearer`; empty where there is none.
std::string bearer_token(const adapters::HttpCall& call);

// The document of a call in CloudEvents binary mode; nullopt where it is no event or lacks an
// attribute that every event has.
std::optional<Received> read_event(const adapters::HttpCall& call);

// RFC 9530, one algorithm. A call without a digest is taken; one whose digest does not match was
// damaged on its way.
bool digest_matches(const adapters::HttpCall& call);

// The number under which a document was taken: the same for the same source and id.
std::string reception_number(std::string_view prefix, const Received& document);  // "KJR-" + 16

// {"source", "id", "sha256"}: which document an answer is about.
documents::Json names_of(const Received& document);

// `taken` for what is in the ledger now, `conflict` for other bytes under a known name, 503 for
// what could not be written down.
adapters::HttpReply reply_to(Arrival arrival, adapters::HttpReply taken,
                             adapters::HttpReply conflict);

}  // namespace sekisho::ledger
