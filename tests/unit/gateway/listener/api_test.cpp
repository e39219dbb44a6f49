// The /v1 interface as its readers see it: paths, bodies, answers.
#include "adapters/documents/base64.h"
#include "gateway/listener/api_requests.h"
#include "gateway/listener/openapi_document.h"
#include "tests/unit/gateway/listener/api_world.h"

using namespace sekisho;
using namespace sekisho::tests;
using documents::Json;

namespace sekisho::tests {

Json ApiWorld::structured(const Event& event) {
    Json object = Json::object();
    for (const auto& [name, value] : event.attributes) object.set(name, value);
    if (!event.document.empty()) {
        object.set("data_base64", documents::to_base64(event.document));
    }
    return object;
}

}  // namespace sekisho::tests

BOOST_FIXTURE_TEST_SUITE(api, ApiWorld)

BOOST_AUTO_TEST_CASE(a_binary_message_is_accepted_with_its_receipt) {
    const Event event = an_opinion_event("op-1");
    const auto response = answer(event, binary(event));
    BOOST_TEST(response.status == 202);
    BOOST_TEST(!response.close);
    const Json body = json(response);
    BOOST_TEST(text_at(body, "id") == "op-1");
    BOOST_TEST(text_at(body, "state") == "accepted");
    BOOST_TEST(text_at(body, "receipt").size() > 100);
    BOOST_TEST(!body.find("deliveries")->items().empty());
    BOOST_TEST((response.headers[0] == listener::Header{"Location", "/v1/messages/op-1"}));
}

BOOST_AUTO_TEST_CASE(what_its_sender_should_look_at_is_said_with_the_receipt) {
    const Event event =
        an_opinion_event("op-1", {.office = "1319900021", .fields = {{121, "1234-5678-9018"}}});
    const Json body = json(answer(event, binary(event)));
    BOOST_TEST(text_at(body, "state") == "accepted");
    BOOST_TEST_REQUIRE((body.find("warnings") != nullptr));
    const Json& warning = body.find("warnings")->items().at(0);
    BOOST_TEST(text_at(warning, "code") == "SK-4030");
    BOOST_TEST(text_at(warning, "field") == "121 特記すべき事項");
    BOOST_TEST(!text_at(warning, "next").empty());
    BOOST_TEST((json(answer(event, binary(event))).find("warnings") == nullptr));
}

BOOST_AUTO_TEST_CASE(the_same_again_is_200_in_either_mode) {
    const Event event = an_opinion_event("op-1");
    answer(event, binary(event));
    BOOST_TEST(answer(event, binary(event)).status == 200);
    const auto text = documents::to_text(structured(event));
    BOOST_TEST(answer(event, structured_request("/v1/messages", text)).status == 200);
}

BOOST_AUTO_TEST_CASE(another_document_with_the_same_id_conflicts) {
    Event event = an_opinion_event("op-1");
    answer(event, binary(event));
    event.document += "\r\n";
    BOOST_TEST(answer(event, binary(event)).status == 409);
}

BOOST_AUTO_TEST_CASE(nothing_is_answered_before_the_commit) {
    const Event event = an_opinion_event("op-1");
    const auto reply = send(event.speaker, event.zone, binary(event));
    BOOST_TEST(!reply->kept);
    settle();
    BOOST_TEST(reply->kept.has_value());
}

