// Who is revoked: the lists of the zones and of admission, and the responder where one is asked.
#include <algorithm>
#include <map>
#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>
#include <tuple>

#include "gateway/admission/jpki_trust.h"
#include "gateway/admission/ocsp_checker.h"
#include "gateway/admission/revocation_list.h"
#include "gateway/doctor/areas.h"
#include "gateway/doctor/bounds.h"
#include "gateway/doctor/judgements.h"
#include "gateway/doctor/peer_settings.h"
#include "gateway/doctor/pem_files.h"
#include "gateway/doctor/redaction.h"
#include "gateway/identity/certificate.h"
#include "gateway/platform/system.h"
#include "routing/model/limits.h"

namespace sekisho::doctor {

namespace {

using identity::CertificatePtr;
using identity::RevocationListPtr;
using ResponsePtr = std::unique_ptr<OCSP_RESPONSE, identity::FreeBy<OCSP_RESPONSE_free>>;
using ScopePtr = std::unique_ptr<ISSUING_DIST_POINT, identity::FreeBy<ISSUING_DIST_POINT_free>>;

constexpr std::size_t kNonceBytes = 32;  // RFC 8954
constexpr int kFromTheFirst = -1;
constexpr const char* kCards = "JPKI";

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

// What a list says beside a full one is no list by itself.
bool is_delta(const X509_CRL& list) {
    return X509_CRL_get_ext_by_NID(&list, NID_delta_crl, kFromTheFirst) >= 0;
}

// Of which of the authority's certificates a list is: by the names of its distribution point;
// empty: of all. nullopt: of none that a party comes with, but of authorities or attributes.
std::optional<std::string> partition_of(const X509_CRL& list) {
    constexpr int kAbsent = -1;
    int found = kAbsent;
    const ScopePtr scope{static_cast<ISSUING_DIST_POINT*>(
        X509_CRL_get_ext_d2i(&list, NID_issuing_distribution_point, &found, nullptr))};
    ERR_clear_error();
    if (found == kAbsent) return std::string{};
    if (!scope || scope->onlyCA > 0 || scope->onlyattr > 0) return std::nullopt;
    std::string names = admission::full_names_of(scope->distpoint);
    if (scope->distpoint != nullptr && names.empty()) return "a name relative to the issuer's";
    return names;
}

// The list that counts: one in force before any other, one that has begun before one that has not,
// and of such the latest.
struct Standing {
    bool in_force = false;
    bool begun = false;
    ListDays days{};
    std::string file{};
    std::string partition{};  // empty: of all
    bool is_before(const Standing& other) const {
        return std::tie(in_force, begun, days.this_update) <
               std::tie(other.in_force, other.begun, other.days.this_update);
    }
};

// Of one authority's lists, for each partition the one that counts.
class Standings {
  public:
    explicit Standings(model::Instant now) : now_(now) {}

    void add(const std::string& partition, const ListDays& days, const std::string& file) {
        const bool begun = days.this_update <= now_;
        const Standing one{.in_force = begun && days.next_update && now_ < *days.next_update,
                           .begun = begun,
                           .days = days,
                           .file = file,
                           .partition = partition};
        const auto [at, first] = best_.try_emplace(partition, one);
        if (!first && at->second.is_before(one)) at->second = one;
    }
    // Of all certificates first. One in force of all stands for every partition.
    std::vector<Standing> all() const {
        const auto whole = best_.find("");
        if (whole != best_.end() && whole->second.in_force) return {whole->second};
        std::vector<Standing> each;
        each.reserve(best_.size());
        for (const auto& [partition, standing] : best_) each.push_back(standing);
        return each;
    }

