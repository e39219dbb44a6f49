#include "gateway/listener/cloud_events.h"

#include <algorithm>

#include "adapters/documents/base64.h"
#include "adapters/documents/percent.h"
#include "routing/model/limits.h"

namespace sekisho::listener {

namespace {

using documents::Json;
using exchange::Attributes;
using model::Problem;
using model::Result;

constexpr std::string_view kPrefix = "ce-";
constexpr std::size_t kAttributeNameBytesMax = 20;

char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// `application/json; charset=utf-8` without its parameters, lower case.
std::string essence_of(std::string_view media_type) {
    std::string_view essence = media_type.substr(0, media_type.find(';'));
    while (essence.ends_with(' ') || essence.ends_with('\t')) essence.remove_suffix(1);
    std::string text{essence};
    std::ranges::transform(text, text.begin(), to_lower);
    return text;
}

bool is_attribute_name(std::string_view name) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !name.empty() && name.size() <= kAttributeNameBytesMax &&
           std::ranges::all_of(name, allowed);
}

Result<void> add(Attributes& attributes, std::string_view name, std::string value) {
    if (!is_attribute_name(name)) return wrong_attribute(Problem::attribute_invalid, name);
    if (find_attribute(attributes, name) != nullptr) {
        return wrong_attribute(Problem::attribute_duplicate, name);
    }
    if (value.empty() || value.size() > model::limits::kAttributeBytesMax) {
        return wrong_attribute(Problem::attribute_invalid, name);
    }
    attributes.emplace_back(std::string{name}, std::move(value));
    return {};
}

// CloudEvents JSON format 2.2: strings, whole numbers and booleans; null is absent.
Result<void> add_member(Attributes& attributes, const std::string& name, const Json& value) {
    switch (value.kind()) {
        case Json::Kind::null:
            return {};
        case Json::Kind::string:
            return add(attributes, name, value.text());
        case Json::Kind::boolean:
            return add(attributes, name, *value.as_boolean() ? "true" : "false");
        case Json::Kind::number:
            if (!value.as_integer()) return wrong_attribute(Problem::attribute_invalid, name);
            return add(attributes, name, value.text());
        case Json::Kind::array:
        case Json::Kind::object:
            break;
    }
    return wrong_attribute(Problem::attribute_invalid, name);
}

Result<std::string> read_data(const Json& event, std::string_view text,
                              std::string_view media_type) {
    const Json* inline_data = event.find("data");
    const Json* encoded = event.find("data_base64");
    if (inline_data != nullptr && encoded != nullptr) {
        return wrong_attribute(Problem::attribute_invalid, "data_base64");
    }
    if (encoded != nullptr) {
        auto bytes = documents::from_base64(encoded->as_string().value_or("*"));
        if (!bytes) return wrong_attribute(Problem::attribute_invalid, "data_base64");
        return std::move(*bytes);
    }
    if (inline_data == nullptr) return std::string{};
    if (is_json(media_type)) {
        return std::string{text.substr(inline_data->begin_offset(),
                                       inline_data->end_offset() - inline_data->begin_offset())};
    }
    if (!inline_data->is_string()) return wrong_attribute(Problem::attribute_invalid, "data");
    return inline_data->text();
}

bool is_lower_hex(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

bool is_json(std::string_view media_type) {
    const std::string essence = essence_of(media_type);
    return essence.ends_with("/json") || essence.ends_with("+json");
}

const std::string* find_attribute(const Attributes& attributes, std::string_view name) {
    const auto found = std::ranges::find(attributes, name, &exchange::Attribute::first);
    return found == attributes.end() ? nullptr : &found->second;
}

std::unexpected<model::Refusal> wrong_attribute(Problem problem, std::string_view name) {
    const std::string shown{name.substr(0, model::limits::kMessageIdBytesMax)};
    model::Refusal refusal{.problem = problem,
                           .detail = {.ja = "属性 " + shown, .en = "attribute " + shown}};
    refusal.errors.push_back({.field = shown, .code = problem});
    return std::unexpected(std::move(refusal));
}

Result<ContentMode> content_mode_of(const RequestHead& head) {
    const std::string* content_type = head.find("content-type");
    const std::string essence = content_type == nullptr ? "" : essence_of(*content_type);
    if (essence == "application/cloudevents+json") return ContentMode::structured;
    if (essence == "application/cloudevents-batch+json") return ContentMode::batch;
    const bool other_format = essence.starts_with("application/cloudevents");
    const bool any_attribute = std::ranges::any_of(
        head.headers, [](const Header& header) { return header.name.starts_with(kPrefix); });
    if (other_format || !any_attribute) return model::refuse(Problem::unsupported_media_type);
    return ContentMode::binary;
}

Result<Attributes> read_binary_attributes(const RequestHead& head) {
    Attributes attributes;
    for (const Header& header : head.headers) {
        if (!header.name.starts_with(kPrefix)) continue;
        const std::string_view name = std::string_view{header.name}.substr(kPrefix.size());
        if (name == "datacontenttype") return wrong_attribute(Problem::attribute_invalid, name);
        auto value = documents::percent_decode(header.value);
        if (!value) return wrong_attribute(Problem::attribute_invalid, name);
        if (auto added = add(attributes, name, std::move(*value)); !added) {
            return std::unexpected(std::move(added.error()));
        }
    }
    const std::string* content_type = head.find("content-type");
    if (content_type == nullptr) return attributes;
    if (auto added = add(attributes, "datacontenttype", *content_type); !added) {
        return std::unexpected(std::move(added.error()));
    }
    return attributes;
}

Result<StructuredEvent> read_structured_event(const Json& event, std::string_view text) {
    if (!event.is_object()) {
        model::Refusal refusal{.problem = Problem::json_malformed};
        refusal.errors.push_back(
            {.line = event.line(), .column = event.column(), .code = Problem::json_malformed});
        return std::unexpected(std::move(refusal));
    }
    StructuredEvent read;
    for (const auto& [name, value] : event.members()) {
        if (name == "data" || name == "data_base64") continue;
        if (auto added = add_member(read.attributes, name, value); !added) {
            return std::unexpected(std::move(added.error()));
        }
    }
    const std::string* media_type = find_attribute(read.attributes, "datacontenttype");
    if (media_type == nullptr && event.find("data") != nullptr) {
        read.attributes.emplace_back("datacontenttype", "application/json");
        media_type = &read.attributes.back().second;
    }
    auto body = read_data(event, text, media_type == nullptr ? "" : *media_type);
    if (!body) return std::unexpected(std::move(body.error()));
    read.body = std::move(*body);
    return read;
}

// version 00, trace and parent not all zero, flags: 55 characters; later versions may be longer.
std::string trace_parent_of(const RequestHead& head) {
    constexpr std::size_t kLength = 55;
    const std::string* value = head.find("traceparent");
    const auto count = std::ranges::count(head.headers, "traceparent", &Header::name);
    if (count != 1 || value->size() != kLength) return {};
    const std::string_view text{*value};
    const std::string_view version = text.substr(0, 2);
    const std::string_view trace = text.substr(3, 32);
    const std::string_view parent = text.substr(36, 16);
    const bool dashes = text[2] == '-' && text[35] == '-' && text[52] == '-';
    const bool digits = is_lower_hex(version) && is_lower_hex(trace) && is_lower_hex(parent) &&
                        is_lower_hex(text.substr(53));
    const bool zero = trace.find_first_not_of('0') == std::string_view::npos ||
                      parent.find_first_not_of('0') == std::string_view::npos;
    return dashes && digits && !zero && version != "ff" ? *value : std::string{};
}

}  // namespace sekisho::listener
