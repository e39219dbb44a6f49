// Config: the one immutable, typed picture of what an administrator wrote.
//
// Text becomes this once, at start and at each reload; nobody else sees text. Unknown keys, missing
// keys and values that cannot be are errors with file, line, column and, for a misspelt key, the
// nearest known one. JSON with comments; each file has a JSON Schema under config/schema. Paths are
// relative to the file that names them and are absolute here. Loading starts nothing and touches
// nothing but the files it reads.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/documents/json.h"
#include "gateway/tunnel/packet_filter.h"
#include "routing/model/budget.h"
#include "routing/model/limits.h"
#include "routing/model/protection.h"
#include "routing/plan/plan.h"

namespace sekisho::config {

struct Address {
    std::string host;
    std::uint16_t port = 0;  // 0: any free port; tests ask which
};

// What protects a zone besides TLS. Of IPsec also what its daemon's configuration is written from.
struct ZoneProtection {
    model::Protection by = model::Protection::none;
    std::string interface{};              // of user-space ESP or of the closed network; or none
    std::vector<std::string> prefixes{};  // of the closed network
    std::string daemon{};                 // the IKE daemon's control socket
    std::string outside = "%any";         // the address that IKE listens on
    std::string identity{};               // the gateway's own, of IKE
    std::string certificate{};            // files in the daemon's folders x509 and x509ca
    std::string authority{};
};

// A service outside that is asked: https, or http to a relay on this host.
struct Remote {
    std::string url{};
    std::string trust_file{};
    std::string certificate_file{};  // both or neither
    std::string key_file{};
};

struct ZoneConfig {
    model::ZoneName name;
    Address listen;
    std::string certificate_file;  // the gateway's own chain, PEM
    std::string key_file;          // PEM, or a token's key by its URI (pkcs11:…)
    std::string token_module{};    // of such a key: the token's shared object
    std::string anchors_file;      // whom clients must chain to
    std::string crl_file;
    int rsa_bits_min = 2048;
    ZoneProtection protection{};
    model::Budget budget{};            // of each party of the zone
    std::optional<Remote> stapling{};  // the OCSP responder of its certificate's authority
};

struct AdapterConfig {
    std::string name;           // what `via` says
    std::string module_file;    // the shared object
    model::ZoneName network{};  // that its peer is reached by, named as the zone on it; or none
    documents::Json settings;   // the adapter's own; parsed by the module
    int line = 0;               // where it stands, for error messages
    std::string file{};
};

struct StoreConfig {
    std::string path;  // of the SQLite database
    std::string spool_folder;
};

// Who says when a checkpoint of the log was there (時刻認証局, RFC 3161).
struct TimestampConfig {
    Remote authority{};
    std::string anchors_file;  // whom its tokens must chain to, PEM
    std::string folder;        // where they are kept
    std::chrono::minutes every{60};
};

// One JPKI authentication authority (公的個人認証 利用者証明用認証局): a generation of it.
struct JpkiAuthorityConfig {
    std::string file;                     // one CA certificate, PEM or DER
    std::vector<std::string> policies{};  // a card's certificate names one of these OIDs
    int rsa_bits_min = 2048;
};

// How it is asked whether a card's certificate is revoked. `none`: nobody is asked, and whatever is
// admitted says "not checked".
struct CardStatusConfig {
    enum class Method : std::uint8_t { none, crl, ocsp };
    Method method = Method::none;
    std::vector<std::string> crl_files{};
    Remote responder{};  // of OCSP
    std::chrono::seconds skew = model::limits::kCardStatusSkew;
};

struct AdmissionConfig {
    std::vector<JpkiAuthorityConfig> authorities{};
    CardStatusConfig status{};
    std::chrono::minutes visit{30};  // how long a card shown opens medical information; ASSUMED
};

// A person's seed facts: registrations and consents loaded once through the ordinary store
// transaction.
// A record's id is empty where its row gives none: it is known by its words then.
struct SeedRegistration {
    model::Person person;
    model::Registration registration;
    documents::Json record{};  // as written: registration-json:1
};
struct SeedConsent {
    model::Person person;
    model::Consent consent;
    documents::Json record;  // as written: consent-json:1
};
struct SeedFacts {
    std::vector<SeedRegistration> registrations{};
    std::vector<SeedConsent> consents{};
};

struct Config {
    std::string file;
    std::string instance;  // names the log: `logorigin`, and receipts' `iss`
    std::vector<ZoneConfig> zones;
    std::optional<Address> health;  // /metrics, /livez, /readyz; loopback only
    StoreConfig store;
    std::string keys_folder;
    std::string schema_folder;  // JSON Schemas of the document profiles
    std::optional<std::string> pid_file;
    std::optional<std::string> log_file;  // standard error otherwise
    std::size_t workers = 2;              // threads that serve connections
    std::size_t delivery_threads = 64;
    std::uint64_t document_memory_bytes = model::limits::kDocumentMemoryMax;
    std::vector<AdapterConfig> adapters;
    std::chrono::seconds probe_every{0};        // its peers, for paths or other ways; 0: never
    std::optional<AdmissionConfig> admission;   // absent: nobody is admitted by card
    std::optional<TimestampConfig> timestamps;  // absent: nobody outside says when
    std::unordered_map<model::InsurerNumber, std::string> unions;  // 広域連合 without a check digit
    SeedFacts seeds;
    std::shared_ptr<const plan::Snapshot> snapshot;  // catalogue, directory, routes, rollout, paths
    model::Sha256 routes_digest{};  // over the bytes of routes and, behind them, paths
    model::Sha256 file_digest{};    // over this file's own
};

const ZoneConfig* find_zone(const Config& config, const model::ZoneName& name);

// The zones that the machine's packet filter must guard.
std::vector<tunnel::Guarded> guarded_zones(const std::vector<ZoneConfig>& zones);

// Every error found, not only the first: `sekisho check` prints them all.
struct ConfigErrors {
    struct Error {
        std::string file;
        std::uint32_t line = 0;
        std::uint32_t column = 0;
        model::Text text;
    };
    std::vector<Error> errors;
};

// SHA-256 as the caller has it (platform::sha256): this room has no cryptography. Without one
// the digests stay zero.
using Digest = model::Sha256 (*)(std::string_view bytes);

std::expected<Config, ConfigErrors> load(const std::string& file, Digest digest = nullptr);
std::string to_text(const ConfigErrors::Error& error);  // "routes.json:12:5: ..." in both languages

// The parts, also for `explain --facts` and for tests.
std::expected<catalogue::Catalogue, ConfigErrors> load_catalogue(const std::string& file);
std::expected<model::Directory, ConfigErrors> load_directory(const std::string& file);
std::expected<table::RouteTable, ConfigErrors> load_routes(const std::string& file);
std::expected<table::Rollout, ConfigErrors> load_rollout(const std::string& file);
std::expected<SeedFacts, ConfigErrors> load_facts(const std::string& file);
model::Facts to_facts(const SeedFacts& seeds);

}  // namespace sekisho::config
