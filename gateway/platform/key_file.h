// A file of the keyring by its name: what its key is for, and which of several it is. keyring.h
// says what stands in each.
//
//     body-2.key   receipt-1.pem   log.pem (the first)   log-2.pem   log-1.pub   person.key
//
// Numbers begin with 1 and have no leading zeros; the first log key stands without its own. Any
// other name is no key's: a file of another name in the folder is nobody's business here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "routing/model/instant.h"

namespace sekisho::platform {

enum class KeyUse : std::uint8_t {
    body,         // wraps the data keys of bodies
    person,       // hashes persons; there is one, without a number
    receipt,      // signs receipts
    log,          // signs checkpoints
    retired_log,  // the public half of such a one
};

struct KeyFile {
    KeyUse use = KeyUse::body;
    std::uint32_t number = 0;  // 0 of the persons' alone
    friend bool operator==(const KeyFile&, const KeyFile&) = default;
};

std::optional<KeyFile> key_file(std::string_view name);
std::string name_of(const KeyFile& file);  // "body-2.key"
std::string kid_of(const KeyFile& file);   // "body-2"

// When a file was last written, to the second; nothing where the disk has none of that path.
std::optional<model::Instant> written_at(const std::string& path);

}  // namespace sekisho::platform
