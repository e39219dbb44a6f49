#include "adapters/ledger/hand_on.h"

#include "adapters/ledger/calls.h"
#include "routing/model/event_type.h"

namespace sekisho::ledger {

using documents::Json;

namespace {

constexpr std::string_view kFormatPrefix = "urn:sekisho:format:";

std::string without(std::string_view prefix, std::string_view text) {
    return std::string{text.starts_with(prefix) ? text.substr(prefix.size()) : text};
}

std::string attribute(const Received& document, std::string_view name) {
    return std::string{find_header(document.attributes, name).value_or("")};
}

std::string author_of(const Received& document) {
    std::string author = attribute(document, "author");
    if (!author.empty()) return author;
    const auto source = model::parse_source(document.source);
    return source ? to_string(*source) : author;
}

}  // namespace

std::vector<adapters::HttpHeader> attributes_to_hand_on(const adapters::HttpCall& call) {
    std::vector<adapters::HttpHeader> kept;
    for (const char* name :
         {"author", "insurer", "insured", "recipient", "status", "businesskey", "dataschema"}) {
        if (const auto value = event_attribute(call, name)) kept.push_back({name, *value});
    }
    const auto media_type = find_header(call.headers, "Content-Type");
    kept.push_back({"datacontenttype", std::string{media_type.value_or("")}});
    return kept;
}

std::string HandOn::number_of(const Received& document) const {
    return reception_number(number_prefix_, document);
}

Dispatch HandOn::dispatch_of(const Received& document) const {
    Dispatch dispatch{
        .id = number_of(document),
        .source = source_,
        .type = without(model::kEventTypePrefix, document.type),
        .format = without(kFormatPrefix, attribute(document, "dataschema")),
        .media_type = attribute(document, "datacontenttype"),
        .body = document.body,
        .attributes = {{"correlationid", document.id}, {"author", author_of(document)}}};
    for (const char* name : {"insurer", "insured", "recipient", "status", "businesskey"}) {
        if (key_ == Key::left_out && std::string_view{name} == "businesskey") continue;
        if (auto value = attribute(document, name); !value.empty())
            dispatch.attributes.push_back({name, std::move(value)});
    }
    return dispatch;
}

adapters::HttpReply HandOn::hand_on(const ReceivedLedger& ledger) {
    const locks::Lock lock(handing_);
    if (!uplink_.is_named()) return {409, {}, "no gateway was named at start"};
    auto results = Json::array();
    for (const Received& document : ledger.of_type("")) {
        const std::string number = number_of(document);
        if (handed_on_.contains(number)) continue;
        const auto now =
            std::chrono::time_point_cast<model::Duration>(std::chrono::system_clock::now());
        Json result = uplink_.send(dispatch_of(document), now);
        const auto status = result.integer_at("status").value_or(0);
        if (status == 200 || status == 202) handed_on_.insert(number);
        results.push(std::move(result));
    }
    return json_reply(Json::object().set("results", std::move(results)));
}

}  // namespace sekisho::ledger
