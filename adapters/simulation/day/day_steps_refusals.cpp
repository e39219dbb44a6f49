// One refusal for each reason: who may not write, who may not read, whose insurer is not there yet,
// what is no document, and who may not even speak.
#include "adapters/documents/samples.h"
#include "adapters/simulation/day/day_steps.h"

namespace sekisho::simulation {

using documents::Json;

namespace {

std::string located(const GatewayReply& reply) {
    const Json* errors = reply.json.find("errors");
    if (errors == nullptr || errors->items().empty()) return reply.words();
    const Json& first = errors->items().front();
    const bool placed = first.integer_at("line").value_or(0) > 0 && first.find("code") != nullptr;
    return reply.words() + (placed ? ", located" : "");
}

void refuse_questions(Day& day) {
    const auto ask = [&](const std::string& insurer, const std::string& insured,
                         const std::string& what, const std::string& expected) {
        const Parcel question{
            .id = day.fresh_id("refused-ask-" + insurer + "-" + expected.substr(4)),
            .source = {model::PartyKind::care_manager, "1379900010"},
            .type = "certification.progress",
            .person = model::Person{model::InsurerNumber{insurer}, model::InsuredNumber{insured}},
            .actor = "kakehashi-01",
            .role = "care-manager"};
        day.ask({"refusal", "system:platform", what}, question, expected);
    };
    ask("139980", "0000000003", "progress of a person not asked for consent", "403 no-consent");
    ask("139980", "0000000006", "progress of a person who refused this kind",
        "403 consent-refused");
    ask("139964", "0000000005", "progress of another's person", "403 not-registered");
}

void refuse_opinions(Day& day) {
    day.file({"refusal", "insurer:139980", "主治医意見書 by a home-visit office"}, kInternet,
             an_opinion(day, "care-office:1379900028", "139980", "0000000001", "11"),
             "403 wrong-author");
    day.file({"refusal", "insurer:139972", "主治医意見書"}, kInternet,
             an_opinion(day, "medical:1319900021", "139972", "0000000009", "12"),
             "403 insurer-not-connected");
    day.file({"refusal", "insurer:139956", "主治医意見書"}, kInternet,
             an_opinion(day, "medical:1319900021", "139956", "0000000007", "13"),
             "403 insurer-loading");
}

void refuse_documents(Day& day) {
    const auto file = [&](const std::string& what, const Parcel& parcel) {
        const GatewayReply reply =
            day.door(kInternet, to_string(parcel.source)).post_message(parcel);
        day.note({"refusal", "insurer:139980", what}, to_string(parcel.source),
                 "422 bad-document, located", located(reply));
    };
    Parcel short_one = an_opinion(day, "medical:1319900021", "139980", "0000000001", "14");
    short_one.body = short_one.body.substr(0, short_one.body.rfind(',')) + "\r\n";
    file("主治医意見書 of 120 fields", short_one);

    Parcel foreign = an_opinion(day, "medical:1319900021", "139980", "0000000001", "15");
    documents::OpinionSample sample;
    sample.office = "1319900021";
    sample.request_number = day.fresh_request_number("15");
    sample.written_on = day.today_digits();
    sample.raw_fields = {{121, "\"\xF0\x40\""}};  // the first 外字 of MS932
    foreign.body = documents::an_opinion_csv(sample);
    file("主治医意見書 with 外字", foreign);
}

void refuse_certificates(Day& day) {
    const auto knock = [&](std::string_view zone, const std::string& party, const std::string& what,
                           const std::string& expected) {
        day.note({"refusal", std::string{zone} + " zone", what}, party, expected,
                 day.door(zone, party).get("/v1/inbox?max=1&wait=0").words());
    };
    knock(kInternet, "insurer:139980", "an insurer's certificate", "403 wrong-zone");
    knock(kInternet, "care-office:1379900044", "a revoked certificate", "403 certificate-revoked");
}

}  // namespace

void play_refusals(Day& day) {
    refuse_opinions(day);
    refuse_questions(day);
    refuse_documents(day);
    refuse_certificates(day);
}

}  // namespace sekisho::simulation
