// The fixed part of the card targets and of the test that the seeds are what they are named: the
// authority of the seeds, and a moment at which its cards and answers stand (make-card-corpus).
#pragma once

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "gateway/admission/jpki_trust.h"
#include "gateway/platform/disk.h"

namespace sekisho::fuzz {

inline constexpr model::Instant kSeedDay{std::chrono::seconds{2'208'988'800}};  // 2040-01-01

inline std::string seed_file(const std::string& name) {
    return std::string{SEKISHO_SOURCE_DIR} + "/tests/fuzz/corpus/" + name;
}

inline std::string seed(const std::string& name) {
    std::ifstream in{seed_file(name), std::ios::binary};
    return {std::istreambuf_iterator<char>(in), {}};
}

inline std::shared_ptr<const admission::JpkiTrust> seed_trust() {
    platform::Disk files;
    return admission::JpkiTrust::load(files, {{.file = seed_file("card_certificate/authority")}})
        .value_or(nullptr);
}

}  // namespace sekisho::fuzz
