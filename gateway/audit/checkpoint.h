// Checkpoints: what the log promises at a moment, as C2SP tlog-checkpoint in a C2SP signed note.
//
//     <origin>\n<size>\n<base64 of the root>\n\n— <name> <base64 of key id and signature>\n ...
//
// The origin is the instance's name (`logorigin`) and the name of its keys. While a key is being
// replaced a checkpoint carries a line of the old and of the new one, so that whoever verifies may
// change in his own time. A verifier's key is a vkey: `name+hexadecimal key id+base64 of key`.
// Sources: https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint (Ed25519 is type 0x01).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/audit/tree_proof.h"
#include "gateway/platform/log_key.h"

namespace sekisho::audit {

struct Checkpoint {
    std::string origin;
    Tree tree;
    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// Signed by each of `keys`, the first first.
std::string sign_checkpoint(const Checkpoint& checkpoint,
                            const std::vector<platform::LogKey>& keys);

// A key to verify with, from its vkey; nothing for one that is malformed, of another type, or whose
// id is not that of its key.
struct LogVerifier {
    std::string name;
    std::string public_key;  // 32 bytes
    friend bool operator==(const LogVerifier&, const LogVerifier&) = default;
};
std::string to_vkey(const LogVerifier& verifier);
// As GET /v1/log/key gives them, a vkey a line; none where a line is no vkey.
std::vector<LogVerifier> parse_vkeys(std::string_view text);
std::optional<LogVerifier> parse_vkey(std::string_view text);

// What a note says, whoever signed it; digest_mismatch for what is no checkpoint.
model::Result<Checkpoint> parse_checkpoint(std::string_view note);

// The checkpoint in `note` when a line of it is that of one of the verifiers and its signature
// holds; digest_mismatch otherwise. Lines of other keys are not looked at; extension lines are
// refused: this log has none.
model::Result<Checkpoint> open_checkpoint(std::string_view note,
                                          const std::vector<LogVerifier>& verifiers);

}  // namespace sekisho::audit
