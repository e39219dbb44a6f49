#include "adapters/eligibility/files/message.h"

#include <algorithm>
#include <array>

#include "adapters/api/cloud_event.h"
#include "adapters/documents/base64.h"
#include "adapters/documents/xml.h"

namespace sekisho::eligibility_adapter {

using documents::Json;
using documents::XmlElement;

namespace {

constexpr std::size_t kFileNameBytesMax = 255;  // POSIX NAME_MAX
constexpr std::string_view kPrefix = "OQS";
constexpr std::string_view kEnd = ".xml";

struct ServiceRow {
    Service service;
    std::string_view code;
};
constexpr auto kServices = std::to_array<ServiceRow>({
    {Service::card_owner, "siquc01"},
    {Service::medical, "mediuc01"},
    {Service::document, "docmuc01"},
});

std::string_view code_of(Service service) {
    return std::ranges::find(kServices, service, &ServiceRow::service)->code;
}

std::string_view word_of(Direction direction) {
    return direction == Direction::request ? "req_" : "res_";
}

bool is_safe(std::string_view id) {
    return !id.empty() && std::ranges::all_of(id, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               c == '.' || c == '_' || c == '~' || c == '-';
    });
}

// `text` without what it begins with; nullopt where it begins with something else.
std::optional<std::string_view> after(std::string_view text, std::string_view beginning) {
    if (!text.starts_with(beginning)) return std::nullopt;
    return text.substr(beginning.size());
}

XmlElement message(const Request& request, XmlElement body) {
    XmlElement header{.name = "MessageHeader"};
    header.add("MedicalInstitutionCode", request.institution)
        .add("ArbitraryFileIdentifier", request.name.id)
        .add("ReferenceClassification", "1")   // by the card
        .add("CharacterCodeIdentifier", "0");  // UTF-8
    XmlElement whole{.name = "XmlMsg"};
    whole.add(std::move(header));
    XmlElement holder{.name = "MessageBody"};
    holder.add(std::move(body));
    whole.add(std::move(holder));
    return whole;
}

// What the members of the HTTPS form are called here.
struct Member {
    std::string_view element;
    std::string_view json;
};
constexpr auto kCard =
    std::to_array<Member>({{"CardIssuer", "issuer"}, {"CardSerialNumber", "serial"}});
constexpr auto kPerson = std::to_array<Member>(
    {{"InsurerNumber", "insurer"}, {"InsuredIdentificationNumber", "insured"}});
constexpr auto kVisit = std::to_array<Member>({{"InsurerNumber", "insurer"},
                                               {"InsuredIdentificationNumber", "insured"},
                                               {"CardEvidence", "cardEvidence"}});
constexpr auto kTaken = std::to_array<Member>({{"ReceiptNumber", "receiptNumber"},
                                               {"DocumentSource", "source"},
                                               {"DocumentIdentifier", "id"},
                                               {"DocumentDigest", "sha256"}});

template <std::size_t N>
XmlElement to_element(std::string name, const Json& json, const std::array<Member, N>& members) {
    XmlElement made{.name = std::move(name)};
    for (const Member& member : members) {
        made.add(std::string{member.element},
                 std::string{json.string_at(member.json).value_or("")});
    }
    return made;
}

template <std::size_t N>
Json to_json(const XmlElement& from, const std::array<Member, N>& members) {
    Json made = Json::object();
    for (const Member& member : members) {
        if (from.find(member.element) != nullptr)
            made.set(std::string{member.json}, std::string{from.text_of(member.element)});
    }
    return made;
}

// QualificationValidity: 1 valid, 6 valid and not registered; 2, 3 and 4 nobody's; 5 several's.
Json owner_in(const XmlElement& body) {
    const std::string_view validity = body.text_of("QualificationValidity");
    Json answer = to_json(body, kCard).set("result", "ok");
    if (validity == "2" || validity == "3" || validity == "4") return answer.set("owner", Json{});
    const XmlElement* list = body.find("ResultList");
    const bool one = list != nullptr && list->children.size() == 1;
    if (one && (validity == "1" || validity == "6"))
        answer.set("owner", to_json(list->children.front(), kPerson));
    return answer;  // without an owner: it says nothing
}

std::string answer_text(Service service, const XmlElement& body) {
    if (service == Service::card_owner) return to_text(owner_in(body));
    if (service == Service::document) return to_text(to_json(body, kTaken).set("result", "ok"));
    std::string text = to_text(to_json(body, kVisit).set("result", "ok"));
    const auto data = documents::from_base64(body.text_of("MedicalInformation"));
    if (!data || !documents::parse_json(*data)) return text;
    text.pop_back();
    return text + ",\"data\":" + *data + "}";  // byte for byte
}

}  // namespace