  private:
    const model::Instant now_;
    std::map<std::string, Standing> best_{};
};

// "/cards.crl (JPKI, URI:http://lists.example/2)"
std::string subject_of(const Standing& standing, const std::string& whose) {
    const std::string point =
        standing.partition.empty() ? "" : ", " + foreign_words(standing.partition);
    return standing.file + " (" + whose + point + ")";
}

// One of all that has run out is no fault of the partitions: their certificates are judged.
void add_each(Findings& findings, const std::vector<Standing>& standings, const std::string& whose,
              model::Instant now) {
    const bool some_in_force = std::ranges::any_of(standings, &Standing::in_force);
    for (const Standing& one : standings) {
        const bool whole = one.partition.empty();
        add(findings, subject_of(one, whose),
            whole && !one.in_force && some_in_force
                ? judge_superseded_list(one.days)
                : judge_list(one.days, now, whole ? ListReach::all : ListReach::one_point));
    }
}

std::vector<Standing> standings_of(X509& authority, const std::vector<RevocationListPtr>& lists,
                                   const std::string& file, model::Instant now) {
    Standings standings{now};
    for (const RevocationListPtr& list : lists) {
        const auto partition = partition_of(*list);
        if (!partition || is_delta(*list) || !has_signed(authority, *list)) continue;
        standings.add(*partition, days_of(*list), file);
    }
    return standings.all();
}

Verdict no_list_in_file(const X509& authority) {
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
    const auto read = read_lists(files, zone.crl_file);
    if (!read) return add(findings, subject, unreadable(read.error()));
    const auto anchors = read_certificates(files, zone.anchors_file);
    if (!anchors) return;  // told among the certificates
    const model::Instant now = premises.machine.clock->now();
    for (const CertificatePtr& anchor : *anchors) {
        const auto standings = standings_of(*anchor, *read, zone.crl_file, now);
        if (standings.empty()) add(findings, subject, no_list_in_file(*anchor));
        add_each(findings, standings, zone.name.text(), now);
    }
}

// An authority of admission and the file that names it.
struct Authority {
    std::string file;
    admission::CertificateHandle certificate;
};
struct Authorities {
    std::vector<Authority> read{};
    bool some_unreadable = false;
};

std::string of_cards(const std::string& file) {
    return file + " (" + std::string{kCards} + ")";
}

// A list of cards and the file that it came in.
struct Published {
    std::string file;
    admission::RevocationList list;
};

Verdict passed_over() {
    return {.state = State::note,
            .what = {.ja = "カードの失効には使えない失効リスト(認証局用、差分、間接、理由別、"
                           "または未知の重要な拡張のあるもの)があり、ないものとして扱われます",
                     .en = "it holds a list that cards cannot be judged by (of authorities, a "
                           "delta, indirect, of some reasons, or with a critical extension that "
                           "is not understood); it counts as none"},
            .next = {.ja = "運用者が、カードの完全な失効リストを置いたか確かめてください",
                     .en = "the operator makes sure that the complete list of cards is there"}};
}

// Nothing: each of the file's lists counts, if only in its days.
std::optional<Verdict> judge_content(const std::vector<admission::RevocationList>& lists,
                                     const Authorities& authorities) {
    using admission::RevocationList;
    if (lists.empty()) {
        return unreadable({.ja = "次回更新日時のある失効リスト(PEM か DER のみ)ではありません",
                           .en = "this is no revocation list (PEM or DER and nothing else) that "
                                 "says when it runs out"});
    }
    if (std::ranges::none_of(lists, &RevocationList::is_signed)) {
        if (authorities.some_unreadable) return std::nullopt;  // it may be of that one
        return unreadable({.ja = "失効リストに署名できる(cRLSign)本人確認の認証局が署名したもので"
                                 "はありません",
                           .en = "no authority of admission signed it, or none that may sign lists "
                                 "(cRLSign)"});
    }
    const bool unfit = std::ranges::any_of(
        lists, [](const RevocationList& list) { return list.is_signed() && !list.is_fit(); });
    return unfit ? std::optional{passed_over()} : std::nullopt;
}

// Of all files, read as the gateway reads them; what does not count is told by its file's name.
std::vector<Published> card_lists(Findings& findings, const Premises& premises,
                                  const Authorities& authorities) {
    std::vector<admission::CertificateHandle> signers;
    signers.reserve(authorities.read.size());
    for (const Authority& authority : authorities.read) signers.push_back(authority.certificate);
    std::vector<Published> lists;
    for (const std::string& file : premises.config->admission->status.crl_files) {
        const auto bytes =
            premises.machine.files->read(file, model::limits::kRevocationListBytesMax);
        if (!bytes) {
            add(findings, of_cards(file), unreadable(bytes.error().detail));
            continue;
        }
        auto read = admission::RevocationList::read(*bytes, signers);
        if (auto verdict = judge_content(read, authorities)) {
            add(findings, of_cards(file), std::move(*verdict));
        }
        for (admission::RevocationList& list : read) lists.push_back({file, std::move(list)});
    }
    return lists;
}

std::vector<Standing> standings_of(const Authority& authority, const std::vector<Published>& lists,
                                   model::Instant now) {
    Standings standings{now};
    for (const auto& [file, list] : lists) {
        if (!list.is_signed_by(authority.certificate) || !list.is_fit()) continue;
        standings.add(list.distribution_point(),
                      {.this_update = list.begin(), .next_update = list.end()}, file);
    }
    return standings.all();
}

void look_at_cards(Findings& findings, const Premises& premises, const Authorities& authorities) {
    const auto lists = card_lists(findings, premises, authorities);
    const model::Instant now = premises.machine.clock->now();
    for (const Authority& authority : authorities.read) {
        const auto standings = standings_of(authority, lists, now);
        add_each(findings, standings, kCards, now);
        if (!standings.empty()) continue;
        add(findings, of_cards(authority.file),
            {.state = State::fault,
             .what = {.ja = "この認証局の失効リストがどのファイルにもありません。そのカードはすべて"
                            "拒まれます",
                      .en = "none of the files holds a list of this authority; every card of it is "
                            "refused"},
             .next = {.ja = "運用者がこの認証局の失効リストを置き、admission の status の files に"
                            "加えてください",
                      .en = "the operator fetches that authority's list, and names its file among "
                            "the files of admission's status"}});
    }
}

// What the responder calls its refusal where it gives no status at all (RFC 6960 section 4.2.1).
std::optional<int> refusal_in(const std::string& answer) {
    const auto* at = reinterpret_cast<const unsigned char*>(answer.data());
    const ResponsePtr response{d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(answer.size()))};
    ERR_clear_error();
    if (!response) return std::nullopt;
    return OCSP_response_status(response.get());
}

// Cards are asked about there in the same way, and it may refuse them alike.
Verdict refused(const std::string& how) {
    return {
        .state = State::warning,
        .what = {.ja = "OCSP の応答者は答えるのを断りました。カードも拒まれるおそれがあります: " +
                       how,
                 .en = "the OCSP responder refuses to answer, and may refuse so for cards: " + how},
        .next = {.ja = "運用者がもう一度 doctor を実行し、続くなら応答者に尋ねてください",
                 .en = "the operator runs the doctor once more; should it stay so, they ask "
                       "whoever runs the responder"}};
}

// The authority itself may be unknown to its responder, or no certificate to ask there for
// (unauthorized): that settles nothing about cards. Whatever else is no good answer is none for
// cards either.
Verdict judge_answer(const admission::StatusAnswer& said, const std::string& answer) {
    if (said.status == admission::CardStatus::good) {
        return good({.ja = "OCSP の応答は正しいものです", .en = "its answer is authentic"});
    }
    if (said.status == admission::CardStatus::revoked) {
        return {
            .state = State::fault,
            .what = {.ja = "応答者によれば、認証局自身の証明書が失効しています",
                     .en = "the responder says that the authority's own certificate is revoked"},
            .next = {.ja = "運用者が認証局に確かめ、新しい認証局に替えてください",
                     .en = "the operator asks the authority, and configures the one that takes "
                           "its place"}};
    }
    const bool is_refused = said.why == "refused-there";
    const int refusal = refusal_in(answer).value_or(OCSP_RESPONSE_STATUS_INTERNALERROR);
    if (is_refused && refusal != OCSP_RESPONSE_STATUS_UNAUTHORIZED) {
        return refused(OCSP_response_status_str(refusal));
    }
    if (is_refused || said.why == "not-known-there") {
        return {
            .state = State::note,
            .what = {.ja = "OCSP の応答者は答えますが、認証局自身については分かりません: " +
                           foreign_words(said.why),
                     .en = "the OCSP responder answers, and settles nothing about the authority "
                           "itself: " +
                           foreign_words(said.why)},
            .next = {.ja = "カードでの本人確認が拒まれていれば、運用者が応答者に尋ねてください",
                     .en = "should cards be refused, the operator asks whoever runs the "
                           "responder"}};
    }
    return {
        .state = State::fault,
        .what = {.ja = "OCSP の応答は信じられず、カードでの本人確認は拒まれます: " +
                       foreign_words(said.why),
                 .en = "the OCSP responder's answer cannot be believed, and cards are refused: " +
                       foreign_words(said.why)},
        .next = {.ja = "運用者がこの機械の時計と応答者のアドレスを確かめ、応答者に尋ねてください",
                 .en = "the operator looks at this machine's clock and the responder's address, "
                       "and asks whoever runs it"}};
}

// Asked about the authority's own certificate: nobody's card is shown.
void ask_responder(Findings& findings, const Premises& premises, const Authorities& authorities) {
    const config::CardStatusConfig& status = premises.config->admission->status;
    admission::OcspOverHttp responder{client_of(status.responder), status.responder.url};
    platform::SystemRandom random;
    std::string nonce(kNonceBytes, '\0');
    random.fill({reinterpret_cast<std::uint8_t*>(nonce.data()), nonce.size()});
    const admission::CertificateHandle& authority = authorities.read.front().certificate;
    const admission::CertifiedCard itself{.certificate = authority,
                                          .authority = authority,
                                          .serial = admission::serial_of(authority)};
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
    add(findings, shown_url(status.responder.url), judge_answer(said, *answer));
}

// Each by itself: one that cannot be read, which is told among the certificates, leaves the others
// to be judged.
Authorities authorities_of(const Premises& premises) {
    Authorities authorities;
    for (const config::JpkiAuthorityConfig& authority : premises.config->admission->authorities) {
        const auto trust = admission::JpkiTrust::load(
            *premises.machine.files,
            {{.file = authority.file,
              .rules = {.policies = authority.policies, .rsa_bits_min = authority.rsa_bits_min}}});
        if (!trust) {
            authorities.some_unreadable = true;
            continue;
        }
        for (const admission::CertificateHandle& certificate : (*trust)->authorities()) {
            authorities.read.push_back({authority.file, certificate});
        }
    }
    return authorities;
}

void look_at_admission(Findings& findings, const Premises& premises) {
    using Method = config::CardStatusConfig::Method;
    const Method method = premises.config->admission->status.method;
    if (method == Method::none) {
        return add(findings, "admission",
                   {.state = State::note,
                    .what = {.ja = "カードの失効は確かめられません(status が none です)",
                             .en = "nobody is asked whether a card is revoked (status is none)"},
                    .next = {.ja = "本番では、運用者が失効リストか OCSP を設定してください",
                             .en = "in production the operator configures lists or OCSP"}});
    }
    const Authorities authorities = authorities_of(premises);
    if (authorities.read.empty() || authorities.some_unreadable) {
        add(findings, "admission",
            unknown(authorities.read.empty() ? "no authority can be read"
                                             : "not every authority can be read",
                    {.ja = "証明書の欄を見てください",
                     .en = "see what is said of the authorities among the certificates"}));
    }
    if (authorities.read.empty()) return;
    if (method == Method::crl) return look_at_cards(findings, premises, authorities);
    ask_responder(findings, premises, authorities);
}

}  // namespace

Findings examine_revocation(const Premises& premises) {
    Findings findings;
    for (const config::ZoneConfig& zone : premises.config->zones) {
        look_at_zone(findings, premises, zone);
    }
    if (premises.config->admission) look_at_admission(findings, premises);
    return findings;
}

}  // namespace sekisho::doctor
