#include "adapters/eligibility/files/connector_simulator.h"

#include <optional>
#include <unistd.h>
#include <vector>

#include "adapters/documents/base64.h"
#include "adapters/documents/json.h"
#include "adapters/documents/percent.h"
#include "adapters/documents/xml.h"
#include "adapters/eligibility/files/message.h"
#include "adapters/file/content.h"
#include "adapters/file/doorbell.h"
#include "adapters/file/dropped_file.h"

namespace sekisho::eligibility_adapter {

using adapters::HttpCall;
using documents::Json;
using documents::XmlElement;

namespace {

constexpr std::chrono::milliseconds kLookAgain{50};
constexpr std::uint64_t kRequestBytesMax = 16 * model::limits::kMebibyte;

std::string text_of(const XmlElement& element, std::string_view child) {
    return std::string{element.text_of(child)};
}

HttpCall card_call(const XmlElement& asked) {
    return {.method = "POST",
            .path = std::string{kCardOwnersPath},
            .body = to_text(Json::object()
                                .set("issuer", text_of(asked, "CardIssuer"))
                                .set("serial", text_of(asked, "CardSerialNumber")))};
}

HttpCall medical_call(const XmlElement& asked) {
    return {.method = "POST",
            .path = std::string{kMedicalPath},
            .body = to_text(Json::object()
                                .set("insurer", text_of(asked, "InsurerNumber"))
                                .set("insured", text_of(asked, "InsuredIdentificationNumber"))
                                .set("cardEvidence", text_of(asked, "CardEvidence")))};
}

// As the same document comes over HTTPS.
HttpCall document_call(const XmlElement& document) {
    HttpCall call{.method = "POST", .path = std::string{kDocumentsPath}};
    for (const XmlElement& attribute : document.children) {
        if (attribute.name != "Attribute") continue;
        const std::string name = text_of(attribute, "Name");
        const std::string value = text_of(attribute, "Value");
        if (name == "datacontenttype") {
            call.headers.push_back({"Content-Type", value});
        } else {
            call.headers.push_back({"ce-" + name, documents::percent_encode(value)});
        }
    }
    call.body = documents::from_base64(document.text_of("Content")).value_or("");
    return call;
}

std::optional<HttpCall> call_of(const FileName& name, const XmlElement& request) {
    const XmlElement* body = request.find("MessageBody");
    if (body == nullptr || body->children.size() != 1) return std::nullopt;
    const XmlElement& asked = body->children.front();
    if (name.service == Service::card_owner) return card_call(asked);
    return name.service == Service::medical ? medical_call(asked) : document_call(asked);
}

void add_owner(XmlElement& body, const Json& answer) {
    const Json* owner = answer.find("owner");
    const bool known = owner != nullptr && !owner->is_null();
    body.add("QualificationValidity", known ? "1" : "4");
    if (!known) return;
    XmlElement result{.name = "ResultOfQualificationConfirmation"};
    result.add("InsurerNumber", std::string{owner->string_at("insurer").value_or("")})
        .add("InsuredIdentificationNumber", std::string{owner->string_at("insured").value_or("")});
    body.add(XmlElement{.name = "ResultList"}).add(std::move(result));
}

XmlElement body_of(const FileName& name, const Json& answer) {
    XmlElement body{.name = "MessageBody"};
    const auto copy = [&](const char* element, std::string_view member) {
        body.add(element, std::string{answer.string_at(member).value_or("")});
    };
    if (name.service == Service::card_owner) {
        copy("CardIssuer", "issuer");
        copy("CardSerialNumber", "serial");
        add_owner(body, answer);
    } else if (name.service == Service::medical) {
        copy("InsurerNumber", "insurer");
        copy("InsuredIdentificationNumber", "insured");
        copy("CardEvidence", "cardEvidence");
        const Json* data = answer.find("data");
        body.add("MedicalInformation",
                 documents::to_base64(data == nullptr ? "[]" : to_text(*data)));
    } else {
        copy("ReceiptNumber", "receiptNumber");
        copy("DocumentSource", "source");
        copy("DocumentIdentifier", "id");
        copy("DocumentDigest", "sha256");
    }
    return body;
}

XmlElement response_to(const FileName& name, const Json& answer) {
    const bool good = answer.string_at("result") == "ok";
    XmlElement header{.name = "MessageHeader"};
    header.add("ArbitraryFileIdentifier", name.id).add("SegmentOfResult", good ? "1" : "3");
    if (!good) header.add("ErrorCode", std::string{answer.string_at("errorCode").value_or("")});
    header.add("CharacterCodeIdentifier", "0");
    XmlElement response{.name = "XmlMsg"};
    response.add(std::move(header));
    response.add(good ? body_of(name, answer) : XmlElement{.name = "MessageBody"});
    return response;
}

}  // namespace

bool ConnectorSimulator::answer(const std::string& name) {
    auto file = parse_file_name(name);
    if (!file || file->direction != Direction::request) return false;
    const std::string path = folder_ + "/req/" + name;
    const auto text = file::content_of(path, kRequestBytesMax);
    const auto request = text ? documents::parse_xml(*text) : documents::parse_xml("");
    const auto call = request ? call_of(*file, *request) : std::nullopt;
    if (!call) return false;
    const auto reply = system_.handle(*call);
    const auto json = documents::parse_json(reply.body);
    if (reply.status != 200 || !json) return false;
    const std::string response = to_xml(response_to(*file, *json));
    file->direction = Direction::response;
    file::DroppedFile dropped(folder_ + "/res", to_string(*file));
    if (!dropped.write(response) || !dropped.sync() || !dropped.publish()) return false;
    return ::unlink(path.c_str()) == 0;
}

std::size_t ConnectorSimulator::answer_all() {
    std::size_t answered = 0;
    for (const std::string& name : file::names_in(folder_ + "/req"))
        answered += answer(name) ? 1U : 0U;
    return answered;
}

void ConnectorSimulator::start() {
    thread_ = std::jthread([this](const std::stop_token& ending) {
        const file::Doorbell doorbell(folder_ + "/req");
        while (!ending.stop_requested()) {
            if (answer_all() == 0) doorbell.wait(kLookAgain);
        }
    });
}

}  // namespace sekisho::eligibility_adapter
