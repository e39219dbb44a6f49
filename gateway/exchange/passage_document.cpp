// The step of arrive() that looks into the document: is it what it says, and whom and what it is
// about.
#include <algorithm>
#include <array>

#include "gateway/exchange/passage.h"
#include "gateway/exchange/person_facts.h"
#include "gateway/exchange/sealed_source.h"
#include "routing/model/limits.h"

namespace sekisho::exchange {

namespace {

namespace limits = model::limits;
using model::Problem;

// The whole document for the format's check: from memory when small, out of its sealed segments
// when large.
model::Result<std::string> plain_text(const Collaborators& with, const Settings& settings,
                                      Body& body) {
    if (body.plain) return std::move(*body.plain);
    SealedSource source{with.keyring, settings.spool, *body.sealed};
    std::string text;
    text.reserve(body.size);  // growing would hold it twice
    if (!adapters::read_all(source, limits::kBinaryBodyBytesMax, text)) {
        return model::refuse(Problem::store_unavailable);
    }
    return text;
}

// The memory that looking at the whole of it takes; overloaded when others have it.
Onward hold(platform::MemoryAllowance::Share& memory, std::uint64_t bytes) {
    if (memory.grow_to(bytes)) return {};
    return stop({.problem = Problem::overloaded, .retry_after = limits::kMemoryRetryAfter});
}

model::Refusal bad_document(model::LocatedError error) {
    model::Refusal refusal{.problem = Problem::document_invalid};
    refusal.errors.push_back(std::move(error));
    return refusal;
}

std::string file_of(const documents::DocumentFacts& facts, const documents::PersonRow& row) {
    return row.file < facts.files.size() ? facts.files[row.file] : std::string{};
}

std::string first_file(const documents::DocumentFacts& facts) {
    return facts.files.empty() ? std::string{} : facts.files.front();
}

// What a document holds must be what its type is for: the type decides who may carry it, who
// confirms it and where it never goes. A type whose formats tell kinds apart and that names none
// holds none.
Onward match_kind(const documents::DocumentFacts& facts, const catalogue::Catalogue& catalogue,
                  const catalogue::InformationType& type) {
    const auto holds = [&](const catalogue::InformationType& each) {
        if (facts.kind.empty()) return each.holds.empty();
        return std::ranges::find(each.holds, facts.kind) != each.holds.end();
    };
    if (holds(type)) return {};
    model::Refusal refusal =
        bad_document({.file = first_file(facts), .field = "type", .code = Problem::kind_mismatch});
    if (facts.kind.empty()) return stop(std::move(refusal));
    std::string meant;
    for (const catalogue::InformationType& each : catalogue.types()) {
        if (holds(each)) meant += (meant.empty() ? "" : ", ") + each.id.text();
    }
    refusal.detail = {.ja = "中身は " + facts.kind.text() + " です",
                      .en = "it holds " + facts.kind.text()};
    if (!meant.empty()) {
        refusal.detail.ja += "。次の情報種別で送るものです: " + meant;
        refusal.detail.en += ", which is sent as: " + meant;
    }
    return stop(std::move(refusal));
}

// The document's own persons must be the envelope's, where the envelope names any; else they become
// the envelope's.
Onward match_persons(const documents::DocumentFacts& facts, catalogue::Subject subject,
                     model::Envelope& envelope) {
    if (subject == catalogue::Subject::none) return {};
    if (facts.persons.empty()) return stop(bad_document({.code = Problem::person_missing}));
    if (envelope.persons.empty()) {
        for (const auto& row : facts.persons) envelope.persons.push_back(row.person);
        return {};
    }
    model::Refusal refusal{.problem = Problem::document_invalid};
    for (const auto& row : facts.persons) {
        if (std::ranges::find(envelope.persons, row.person) != envelope.persons.end()) continue;
        if (refusal.errors.size() == limits::kLocatedErrorsMax) break;
        refusal.errors.push_back({.file = file_of(facts, row),
                                  .line = row.line,
                                  .field = "被保険者番号",
                                  .code = Problem::person_mismatch});
    }
    if (!refusal.errors.empty()) return stop(std::move(refusal));
    return {};
}

Onward match_author(const documents::DocumentFacts& facts, const model::Envelope& envelope) {
    if (!facts.author_number || *facts.author_number == envelope.author.number) return {};
    return stop(bad_document({.line = facts.author_line,
                              .field = facts.author_field,
                              .code = Problem::author_mismatch}));
}

// The office of that number, in whichever register it stands.
const model::Party* office_of(const model::Directory& directory, const std::string& number) {
    using enum model::PartyKind;
    for (const auto kind : {care_office, care_manager, support_center, medical}) {
        if (const auto* party = directory.find({.kind = kind, .number = number})) return party;
    }
    return nullptr;
}

model::Refusal unknown_office(const documents::DocumentFacts& facts) {
    const std::string& number = *facts.recipient_number;
    return {.problem = Problem::recipient_unknown,
            .detail = {.ja = "送信先事業所番号 " + number + " の利用者は登録されていません",
                       .en = "no party with the office number " + number + " is registered"},
            .errors = {{.file = first_file(facts),
                        .field = "送信先事業所番号",
                        .code = Problem::recipient_unknown}}};
}

// A document that says itself whom it is for goes there; each recipient that was named must be the
// same: all that are named are delivered to.
Onward match_recipient(const documents::DocumentFacts& facts, const model::Directory& directory,
                       model::Envelope& envelope) {
    if (!facts.recipient_number) return {};
    if (envelope.recipients.empty()) {
        const auto* office = office_of(directory, *facts.recipient_number);
        if (office == nullptr) return stop(unknown_office(facts));
        envelope.recipients.push_back(office->id);
        return {};
    }
    const auto other = std::ranges::find_if(envelope.recipients, [&](const model::PartyId& party) {
        return party.number != *facts.recipient_number;
    });
    if (other == envelope.recipients.end()) return {};
    const std::string named = model::to_string(*other);
    model::Refusal refusal = bad_document({.file = first_file(facts),
                                           .field = "送信先事業所番号",
                                           .code = Problem::recipient_mismatch});
    refusal.detail = {
        .ja = "宛先 " + named + " は、文書の送信先 " + *facts.recipient_number + " ではありません",
        .en = "the recipient " + named + " is not " + *facts.recipient_number +
              ", for whom the document is"};
    return stop(std::move(refusal));
}

// A number is the time at which its unit was made. One far ahead would make every later unit of the
// same offices come too late until that time.
Onward check_number(const documents::DocumentFacts& facts, model::Instant now) {
    if (!facts.order_series) return {};
    if (*facts.order_series <= model::to_japan_digits(now + limits::kSeriesAheadMax)) return {};
    const std::string present = model::to_japan_digits(now);
    model::Refusal refusal = bad_document(
        {.file = first_file(facts), .field = "ファイル連番", .code = Problem::series_ahead});
    refusal.detail = {
        .ja = "番号は " + *facts.order_series + "、現在は " + present + " です",
        .en = "the number is " + *facts.order_series + ", the time in Japan is " + present};
    return stop(std::move(refusal));
}

// Units of one sender and recipient follow each other by number; the number is the unit's own key
// too. A carrier hands a unit on when its author may have sent the next already: its leg has a
// series and a key of its own.
void take_place_in_series(const documents::DocumentFacts& facts, Passage& passage) {
    if (!facts.order_series || !facts.recipient_number) return;
    model::Envelope& envelope = *passage.envelope;
    const std::string carrier = envelope.source == envelope.author
                                    ? std::string{}
                                    : model::to_string(envelope.source) + " ";
    passage.series = Series{
        .order_key = carrier + model::to_string(envelope.author) + " " + *facts.recipient_number,
        .number = *facts.order_series,
        .file = first_file(facts),
        .key_without = carrier + *facts.recipient_number + ":"};
    if (!envelope.business_key) {
        envelope.business_key =
            model::BusinessKey{passage.series->key_without + passage.series->number};
    }
}

model::Refusal asks_of_several() {
    return {.problem = Problem::attribute_invalid,
            .detail = {.ja = "recipient: 依頼の宛先は一つだけです",
                       .en = "recipient: a request has one recipient"}};
}

bool is_asked_for(const catalogue::Catalogue& catalogue, const model::TypeId& type) {
    return std::ranges::any_of(catalogue.types(),
                               [&](const auto& each) { return each.asks_for == type; });
}

// What an insurer asks for is known by the key that it will have, whatever its sender calls it. A
// certification is to be decided within thirty days of the application (介護保険法 27条11項), and
// that day is the last.
Onward take_up_request(const Collaborators& with, const documents::DocumentFacts& facts,
                       const catalogue::Catalogue& catalogue, Passage& passage) {
    const model::Envelope& envelope = *passage.envelope;
    const auto* type = catalogue.find(envelope.type);
    const auto scope = [&](const model::PartyId& owner, const model::TypeId& of,
                           const model::BusinessKey& key) {
        return store::BusinessScope{
            .owner = owner, .type = of, .key_hash = with.keyring.keyed_hash(key.text())};
    };
    if (facts.request && type->asks_for) {
        if (envelope.recipients.size() != 1) return stop(asks_of_several());
        passage.asked = AskedDocument{
            .kind = facts.request->kind,
            .document = scope(envelope.recipients.front(), *type->asks_for, facts.request->opinion),
            .due = facts.request->applied + limits::kCertificationTerm};
    } else if (facts.business_key && is_asked_for(catalogue, envelope.type)) {
        passage.fulfils = scope(envelope.author, envelope.type, *facts.business_key);
        passage.own_key = facts.business_key;
    }
    return {};
}

// A note's record goes by the id it names, else by one that follows from its message.
void prepare_note(const Collaborators& with, const std::string& text, model::Note note,
                  Passage& passage) {
    const model::Envelope& envelope = *passage.envelope;
    std::visit(
        [&](auto& record) {
            if (!record.id.empty()) return;
            const std::string key = model::to_source(envelope.source) + " " + envelope.id.text();
            record.id = model::to_hex(with.keyring.keyed_hash("record " + key)).substr(0, 32);
        },
        note);
    passage.taking =
        NoteTaking{.world = passage.world,
                   .envelope = envelope,
                   .note = std::move(note),
                   .admitted = !passage.arrival.admission.empty(),
                   .person = passage.persons.front(),
                   .sealed_record = store::seal_record(with.keyring, with.random, text),
                   .now = passage.now};
}

}  // namespace

Onward check_document(const Collaborators& with, const Settings& settings, Passage& passage) {
    model::Envelope& envelope = *passage.envelope;
    const auto* format = with.formats.find(*envelope.format);
    if (format == nullptr) return stop({.problem = Problem::unknown_format});
    if (!format->accepts_media_type(envelope.media_type)) {
        return stop({.problem = Problem::unsupported_media_type});
    }
    platform::MemoryAllowance::Share memory{with.memory};
    if (auto held = hold(memory, passage.arrival.body.size); !held) return held;
    auto text = plain_text(with, settings, passage.arrival.body);
    if (!text) return stop(text.error());
    if (auto held = hold(memory, format->memory_for(*text)); !held) return held;
    const auto facts = format->read(
        *text, {.unions = settings.unions, .file = {}, .media_type = envelope.media_type});
    if (!facts) return stop(facts.error());
    if (!facts->note) std::string{}.swap(*text);  // only a note's is needed any more
    const catalogue::Catalogue& catalogue = passage.world->snapshot->catalogue;
    const auto* type = catalogue.find(envelope.type);
    if (auto matched = match_kind(*facts, catalogue, *type); !matched) return matched;
    if (auto matched = match_persons(*facts, type->subject, envelope); !matched) return matched;
    if (auto matched = match_author(*facts, envelope); !matched) return matched;
    const model::Directory& directory = passage.world->snapshot->directory;
    if (auto matched = match_recipient(*facts, directory, envelope); !matched) return matched;
    if (auto checked = check_number(*facts, passage.now); !checked) return checked;
    if (!envelope.business_key) envelope.business_key = facts->business_key;
    take_place_in_series(*facts, passage);
    if (auto taken = take_up_request(with, *facts, catalogue, passage); !taken) return taken;
    passage.warnings = facts->warnings;
    passage.persons = hash_persons(with.keyring, envelope.persons);
    for (const documents::PersonEnd& end : facts->ends) {
        passage.ends.push_back(
            {.person = with.keyring.hash(end.person),
             .word = {
                 .history = end.history, .said = end.said, .at = end.at, .deleted = end.deleted}});
    }
    if (facts->note) prepare_note(with, *text, *facts->note, passage);
    return {};
}

}  // namespace sekisho::exchange
