// A delivery as a request in CloudEvents 1.0 binary mode over HTTP: the document's bytes are the
// body as they are, streamed.
//
// `ce-*` percent-encoded (HTTP protocol binding, 3.1.3.2), `Content-Type` for `datacontenttype`,
// `Content-Digest` (RFC 9530, sha-256). `traceparent` where there is one.
#pragma once

#include "adapters/http/http_client.h"

namespace sekisho::peer {

// A POST; its address is the line's. `body` and the delivery live until it is sent.
http::Request event_request(const adapters::Delivery& delivery, adapters::ByteSource& body);

// Of a peer that can only be delivered to.
adapters::Answer no_answer();

}  // namespace sekisho::peer
