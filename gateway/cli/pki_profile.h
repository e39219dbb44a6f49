// The profile of a development PKI: which authorities there are, and whom each certifies.
//
// Data under certs/, so that another cast needs no code. Never for production: whoever holds the
// folder holds every key.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/documents/json.h"
#include "routing/model/party.h"
#include "routing/model/problem.h"

namespace sekisho::cli {

// jpki_auth: in place of JPKI's authentication authority (公的個人認証 利用者証明用認証局), with
// its name; whom it certifies is a card.
enum class PkiKind : std::uint8_t { parties, jpki_auth };

struct PkiAuthority {
    std::string name;           // "internet"
    std::string common_name{};  // "Sekisho development internet CA"; unused for jpki_auth
    PkiKind kind = PkiKind::parties;
    std::string certificate_file;
    std::string list_file{};  // the CRL; empty: none is asked for
};

struct PkiSubject {
    std::string file;  // without ".pem" and ".key"
    std::string authority;
    std::string common_name;
    std::vector<std::string> uris{};
    std::vector<std::string> dns_names{};
    std::vector<std::string> addresses{};
    bool client = true;
    bool server = false;
    bool revoked = false;
};

struct PkiProfile {
    int validity_days = 825;
    int authority_validity_days = 3650;
    int list_validity_days = 30;
    std::vector<PkiAuthority> authorities{};
    std::vector<PkiSubject> subjects{};
};

model::Result<PkiProfile> read_pki_profile(const documents::Json& json);

}  // namespace sekisho::cli
