#include "gateway/doctor/party_certificates.h"

#include "adapters/documents/json.h"
#include "gateway/doctor/bounds.h"
#include "gateway/doctor/health_pages.h"
#include "gateway/doctor/judgements.h"

namespace sekisho::doctor {

namespace {

constexpr std::size_t kNamedMax = 20;

const model::Text& telling_them() {
    static const model::Text text{
        .ja = "接続機関が証明書を更新します。連合会から知らせてください",
        .en = "the party renews its certificate; the federation tells it so"};
    return text;
}

Verdict judge_theirs(model::Instant until, model::Instant now) {
    Verdict verdict = judge_expiry({.from = now, .until = until}, now);
    if (verdict.state != State::good) verdict.next = telling_them();
    return verdict;
}

}  // namespace

Findings party_certificates(const Premises& premises) {
    Findings findings;
    const auto& address = premises.config->health;
    if (!address || !can_be_asked(*address)) return findings;
    const auto page = health_page(*address, "/certificates");
    const auto json = page ? documents::parse_json(page->body)
                           : model::Result<documents::Json>{documents::Json::object()};
    const documents::Json* parties = json ? json->find("parties") : nullptr;
    if (parties == nullptr) return findings;
    const model::Instant now = premises.machine.clock->now();
    std::size_t others = 0;
    for (const documents::Json& row : parties->items()) {
        const auto until = model::parse_rfc3339(row.string_at("until").value_or(""));
        if (!until) continue;
        Verdict verdict = judge_theirs(*until, now);
        if (verdict.state == State::good) continue;
        if (findings.size() == kNamedMax) {
            ++others;
            continue;
        }
        const std::string who = std::string{row.string_at("party").value_or("")} + " (" +
                                std::string{row.string_at("zone").value_or("")} + ")";
        findings.push_back({.area = Area::certificates,
                            .subject = foreign_words(who),
                            .verdict = std::move(verdict)});
    }
    if (others == 0) return findings;
    const std::string count = std::to_string(others);
    findings.push_back(
        {.area = Area::certificates,
         .subject = "/certificates",
         .verdict = {.state = State::warning,
                     .what = {.ja = "ほかに " + count + " 接続機関の証明書が切れます",
                              .en = "those of " + count + " more parties end soon"},
                     .next = telling_them()}});
    return findings;
}

}  // namespace sekisho::doctor
