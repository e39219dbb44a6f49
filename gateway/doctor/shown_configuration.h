// The configuration as a support bundle may show it.
//
// Of each file only members on a list are shown, at whatever depth; all others become how many were
// withheld. The settings of an adapter are its module's own words, so their list is shorter still.
// Persons' facts are on no list. Parties are shown by what the gateway does with them, without
// names, and those that are persons (staff, reviewers) not at all. Pure but for secrets_in().
#pragma once

#include <string>
#include <vector>

#include "adapters/documents/json.h"
#include "gateway/doctor/redaction.h"
#include "gateway/platform/ports.h"
#include "routing/model/party.h"

namespace sekisho::doctor {

documents::Json shown_configuration(const documents::Json& root, const Redactor& redactor);
documents::Json shown_routes(const documents::Json& root, const Redactor& redactor);
documents::Json shown_paths(const documents::Json& root, const Redactor& redactor);
documents::Json shown_rollout(const documents::Json& root, const Redactor& redactor);
documents::Json shown_parties(const model::Directory& directory);

// What the redactor is to know: passwords and secrets in the files that adapters' settings name, at
// whatever depth, texts in those settings that are not shown, and persons' names of the directory.
struct KnownSecrets {
    std::vector<std::string> words{};
    std::size_t files_unread = 0;  // named, and not readable or too short to be looked for
};
KnownSecrets secrets_in(const documents::Json& root, const model::Directory* directory,
                        platform::Files& files);

}  // namespace sekisho::doctor
