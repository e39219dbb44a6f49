// A private key that never leaves its token (PKCS#11: a hardware security module).
//
// It is named by its URI, `pkcs11:token=sekisho;object=gateway;type=private?pin-source=file:/…`;
// the PIN stands in a file of its own. For the gateway's zones and for the adapters alike. Debian
// 12 has no PKCS#11 provider for OpenSSL 3, so it goes through libp11's engine, whose interface
// OpenSSL has deprecated: it is used in this source alone. One module for the whole process, loaded
// at the first key and never unloaded. Signing is done by the module, from any thread.
//
// Sources: RFC 7512 (the URI), PKCS#11 v2.40.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "routing/model/problem.h"

struct evp_pkey_st;

namespace sekisho::tokens {

using TokenKey = std::shared_ptr<evp_pkey_st>;

bool is_token_key(std::string_view name);

// What is wrong with such a name before any token is asked: a PIN that stands in it.
std::optional<model::Text> fault_in_uri(std::string_view uri);

// `module`: the token's shared object. internal, saying whether the engine, the module or the key
// is missing; the PIN is in no word of it.
model::Result<TokenKey> load_token_key(const std::string& uri, const std::string& module);

}  // namespace sekisho::tokens
