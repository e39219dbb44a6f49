// The identifiers of the field, each its own type.
//
// Shapes and check digits: insurer number (保険者番号) 6 digits whose last is a modulus-10 digit or
// which stands in the table of unions (広域連合); insured number (被保険者番号) ten digits or `H`
// and nine, no check digit; office number (介護事業所番号) two digits, one of [0-9A-Z], seven
// digits, whose check digit only ever warns: about four in a hundred real numbers fail it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "routing/model/strong.h"

namespace sekisho::model {

using InsurerNumber = Strong<struct InsurerNumberTag>;
using InsuredNumber = Strong<struct InsuredNumberTag>;
using OfficeNumber = Strong<struct OfficeNumberTag>;
using TypeId = Strong<struct TypeIdTag>;  // "certification.opinion": an information type (情報種別)
using ServiceType = Strong<struct ServiceTypeTag>;  // "43": サービス種類, two characters
using ZoneName = Strong<struct ZoneNameTag>;        // "internet", "eligibility", "public"
using Purpose = Strong<struct PurposeTag>;          // "certification", "care", ...
using Role = Strong<struct RoleTag>;                // "care-manager": 職種 of the human who acts
using RouteId = Strong<struct RouteIdTag>;
using Via = Strong<struct ViaTag>;  // the adapter that reaches a recipient, or "mailbox"
using MessageId = Strong<struct MessageIdTag>;  // CloudEvents `id`
using BusinessKey = Strong<struct BusinessKeyTag>;
using FormatName = Strong<struct FormatNameTag>;      // "ikensho-csv:1.1"
using DocumentKind = Strong<struct DocumentKindTag>;  // "monthly-plan": what a document holds
using PersonHash =
    Strong<struct PersonHashTag>;  // keyed hash of (insurer, insured): what records may hold

using Sha256 = std::array<std::uint8_t, 32>;

// The insured person (被保険者). The pair is the identity: a move to another insurer makes another
// person of it.
struct Person {
    InsurerNumber insurer;
    InsuredNumber insured;
    friend auto operator<=>(const Person&, const Person&) = default;
};

// The digit that "modulus 10, weights 2 1 from the right, digit sums" puts behind `digits`; nothing
// if not all digits.
std::optional<char> modulus10_digit(std::string_view digits);

// nullopt where the text has not the shape. The check digit of an insurer is asked separately: a
// union's number need not have one, and the table that knows is configuration.
std::optional<InsurerNumber> parse_insurer_number(std::string_view text);
std::optional<InsuredNumber> parse_insured_number(std::string_view text);
std::optional<OfficeNumber> parse_office_number(std::string_view text);
std::optional<MessageId> parse_message_id(std::string_view text);
std::optional<BusinessKey> parse_business_key(std::string_view text);

bool check_digit_holds(const InsurerNumber& insurer);
bool check_digit_holds(const OfficeNumber& office);  // false only warns

std::string to_hex(const Sha256& digest);  // lower case

}  // namespace sekisho::model

template <>
struct std::hash<sekisho::model::Person> {
    std::size_t operator()(const sekisho::model::Person& person) const noexcept {
        return std::hash<std::string>{}(person.insurer.text()) * 31 +
               std::hash<std::string>{}(person.insured.text());
    }
};
