// A folder of development certificates: made once, completed when something is missing, its
// revocation lists issued anew each time. Certificates and lists are 0644, keys 0600; the
// authorities' keys stand in authority/.
#pragma once

#include <string>
#include <vector>

#include "gateway/cli/pki_profile.h"
#include "gateway/platform/pki.h"
#include "gateway/platform/ports.h"

namespace sekisho::cli {

struct PkiFolder {
    platform::Files& files;
    std::string path;
    model::Instant now;
};

struct PkiWritten {
    std::size_t certificates = 0;  // made now
    std::size_t kept = 0;          // there before
    std::size_t lists = 0;
};

model::Result<PkiWritten> fill(const PkiFolder& folder, const PkiProfile& profile);

}  // namespace sekisho::cli
