// The /v1 interface without a socket: a request as its bytes, read by the same reader, answered by
// the real exchange over a MemoryStore.
#pragma once

#include <boost/test/unit_test.hpp>
#include <memory>
#include <optional>
#include <string>

#include "adapters/documents/json.h"
#include "adapters/documents/percent.h"
#include "gateway/listener/api_service.h"
#include "gateway/listener/problem_json.h"
#include "gateway/listener/request_reader.h"
#include "tests/support/exchange/exchange_world.h"

namespace sekisho::tests {

class KeptReply final : public listener::ReplySink {
  public:
    void reply(std::uint64_t, listener::Response response) override {
        BOOST_REQUIRE(!kept);
        kept = std::move(response);
    }
    std::optional<listener::Response> kept{};
};

class ApiWorld : public ExchangeWorld {
  public:
    std::shared_ptr<KeptReply> send(const model::PartyId& speaker, const std::string& zone,
                                    const std::string& bytes) {
        auto reply = std::make_shared<KeptReply>();
        listener::RequestReader reader;
        reader.feed(bytes);
        std::unique_ptr<listener::Receiving> receiving;
        const listener::Caller caller{
            .zone = model::ZoneName{zone},
            .speaker = model::Speaker{.party = speaker, .zone = model::ZoneName{zone}}};
        while (true) {
            switch (reader.next()) {
                case listener::RequestReader::Event::head: {
                    auto begun = doors().begin(reader.head(), caller);
                    if (!begun) return refuse(reply, reader.head(), begun.error());
                    receiving = std::move(*begun);
                    reader.limit_body(receiving->body_bytes_max());
                    break;
                }
                case listener::RequestReader::Event::body:
                    if (const auto taken = receiving->append(reader.piece()); !taken) {
                        reply->kept = listener::to_response(taken.error(), listener::Language::ja);
                        return reply;
                    }
                    break;
                case listener::RequestReader::Event::end:
                    receiving->serve(listener::Responder{reply, 1});
                    return reply;
                case listener::RequestReader::Event::refused:
                    reply->kept = listener::to_response(reader.refusal(), listener::Language::ja);
                    return reply;
                case listener::RequestReader::Event::need_more:
                    BOOST_FAIL("the request is not whole");
            }
        }
    }

    // Sent, and everything that can happen happened.
    listener::Response answer(const model::PartyId& speaker, const std::string& zone,
                              const std::string& bytes) {
        const auto reply = send(speaker, zone, bytes);
        settle();
        BOOST_REQUIRE(reply->kept.has_value());
        return std::move(*reply->kept);
    }

    listener::Response answer(const Event& event, const std::string& bytes) {
        return answer(event.speaker, event.zone, bytes);
    }

    static documents::Json json(const listener::Response& response) {
        auto read = documents::parse_json(response.body);
        BOOST_REQUIRE(read.has_value());
        return std::move(*read);
    }

    static std::string text_at(const documents::Json& json, std::string_view key) {
        return std::string{json.string_at(key).value_or("(none)")};
    }

    static std::string request(const std::string& line, const std::string& headers = "",
                               const std::string& body = "") {
        return line + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n" + headers + "\r\n" + body;
    }

    static std::string binary(const Event& event, const std::string& path = "/v1/messages",
                              const std::string& more = "") {
        std::string headers = more;
        for (const auto& [name, value] : event.attributes) {
            headers += (name == "datacontenttype" ? "Content-Type" : "ce-" + name) + ": " +
                       (name == "datacontenttype" ? value : documents::percent_encode(value)) +
                       "\r\n";
        }
        return request("POST " + path, headers, event.document);
    }

    static documents::Json structured(const Event& event);

    static std::string structured_request(const std::string& path, const std::string& text) {
        return request("POST " + path, "Content-Type: application/cloudevents+json\r\n", text);
    }

    static std::string batch_request(const std::string& text) {
        return request("POST /v1/messages", "Content-Type: application/cloudevents-batch+json\r\n",
                       text);
    }

    proof::PublishedLog log_of_this{store, "sekisho-test", keyring.log_keys()};
    admission::ChallengeBook challenges{"sekisho-test", clock, random};
    listener::ApiService service{{.exchange = *exchange,
                                  .log = log_of_this,
                                  .workers = executor,
                                  .memory = memory,
                                  .clock = clock,
                                  .random = random,
                                  .challenges = &challenges}};

  protected:
    virtual listener::Service& doors() { return service; }

  private:
    static std::shared_ptr<KeptReply> refuse(std::shared_ptr<KeptReply> reply,
                                             const listener::RequestHead& head,
                                             const listener::TurnedAway& away) {
        reply->kept = listener::to_response(away.refusal, listener::language_of(head));
        for (const auto& header : away.headers) reply->kept->headers.push_back(header);
        return reply;
    }
};

}  // namespace sekisho::tests
