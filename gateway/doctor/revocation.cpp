// Who is revoked: the lists of the zones and of admission, and the responder where one is asked.
#include <algorithm>
#include <openssl/err.h>

#include "gateway/admission/jpki_trust.h"
#include "gateway/admission/ocsp_checker.h"
#include "gateway/doctor/areas.h"
#include "gateway/doctor/bounds.h"
#include "gateway/doctor/judgements.h"
#include "gateway/doctor/peer_settings.h"
#include "gateway/doctor/pem_files.h"
#include "gateway/doctor/redaction.h"
#include "gateway/identity/certificate.h"
#include "gateway/platform/system.h"

namespace sekisho::doctor {

namespace {

using identity::CertificatePtr;
using identity::RevocationListPtr;

constexpr std::size_t kNonceBytes = 32;  // RFC 8954

void add(Findings& findings, const std::string& subject, Verdict verdict) {
    findings.push_back(
        {.area = Area::revocation, .subject = subject, .verdict = std::move(verdict)});
}

ListDays days_of(const X509_CRL& list) {
    const ASN1_TIME* next = X509_CRL_get0_nextUpdate(&list);
    ListDays days{.this_update = identity::instant_of(X509_CRL_get0_lastUpdate(&list))};
    if (next != nullptr) days.next_update = identity::instant_of(next);
    return days;
}

bool has_signed(X509& authority, X509_CRL& list) {
    const bool held = X509_CRL_verify(&list, X509_get0_pubkey(&authority)) == 1;
    ERR_clear_error();
    return held;
}

// Of the lists that this authority signed the latest counts.
Verdict judge_authority(X509& authority, const std::vector<RevocationListPtr>& lists,
                        model::Instant now) {
    std::optional<ListDays> latest;
    for (const RevocationListPtr& list : lists) {
        if (!has_signed(authority, *list)) continue;
        const ListDays days = days_of(*list);
        if (!latest || latest->this_update < days.this_update) latest = days;
    }
    if (latest) return judge_list(*latest, now);
    const std::string name = name_of(X509_get_subject_name(&authority));
    return {
        .state = State::fault,
        .what = {.ja = "認証局 " + name + " の失効リストがありません。その証明書はすべて拒まれます",
                 .en = "it holds no list of " + name +
                       "; every certificate of that authority is refused"},
        .next = {.ja = "運用者がこの認証局の失効リストを同じファイルに加えてください",
                 .en = "the operator adds that authority's list to this file"}};
}

void look_at_zone(Findings& findings, const Premises& premises, const config::ZoneConfig& zone) {
    const std::string subject = zone.crl_file + " (" + zone.name.text() + ")";
    platform::Files& files = *premises.machine.files;
    const auto lists = read_lists(files, zone.crl_file);
    if (!lists) return add(findings, subject, unreadable(lists.error()));
    const auto anchors = read_certificates(files, zone.anchors_file);
    if (!anchors) return;  // told among the certificates
    for (const CertificatePtr& anchor : *anchors) {
        add(findings, subject, judge_authority(*anchor, *lists, premises.machine.clock->now()));
    }
}

using Authorities = std::vector<admission::CertificateHandle>;

void look_at_cards(Findings& findings, const Premises& premises, const Authorities& authorities) {
    for (const std::string& file : premises.config->admission->status.crl_files) {
        const std::string subject = file + " (JPKI)";
        const auto lists = read_lists(*premises.machine.files, file);
        if (!lists) {
            add(findings, subject, unreadable(lists.error()));
            continue;
        }
        const auto signs_one_of_them = [&](const admission::CertificateHandle& authority) {
            return std::ranges::any_of(*lists, [&](const RevocationListPtr& list) {
                return has_signed(*authority, *list);
            });
        };
        const auto signer = std::ranges::find_if(authorities, signs_one_of_them);
        if (signer == authorities.end()) {
            add(findings, subject,
                unreadable({.ja = "本人確認の認証局が署名したものではありません",
                            .en = "no authority of admission signed it"}));
        } else {
            add(findings, subject,
                judge_authority(**signer, *lists, premises.machine.clock->now()));
        }
    }
}

// Asked about the authority's own certificate: nobody's card is shown.
void ask_responder(Findings& findings, const Premises& premises, const Authorities& authorities) {
    const config::CardStatusConfig& status = premises.config->admission->status;
    if (authorities.empty()) return;  // told among the certificates
    admission::OcspOverHttp responder{client_of(status.responder), status.responder.url};
    platform::SystemRandom random;
    std::string nonce(kNonceBytes, '\0');
    random.fill({reinterpret_cast<std::uint8_t*>(nonce.data()), nonce.size()});
    const admission::CertifiedCard itself{.certificate = authorities.front(),
                                          .authority = authorities.front(),
                                          .serial = admission::serial_of(authorities.front())};
    const admission::OcspQuestion question{itself, nonce};
    const auto answer =
        responder.post(question.der(), std::chrono::steady_clock::now() + kResponder);
    const model::Text next{.ja = "運用者が経路と、応答者の連絡先に状況を確かめてください",
                           .en =
                               "the operator looks at the way there, and asks whoever runs the "
                               "responder"};
    if (!answer) {
        return add(
            findings, shown_url(status.responder.url),
            {.state = State::fault,
             .what = {.ja = "OCSP の応答がありません: " + foreign_words(answer.error()),
                      .en = "the OCSP responder gives no answer: " + foreign_words(answer.error())},
             .next = next});
    }
    const auto said = question.read(*answer, premises.machine.clock->now(), {.skew = status.skew});
    if (said.status == admission::CardStatus::good) {
        return add(findings, shown_url(status.responder.url),
                   good({.ja = "OCSP の応答は正しいものです", .en = "its answer is authentic"}));
    }
    add(findings, shown_url(status.responder.url),
        {.state = State::note,
         .what = {.ja = "OCSP の応答者は答えますが、認証局自身については分かりません: " +
                        foreign_words(said.why),
                  .en = "the OCSP responder answers, and settles nothing about the authority "
                        "itself: " +
                        foreign_words(said.why)},
         .next = {.ja = "カードでの本人確認が拒まれていれば、運用者が応答者に尋ねてください",
                  .en = "should cards be refused, the operator asks whoever runs the responder"}});
}

Authorities authorities_of(const Premises& premises) {
    std::vector<admission::JpkiAuthority> wanted;
    for (const config::JpkiAuthorityConfig& authority : premises.config->admission->authorities) {
        wanted.push_back(
            {.file = authority.file,
             .rules = {.policies = authority.policies, .rsa_bits_min = authority.rsa_bits_min}});
    }
    const auto trust = admission::JpkiTrust::load(*premises.machine.files, wanted);
    return trust ? (*trust)->authorities() : Authorities{};
}

}  // namespace

Findings examine_revocation(const Premises& premises) {
    using Method = config::CardStatusConfig::Method;
    Findings findings;
    for (const config::ZoneConfig& zone : premises.config->zones) {
        look_at_zone(findings, premises, zone);
    }
    if (!premises.config->admission) return findings;
    switch (premises.config->admission->status.method) {
        case Method::crl:
            look_at_cards(findings, premises, authorities_of(premises));
            break;
        case Method::ocsp:
            ask_responder(findings, premises, authorities_of(premises));
            break;
        case Method::none:
            add(findings, "admission",
                {.state = State::note,
                 .what = {.ja = "カードの失効は確かめられません(status が none です)",
                          .en = "nobody is asked whether a card is revoked (status is none)"},
                 .next = {.ja = "本番では、運用者が失効リストか OCSP を設定してください",
                          .en = "in production the operator configures lists or OCSP"}});
            break;
    }
    return findings;
}

}  // namespace sekisho::doctor
