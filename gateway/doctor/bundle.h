// The support bundle: what an operator may hand to whoever helps, as one zip.
//
// Named entries and nothing else; each is put together from what is on a list (redaction.h,
// shown_configuration.h), scrubbed, and looked at once more as a whole: an entry in which a known
// secret or a private key still stands is left out and only its name remains. The facts file, the
// keys, documents and the content of the database are read by nobody here.
//
//   doctor.json                      the findings
//   about.json                       versions, kernel, time
//   configuration.json, routes.json, paths.json, rollout.json, parties.json
//   livez.json, readyz.json, metrics.txt     as the running gateway says
//   log.jsonl                        the last lines of the log file
//   store.json                       counts of tables and of the queue
//
// What is read is waited for no longer than an area is (bounds.h). Throws nothing.
#pragma once

#include <string>
#include <vector>

#include "gateway/doctor/examination.h"

namespace sekisho::doctor {

inline constexpr std::size_t kLogLinesMax = 2'000;

struct BundleEntry {
    std::string name;
    std::string text;
};

struct BundleOf {
    const Examined& examined;
    const Machine& machine;
    std::string config_file;
    std::string version;  // of this program
};

// internal where the secrets that must not be in it could not be looked for in time: no bundle
// then.
model::Result<std::vector<BundleEntry>> bundle_entries(const BundleOf& of);

// The bytes of a zip; empty when there is no memory for them.
std::string zip_of(const std::vector<BundleEntry>& entries);

// Whole or not at all, the owner's alone to read.
model::Result<void> write_bundle(platform::Files& files, const std::string& path,
                                 const std::vector<BundleEntry>& entries);

}  // namespace sekisho::doctor
