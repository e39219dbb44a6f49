// What the settings of an adapter say about its peer: where it is, as whom the gateway comes, whom
// it trusts, and how much at once.
//
// {"url", "certificate", "key", "trust", "connections", "answer_bytes_max", "plain_http": false}.
// `key` is a PEM file, or a token's key by its URI, with "pkcs11_module" (adapters/tokens).
// `plain_http` allows http:// to loopback, for tests; otherwise the url must be https and the three
// PEM files named. The url ends without a path and without a slash.
#pragma once

#include <cstdint>
#include <string>

#include "adapters/documents/object_reader.h"
#include "adapters/http/http_client.h"

namespace sekisho::peer {

struct Settings {
    std::string url{};  // "https://127.0.0.1:9101"
    http::ClientOptions client{};
    std::uint64_t answer_bytes_max = 0;
};

// What holds where nothing is said, and the most that may be said.
struct SettingsBounds {
    std::uint64_t connections = 2;
    std::uint64_t connections_max = 64;
    std::uint64_t answer_bytes = model::limits::kMebibyte;
    std::uint64_t answer_bytes_max = model::limits::kBinaryBodyBytesMax;
};

// Reads its own members; the caller reads the adapter's others and finishes the reader.
Settings read_settings(documents::ObjectReader& reader, const SettingsBounds& bounds = {});

}  // namespace sekisho::peer
