// F5a: a clinic's opinion over the internet, to the platform and to its insurer; read by the
// person's care manager; the same again; another under its name. F5b: the same from an EHR on the
// online eligibility network, handed on by the eligibility system; by both ways it is one. F5c:
// what the insurer had asked for has come.
#include "adapters/documents/samples.h"
#include "adapters/simulation/day/day_steps.h"
#include "adapters/simulation/day/day_watch.h"
#include "adapters/simulation/day/receipt_check.h"

namespace sekisho::simulation {

namespace {

model::Person person(const std::string& insurer, const std::string& insured) {
    return {model::InsurerNumber{insurer}, model::InsuredNumber{insured}};
}

void read_opinion(Day& day, const Parcel& opinion) {
    const Parcel question{.id = day.fresh_id("opinion-ask"),
                          .source = {model::PartyKind::care_manager, "1379900010"},
                          .type = opinion.type,
                          .person = opinion.person,
                          .actor = "kakehashi-01",
                          .role = "care-manager"};
    const Telling telling{"F8", "system:platform", "the opinion that the platform has"};
    const GatewayReply reply = day.ask(telling, question, {});
    const bool same = reply.status == 200 && body_of(reply.json) == opinion.body;
    day.note(telling, to_string(question.source), "200, byte for byte",
             reply.words() + (same ? ", byte for byte" : ", other bytes"));
}

void play_mailbox(Day& day) {
    const Parcel opinion = an_opinion(day, "medical:1319900021", "139980", "0000000001", "01");
    day.file({"F5a", "insurer:139980, system:platform", "主治医意見書"}, kInternet, opinion, "202");
    const std::string waiting = "insurer:139980 waiting, system:platform delivered";
    day.note({"F5a", "gateway", "fate before collecting"}, "medical:1319900021", waiting,
             fate_of(day, kInternet, opinion, waiting));

    const Collected collected =
        empty_inbox(day.door(kPublic, "insurer:139980"), {opinion})[opinion.id];
    day.note({"F5a", "gateway", "collects its mailbox"}, "insurer:139980", "byte for byte",
             words_of(collected));
    day.note({"F5a", "gateway", "acknowledges"}, "insurer:139980", "204", collected.acknowledged);
    const std::string done = "insurer:139980 delivered, system:platform delivered";
    day.note({"F5a", "gateway", "fate after collecting"}, "medical:1319900021", done,
             fate_of(day, kInternet, opinion, done));
    read_opinion(day, opinion);
}

// What is one with an earlier document is answered as that was.
void repeat(Day& day, const Telling& telling, const Parcel& parcel, std::string_view first) {
    const GatewayReply reply = day.door(kInternet, to_string(parcel.source)).post_message(parcel);
    const auto claims = verify_signature(first, day.keys());
    const auto again = verify_signature(reply.receipt(), day.keys());
    const bool same = claims && again && *claims == *again;
    day.note(telling, to_string(parcel.source), "200, the first receipt's claims",
             reply.words() + (same ? ", the first receipt's claims" : ", other claims"),
             same ? ReceiptState::verified : ReceiptState::none);
}

void play_repeats(Day& day, const Parcel& opinion, const GatewayReply& first) {
    repeat(day, {"F5a", "gateway", "the same again"}, opinion, first.receipt());
    Parcel renamed = opinion;
    renamed.id = day.fresh_id("opinion-renamed");
    repeat(day, {"F5a", "gateway", "the same document under a new id"}, renamed, first.receipt());
    Parcel altered = an_opinion(day, to_string(opinion.source), "139964", "0000000005", "03");
    altered.id = opinion.id;
    day.file({"F5a", "gateway", "another document under the same id"}, kInternet, altered,
             "409 message-conflict");
}

void play_municipality(Day& day) {
    const Parcel opinion = an_opinion(day, "medical:1319900013", "139964", "0000000005", "02");
    const GatewayReply first = day.file({"F5a", "insurer:139964, system:platform", "主治医意見書"},
                                        kInternet, opinion, "202");
    const std::string done = "insurer:139964 delivered, system:platform delivered";
    day.note({"F5a", "gateway", "fate"}, "medical:1319900013", done,
             fate_of(day, kInternet, opinion, done));
    for (const char* adapter : {"municipal", "platform"})
        day.note({"F5a", std::string{adapter} + " simulator", "is asked what it holds"}, "the day",
                 "held once, byte for byte", held_by(day, adapter, opinion));
    play_repeats(day, opinion, first);
}

// Until when the certification is to be decided, and what became of the opinion asked for.
std::string certification_of(Day& day, const Parcel& request) {
    const GatewayReply fate =
        day.door(kPublic, to_string(request.source)).get("/v1/messages/" + request.id);
    const documents::Json* certification = fate.json.find("certification");
    if (certification == nullptr) return fate.words();
    return std::string{certification->string_at("opinion").value_or("")} + ", " +
           std::to_string(certification->integer_at("days_left").value_or(-1)) + " days left";
}

// For that opinion: of its writer, by its number.
Parcel a_request(const Day& day, const Parcel& opinion, const std::string& request_number) {
    return {
        .id = day.fresh_id("opinion-request"),
        .source = model::insurer_party(opinion.person->insurer),
        .type = "certification.opinion-request",
        .person = opinion.person,
        .media_type = "application/json",
        .format = "opinion-request-json:1",
        .body = documents::an_opinion_request_json({.insurer = opinion.person->insurer.text(),
                                                    .insured = opinion.person->insured.text(),
                                                    .writer = opinion.source.number,
                                                    .request_number = request_number,
                                                    .applied_on = day.today(),
                                                    .created = day.today() + "T00:00:00+09:00"})};
}

// What the eligibility system brings of this opinion: for its writer, under a number of its own.
// The receipt for it.
std::string handed_on(Day& day, const Parcel& opinion) {
    const GatewayReply reply = day.simulator("eligibility").post("/sim/hand-on", "");
    const documents::Json* found = result_about(reply.json.find("results"), opinion);
    const Telling telling{"F5b", "insurer:139964, system:platform", "主治医意見書, handed on"};
    if (found == nullptr) {
        day.note(telling, "system:eligibility", "202", reply.words() + ", not handed on");
        return {};
    }
    day.note(telling, "system:eligibility", "202",
             std::to_string(found->integer_at("status").value_or(0)), receipt_state(day, *found));
    const Parcel carried{.id = std::string{found->string_at("id").value_or("")},
                         .source = {model::PartyKind::system, "eligibility"}};
    const std::string done = "insurer:139964 delivered, system:platform delivered";
    day.note({"F5b", "gateway", "fate"}, "system:eligibility", done,
             fate_of(day, kPublic, carried, done));
    return std::string{found->string_at("receipt").value_or("")};
}

void play_eligibility_side(Day& day) {
    Parcel opinion = an_opinion(day, "medical:1319900013", "139964", "0000000005", "04");
    const Parcel request = a_request(day, opinion, day.fresh_request_number("04"));
    day.file({"F5c", "medical:1319900013", "主治医意見書作成依頼"}, kPublic, request, "202");
    day.note({"F5c", "gateway", "fate of the request"}, to_string(request.source),
             "waiting, 30 days left", certification_of(day, request));
    day.file({"F5b", "system:eligibility", "主治医意見書"}, kEligibility, opinion, "202");
    const std::string given = "system:eligibility delivered";
    day.note({"F5b", "gateway", "fate"}, "medical:1319900013", given,
             fate_of(day, kEligibility, opinion, given));
    const std::string receipt = handed_on(day, opinion);
    opinion.id = day.fresh_id("opinion-both-ways");
    repeat(day, {"F5b", "gateway", "the same by the internet"}, opinion, receipt);
    day.note({"F5c", "gateway", "fate of the request"}, to_string(request.source),
             "filed, 30 days left", certification_of(day, request));
    const Collected collected =
        empty_inbox(day.door(kInternet, "medical:1319900013"), {request})[request.id];
    day.note({"F5c", "gateway", "collects its mailbox"}, "medical:1319900013", "byte for byte",
             words_of(collected));
}

}  // namespace

Parcel an_opinion(const Day& day, const std::string& author, const std::string& insurer,
                  const std::string& insured, std::string_view tag) {
    const auto party = model::parse_party_id(author).value_or(model::PartyId{});
    documents::OpinionSample sample;
    sample.insurer = insurer;
    sample.insured = insured;
    sample.office = party.number;
    sample.request_number = day.fresh_request_number(tag);
    sample.written_on = day.today_digits();
    return {.id = day.fresh_id("opinion-" + std::string{tag}),
            .source = party,
            .type = "certification.opinion",
            .person = person(insurer, insured),
            .media_type = "text/csv; charset=Shift_JIS",
            .format = "ikensho-csv:1.1",
            .body = documents::an_opinion_csv(sample)};
}

void play_opinions(Day& day) {
    play_mailbox(day);
    play_municipality(day);
    play_eligibility_side(day);
}

}  // namespace sekisho::simulation