std::string to_string(const FileName& name) {
    std::string text{kPrefix};
    text.append(code_of(name.service)).append(word_of(name.direction));
    return text.append(name.id).append(kEnd);
}

std::optional<FileName> parse_file_name(std::string_view text) {
    auto rest = after(text, kPrefix);
    if (!rest || !rest->ends_with(kEnd)) return std::nullopt;
    rest->remove_suffix(kEnd.size());
    for (const ServiceRow& row : kServices) {
        const auto behind = after(*rest, row.code);
        if (!behind) continue;
        for (const Direction direction : {Direction::request, Direction::response}) {
            const auto id = after(*behind, word_of(direction));
            if (id && is_safe(*id))
                return FileName{
                    .service = row.service, .direction = direction, .id = std::string{*id}};
        }
    }
    return std::nullopt;
}

std::optional<std::string> document_file_id(const model::Envelope& envelope) {
    // No source has a `~`.
    std::string id = "d-" + model::to_source(envelope.source).substr(1) + "~" + envelope.id.text();
    std::ranges::replace(id, '/', '_');
    const FileName name{.service = Service::document, .direction = Direction::request, .id = id};
    if (!is_safe(id) || to_string(name).size() > kFileNameBytesMax) return std::nullopt;
    return id;
}

std::optional<Service> service_of(const model::Envelope& question) {
    const auto call = call_of(question);
    if (!call) return std::nullopt;
    return call->path == kCardOwnersPath ? Service::card_owner : Service::medical;
}

std::string question_xml(const Request& request, const model::Envelope& question) {
    const auto call = call_of(question);
    const auto asked = call ? documents::parse_json(call->body) : documents::parse_json("");
    if (!asked) return {};
    XmlElement body = call->path == kCardOwnersPath
                          ? to_element("QualificationConfirmSearchInfo", *asked, kCard)
                          : to_element("MedicalInformationSearchInfo", *asked, kVisit);
    return to_xml(message(request, std::move(body)));
}

std::string document_xml(const Request& request, const adapters::Delivery& delivery,
                         std::string_view bytes) {
    XmlElement document{.name = "Document"};
    for (const adapters::EventAttribute& row : adapters::event_attributes(*delivery.envelope)) {
        XmlElement attribute{.name = "Attribute"};
        attribute.add("Name", std::string{row.name}).add("Value", std::string{row.value});
        document.add(std::move(attribute));
    }
    document.add("DocumentDigest", model::to_hex(delivery.sha256))
        .add("Content", documents::to_base64(bytes));
    return to_xml(message(request, std::move(document)));
}

std::expected<std::string, NoAnswer> read_response(const FileName& request, std::string_view text) {
    const auto read = documents::parse_xml(text);
    if (!read) {
        const bool unfinished = read.error().fault == documents::XmlFault::unfinished;
        return std::unexpected(NoAnswer{unfinished ? Lack::unfinished : Lack::unreadable,
                                        documents::to_string(read.error())});
    }
    const XmlElement* header = read->find("MessageHeader");
    const bool about = read->name == "XmlMsg" && header != nullptr &&
                       header->text_of("ArbitraryFileIdentifier") == request.id;
    if (!about) return std::unexpected(NoAnswer{.detail = "it is about another file"});
    const std::string_view segment = header->text_of("SegmentOfResult");
    if (segment == "2") return std::unexpected(NoAnswer{.lack = Lack::processing});
    if (segment == "3") {
        return to_text(Json::object()
                           .set("result", "error")
                           .set("errorCode", std::string{header->text_of("ErrorCode")}));
    }
    const XmlElement* body = read->find("MessageBody");
    if (segment != "1" || body == nullptr)
        return std::unexpected(NoAnswer{.detail = "SegmentOfResult or MessageBody is missing"});
    return answer_text(request.service, *body);
}

}  // namespace sekisho::eligibility_adapter