BOOST_AUTO_TEST_CASE(a_batch_is_answered_in_its_order) {
    Json batch = Json::array();
    batch.push(structured(an_opinion_event("op-1")));
    batch.push(structured(an_opinion_event("op-1")));  // a repeat
    Event wrong = an_opinion_event("op-2");
    wrong.set("source", "/medical/1319900013");
    batch.push(structured(wrong));
    batch.push(Json::string("no event"));
    const Event event = an_opinion_event("op-1");
    const auto response = answer(event, batch_request(documents::to_text(batch)));
    BOOST_TEST(response.status == 200);
    const Json answers = json(response);
    BOOST_REQUIRE_EQUAL(answers.items().size(), 4);
    BOOST_TEST(answers.items()[0].integer_at("status").value() == 202);
    BOOST_TEST(answers.items()[1].integer_at("status").value() == 200);
    BOOST_TEST(answers.items()[2].integer_at("status").value() == 403);
    BOOST_TEST(text_at(answers.items()[2], "code") == "SK-3008");
    BOOST_TEST(answers.items()[3].integer_at("status").value() == 400);
    BOOST_TEST(text_at(answers.items()[0], "id") == "op-1");
}

BOOST_AUTO_TEST_CASE(an_event_that_finds_no_memory_is_told_to_come_again) {
    const Event event = an_opinion_event("op-1");
    const auto request = structured_request("/v1/messages", documents::to_text(structured(event)));
    {
        const auto all = holding_all_memory();
        const auto response = answer(event, request);
        BOOST_TEST(response.status == 503);
        const auto retry =
            std::ranges::find(response.headers, "Retry-After", &listener::Header::name);
        BOOST_TEST((retry != response.headers.end()));
    }
    BOOST_TEST(answer(event, request).status == 202);
    BOOST_TEST(memory.used() == 0U);
}

