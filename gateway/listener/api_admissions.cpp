// POST /v1/admissions/challenge and POST /v1/admissions: a person's identity is verified by card or
// paper (本人確認), and the office registered as responsible (担当事業所登録), or, with a card that
// signed for it, medical information opened for this visit (F15).
//
// By card: the evidence is judged (gateway/admission), then the peer that knows is asked whose card
// it is, then the registration passes the door like any message. The certificate's serial ends with
// the question. By document: a named member of staff looked at it; the registration says so.
#include <algorithm>
#include <array>

#include "adapters/documents/base64.h"
#include "gateway/admission/card_purpose.h"
#include "gateway/listener/api_requests.h"
#include "gateway/listener/cloud_events.h"
#include "gateway/listener/own_message.h"
#include "gateway/platform/crypto.h"
#include "routing/model/limits.h"

namespace sekisho::listener {

namespace {

namespace limits = model::limits;
using documents::Json;
using model::Problem;
using model::Result;

constexpr std::array<std::string_view, 3> kPapers{"shikaku-kakuninsho", "hihokensha-sho",
                                                  "jukyu-shikaku-shomeisho"};

constexpr std::array<std::string_view, 6> kCardMembers{"method",    "challenge", "certificate",
                                                       "signature", "actor",     "representative"};
constexpr std::array<std::string_view, 6> kPaperMembers{"method",  "kind",  "insurer",
                                                        "insured", "actor", "representative"};
constexpr std::array<std::string_view, 1> kChallengeMembers{"purpose"};

// What an admission goes through, from its first byte to its answer.
struct Admitting {
    ApiWorld world;
    Sender sender;
    std::string id;      // of the message
    std::string record;  // of the registration
    Json evidence;
    Responder responder;
    std::shared_ptr<const CallsUnderWay::Ticket> under_way{};
};
using AdmittingPtr = std::shared_ptr<Admitting>;

// A repeat of the call may begin from here on.
void answer(const AdmittingPtr& admitting, Response response) {
    admitting->under_way.reset();
    admitting->responder(std::move(response));
}

void refuse(const AdmittingPtr& admitting, const model::Refusal& refusal,
            const audit::Finding& finding = {}) {
    admitting->world.exchange.note_refusal(admitting->sender.speaker, refusal, finding);
    answer(admitting, to_response(refusal, admitting->sender.language));
}

Result<std::string> text_in(const Json& body, std::string_view name) {
    const auto text = body.string_at(name);
    if (!text || text->empty()) return wrong_attribute(Problem::attribute_missing, name);
    return std::string{*text};
}

Result<std::string> bytes_in(const Json& body, std::string_view name) {
    const auto text = text_in(body, name);
    if (!text) return text;
    auto bytes = documents::from_base64(*text);
    if (!bytes) return wrong_attribute(Problem::attribute_invalid, name);
    return std::move(*bytes);
}

struct Verified {
    model::Person person{};
    std::string assurance{};  // "card", "document"
    std::string evidence{};   // "card", or the paper
    std::string purpose{};    // what the card signed for
    std::string status{};     // of a card's certificate: "good", "not-checked"
};

// What the caller sent, whatever the order of its members.
std::string digest_of(const Admitting& admitting) {
    return model::to_hex(platform::sha256(documents::to_canonical(admitting.evidence)));
}

model::MessageKey key_of(const Admitting& admitting) {
    return {.source = admitting.sender.speaker.party, .id = model::MessageId{admitting.id}};
}

model::Refusal still_being_answered() {
    return {
        .problem = Problem::undecided,
        .detail = {.ja = "同じ Idempotency-Key の呼び出しにまだ応答していません",
                   .en = "The call with this Idempotency-Key is still being answered"},
        .retry_after = std::chrono::duration_cast<std::chrono::seconds>(limits::kWriterRetryAfter)};
}

// Why the registration that was made by this key is no answer to the call.
std::optional<model::Refusal> unlike_first(const Admitting& admitting, const Json& note,
                                           const std::optional<model::Instant>& ended) {
    if (note.string_at("call_sha256") != digest_of(admitting)) {
        return model::Refusal{.problem = Problem::message_conflict,
                              .detail = {.ja = "この Idempotency-Key は別の呼び出しのものです",
                                         .en = "This Idempotency-Key is another call's"}};
    }
    if (ended && *ended <= admitting.world.clock.now()) {
        return model::Refusal{
            .problem = Problem::record_conflict,
            .detail = {.ja = "この Idempotency-Key による登録はすでに終わっています",
                       .en = "The registration made with this Idempotency-Key has ended"}};
    }
    return std::nullopt;
}

Json answer_again(const std::string& registration, const Json& note) {
    Json answer = Json::object();
    answer.set("registration", registration);
    for (const char* name : {"insurer", "insured", "assurance"}) {
        if (const Json* value = note.find(name)) answer.set(name, *value);
    }
    if (const Json* status = note.find("certificate_status")) answer.set("status", *status);
    return answer;
}

// The same call again (Idempotency-Key) is answered as the first was, though its challenge is used
// up by now.
bool is_answered_before(const AdmittingPtr& admitting) {
    const auto& exchange = admitting->world.exchange;
    const auto first = exchange.answered_before(key_of(*admitting));
    if (!first) return false;
    const auto named = exchange.registration_named(admitting->record);
    if (!named) return false;
    const auto note = documents::parse_json(named->record);
    if (!note) return false;
    if (const auto refusal = unlike_first(*admitting, *note, named->ended)) {
        refuse(admitting, *refusal);
    } else {
        answer(admitting, answer_with(*first, answer_again(admitting->record, *note)));
    }
    return true;
}

// The registration that follows from what was verified.
std::string note_of(const Admitting& admitting, const Verified& verified) {
    Json note = Json::object();
    note.set("format", std::string{kRegistrationFormat})
        .set("id", admitting.record)
        .set("insurer", verified.person.insurer.text())
        .set("insured", verified.person.insured.text())
        .set("party", model::to_string(admitting.sender.speaker.party))
        .set("assurance", verified.assurance)
        .set("evidence", verified.evidence);
    if (!verified.purpose.empty()) note.set("purpose", verified.purpose);
    if (!verified.status.empty()) note.set("certificate_status", verified.status);
    if (const Json* actor = admitting.evidence.find("actor")) note.set("actor", *actor);
    if (const Json* who = admitting.evidence.find("representative")) {
        note.set("representative", *who);
    }
    note.set("call_sha256", digest_of(admitting))
        .set("from", model::to_rfc3339(admitting.world.clock.now()));
    return documents::to_text(note);
}

Json answer_of(const std::string& registration, const Verified& verified) {
    Json answer = Json::object();
    answer.set("registration", registration)
        .set("insurer", verified.person.insurer.text())
        .set("insured", verified.person.insured.text())
        .set("assurance", verified.assurance);
    if (!verified.status.empty()) answer.set("status", verified.status);
    return answer;
}

// The call's challenge is used up: "later" must not be taken for "the same again".
model::Refusal with_new_challenge(model::Refusal refusal) {
    return with_words_if_later(std::move(refusal), admission::new_challenge_needed());
}

void register_office(const AdmittingPtr& admitting, const Verified& verified) {
    const std::string how =
        verified.status.empty() ? verified.assurance : verified.assurance + " " + verified.status;
    submit(admitting->world, admitting->sender,
           {.type = exchange::kRegistrationType,
            .format = kRegistrationFormat,
            .id = admitting->id,
            .record = admitting->record,
            .answer = answer_of(admitting->record, verified),
            .person = verified.person,
            .document = note_of(*admitting, verified),
            .admission = how,
            .if_later =
                verified.assurance == "card" ? admission::new_challenge_needed() : model::Text{},
            .under_way = std::move(admitting->under_way)},
           std::move(admitting->responder));
}

// No registration and no message: the look for the card's holder is on record, as each reading will
// be.
void open_visit(const AdmittingPtr& admitting, const Verified& verified) {
    const model::Speaker& speaker = admitting->sender.speaker;
    if (admitting->world.visits == nullptr)
        return refuse(admitting, {.problem = Problem::not_found});
    const auto visit = admitting->world.visits->open(
        {.party = speaker.party, .certificate = speaker.certificate}, verified.person);
    if (!visit) return refuse(admitting, with_new_challenge(visit.error()));
    Json opened = Json::object();
    opened.set("visit", visit->id)
        .set("until", model::to_rfc3339(visit->until))
        .set("insurer", verified.person.insurer.text())
        .set("insured", verified.person.insured.text())
        .set("assurance", verified.assurance)
        .set("status", verified.status);
    answer(admitting, json_response(201, opened));
}

// {"insurer","insured"}, or {} for a card that nobody knows.
Result<model::Person> owner_in(const exchange::Found& found) {
    const auto body = documents::parse_json(found.body);
    if (!body) return model::refuse(Problem::backend_rejected);
    if (body->members().empty()) return model::refuse(Problem::holder_unknown);
    auto person = person_in(*body);
    if (!person) return model::refuse(Problem::backend_rejected);
    return person;
}

void ask_whose_card(const AdmittingPtr& admitting, const admission::Verdict& verdict) {
    Verified verified{.assurance = "card",
                      .evidence = "card",
                      .purpose = verdict.purpose.text(),
                      .status = std::string{admission::to_string(verdict.status)}};
    const auto* purpose = admission::find_card_purpose(verdict.purpose.text());
    const bool visits = purpose != nullptr && purpose->opens == admission::CardOpens::visit;
    admitting->world.exchange.ask_about_card(
        {.speaker = admitting->sender.speaker,
         .issuer = verdict.serial.issuer(),
         .serial = verdict.serial.serial(),
         .actor = std::string{admitting->evidence.string_at("actor").value_or("")},
         .purpose = visits ? verdict.purpose : model::Purpose{}},
        limits::kQueryDeadlineDefault,
        [admitting, visits,
         verified = std::move(verified)](const exchange::QueryReply& reply) mutable {
            if (!reply) {
                return answer(admitting, to_response(with_new_challenge(reply.error()),
                                                     admitting->sender.language));
            }
            const auto person = owner_in(*reply);
            if (!person) return refuse(admitting, person.error());
            verified.person = *person;
            if (visits) return open_visit(admitting, verified);
            register_office(admitting, verified);
        });
}

Result<admission::CardEvidence> read_card(const Json& body) {
    const auto challenge = text_in(body, "challenge");
    if (!challenge) return std::unexpected(challenge.error());
    auto certificate = bytes_in(body, "certificate");
    if (!certificate) return std::unexpected(certificate.error());
    auto signature = bytes_in(body, "signature");
    if (!signature) return std::unexpected(signature.error());
    return admission::CardEvidence{.challenge_id = *challenge,
                                   .certificate = std::move(*certificate),
                                   .signature = std::move(*signature)};
}

// The record says which fault it was, the answer what the caller may know.
void refuse_card(const AdmittingPtr& admitting, const admission::CardRefusal& refusal) {
    refuse(admitting, admission::to_refusal(refusal),
           {.fault = std::string{admission::to_string(refusal.fault)}, .why = refusal.why});
}

void admit_by_card(const AdmittingPtr& admitting) {
    if (admitting->world.cards == nullptr)
        return refuse(admitting, {.problem = Problem::not_found});
    const auto evidence = read_card(admitting->evidence);
    if (!evidence) return refuse(admitting, evidence.error());
    const model::Speaker& speaker = admitting->sender.speaker;
    admitting->world.cards->verify(
        *evidence, {.party = speaker.party, .certificate = speaker.certificate},
        admitting->world.clock.monotonic() + limits::kQueryDeadlineDefault,
        [admitting](std::expected<admission::Verdict, admission::CardRefusal> verdict) {
            if (verdict && admission::find_card_purpose(verdict->purpose.text()) == nullptr) {
                verdict = std::unexpected(
                    admission::CardRefusal{.fault = admission::CardFault::other_use});
            }
            if (!verdict) return refuse_card(admitting, verdict.error());
            ask_whose_card(admitting, *verdict);
        });
}

void admit_by_document(const AdmittingPtr& admitting) {
    const Json& body = admitting->evidence;
    const auto kind = text_in(body, "kind");
    if (!kind) return refuse(admitting, kind.error());
    if (std::ranges::find(kPapers, *kind) == kPapers.end()) {
        return refuse(admitting, wrong_attribute(Problem::attribute_invalid, "kind").error());
    }
    if (const auto actor = text_in(body, "actor"); !actor) return refuse(admitting, actor.error());
    const auto person = person_in(body);
    if (!person) return refuse(admitting, person.error());
    register_office(admitting, {.person = *person, .assurance = "document", .evidence = *kind});
}

void admit(const AdmittingPtr& admitting) {
    const auto method = text_in(admitting->evidence, "method");
    if (!method) return refuse(admitting, method.error());
    const bool by_card = *method == "card";
    if (!by_card && *method != "document") {
        return refuse(admitting, wrong_attribute(Problem::attribute_invalid, "method").error());
    }
    const auto checked = check_members(admitting->evidence, by_card ? kCardMembers : kPaperMembers);
    if (!checked) return refuse(admitting, checked.error());
    admitting->under_way = admitting->world.admissions->begin(key_of(*admitting));
    if (!admitting->under_way) {
        return answer(admitting, to_response(still_being_answered(), admitting->sender.language));
    }
    if (is_answered_before(admitting)) return;
    if (by_card) return admit_by_card(admitting);
    admit_by_document(admitting);
}

// A call without a body names nothing.
Result<model::Purpose> purpose_in(std::string_view text) {
    auto read = text.empty() ? Json::object() : read_object(text);
    if (!read) return std::unexpected(read.error());
    const Json& body = *read;
    if (auto checked = check_members(body, kChallengeMembers); !checked) {
        return std::unexpected(checked.error());
    }
    const Json* named = body.find("purpose");
    if (named == nullptr) {
        return model::Purpose{std::string{admission::kCardPurposes.front().name}};
    }
    const auto* known = admission::find_card_purpose(body.string_at("purpose").value_or(""));
    if (known == nullptr) return wrong_attribute(Problem::attribute_invalid, "purpose");
    return model::Purpose{std::string{known->name}};
}

void offer_challenge(const ApiWorld& world, const Sender& sender, const std::string& text,
                     Responder responder) {
    const auto turn_down = [&](const model::Refusal& refusal) {
        world.exchange.note_refusal(sender.speaker, refusal);
        responder(to_response(refusal, sender.language));
    };
    const auto purpose = purpose_in(text);
    if (!purpose) return turn_down(purpose.error());
    const auto offer = world.challenges->issue(
        {.party = sender.speaker.party, .certificate = sender.speaker.certificate}, *purpose);
    if (!offer) return turn_down(offer.error());
    Json answer = Json::object();
    answer.set("id", offer->id)
        .set("challenge", offer->challenge)
        .set("expires", model::to_rfc3339(offer->expires));
    responder(json_response(201, answer));
}

}  // namespace

Begun begin_challenge(const ApiCall& call) {
    if (call.world.challenges == nullptr) return turn_away({.problem = Problem::not_found});
    return std::make_unique<KeptBody>(
        limits::kControlBodyBytesMax, [world = call.world, sender = sender_of(call)](
                                          const std::string& text, Responder responder) {
            offer_challenge(world, sender, text, std::move(responder));
        });
}

Begun begin_admission(const ApiCall& call) {
    const auto id = id_of(call, "registration");
    if (!id) return turn_away(id.error());
    return std::make_unique<KeptBody>(
        limits::kControlBodyBytesMax,
        [world = call.world, sender = sender_of(call), id = *id](const std::string& text,
                                                                 Responder responder) {
            auto body = read_object(text);
            const auto admitting = std::make_shared<Admitting>(
                Admitting{.world = world,
                          .sender = sender,
                          .id = id,
                          .record = record_of(sender.speaker.party, id),
                          .evidence = body ? std::move(*body) : Json::object(),
                          .responder = std::move(responder)});
            if (!body) return refuse(admitting, body.error());
            admit(admitting);
        },
        KeptBody::Turn::taken);
}

}  // namespace sekisho::listener
