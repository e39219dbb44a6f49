// A service outside, as the outgoing client is told of it.
#pragma once

#include "adapters/http/http_client.h"
#include "gateway/config/config.h"

namespace sekisho::wiring {

// Over one connection, where it is asked seldom. The configuration lets plain http to this host
// pass and nowhere else.
inline http::ClientOptions options_of(const config::Remote& remote,
                                      std::size_t connections_max = 1) {
    return {.certificate_file = remote.certificate_file,
            .key_file = remote.key_file,
            .trust_file = remote.trust_file,
            .connections_max = connections_max,
            .plain_http = remote.url.starts_with("http://") ? http::PlainHttp::loopback
                                                            : http::PlainHttp::refused};
}

}  // namespace sekisho::wiring
