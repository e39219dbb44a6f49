// The message files of the eligibility system's connector (連携アプリケーション): what a request
// file says, and what its response file means.
//
// Known (public descriptions of オンライン資格確認; README.md): the names `OQSsiquc01req_….xml` and
// `…res_….xml` of one person's qualification (資格確認), `XmlMsg/MessageHeader` with
// ArbitraryFileIdentifier, ReferenceClassification, SegmentOfResult (1 normal, 2 processing,
// 3 abnormal), ErrorCode and CharacterCodeIdentifier, `MessageBody` with QualificationValidity and
// ResultList. ASSUMED: everything about a card's serial, medical information and documents; the
// services `mediuc01` and `docmuc01`. A response means what the same answer over HTTPS means
// (codec.h): it is translated, not read a second way. Pure functions.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/eligibility/codec.h"

namespace sekisho::eligibility_adapter {

enum class Service : std::uint8_t { card_owner, medical, document };
enum class Direction : std::uint8_t { request, response };

struct FileName {
    Service service = Service::card_owner;
    Direction direction = Direction::request;
    std::string id;  // ArbitraryFileIdentifier: letters, digits, `.`, `_`, `~`, `-`
    friend bool operator==(const FileName&, const FileName&) = default;
};

std::string to_string(const FileName& name);  // "OQSsiquc01req_q-17.xml"
std::optional<FileName> parse_file_name(std::string_view text);

// The same for the same message: "d-medical_1319900021~op-1". nullopt where a part is not safe in a
// file's name or the whole is too long for one.
std::optional<std::string> document_file_id(const model::Envelope& envelope);

// What stands in a request besides its name. `institution`: MedicalInstitutionCode of who asks.
struct Request {
    FileName name;
    std::string institution;
};
// Empty where the question is none for this peer.
std::string question_xml(const Request& request, const model::Envelope& question);
std::string document_xml(const Request& request, const adapters::Delivery& delivery,
                         std::string_view bytes);
std::optional<Service> service_of(const model::Envelope& question);

// A response file: the JSON that the same answer has over HTTPS; or why there is none yet, with
// what is wrong and where, in English, for the record.
enum class Lack : std::uint8_t {
    unfinished,  // its writer is still at it, it seems
    processing,  // SegmentOfResult 2
    unreadable,  // XML of another kind, or about another file
};
struct NoAnswer {
    Lack lack = Lack::unreadable;
    std::string detail{};
};
std::expected<std::string, NoAnswer> read_response(const FileName& request, std::string_view text);

}  // namespace sekisho::eligibility_adapter
