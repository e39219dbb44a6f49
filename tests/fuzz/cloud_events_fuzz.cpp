// The attributes of an event, from whatever says them to the envelope. A text that begins with '{'
// is a structured event; any other is the head of a binary one, a header on each line.
#include <set>

#include "gateway/exchange/attributes.h"
#include "gateway/listener/cloud_events.h"
#include "routing/model/limits.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using fuzz::require;
namespace limits = model::limits;

listener::RequestHead head_of(std::string_view text) {
    listener::RequestHead head{.method = "POST"};
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t colon = std::min(line.find(':'), line.size());
        head.headers.push_back(
            {.name = std::string{line.substr(0, colon)},
             .value = std::string{line.substr(std::min(colon + 1, line.size()))}});
    }
    return head;
}

void check_refusal(const model::Refusal& refusal) {
    require(!refusal.errors.empty(), "a refusal says where");
    for (const auto& error : refusal.errors) {
        require(!error.field.empty() || error.line > 0 || !refusal.detail.en.empty(),
                "by an attribute or a place");
    }
}

void check_attributes(const exchange::Attributes& attributes) {
    std::set<std::string> names;
    for (const auto& [name, value] : attributes) {
        require(names.insert(name).second, "an attribute comes once");
        require(!name.empty() && name.size() <= 20, "its name is short");
        require(!value.empty() && value.size() <= limits::kAttributeBytesMax,
                "its value is bounded");
    }
}

const catalogue::Catalogue& one_type() {
    static const auto built =
        catalogue::Catalogue::build({}, {{.id = model::TypeId{"certification.opinion"},
                                          .purposes = {model::Purpose{"certification"}},
                                          .formats = {model::FormatName{"ikensho-csv:1.1"}}}});
    require(built.has_value(), "the catalogue is whole");
    return *built;
}

void check_envelope(const exchange::Attributes& attributes, model::Intent intent) {
    const model::Speaker speaker{
        .party = {.kind = model::PartyKind::medical, .number = "1319900021"},
        .zone = model::ZoneName{"internet"}};
    const auto envelope = exchange::read_envelope(attributes, speaker, one_type(), intent);
    if (!envelope) {
        check_refusal(envelope.error());
        return;
    }
    require(envelope->source == speaker.party, "nobody speaks as another");
    require(!envelope->id.empty() && envelope->type == one_type().types()[0].id, "id and type");
    require(envelope->recipients.size() <= limits::kRecipientsMax, "recipients are limited");
    require(std::set(envelope->recipients.begin(), envelope->recipients.end()).size() ==
                envelope->recipients.size(),
            "and named once");
    require(envelope->persons.size() <= 1, "the outside names one person");
}

void check_all(const exchange::Attributes& attributes) {
    check_attributes(attributes);
    check_envelope(attributes, model::Intent::file);
    check_envelope(attributes, model::Intent::read);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    if (text.starts_with('{')) {
        const auto json = documents::parse_json(text);
        if (!json) return 0;
        const auto event = listener::read_structured_event(*json, text);
        if (event) check_all(event->attributes);
        if (!event) check_refusal(event.error());
        return 0;
    }
    const auto head = head_of(text);
    (void)listener::content_mode_of(head);
    const std::string trace = listener::trace_parent_of(head);
    require(trace.empty() || trace.size() >= 55, "a trace is whole or none");
    const auto attributes = listener::read_binary_attributes(head);
    if (attributes) check_all(*attributes);
    if (!attributes) check_refusal(attributes.error());
    return 0;
}
