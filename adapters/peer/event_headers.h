// A delivery's headers in CloudEvents 1.0 binary mode over HTTP: the document's bytes are the body
// as they are.
//
// `ce-*` percent-encoded (HTTP protocol binding, 3.1.3.2), `Content-Type` for `datacontenttype`,
// `Content-Digest` (RFC 9530, sha-256). `traceparent` is the request's own. Pure.
#pragma once

#include <vector>

#include "adapters/api/adapter.h"
#include "adapters/api/simulated_peer.h"

namespace sekisho::peer {

std::vector<adapters::HttpHeader> event_headers(const adapters::Delivery& delivery);

}  // namespace sekisho::peer
