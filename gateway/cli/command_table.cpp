// The table of subcommands: what each takes. Their order is that of --help.
#include <array>

#include "gateway/cli/commands.h"

namespace sekisho::cli {

namespace {

constexpr std::size_t kFilesMost = 100'000;

constexpr OptionRow kConfig{"--config", "FILE", "the configuration", true};

constexpr auto kConfigOnly = std::to_array<OptionRow>({kConfig});

constexpr auto kDoctor = std::to_array<OptionRow>({
    kConfig,
    {"--bundle", "FILE", "also a zip for who helps, without anything personal or secret", false},
});

constexpr auto kVerify = std::to_array<OptionRow>({
    {"--config", "FILE", "the configuration whose log is recomputed", false},
    {"--evidence", "FILE", "what `audit prove` gave, checked without a gateway", false},
    {"--log-key", "VKEY", "the log's verifier key, or the file of GET /v1/log/key", false},
    {"--since", "FILE", "a checkpoint that was kept: the log must go on from it", false},
    {"--receipt", "FILE", "the receipt whose acceptance the evidence must be", false},
    {"--keys", "FILE", "the receipts' keys, as GET /v1/keys gave them", false},
});

constexpr auto kProve = std::to_array<OptionRow>({
    kConfig,
    {"--source", "PARTY", "whose message it is, where several have its id", false},
    {"--leaf", "N", "that leaf, whatever it records, in place of a message's", false},
    {"--since", "FILE", "a checkpoint that was kept: prove that the log goes on from it", false},
    {"--at", "FILE", "a checkpoint that was kept: prove for it, not for the log as it is now",
     false},
});

constexpr auto kExplain = std::to_array<OptionRow>({
    kConfig,
    {"--message", "CE.json", "a structured CloudEvent; its data is not looked at", true},
    {"--facts", "FILE", "registrations and consents, in place of the configuration's", false},
    {"--at", "TIME", "RFC 3339 time or a date; now otherwise", false},
    {"--zone", "ZONE", "where it comes in; the sender's own zone otherwise", false},
    {"--down", "NETWORK", "by which way it would leave, were that network down", false},
});

constexpr auto kPki = std::to_array<OptionRow>({
    {"--profile", "FILE", "certs/development.json otherwise", false},
    {"--keys", "FOLDER", "make a keyring there too, unless there is one", false},
});

constexpr auto kKeys = std::to_array<OptionRow>({
    {"--config", "FILE", "the configuration whose keyring it is", false},
    {"--keys", "FOLDER", "the keyring's folder", false},
    {"--only", "KIND", "body, receipt or log: rotate that one alone", false},
});

constexpr auto kBench = std::to_array<OptionRow>({
    {"--this-host", "", "measure this machine", false},
    {"--folder", "FOLDER", "on the disk that the store will be on; the present one otherwise",
     false},
    {"--documents", "N", "how many; 20000 otherwise", false},
});

// What every client command takes besides its own.
constexpr auto kClient = std::to_array<OptionRow>({
    {"--gateway", "URL", "https://127.0.0.1:8443 otherwise", false},
    {"--cert", "FILE", "the client's certificate chain", false},
    {"--key", "FILE", "its key", false},
    {"--ca", "FILE", "whom to trust as a gateway", false},
    {"--profile", "FILE", "JSON with gateway, cert, key, ca, party", false},
    {"--as", "PARTY", "who speaks; the certificate says it otherwise", false},
});

constexpr auto kSend = std::to_array<OptionRow>({
    {"--type", "TYPE", "the information type, such as certification.opinion", true},
    {"--insurer", "NUMBER", "保険者番号", false},
    {"--insured", "NUMBER", "被保険者番号", false},
    {"--format", "NAME", "such as ikensho-csv:1.1; the type's usual one otherwise", false},
    {"--media-type", "TYPE", "the format's usual one otherwise", false},
    {"--author", "PARTY", "whose document it is, when carried for another", false},
    {"--recipient", "PARTIES", "comma-separated", false},
    {"--purpose", "PURPOSE", "the type's first otherwise", false},
    {"--businesskey", "KEY", "makes re-sent documents one", false},
    {"--status", "STATUS", "draft or agreed, for plans", false},
    {"--personconsent", "TEXT", "the person's consent to this filing", false},
    {"--actor", "STAFF", "who acts", false},
    {"--role", "ROLE", "the actor's qualification (職種)", false},
    {"--id", "ID", "for one file; made from its content otherwise", false},
});

constexpr auto kAsk = std::to_array<OptionRow>({
    {"--type", "TYPE", "what is asked for, such as certification.progress", true},
    {"--insurer", "NUMBER", "保険者番号", true},
    {"--insured", "NUMBER", "被保険者番号", true},
    {"--actor", "STAFF", "who asks", true},
    {"--role", "ROLE", "the actor's qualification (職種)", true},
    {"--purpose", "PURPOSE", "the type's first otherwise", false},
});

constexpr auto kInbox = std::to_array<OptionRow>({
    {"--max", "N", "at most so many, up to 200", false},
    {"--wait", "SECONDS", "wait for something to come, up to 30", false},
    {"--ack", "", "acknowledge what was taken; with --out, once it is written", false},
    {"--out", "FOLDER", "write each document there", false},
});

constexpr auto kFate = std::to_array<OptionRow>({
    {"--source", "PARTY", "whose message it is, for its recipients", false},
});

constexpr OptionRow kInsurer{"--insurer", "NUMBER", "保険者番号", true};
constexpr OptionRow kInsured{"--insured", "NUMBER", "被保険者番号", true};
constexpr OptionRow kOnce{"--idempotency-key", "KEY", "the same call again is the same record",
                          false};
constexpr OptionRow kRepresentative{"--representative", "RELATION",
                                    "who stood there for the person (代理人)", false};
constexpr OptionRow kBasis{"--basis", "TEXT", "by what right, such as 成年後見; goes with it",
                           false};

constexpr auto kConsent = std::to_array<OptionRow>({
    kInsurer,
    kInsured,
    {"--given", "KINDS", "* for all (包括同意), or comma-separated: certification,care-plan", true},
    {"--refused", "KINDS", "comma-separated", false},
    {"--occasion", "TEXT", "new-certification, renewal, change or on-behalf", true},
    {"--explanation", "VERSION", "of the text that the person was shown", true},
    {"--given-at", "TIME", "RFC 3339; now otherwise", false},
    {"--actor", "STAFF", "who explained and asked", false},
    kRepresentative,
    kBasis,
    kOnce,
});

constexpr auto kPerson = std::to_array<OptionRow>({
    kInsurer,
    kInsured,
    {"--actor", "STAFF", "who looks", false},
    {"--role", "ROLE", "the actor's qualification (職種)", false},
});

constexpr auto kPaper = std::to_array<OptionRow>({
    {"--kind", "KIND", "shikaku-kakuninsho, hihokensha-sho or jukyu-shikaku-shomeisho", true},
    kInsurer,
    kInsured,
    {"--actor", "STAFF", "who looked at it", true},
    kRepresentative,
    kBasis,
    kOnce,
});

constexpr auto kChallenge = std::to_array<OptionRow>({
    {"--purpose", "PURPOSE", "admission, or medical for what is read at this visit only", false},
});
constexpr auto kEvidence = std::to_array<OptionRow>({kRepresentative, kBasis, kOnce});

constexpr OptionRow kReader{"--reader", "NAME", "which card reader, when there are several", false};

constexpr auto kCardStatus = std::to_array<OptionRow>({kReader});

constexpr auto kCardRead = std::to_array<OptionRow>({
    kReader,
    {"--out", "FILE", "where the PEM goes; to standard output otherwise", false},
});

constexpr OptionRow kLastTry{"--even-if-one-try-is-left", "",
                             "a wrong PIN blocks the certificate then", false};

constexpr auto kCardAgent = std::to_array<OptionRow>({
    {"--pages", "NAME=ORIGIN",
     "whom it serves: the gateway's name and the page's origin, comma-separated", true},
    {"--listen", "ADDRESS:PORT", "on the loopback; 127.0.0.1:8449, where the page looks, otherwise",
     false},
    {"--folder", "FOLDER", "of its own certificate; below ~/.local/share otherwise", false},
    kReader,
    kLastTry,
});

constexpr auto kCardSign = std::to_array<OptionRow>({
    kReader,
    {"--challenge", "TEXT", "what to sign, in base64url as the gateway gave it", false},
    {"--challenge-file", "FILE", "the gateway's whole answer: JSON with id and challenge", false},
    {"--id", "ID", "the challenge's id, with --challenge", false},
    {"--pin-fd", "N", "read the PIN from this descriptor; it is asked at the terminal otherwise",
     false},
    kLastTry,
});

constexpr OperandRange kNone{};
constexpr OperandRange kOptional{.least = 0, .most = 1};
constexpr OperandRange kOne{.least = 1, .most = 1};
constexpr OperandRange kMany{.least = 1, .most = kFilesMost};
constexpr std::span<const OptionRow> kNoMore{};

constexpr auto kCommands = std::to_array<Command>({
    {"serve", "", "run a gateway until SIGTERM", kConfigOnly, kNoMore, kNone, serve},
    {"check", "", "every error of a configuration, with file and line", kConfigOnly, kNoMore, kNone,
     check},
    {"doctor", "", "how this gateway and its machine stand, beside it or before its start", kDoctor,
     kNoMore, kNone, doctor},
    {"explain", "", "which routes match a message and why, and the verdict with every reason",
     kExplain, kNoMore, kNone, explain},
    {"drill", "NETWORK",
     "what would become of all that leaves, were that network down; sends nothing", kConfigOnly,
     kNoMore, kOne, drill},
    {"send", "FILE...", "send documents and show their receipts", kSend, kClient, kMany, send},
    {"ask", "", "ask for what is known of a person", kAsk, kClient, kNone, ask},
    {"inbox", "", "collect what waits", kInbox, kClient, kNone, inbox},
    {"fate", "ID", "what became of a message", kFate, kClient, kOne, fate},
    {"card status", "", "card readers, what lies on them, and the tries a PIN has left",
     kCardStatus, kNoMore, kNone, card_status},
    {"card read", "", "the authentication certificate of a My Number card, without a verdict",
     kCardRead, kNoMore, kNone, card_read},
    {"card sign", "", "sign an admission's challenge with a My Number card", kCardSign, kNoMore,
     kNone, card_sign},
    {"card agent", "", "lets the counter page in this machine's browser use the card reader",
     kCardAgent, kNoMore, kNone, card_agent},
    {"admit challenge", "", "a challenge for a person's card to sign", kChallenge, kClient, kNone,
     admit_challenge},
    {"admit card", "EVIDENCE", "register as responsible office, by what the card signed", kEvidence,
     kClient, kOne, admit_card},
    {"admit document", "", "register as responsible office, by a paper that was looked at", kPaper,
     kClient, kNone, admit_document},
    {"registration list", "", "who is registered for a person", kPerson, kClient, kNone,
     registration_list},
    {"registration end", "ID", "end a registration: the contract has ended", kNoMore, kClient, kOne,
     registration_end},
    {"consent record", "", "what a person consented to and refused", kConsent, kClient, kNone,
     consent_record},
    {"consent withdraw", "ID", "withdraw a consent: in force at once", kNoMore, kClient, kOne,
     consent_withdraw},
    {"consent list", "", "what a person consented to", kPerson, kClient, kNone, consent_list},
    {"access list", "", "who looked at what of a person, with proofs", kPerson, kClient, kNone,
     access_list},
    {"audit verify", "",
     "recompute the whole log and compare it, beside a running gateway; or check evidence", kVerify,
     kNoMore, kNone, audit_verify},
    {"audit prove", "[ID]", "evidence that a message is in the log, for whoever asks for it",
     kProve, kNoMore, kOptional, audit_prove},
    {"bench", "", "what this machine takes in, beside the nation's peak", kBench, kNoMore, kNone,
     bench},
    {"ipsec config", "FOLDER", "the IKE daemon's and the packet filter's rules for the zones",
     kConfigOnly, kNoMore, kOne, ipsec_config},
    {"keys list", "", "the keys of a keyring and since when they are there", kKeys, kNoMore, kNone,
     keys_list},
    {"keys log", "", "what verifies the log's checkpoints, for who keeps it from before",
     kConfigOnly, kNoMore, kNone, keys_log},
    {"keys rotate", "", "new keys for bodies, receipts and the log; the old ones stay", kKeys,
     kNoMore, kNone, keys_rotate},
    {"pki init", "DIR", "a development PKI, or what is missing of it; revocation lists anew", kPki,
     kNoMore, kOne, pki_init},
});

}  // namespace

std::span<const Command> commands() {
    return kCommands;
}

std::vector<OptionRow> options_of(const Command& command) {
    std::vector<OptionRow> rows{command.options.begin(), command.options.end()};
    rows.insert(rows.end(), command.more_options.begin(), command.more_options.end());
    return rows;
}

}  // namespace sekisho::cli
