// POST /v1/consents, DELETE /v1/consents/{id}, DELETE /v1/registrations/{id}: consents and the ends
// of records, as messages.
#include <algorithm>
#include <array>
#include <memory>

#include "gateway/listener/api_requests.h"
#include "gateway/listener/cloud_events.h"
#include "gateway/listener/own_message.h"
#include "gateway/platform/crypto.h"
#include "routing/model/limits.h"

namespace sekisho::listener {

namespace {

namespace limits = model::limits;
using documents::Json;
using exchange::kConsentType;
using exchange::kRegistrationType;
using model::Problem;
using model::Result;

// What the gateway says of a consent itself stands not in the call.
constexpr std::array<std::string_view, 4> kOurs{"format", "id", "taker", "withdrawn_at"};

// The call's members and what the gateway adds. Their places are kept for located errors as far as
// the added members, which stand before them on the first line, let them.
std::string consent_note(std::string_view text, const Json& body, const std::string& id,
                         const model::PartyId& taker) {
    Json ours = Json::object();
    ours.set("format", std::string{kConsentFormat}).set("id", id);
    ours.set("taker", model::to_string(taker));
    std::string note = documents::to_text(ours);
    note.pop_back();  // the closing brace
    if (!body.members().empty()) note += ",";
    note.append(text.substr(body.begin_offset() + 1));
    return note;
}

Result<OwnMessage> read_consent(std::string_view text, const Sender& sender,
                                const std::string& id) {
    const auto body = read_object(text);
    if (!body) return std::unexpected(body.error());
    for (const auto& [name, value] : body->members()) {
        if (std::ranges::find(kOurs, name) == kOurs.end()) continue;
        return wrong_attribute(Problem::attribute_invalid, name);
    }
    const auto person = person_in(*body);
    if (!person) return std::unexpected(person.error());
    const std::string record = record_of(sender.speaker.party, id);
    return OwnMessage{.type = kConsentType,
                      .format = kConsentFormat,
                      .id = id,
                      .record = record,
                      .answer = Json::object({{"id", Json::string(record)}}),
                      .person = *person,
                      .document = consent_note(text, *body, record, sender.speaker.party)};
}

// The record as it was sent, and its end. One that has ended already is ended again at the same
// moment: the same message.
Result<OwnMessage> ending_of(const exchange::NamedRecord& named, OwnMessage message,
                             const std::string& member, model::Instant now) {
    auto record = documents::parse_json(named.record);
    if (!record) return std::unexpected(record.error());
    const auto person = person_in(*record);
    if (!person) return std::unexpected(person.error());
    Json note = Json::object();
    for (const auto& [name, value] : record->members()) {
        if (name != "id" && name != member) note.set(name, value);
    }
    note.set("id", message.record);
    note.set(member, model::to_rfc3339(named.ended.value_or(now)));
    message.person = *person;
    message.document = documents::to_text(note);
    return message;
}

// One message ends a record, whoever sends the call and however often.
std::string id_of_end(const OwnMessage& message) {
    const std::string text = std::string{message.type} + " " + message.record;
    return "end." + model::to_hex(platform::sha256(text));
}

using Named = Result<exchange::NamedRecord> (exchange::Exchange::*)(const std::string&) const;

// One call that ends a record.
struct Ending {
    ApiWorld world;
    Sender sender;
    OwnMessage message;
    std::string member;  // of the record: when it ended
    Named named;
};

enum class Try : std::uint8_t { first, second };

void end_record(const std::shared_ptr<const Ending>& ending, Try which, Responder responder);

// Of two calls at once the second finds the first's message, of another moment. The record says
// that moment by now: tried again with it, this is the repeat that it would have been a little
// later.
OnConflict look_again(const std::shared_ptr<const Ending>& ending) {
    return [ending](Responder responder) {
        auto waiting = std::make_shared<Responder>(std::move(responder));
        const auto end = [ending, waiting] {
            end_record(ending, Try::second, std::move(*waiting));
        };
        if (!ending->world.workers.post(end)) end();
    };
}

void end_record(const std::shared_ptr<const Ending>& ending, Try which, Responder responder) {
    const auto& [world, sender, message, member, named] = *ending;
    const auto refuse = [&](const model::Refusal& refusal) {
        world.exchange.note_refusal(sender.speaker, refusal);
        responder(to_response(refusal, sender.language));
    };
    const auto record = (world.exchange.*named)(message.record);
    if (!record) return refuse(record.error());
    auto note = ending_of(*record, message, member, world.clock.now());
    if (!note) return refuse(note.error());
    submit(world, sender, std::move(*note), std::move(responder),
           which == Try::first ? look_again(ending) : OnConflict{});
}

Begun begin_ending(const ApiCall& call, OwnMessage message, std::string member, Named named) {
    message.record = std::string{call.subject};
    message.answer.set("id", message.record);
    message.id = id_of_end(message);
    message.ends = true;
    auto ending = std::make_shared<const Ending>(call.world, sender_of(call), std::move(message),
                                                 std::move(member), named);
    return std::make_unique<KeptBody>(
        0, [ending = std::move(ending)](const std::string&, Responder responder) {
            end_record(ending, Try::first, std::move(responder));
        });
}

}  // namespace

Begun begin_consent(const ApiCall& call) {
    const auto id = id_of(call, "consent");
    if (!id) return turn_away(id.error());
    return std::make_unique<KeptBody>(
        limits::kControlBodyBytesMax, [world = call.world, sender = sender_of(call), id = *id](
                                          const std::string& text, Responder responder) {
            auto message = read_consent(text, sender, id);
            if (!message) {
                world.exchange.note_refusal(sender.speaker, message.error());
                return responder(to_response(message.error(), sender.language));
            }
            submit(world, sender, std::move(*message), std::move(responder));
        });
}

Begun begin_withdrawal(const ApiCall& call) {
    return begin_ending(call, {.type = kConsentType, .format = kConsentFormat}, "withdrawn_at",
                        &exchange::Exchange::consent_named);
}

Begun begin_end_of_registration(const ApiCall& call) {
    return begin_ending(call, {.type = kRegistrationType, .format = kRegistrationFormat}, "until",
                        &exchange::Exchange::registration_named);
}

}  // namespace sekisho::listener
