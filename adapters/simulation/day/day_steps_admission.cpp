// Admission by card (本人確認): a hospital obtains a challenge, the person's card signs it on the
// hospital's reader, the gateway verifies it, asks whose card it is, and registers the hospital as
// responsible office (担当事業所登録). The reading that was refused before is permitted then, until
// consent and registration end. And what is no evidence: a challenge of another office, one that
// was used, a card that was reported lost.
#include "adapters/simulation/day/day_steps.h"
#include "adapters/simulation/day/day_watch.h"
#include "adapters/simulation/day/receipt_check.h"

namespace sekisho::simulation {

using documents::Json;

namespace {

constexpr std::string_view kOtherOffice = "care-manager:1379900010";
constexpr std::string_view kInsured = "0000000003";

GatewayReply call(Day& day, std::string_view office, const std::string& path,
                  std::string_view body) {
    return day.door(kInternet, std::string{office}).post(path, body);
}

GatewayReply present(Day& day, std::string_view office, const Json& evidence) {
    return call(day, office, "/v1/admissions", documents::to_text(evidence));
}

std::expected<Json, std::string> evidence_of(Day& day, std::size_t reader) {
    return show_card(day, Admission::kOffice, "admission", reader);
}

void refuse(Day& day, std::string_view office, const std::string& what,
            const std::expected<Json, std::string>& evidence, const std::string& expected) {
    day.note({"card", "gateway", what}, std::string{office}, expected,
             evidence ? present(day, office, *evidence).words() : evidence.error());
}

std::string words_of(const GatewayReply& reply) {
    if (reply.status != 201) return reply.words();
    return "201, by " + std::string{reply.json.string_at("assurance").value_or("nothing")} +
           ", status " + std::string{reply.json.string_at("status").value_or("not told")};
}

// The registration's id.
std::string admit(Day& day, const Json& evidence) {
    const GatewayReply reply = present(day, Admission::kOffice, evidence);
    const bool verified = verify_signature(reply.receipt(), day.keys()).has_value();
    day.note({"card", "gateway", "本人確認 by the card, and 担当事業所登録"},
             std::string{Admission::kOffice}, "201, by card, status good", words_of(reply),
             verified ? ReceiptState::verified : ReceiptState::none);
    const Parcel registration{.id = std::string{reply.json.string_at("message").value_or("")},
                              .source = {model::PartyKind::medical, "1319900013"},
                              .type = "registration.record"};
    const std::string done = "system:platform delivered";
    day.note({"card", "gateway", "fate of its copy"}, std::string{Admission::kOffice}, done,
             fate_of(day, kInternet, registration, done));
    return std::string{reply.json.string_at("registration").value_or("")};
}

void read_progress(Day& day, std::string_view tag, const std::string& what,
                   const std::string& expected) {
    const Parcel question{.id = day.fresh_id("card-ask-" + std::string{tag}),
                          .source = {model::PartyKind::medical, "1319900013"},
                          .type = "certification.progress",
                          .person = model::Person{model::InsurerNumber{"139980"},
                                                  model::InsuredNumber{std::string{kInsured}}},
                          .actor = "doctor-01",
                          .role = "physician"};
    day.ask({"card", "system:platform", what}, question, expected);
}

}  // namespace

std::expected<Json, std::string> show_card(Day& day, std::string_view office,
                                           std::string_view purpose, std::size_t reader) {
    const Json asked = Json::object({{"purpose", Json::string(std::string{purpose})}});
    const GatewayReply challenge =
        call(day, office, "/v1/admissions/challenge", documents::to_text(asked));
    if (challenge.status != 201) return std::unexpected("no challenge: " + challenge.words());
    return day.counter()->sign(reader, challenge.json);
}

void link_card(Day& day, const std::string& flow, const Json& evidence, std::string_view insured) {
    Json card = card_named(evidence.string_at("certificate").value_or(""));
    card.set("insurer", "139980").set("insured", std::string{insured});
    const Json cards = Json::object({{"cards", Json::array({std::move(card)})}});
    const GatewayReply reply =
        day.simulator("eligibility").post("/sim/cards", documents::to_text(cards));
    day.note({flow, "eligibility simulator", "whose card it is"}, "the day", "204", reply.words());
}

void Admission::play() {
    if (!was_played()) return;
    read_progress(day_, "before", "progress, before the card was shown", "403 not-registered");
    const auto evidence = evidence_of(day_, kCardOfThePerson);
    refuse(day_, kOtherOffice, "a challenge of another office", evidence,
           "403 card-challenge-unknown");
    if (!evidence) return;
    link_card(day_, "card", *evidence, kInsured);
    registration_ = admit(day_, *evidence);
    refuse(day_, kOffice, "the same challenge again", evidence, "403 card-challenge-used");
    refuse(day_, kOffice, "a card that was reported lost", evidence_of(day_, kCardReportedLost),
           "403 card-certificate-revoked");
    read_progress(day_, "opened", "progress, which the card has opened", "200");
}

void Admission::play_end() {
    if (registration_.empty()) return;
    read_progress(day_, "withdrawn", "progress, the consent being withdrawn", "403 no-consent");
    const GatewayReply reply =
        day_.door(kInternet, std::string{kOffice}).remove("/v1/registrations/" + registration_);
    day_.note({"card", "gateway", "the registration ends"}, std::string{kOffice}, "201",
              reply.words());
    read_progress(day_, "ended", "progress, the registration having ended", "403 not-registered");
}

}  // namespace sekisho::simulation
