// Timestamps on what the log promises: that a checkpoint was there at a time, by the word of an
// authority that is not us (RFC 3161).
//
// A request goes out with the SHA-256 of the checkpoint's note and a nonce; the authority sees
// nothing else of the log. Its response counts only when it was granted, is about this digest, has
// this nonce, and is signed by a certificate for time-stamping alone that chains to one of the
// anchors. It is kept as it came, in DER: `openssl ts -verify -in FILE.tsr -data FILE.note` says
// the same without a line of ours. A time that an authority says is its own; how far it is from the
// gateway's clock is for the caller to judge. No network here. Any thread.
//
// Source: RFC 3161 (2.4.1 request, 2.4.2 response), RFC 5816; OpenSSL's ts.h for all of it.
#pragma once

#include <string>
#include <string_view>

#include "gateway/platform/ports.h"

namespace sekisho::audit {

struct TimestampRequest {
    std::string der;   // application/timestamp-query
    std::string note;  // what it is about
};
TimestampRequest timestamp_request(std::string note, platform::Random& random);

// The time that a response says, in UTC. `anchors`: certificates to trust, PEM, one or several: two
// while an authority is being replaced. digest_mismatch, saying which demand is not met.
model::Result<model::Instant> check_response(const TimestampRequest& request,
                                             std::string_view response, const std::string& anchors);
// The same of a response that was kept: without the nonce, which nobody keeps, and with the chain
// judged as of the time that it says, so that it outlives the certificates. It does not outlive
// their keys: what an authority signed after its key was lost cannot be told from what it signed
// before.
model::Result<model::Instant> check_timestamp(std::string_view note, std::string_view response,
                                              const std::string& anchors);

}  // namespace sekisho::audit
