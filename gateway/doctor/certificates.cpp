// Certificates, keys and authorities that the configuration names, each file looked at once,
// whoever uses it.
#include <algorithm>
#include <map>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "gateway/admission/jpki_trust.h"
#include "gateway/doctor/areas.h"
#include "gateway/doctor/judgements.h"
#include "gateway/doctor/key_ages.h"
#include "gateway/doctor/party_certificates.h"
#include "gateway/doctor/peer_settings.h"
#include "gateway/doctor/pem_files.h"
#include "gateway/platform/keyring.h"

namespace sekisho::doctor {

namespace {

using identity::CertificatePtr;

struct Pair {
    std::string certificate;
    std::string key;     // a file, or a token's key by its URI
    std::string module;  // the token's
    friend auto operator<=>(const Pair&, const Pair&) = default;
};

// Who uses a file, and as what.
struct Uses {
    std::vector<std::string> by{};
    bool as_server = false;
    bool as_client = false;
};

struct Named {
    std::map<Pair, Uses> pairs;
    std::map<std::string, std::vector<std::string>> authorities;
};

struct Client {
    http::ClientOptions names;
    std::string token_module{};
};

void add_client(Named& named, const Client& asking, const std::string& who) {
    const http::ClientOptions& client = asking.names;
    if (!client.certificate_file.empty()) {
        Uses& uses = named.pairs[{client.certificate_file, client.key_file, asking.token_module}];
        uses.by.push_back(who);
        uses.as_client = true;
    }
    if (!client.trust_file.empty()) named.authorities[client.trust_file].push_back(who);
}

Named named_in(const config::Config& config) {
    Named named;
    for (const config::ZoneConfig& zone : config.zones) {
        Uses& uses = named.pairs[{zone.certificate_file, zone.key_file, zone.token_module}];
        uses.by.push_back(zone.name.text());
        uses.as_server = true;
        named.authorities[zone.anchors_file].push_back(zone.name.text());
        if (zone.stapling) {
            add_client(named, {client_of(*zone.stapling)}, zone.name.text() + " stapling");
        }
    }
    for (const config::AdapterConfig& adapter : config.adapters) {
        add_client(named, {client_of(adapter), token_module_of(adapter)}, adapter.name);
    }
    if (config.timestamps) {
        add_client(named, {client_of(config.timestamps->authority)}, "timestamps");
        named.authorities[config.timestamps->anchors_file].push_back("timestamps");
    }
    if (config.admission) {
        add_client(named, {client_of(config.admission->status.responder)}, "OCSP");
    }
    return named;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

Verdict faulty(model::Text what) {
    return {.state = State::fault,
            .what = std::move(what),
            .next = {.ja = "運用者が認証局から受け取ったファイルを置き直してください",
                     .en = "the operator puts the files there as the authority gave them"}};
}

// Each certificate of the file is issued by the one behind it.
std::vector<Verdict> judge_chain(const std::vector<CertificatePtr>& chain) {
    for (std::size_t i = 1; i < chain.size(); ++i) {
        const bool issued = X509_check_issued(chain[i].get(), chain[i - 1].get()) == X509_V_OK &&
                            X509_verify(chain[i - 1].get(), X509_get0_pubkey(chain[i].get())) == 1;
        ERR_clear_error();
        if (issued) continue;
        const std::string number = std::to_string(i + 1);
        return {faulty({.ja = number + " 番目の証明書は、その前の証明書の発行者ではありません",
                        .en = "certificate " + number + " is not the issuer of the one before"})};
    }
    return {};
}

bool has_names(X509* certificate) {
    const std::unique_ptr<GENERAL_NAMES, identity::FreeBy<GENERAL_NAMES_free>> names{
        static_cast<GENERAL_NAMES*>(
            X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr))};
    ERR_clear_error();
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const int type = sk_GENERAL_NAME_value(names.get(), i)->type;
        if (type == GEN_DNS || type == GEN_IPADD) return true;
    }
    return false;
}

std::vector<Verdict> judge_purpose(X509* certificate, const Uses& uses) {
    std::vector<Verdict> verdicts;
    if (uses.as_server && X509_check_purpose(certificate, X509_PURPOSE_SSL_SERVER, 0) != 1) {
        verdicts.push_back(
            faulty({.ja = "サーバー証明書ではありません", .en = "it is not issued for servers"}));
    }
    if (uses.as_client && X509_check_purpose(certificate, X509_PURPOSE_SSL_CLIENT, 0) != 1) {
        verdicts.push_back(faulty(
            {.ja = "クライアント証明書ではありません", .en = "it is not issued for clients"}));
    }
    if (uses.as_server && !has_names(certificate)) {
        verdicts.push_back(faulty({.ja = "名前(subjectAltName)がなく、接続元は確かめられません",
                                   .en = "it has no subjectAltName: nobody who connects can check "
                                         "whose it is"}));
    }
    return verdicts;
}

std::vector<Verdict> judge_fit(X509* certificate, EVP_PKEY* key, const model::Text& whose) {
    if (X509_check_private_key(certificate, key) == 1) return {};
    ERR_clear_error();
    return {faulty({.ja = whose.ja + "はこの証明書のものではありません",
                    .en = whose.en + " is not this certificate's"})};
}

std::vector<Verdict> judge_key(const Premises& premises, const Pair& pair, X509* certificate) {
    if (tokens::is_token_key(pair.key)) {
        const auto held = premises.token_keys->of({.uri = pair.key, .module = pair.module});
        if (!held) return {held.error()};
        return judge_fit(certificate, held->get(),
                         {.ja = "トークンの鍵", .en = "the key in the token"});
    }
    const auto key = read_key(*premises.machine.files, pair.key);
    if (!key) {
        return {unreadable(
            {.ja = pair.key + ": " + key.error().ja, .en = pair.key + ": " + key.error().en})};
    }
    return judge_fit(certificate, key->get(),
                     {.ja = "鍵 " + pair.key + " ", .en = "the key " + pair.key});
}

void add(Findings& findings, const std::string& subject, Verdict verdict) {
    findings.push_back(
        {.area = Area::certificates, .subject = subject, .verdict = std::move(verdict)});
}

// The verdicts that ask for something; where none does, the one that says how it stands.
void add_worth_saying(Findings& findings, const std::string& subject,
                      const std::vector<Verdict>& verdicts) {
    const auto before = findings.size();
    for (const Verdict& verdict : verdicts) {
        if (verdict.state != State::good) add(findings, subject, verdict);
    }
    if (findings.size() == before && !verdicts.empty()) add(findings, subject, verdicts.front());
}

void look_at_pair(Findings& findings, const Premises& premises, const Pair& pair,
                  const Uses& uses) {
    const std::string subject = pair.certificate + " (" + joined(uses.by) + ")";
    const auto chain = read_certificates(*premises.machine.files, pair.certificate);
    if (!chain) return add(findings, subject, unreadable(chain.error()));
    std::vector<Verdict> verdicts;
    for (const CertificatePtr& one : *chain) {
        verdicts.push_back(judge_expiry(validity_of(*one), premises.machine.clock->now()));
    }
    std::ranges::move(judge_key(premises, pair, chain->front().get()),
                      std::back_inserter(verdicts));
    std::ranges::move(judge_chain(*chain), std::back_inserter(verdicts));
    std::ranges::move(judge_purpose(chain->front().get(), uses), std::back_inserter(verdicts));
    add_worth_saying(findings, subject, verdicts);
}

// A responder is asked about a certificate by its issuer, which the gateway takes from the same
// file (wiring/stapling.h).
void look_at_stapling(Findings& findings, const Premises& premises,
                      const config::ZoneConfig& zone) {
    if (!zone.stapling) return;
    const auto chain = read_certificates(*premises.machine.files, zone.certificate_file);
    if (!chain || chain->size() > 1) return;  // what cannot be read is told among the pairs
    add(findings, zone.certificate_file + " (" + zone.name.text() + " stapling)",
        {.state = State::warning,
         .what = {.ja = "発行した認証局の証明書がなく、OCSP の応答者に尋ねられません(stapling)",
                  .en = "its issuer is not in it: the OCSP responder cannot be asked, and nothing "
                        "is stapled"},
         .next = {.ja = "運用者が同じファイルの証明書の後ろに発行者の証明書を加えてください",
                  .en = "the operator adds the issuer's certificate behind it in the same file"}});
}

void look_at_mode(Findings& findings, const std::string& path, Secret secret) {
    const auto mode = mode_of(path);
    if (mode) add(findings, path, judge_mode(*mode, secret));
}

void look_at_authorities(Findings& findings, const Premises& premises, const std::string& file,
                         const std::vector<std::string>& users) {
    const std::string subject = file + " (" + joined(users) + ")";
    const auto authorities = read_certificates(*premises.machine.files, file);
    if (!authorities) return add(findings, subject, unreadable(authorities.error()));
    std::vector<Verdict> verdicts;
    for (const CertificatePtr& one : *authorities) {
        verdicts.push_back(judge_expiry(validity_of(*one), premises.machine.clock->now()));
        if (X509_check_ca(one.get()) != 0) continue;
        verdicts.push_back(faulty({.ja = "認証局ではない証明書があります",
                                   .en = "a certificate in it is no authority's"}));
    }
    add_worth_saying(findings, subject, verdicts);
}

void look_at_jpki(Findings& findings, const Premises& premises) {
    if (!premises.config->admission) return;
    for (const config::JpkiAuthorityConfig& authority : premises.config->admission->authorities) {
        const auto trust = admission::JpkiTrust::load(
            *premises.machine.files,
            {{.file = authority.file,
              .rules = {.policies = authority.policies, .rsa_bits_min = authority.rsa_bits_min}}});
        if (!trust) {
            add(findings, authority.file, unreadable(trust.error().detail));
            continue;
        }
        for (const admission::CertificateHandle& one : (*trust)->authorities()) {
            add(findings, authority.file + " (JPKI)",
                judge_expiry(validity_of(*one), premises.machine.clock->now()));
        }
    }
}

// Public keys (.pub) may be read by anybody.
void look_at_keyring(Findings& findings, const Premises& premises) {
    const std::string& folder = premises.config->keys_folder;
    platform::Files& files = *premises.machine.files;
    const auto keyring = platform::Keyring::load(files, folder);
    if (!keyring) {
        add(findings, folder,
            {.state = State::fault,
             .what = keyring.error().detail,
             .next = {.ja = "運用者が鍵を控えから戻してください。新しく作ると、保存済みの文書は読め"
                            "なくなります",
                      .en = "the operator puts the keys back from their copy; with new ones the "
                            "documents that are stored cannot be read"}});
    }
    const auto names = files.list(folder);
    if (!names) return;
    for (const std::string& name : *names) {
        if (!name.ends_with(".key") && !name.ends_with(".pem")) continue;
        look_at_mode(findings, std::string{folder}.append("/").append(name), Secret::keyring);
    }
}

}  // namespace

Findings examine_certificates(const Premises& premises) {
    Findings findings;
    const Named named = named_in(*premises.config);
    std::vector<std::string> keys;
    for (const auto& [pair, uses] : named.pairs) {
        look_at_pair(findings, premises, pair, uses);
        if (std::ranges::find(keys, pair.key) == keys.end()) keys.push_back(pair.key);
    }
    for (const config::ZoneConfig& zone : premises.config->zones) {
        look_at_stapling(findings, premises, zone);
    }
    for (const std::string& key : keys) {
        if (!tokens::is_token_key(key)) look_at_mode(findings, key, Secret::key);
    }
    for (const auto& [file, users] : named.authorities) {
        look_at_authorities(findings, premises, file, users);
    }
    look_at_jpki(findings, premises);
    look_at_keyring(findings, premises);
    std::ranges::move(key_ages(premises), std::back_inserter(findings));
    std::ranges::move(party_certificates(premises), std::back_inserter(findings));
    for (const config::AdapterConfig& adapter : premises.config->adapters) {
        for (const std::string& file : secret_files_of(adapter)) {
            look_at_mode(findings, file, Secret::password);
        }
    }
    return findings;
}

}  // namespace sekisho::doctor
