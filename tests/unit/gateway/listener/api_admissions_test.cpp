// POST /v1/admissions/challenge and POST /v1/admissions: a card or a paper, and an office is
// registered.
#include "adapters/documents/base64.h"
#include "gateway/audit/receipt.h"
#include "tests/support/test_jpki.h"
#include "tests/unit/gateway/listener/api_world.h"

namespace sekisho::tests {

using documents::Json;

namespace {

const TestJpki& cards() {
    static const TestJpki made{kNow};
    return made;
}

std::shared_ptr<const admission::JpkiTrust> trust_in_cards() {
    MemoryFiles files;
    files.change("/ca.pem", cards().authority_pem());
    return *admission::JpkiTrust::load(files, {{.file = "/ca.pem"}});
}

struct AdmissionsApi : ApiWorld {
    AdmissionsApi() { platform->answer.body = R"({"insurer":"139980","insured":"0000000001"})"; }
    listener::Response post(std::string_view who, const std::string& path, const Json& body,
                            const std::string& headers = "", const std::string& zone = "internet") {
        return answer(tests::party(who), zone,
                      request("POST " + path, headers + "Content-Type: application/json\r\n",
                              documents::to_text(body)));
    }
    Json challenge(std::string_view who = kDayCare) {
        return json(post(who, "/v1/admissions/challenge", Json::object()));
    }
    Json medical_challenge(std::string_view who) {
        Json body = Json::object();
        body.set("purpose", "medical");
        return json(post(who, "/v1/admissions/challenge", body));
    }
    listener::Response ask_medical(std::string_view who, const std::string& visit,
                                   const std::string& insured = "0000000001") {
        platform->answer.body = R"([{"medications":[]}])";
        auto event = a_progress_question("q-" + std::to_string(++asked), insured);
        event.speaker = tests::party(who);
        event.set("source", model::to_source(event.speaker));
        event.set("type", "jp.sekisho.query.medical.query");
        event.set("purpose", "medical");
        if (!visit.empty()) event.set("visit", visit);
        return answer(event, binary(event, "/v1/queries"));
    }
    static Json evidence_for(const Json& challenge) {
        const auto text = documents::from_base64url(text_at(challenge, "challenge")).value();
        Json evidence = Json::object();
        evidence.set("method", "card")
            .set("challenge", text_at(challenge, "id"))
            .set("certificate", documents::to_base64(cards().card()))
            .set("signature", documents::to_base64(cards().sign(text)))
            .set("actor", "staff-1");
        return evidence;
    }
    static Json paper() {
        Json evidence = Json::object();
        evidence.set("method", "document")
            .set("kind", "shikaku-kakuninsho")
            .set("insurer", "139980")
            .set("insured", "0000000001")
            .set("actor", "staff-1");
        return evidence;
    }
    static Json with(const Json& evidence, std::string_view member, const std::string& value) {
        Json changed = Json::object();
        for (const auto& [name, old] : evidence.members()) {
            changed.set(name, name == member ? Json::string(value) : old);
        }
        return changed;
    }
    // What the last refusal's leaf says was wrong.
    std::string fault_on_record() {
        const auto leaves = leaves_of_kind("decision");
        BOOST_TEST_REQUIRE(!leaves.empty());
        return text_at(documents::parse_json(leaves.back()).value(), "fault");
    }
    bool is_registered(std::string_view who) {
        return model::is_registered(known_of(hanako()), tests::party(who), clock.now());
    }

    admission::CardVerifier verifier{{.challenges = challenges,
                                      .trust = trust_in_cards(),
                                      .status = nullptr,
                                      .timer = timer,
                                      .clock = clock}};
    admission::VisitBook visits{clock, random, {.life = std::chrono::minutes{30}}};
    listener::ApiService admitting{{.exchange = *exchange,
                                    .log = log_of_this,
                                    .workers = executor,
                                    .memory = memory,
                                    .clock = clock,
                                    .random = random,
                                    .challenges = &challenges,
                                    .cards = &verifier,
                                    .visits = &visits}};
    int asked = 0;