BOOST_AUTO_TEST_CASE(a_batch_whose_tree_finds_no_memory_is_told_to_come_again) {
    const Event event = an_opinion_event("op-1");
    const auto request = batch_request("[" + std::string(100'000, ','));
    {
        platform::MemoryAllowance::Share half{memory};
        BOOST_TEST(half.grow_to(kMemory / 2));
        BOOST_TEST(answer(event, request).status == 503);
    }
    BOOST_TEST(answer(event, request).status == 400);
}

BOOST_AUTO_TEST_CASE(a_batch_without_items_is_answered_without_any) {
    const Event event = an_opinion_event("op-1");
    const auto response = answer(event, batch_request("[]"));
    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.body == "[]");
}

BOOST_AUTO_TEST_CASE(a_batch_beyond_its_items_is_refused) {
    Json batch = Json::array();
    for (int i = 0; i < 101; ++i) batch.push(Json::object());
    const Event event = an_opinion_event("op-1");
    BOOST_TEST(answer(event, batch_request(documents::to_text(batch))).status == 413);
}

BOOST_AUTO_TEST_CASE(a_refusal_before_an_envelope_is_recorded) {
    const Event event = an_opinion_event("op-1");
    const auto before = leaves().size();
    const auto response = answer(event, structured_request("/v1/messages", "{\"id\":1,\"id\":2}"));
    BOOST_TEST(response.status == 400);
    BOOST_TEST(text_at(json(response), "code") == "SK-3004");
    BOOST_TEST(leaves().size() == before + 1);
}

BOOST_AUTO_TEST_CASE(the_fate_of_a_message_is_told_to_those_who_may_know) {
    const Event event = an_opinion_event("op-1");
    answer(event, binary(event));
    const auto response = answer(event, request("GET /v1/messages/op-1"));
    BOOST_TEST(response.status == 200);
    const Json fate = json(response);
    BOOST_TEST(text_at(fate, "id") == "op-1");
    BOOST_TEST(text_at(fate, "source") == "/medical/1319900021");
    BOOST_TEST(text_at(fate, "type") == "jp.sekisho.certification.opinion");
    BOOST_TEST(text_at(fate, "sha256").size() == 64);
    const Json& deliveries = *fate.find("deliveries");
    BOOST_REQUIRE(!deliveries.items().empty());
    BOOST_TEST(!deliveries.items()[0].find("history")->items().empty());

    const auto stranger = *model::parse_party_id("care-office:1379900028");
    BOOST_TEST(
        answer(stranger, "internet", request("GET /v1/messages/op-1?source=/medical/1319900021"))
            .status == 404);
    const auto hana = *model::parse_party_id("operator:hana");
    BOOST_TEST(answer(hana, "operators", request("GET /v1/messages/op-1?source=medical:1319900021"))
                   .status == 200);
    BOOST_TEST(answer(event, request("GET /v1/messages/op-1?source=nobody")).status == 400);
    BOOST_TEST(answer(event, request("GET /v1/messages/op-2")).status == 404);
}

BOOST_AUTO_TEST_CASE(what_waits_is_collected_and_acknowledged) {
    const Event event = an_opinion_event("op-1");
    answer(event, binary(event));
    const model::PartyId insurer = *model::parse_party_id("insurer:139980");
    const auto collected = answer(insurer, "public", request("GET /v1/inbox?max=5"));
    BOOST_TEST(collected.status == 200);
    BOOST_TEST(collected.content_type == "application/cloudevents-batch+json");
    const Json events = json(collected);
    BOOST_REQUIRE_EQUAL(events.items().size(), 1);
    const Json& first = events.items()[0];
    BOOST_TEST(text_at(first, "id") == "op-1");
    BOOST_TEST(text_at(first, "specversion") == "1.0");
    BOOST_TEST((documents::from_base64(text_at(first, "data_base64")) == event.document));
    BOOST_TEST(first.string_at("leaseuntil").has_value());

    const std::string path = "POST /v1/inbox/" + text_at(first, "delivery");
    BOOST_TEST(answer(insurer, "public", request(path + "/ack")).status == 204);
    BOOST_TEST(answer(insurer, "public", request(path + "/ack")).status == 204);
    BOOST_TEST(answer(insurer, "public", request("GET /v1/inbox")).body == "[]");
    BOOST_TEST(answer(insurer, "public", request("POST /v1/inbox/unknown/ack")).status == 404);
}

BOOST_AUTO_TEST_CASE(what_is_rejected_for_good_stays_away) {
    const Event event = an_opinion_event("op-1");
    answer(event, binary(event));
    const model::PartyId insurer = *model::parse_party_id("insurer:139980");
    const Json events = json(answer(insurer, "public", request("GET /v1/inbox")));
    const std::string path = "POST /v1/inbox/" + text_at(events.items()[0], "delivery") + "/nack";
    BOOST_TEST(answer(insurer, "public", request(path, "", "{\"final\":1}")).status == 400);
    BOOST_TEST(
        answer(insurer, "public", request(path, "", "{\"final\":true,\"reason\":\"x\"}")).status ==
        204);
    BOOST_TEST(answer(insurer, "public", request("GET /v1/inbox")).body == "[]");
}

BOOST_AUTO_TEST_CASE(a_wait_is_answered_when_something_comes) {
    const model::PartyId insurer = *model::parse_party_id("insurer:139980");
    const auto waiting = send(insurer, "public", request("GET /v1/inbox?wait=10"));
    settle();
    BOOST_TEST(!waiting->kept);
    const Event event = an_opinion_event("op-1");
    answer(event, binary(event));
    BOOST_REQUIRE(waiting->kept.has_value());
    BOOST_TEST(json(*waiting->kept).items().size() == 1);
}

BOOST_AUTO_TEST_CASE(the_inbox_takes_only_numbers_within_its_bounds) {
    const model::PartyId insurer = *model::parse_party_id("insurer:139980");
    for (const std::string query : {"max=0", "max=201", "max=x", "max=", "wait=31", "wait=-1",
                                    "max=1&max=2", "other=1", "max"}) {
        BOOST_TEST_CONTEXT(query) {
            BOOST_TEST(answer(insurer, "public", request("GET /v1/inbox?" + query)).status == 400);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_question_is_answered_by_an_event) {
    platform->answer.body = "[{\"state\": 1.50}]";
    const Event question = a_progress_question("q-1", "0000000001");
    for (const bool in_binary : {true, false}) {
        const auto response =
            in_binary
                ? answer(question, binary(question, "/v1/queries", "ce-deadlinems: 9000\r\n"))
                : answer(question, structured_request("/v1/queries",
                                                      documents::to_text(structured(question))));
        BOOST_TEST(response.status == 200);
        BOOST_TEST(response.content_type == "application/cloudevents+json");
        // The answer travels byte for byte.
        BOOST_TEST(response.body.find("\"data\":[{\"state\": 1.50}]}") != std::string::npos);
        BOOST_TEST(text_at(json(response), "source") == "/systems/platform");
    }
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_json_is_given_in_base64) {
    platform->answer.media_type = "application/json";
    platform->answer.body = "[";
    const Event question = a_progress_question("q-1", "0000000001");
    const Json event = json(answer(question, binary(question, "/v1/queries")));
    BOOST_TEST(text_at(event, "data_base64") == documents::to_base64("["));
}

BOOST_AUTO_TEST_CASE(a_question_has_no_document_and_a_bounded_deadline) {
    Event question = a_progress_question("q-1", "0000000001");
    for (const std::string deadline : {"0", "10001", "x", "-1"}) {
        const auto response = answer(
            question, binary(question, "/v1/queries", "ce-deadlinems: " + deadline + "\r\n"));
        BOOST_TEST(response.status == 400);
    }
    question.document = "something";
    BOOST_TEST(answer(question, binary(question, "/v1/queries")).status == 413);
}

BOOST_AUTO_TEST_CASE(the_keys_are_public_to_every_party) {
    const Event event = an_opinion_event("op-1");
    const auto response = answer(event, request("GET /v1/keys"));
    BOOST_TEST(response.status == 200);
    BOOST_TEST(!json(response).find("keys")->items().empty());
}

BOOST_AUTO_TEST_CASE(the_description_names_every_path_and_method) {
    const Event event = an_opinion_event("op-1");
    answer(event, binary(event));  // so that the log has a first leaf
    const Json described = json(answer(event, request("GET /v1/openapi.json")));
    BOOST_TEST(text_at(described, "openapi") == "3.1.0");
    const Json& paths = *described.find("paths");
    for (const auto& [path, methods] : paths.members()) {
        for (const auto& [method, operation] : methods.members()) {
            BOOST_TEST_CONTEXT(method + " " + path) {
                std::string concrete = path;
                if (const auto begin = concrete.find('{'); begin != std::string::npos) {
                    const bool is_tile = path.find("/tile/") != std::string::npos;
                    concrete.replace(begin, concrete.find('}') - begin + 1,
                                     is_tile ? "0/000.p/1" : "x");
                }
                std::string verb = method;
                std::ranges::transform(verb, verb.begin(),
                                       [](char c) { return static_cast<char>(c - 0x20); });
                const auto response = answer(event, request(verb + " " + concrete));
                BOOST_TEST(response.status != 405);
                const bool unknown = response.body.find("SK-1006") != std::string::npos;
                BOOST_TEST(!unknown);
                const Json& told = *operation.find("responses");
                for (const char* status : {"403", "429", "503"}) {  // of every request
                    BOOST_TEST(told.find(status) != nullptr, status);
                }
                const bool has_a_body = method != "get";
                BOOST_TEST((told.find("413") != nullptr) == has_a_body);
            }
        }
    }
    BOOST_TEST(paths.members().size() == 23);
}

BOOST_AUTO_TEST_CASE(a_wrong_method_is_told_the_right_ones) {
    const Event event = an_opinion_event("op-1");
    for (const std::string method : {"GET", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "HEAD"}) {
        const auto response = answer(event, request(method + " /v1/messages"));
        BOOST_TEST(response.status == 405);
        BOOST_TEST((response.headers.back() == listener::Header{"Allow", "POST"}));
    }
}

BOOST_AUTO_TEST_CASE(an_unknown_path_is_not_found) {
    const Event event = an_opinion_event("op-1");
    for (const std::string path : {"/", "/v1", "/v1/", "/v1/messages/a/b", "/v2/messages",
                                   "/v1/Messages", "/v1/inbox/a/other", "/v1//messages"}) {
        BOOST_TEST(answer(event, request("GET " + path)).status == 404);
    }
}

BOOST_AUTO_TEST_CASE(a_body_that_is_no_event_is_unsupported) {
    const Event event = an_opinion_event("op-1");
    for (const std::string type : {"text/plain", "application/cloudevents+xml",
                                   "application/cloudevents", "application/json"}) {
        BOOST_TEST(
            answer(event, request("POST /v1/messages", "Content-Type: " + type + "\r\n")).status ==
            415);
    }
    BOOST_TEST(answer(event, request("POST /v1/messages")).status == 415);
}

BOOST_AUTO_TEST_CASE(a_structured_event_has_its_own_limit) {
    const Event event = an_opinion_event("op-1");
    std::string head =
        "POST /v1/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 4194305\r\n"
        "Content-Type: application/cloudevents+json\r\n\r\n";
    BOOST_TEST(answer(event, head).status == 413);
}

BOOST_AUTO_TEST_CASE(a_batch_that_is_no_list_is_refused_and_recorded) {
    const Event event = an_opinion_event("op-1");
    const auto before = leaves().size();
    const auto response = answer(event, batch_request("{}"));
    BOOST_TEST(response.status == 400);
    BOOST_TEST(leaves().size() == before + 1);
}

BOOST_AUTO_TEST_CASE(a_structured_document_beyond_its_types_limit_is_refused) {
    auto types = information_types();
    for (auto& type : types) type.body_bytes_max = 10;
    auto world = exchange_snapshot();
    world.catalogue = catalogue::Catalogue::build(party_classes(), std::move(types)).value();
    snapshots.replace(std::make_shared<const plan::Snapshot>(std::move(world)));
    const Event event = an_opinion_event("op-1");
    const auto text = documents::to_text(structured(event));
    BOOST_TEST(answer(event, structured_request("/v1/messages", text)).status == 413);
}

BOOST_AUTO_TEST_CASE(the_trace_of_a_message_goes_on_through_the_inbox) {
    const std::string trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    const Event event = an_opinion_event("op-1");
    answer(event, binary(event, "/v1/messages", "traceparent: " + trace + "\r\n"));
    const model::PartyId insurer = *model::parse_party_id("insurer:139980");
    const Json events = json(answer(insurer, "public", request("GET /v1/inbox")));
    BOOST_REQUIRE_EQUAL(events.items().size(), 1);
    BOOST_TEST(text_at(events.items()[0], "traceparent") == trace);
}

BOOST_AUTO_TEST_CASE(a_question_that_cannot_be_read_is_refused_and_recorded) {
    const Event question = a_progress_question("q-1", "0000000001");
    const auto before = leaves().size();
    BOOST_TEST(answer(question, structured_request("/v1/queries", "{")).status == 400);
    BOOST_TEST(leaves().size() == before + 1);
}

BOOST_AUTO_TEST_CASE(what_the_listener_refuses_of_a_known_speaker_is_recorded) {
    const auto before = leaves().size();
    service.note_refusal(
        {.party = party(kClinic), .zone = model::ZoneName{"internet"}, .certificate = {}},
        {.problem = model::Problem::ambiguous_framing});
    settle();
    BOOST_TEST(leaves().size() == before + 1);
}

BOOST_AUTO_TEST_CASE(a_kept_body_holds_its_bound_by_itself) {
    listener::KeptBody body{4, [](const std::string&, const listener::Responder&) {}};
    BOOST_TEST(body.append("1234").has_value());
    const auto more = body.append("5");
    BOOST_REQUIRE(!more);
    BOOST_TEST((more.error().problem == model::Problem::body_too_large));
}

BOOST_AUTO_TEST_SUITE_END()
