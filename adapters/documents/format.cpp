#include "adapters/documents/format.h"

#include <algorithm>
#include <array>

#include "adapters/documents/careplan/careplan.h"
#include "adapters/documents/ikensho.h"
#include "adapters/documents/profile.h"
#include "adapters/documents/profile_rules.h"

namespace sekisho::documents {

namespace {

using MakeProfile = model::Result<std::unique_ptr<const Format>> (*)(const std::string&,
                                                                     const std::string&,
                                                                     ProfileCheck);

struct ProfileEntry {
    const char* name;
    const char* schema;
    MakeProfile make;
    ProfileCheck check;
};

constexpr std::array kProfiles{
    ProfileEntry{"card-json:1", "card-json-1.json", card_profile, check_card},
    ProfileEntry{"limit-card-json:1", "limit-card-json-1.json", load_profile, check_limit_card},
    ProfileEntry{"survey-json:1", "survey-json-1.json", load_profile, check_survey},
    ProfileEntry{"progress-json:1", "progress-json-1.json", load_profile, check_progress},
    ProfileEntry{"opinion-request-json:1", "opinion-request-json-1.json", request_profile,
                 check_request},
    ProfileEntry{"consent-json:1", "consent-json-1.json", consent_profile, check_consent},
    ProfileEntry{"registration-json:1", "registration-json-1.json", registration_profile,
                 check_registration},
};

}  // namespace

void Formats::add(std::unique_ptr<const Format> format) {
    formats_.push_back(std::move(format));
}

const Format* Formats::find(const model::FormatName& name) const {
    const auto found =
        std::ranges::find_if(formats_, [&](const auto& format) { return format->name() == name; });
    return found == formats_.end() ? nullptr : found->get();
}

std::vector<model::DocumentKind> kinds_of(const model::FormatName& format) {
    return format.text() == kCareplanFormat ? careplan_kinds() : std::vector<model::DocumentKind>{};
}

model::Result<Formats> load_formats(const std::string& schema_directory) {
    Formats formats;
    formats.add(ikensho_format());
    formats.add(careplan_format());
    for (const ProfileEntry& entry : kProfiles) {
        auto format = entry.make(entry.name, schema_directory + "/" + entry.schema, entry.check);
        if (!format) return std::unexpected(std::move(format.error()));
        formats.add(std::move(*format));
    }
    return formats;
}

}  // namespace sekisho::documents