  protected:
    listener::Service& doors() override { return admitting; }
};

struct NoCards : ApiWorld {
    listener::ApiService without{{.exchange = *exchange,
                                  .log = log_of_this,
                                  .workers = executor,
                                  .memory = memory,
                                  .clock = clock,
                                  .random = random}};

  protected:
    listener::Service& doors() override { return without; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_admissions, AdmissionsApi)

BOOST_AUTO_TEST_CASE(a_card_registers_the_office_and_says_what_was_not_checked) {
    const auto response = post(kDayCare, "/v1/admissions", evidence_for(challenge()));
    BOOST_TEST_REQUIRE(response.status == 201);
    const Json body = json(response);
    BOOST_TEST(text_at(body, "assurance") == "card");
    BOOST_TEST(text_at(body, "status") == "not-checked");
    BOOST_TEST(text_at(body, "insured") == "0000000001");
    BOOST_TEST(is_registered(kDayCare));
    const auto claims = audit::verify_receipt(text_at(body, "receipt"), exchange->public_keys());
    BOOST_TEST_REQUIRE(claims.has_value());
    BOOST_TEST(text_at(*claims, "admission") == "card not-checked");
    const auto record = exchange->registration_named(text_at(body, "registration"));
    BOOST_TEST(record->record.find(R"("certificate_status":"not-checked")") != std::string::npos);
    BOOST_TEST(record->record.find(R"("purpose":"admission")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_challenge_is_used_once_and_by_whom_it_was_given_to) {
    const Json given = challenge();
    const auto refusal = [&](std::string_view who) {
        return text_at(json(post(who, "/v1/admissions", evidence_for(given))), "type");
    };
    BOOST_TEST(refusal(kVisitingNurses) == "urn:sekisho:problem:card-challenge-unknown");
    BOOST_TEST(fault_on_record() == "challenge-foreign");
    BOOST_TEST(post(kDayCare, "/v1/admissions", evidence_for(given)).status == 201);
    BOOST_TEST(refusal(kDayCare) == "urn:sekisho:problem:card-challenge-used");
    BOOST_TEST(fault_on_record() == "challenge-used");
    BOOST_TEST(refusal(kVisitingNurses) == "urn:sekisho:problem:card-challenge-unknown");
    BOOST_TEST(!is_registered(kVisitingNurses));
}

BOOST_AUTO_TEST_CASE(a_card_that_signed_for_something_else_registers_nobody) {
    const auto offer =
        challenges.issue({.party = party(kDayCare)}, model::Purpose{"anything-else"}).value();
    Json given = Json::object();
    given.set("id", offer.id).set("challenge", offer.challenge);
    const auto response = post(kDayCare, "/v1/admissions", evidence_for(given));
    BOOST_TEST(response.status == 403);
    BOOST_TEST(text_at(json(response), "type") == "urn:sekisho:problem:purpose-not-allowed");
    BOOST_TEST(fault_on_record() == "other-use");
    BOOST_TEST(platform->asked.empty());
    BOOST_TEST(!is_registered(kDayCare));
}

BOOST_AUTO_TEST_CASE(a_challenge_names_a_purpose_that_a_card_may_be_asked_for) {
    const auto asked_for = [&](Json purpose) {
        Json body = Json::object();
        body.set("purpose", std::move(purpose));
        return post(kDayCare, "/v1/admissions/challenge", body);
    };
    BOOST_TEST(asked_for(Json::string("admission")).status == 201);
    for (Json& odd : std::array{Json::string("anything"), Json::string(""), Json::number(7)}) {
        const auto response = asked_for(std::move(odd));
        BOOST_TEST(response.status == 400);
        BOOST_TEST(response.body.find("purpose") != std::string::npos);
    }
    const auto text = documents::from_base64url(text_at(challenge(), "challenge")).value();
    BOOST_TEST(text.find("\npurpose=admission\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_same_call_again_is_answered_as_the_first_though_its_challenge_is_used) {
    const Json evidence = evidence_for(challenge());
    const std::string key = "Idempotency-Key: visit-1\r\n";
    const auto first = post(kDayCare, "/v1/admissions", evidence, key);
    BOOST_TEST(first.status == 201);
    const auto again = post(kDayCare, "/v1/admissions", evidence, key);
    BOOST_TEST(again.status == 200);
    for (const char* member : {"registration", "insurer", "insured", "assurance", "status"}) {
        BOOST_TEST(text_at(json(again), member) == text_at(json(first), member));
    }
    BOOST_TEST(known_of(hanako()).registrations.size() == 4U);  // three are the cast's
}

BOOST_AUTO_TEST_CASE(another_call_with_the_same_key_is_a_conflict_and_tells_nothing) {
    const std::string key = "Idempotency-Key: visit-1\r\n";
    BOOST_TEST(post(kDayCare, "/v1/admissions", paper(), key).status == 201);
    const auto refused = [&](const Json& evidence) {
        const auto response = post(kDayCare, "/v1/admissions", evidence, key);
        BOOST_TEST(response.status == 409);
        BOOST_TEST(response.body.find("registration\"") == std::string::npos);
        return text_at(json(response), "type");
    };
    BOOST_TEST(refused(with(paper(), "insured", "0000000002")) ==
               "urn:sekisho:problem:message-conflict");
    BOOST_TEST(refused(with(paper(), "kind", "hihokensha-sho")) ==
               "urn:sekisho:problem:message-conflict");
    BOOST_TEST(refused(evidence_for(challenge())) == "urn:sekisho:problem:message-conflict");
    BOOST_TEST(post(kDayCare, "/v1/admissions", paper(), key).status == 200);
}

BOOST_AUTO_TEST_CASE(another_card_with_the_same_key_is_a_conflict) {
    const std::string key = "Idempotency-Key: visit-1\r\n";
    BOOST_TEST(post(kDayCare, "/v1/admissions", evidence_for(challenge()), key).status == 201);
    const auto other = post(kDayCare, "/v1/admissions", evidence_for(challenge()), key);
    BOOST_TEST(text_at(json(other), "type") == "urn:sekisho:problem:message-conflict");
}

BOOST_AUTO_TEST_CASE(a_registration_that_ended_is_not_answered_as_if_it_stood) {
    const std::string key = "Idempotency-Key: visit-1\r\n";
    const auto first = post(kDayCare, "/v1/admissions", paper(), key);
    const std::string id = text_at(json(first), "registration");
    const auto ended =
        answer(party(kDayCare), "internet", request("DELETE /v1/registrations/" + id));
    BOOST_TEST_REQUIRE(ended.status == 201);
    const auto again = post(kDayCare, "/v1/admissions", paper(), key);
    BOOST_TEST(again.status == 409);
    BOOST_TEST(text_at(json(again), "type") == "urn:sekisho:problem:record-conflict");
}

BOOST_AUTO_TEST_CASE(a_repeat_beside_its_first_waits_and_spoils_nothing) {
    const std::string headers = "Idempotency-Key: visit-1\r\nContent-Type: application/json\r\n";
    for (const Json& evidence : {evidence_for(challenge()), paper()}) {
        const auto office = party(evidence.find("kind") ? kVisitingNurses : kDayCare);
        const auto call = request("POST /v1/admissions", headers, documents::to_text(evidence));
        const auto first = send(office, "internet", call);
        BOOST_TEST_REQUIRE(!first->kept.has_value());
        clock.advance(std::chrono::seconds{1});
        const auto beside = send(office, "internet", call);
        BOOST_TEST_REQUIRE(beside->kept.has_value());
        BOOST_TEST(beside->kept->status == 503);
        BOOST_TEST(text_at(json(*beside->kept), "type") == "urn:sekisho:problem:undecided");
        BOOST_TEST(beside->kept->body.find("Idempotency-Key") != std::string::npos);
        settle();
        BOOST_TEST_REQUIRE(first->kept.has_value());
        BOOST_TEST(first->kept->status == 201);
        clock.advance(std::chrono::seconds{1});
        BOOST_TEST(answer(office, "internet", call).status == 200);
    }
}

BOOST_AUTO_TEST_CASE(a_call_that_was_refused_is_not_under_way_any_more) {
    const std::string key = "Idempotency-Key: visit-1\r\n";
    const Json evidence = evidence_for(challenge());
    platform->answer.fate = adapters::AnswerFate::unavailable;
    BOOST_TEST(post(kDayCare, "/v1/admissions", evidence, key).status == 503);
    const auto again = post(kDayCare, "/v1/admissions", evidence, key);
    BOOST_TEST(text_at(json(again), "type") == "urn:sekisho:problem:card-challenge-used");
}

BOOST_AUTO_TEST_CASE(two_offices_keys_never_meet) {
    const std::string key = "Idempotency-Key: visit-1\r\n";
    BOOST_TEST(post(kDayCare, "/v1/admissions", paper(), key).status == 201);
    BOOST_TEST(post(kVisitingNurses, "/v1/admissions", paper(), key).status == 201);
    BOOST_TEST(is_registered(kDayCare));
    BOOST_TEST(is_registered(kVisitingNurses));
}

BOOST_AUTO_TEST_CASE(a_paper_registers_with_less_assurance_and_a_name) {
    const auto response = post(kDayCare, "/v1/admissions", paper());
    BOOST_TEST_REQUIRE(response.status == 201);
    BOOST_TEST(text_at(json(response), "assurance") == "document");
    BOOST_TEST(json(response).find("status") == nullptr);
    BOOST_TEST(known_of(hanako()).registrations.back().assurance == "document");
    const auto record = exchange->registration_named(text_at(json(response), "registration"));
    BOOST_TEST(record->record.find(R"("evidence":"shikaku-kakuninsho")") != std::string::npos);
    BOOST_TEST(record->record.find(R"("actor":"staff-1")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_card_that_nobody_knows_registers_nobody) {
    platform->answer.body = "{}";
    const auto response = post(kDayCare, "/v1/admissions", evidence_for(challenge()));
    BOOST_TEST(response.status == 403);
    BOOST_TEST(text_at(json(response), "type") == "urn:sekisho:problem:holder-unknown");
    platform->answer.body = R"({"insurer":"139980"})";
    BOOST_TEST(post(kDayCare, "/v1/admissions", evidence_for(challenge())).status == 502);
    platform->answer.fate = adapters::AnswerFate::unavailable;
    const auto later = post(kDayCare, "/v1/admissions", evidence_for(challenge()));
    BOOST_TEST(later.status == 503);
    BOOST_TEST(text_at(json(later), "detail") == admission::new_challenge_needed().ja);
    BOOST_TEST(!is_registered(kDayCare));
}

BOOST_AUTO_TEST_CASE(a_wrong_signature_is_refused_recorded_and_asks_nobody) {
    const Json evidence = evidence_for(challenge());
    const Json other = evidence_for(challenge());
    const Json wrong = with(evidence, "signature", text_at(other, "signature"));
    const auto before = leaves_of_kind("decision").size();
    const auto response = post(kDayCare, "/v1/admissions", wrong);
    BOOST_TEST(response.status == 403);
    BOOST_TEST(platform->asked.empty());
    BOOST_TEST(leaves_of_kind("decision").size() == before + 1);
    BOOST_TEST(fault_on_record() == "wrong-signature");
    BOOST_TEST(json(response).find("fault") == nullptr);
}

BOOST_AUTO_TEST_CASE(evidence_that_is_not_as_it_should_be_names_its_member) {
    const auto refused = [&](std::string_view member) {
        const Json whole = paper();
        Json evidence = Json::object();
        for (const auto& [name, value] : whole.members()) {
            if (name != member) evidence.set(name, value);
        }
        const auto response = post(kDayCare, "/v1/admissions", evidence);
        BOOST_TEST(response.status == 400);
        return response.body.find(std::string{member}) != std::string::npos;
    };
    for (const char* member : {"method", "kind", "actor", "insurer", "insured"}) {
        BOOST_TEST(refused(member), member);
    }
    Json odd = Json::object();
    odd.set("method", "handshake");
    BOOST_TEST(post(kDayCare, "/v1/admissions", odd).status == 400);
    BOOST_TEST(post(kDayCare, "/v1/admissions", with(paper(), "kind", "library-card")).status ==
               400);
    Json unreadable = Json::object();
    unreadable.set("method", "card").set("challenge", "x").set("certificate", "?");
    BOOST_TEST(post(kDayCare, "/v1/admissions", unreadable).status == 400);
    BOOST_TEST(!is_registered(kDayCare));
}

BOOST_AUTO_TEST_CASE(a_member_that_means_nothing_is_refused_by_name) {
    const auto refused = [&](const std::string& path, Json body) {
        body.set("reprsentative", "misspelt");
        const auto response = post(kDayCare, path, body);
        BOOST_TEST(response.status == 400);
        return text_at(json(response), "type") == "urn:sekisho:problem:attribute-invalid" &&
               response.body.find("reprsentative") != std::string::npos;
    };
    BOOST_TEST(refused("/v1/admissions", paper()));
    BOOST_TEST(refused("/v1/admissions", evidence_for(challenge())));
    BOOST_TEST(refused("/v1/admissions/challenge", Json::object()));
    Json card_with_person = evidence_for(challenge());
    card_with_person.set("insured", "0000000001");
    BOOST_TEST(post(kDayCare, "/v1/admissions", card_with_person).status == 400);
    BOOST_TEST(!is_registered(kDayCare));
}

BOOST_AUTO_TEST_CASE(a_representative_is_recorded) {
    Json evidence = paper();
    evidence.set("representative", Json::object({{"relation", Json::string("guardian")},
                                                 {"basis", Json::string("court")}}));
    const auto response = post(kDayCare, "/v1/admissions", evidence);
    BOOST_TEST_REQUIRE(response.status == 201);
    const auto record = exchange->registration_named(text_at(json(response), "registration"));
    BOOST_TEST(record->record.find(R"("relation":"guardian")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_told_of_a_person_is_described_member_by_member) {
    const Json person = Json::object(
        {{"insurer", Json::string("139980")}, {"insured", Json::string("0000000001")}});
    Json consent = person;
    consent.set("given", Json::array({Json::string("*")}))
        .set("refused", Json::array({Json::string("life")}))
        .set("occasion", "application")
        .set("explanation", "2026-04")
        .set("given_at", model::to_rfc3339(clock.now()));
    BOOST_TEST_REQUIRE(post(kSharingInsurer, "/v1/consents", consent, "", "public").status == 201);
    BOOST_TEST_REQUIRE(post(kDayCare, "/v1/admissions", paper()).status == 201);
    BOOST_TEST_REQUIRE(ask_and_settle(a_progress_question("q-1", "0000000001")).has_value());
    const Json described =
        json(answer(party(kDayCare), "internet", request("GET /v1/openapi.json")));
    const Json& schemas = *described.find("components")->find("schemas");
    const auto differing = [&](const std::string& what, const char* schema) {
        const Json& wanted = *schemas.find(schema);
        const Json found = json(post(kPortal, "/v1/" + what + "/search", person, "", "public"));
        BOOST_TEST_REQUIRE(!found.find(what)->items().empty());
        std::string names;
        for (const Json& row : found.find(what)->items()) {
            for (const auto& [name, value] : row.members()) {
                if (wanted.find("properties")->find(name) == nullptr) names += name + " ";
            }
            for (const Json& name : wanted.find("required")->items()) {
                if (row.find(name.text()) == nullptr) names += "no " + name.text() + " ";
            }
        }
        return names;
    };
    BOOST_TEST(differing("consents", "KnownConsent") == "");
    BOOST_TEST(differing("registrations", "KnownRegistration") == "");
    BOOST_TEST(differing("accesses", "KnownAccess") == "");
}

BOOST_AUTO_TEST_CASE(where_nobody_is_admitted_by_card_a_paper_still_is) {
    NoCards plain;
    const auto body = documents::to_text(paper());
    const auto by_paper =
        plain.answer(party(kDayCare), "internet", request("POST /v1/admissions", "", body));
    BOOST_TEST(by_paper.status == 201);
    const auto challenge = plain.answer(party(kDayCare), "internet",
                                        request("POST /v1/admissions/challenge", "", "{}"));
    BOOST_TEST(challenge.status == 404);
}

BOOST_AUTO_TEST_CASE(a_card_that_signed_for_medical_information_opens_it_and_registers_nobody) {
    const auto response =
        post(kDayCare, "/v1/admissions", evidence_for(medical_challenge(kDayCare)));
    BOOST_TEST_REQUIRE(response.status == 201);
    const Json body = json(response);
    BOOST_TEST(text_at(body, "visit").size() == 22U);
    BOOST_TEST(text_at(body, "insured") == "0000000001");
    BOOST_TEST(text_at(body, "status") == "not-checked");
    BOOST_TEST(text_at(body, "until") == model::to_rfc3339(clock.now() + std::chrono::minutes{30}));
    BOOST_TEST(body.find("registration") == nullptr);
    BOOST_TEST(!is_registered(kDayCare));
    const auto looks = leaves_of_kind("access");
    BOOST_TEST_REQUIRE(looks.size() == 1U);
    BOOST_TEST(looks[0].find(R"("purpose":"medical")") != std::string::npos);
    // Who is not registered for the person learns no more than that.
    const auto refused = ask_medical(kDayCare, text_at(body, "visit"));
    BOOST_TEST(text_at(json(refused), "type") == "urn:sekisho:problem:not-registered");
}

BOOST_AUTO_TEST_CASE(medical_information_is_read_at_the_visit_that_the_card_opened) {
    const Json visit =
        json(post(kHelpers, "/v1/admissions", evidence_for(medical_challenge(kHelpers))));
    const std::string id = text_at(visit, "visit");
    const auto found = ask_medical(kHelpers, id);
    BOOST_TEST_REQUIRE(found.status == 200);
    BOOST_TEST(found.body.find(R"("data":[{"medications":[]}])") != std::string::npos);
    const auto refusal = [&](std::string_view who, const std::string& at,
                             const std::string& insured = "0000000001") {
        const auto response = ask_medical(who, at, insured);
        return std::to_string(response.status) + " " + text_at(json(response), "type").substr(20);
    };
    BOOST_TEST(refusal(kHelpers, "") == "403 assurance-too-low");
    BOOST_TEST(refusal(kHelpers, "AAAAAAAAAAAAAAAAAAAAAA") == "403 assurance-too-low");
    BOOST_TEST(refusal(kCareManager, id) == "403 assurance-too-low");
    clock.advance(std::chrono::minutes{30});
    BOOST_TEST(refusal(kHelpers, id) == "403 assurance-too-low");
}

BOOST_AUTO_TEST_CASE(a_registration_opens_no_medical_information) {
    BOOST_TEST(post(kDayCare, "/v1/admissions", evidence_for(challenge())).status == 201);
    BOOST_TEST(is_registered(kDayCare));
    const auto response = ask_medical(kDayCare, "");
    BOOST_TEST(text_at(json(response), "type") == "urn:sekisho:problem:assurance-too-low");
}

BOOST_AUTO_TEST_CASE(a_card_that_nobody_knows_opens_no_visit) {
    platform->answer.body = "{}";
    const auto response =
        post(kHelpers, "/v1/admissions", evidence_for(medical_challenge(kHelpers)));
    BOOST_TEST(response.status == 403);
    BOOST_TEST(visits.size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests
