// A card's status by revocation lists in files, as an authority publishes them.
//
// A list counts for a certificate when it names the certificate's authority, is signed by that
// authority's key, covers this certificate (revocation_list.h), has begun and has not run out; a
// list that does not say when it runs out counts for nothing. Without such a list the status is
// unknown: fail closed, and silent_files() names the files to look at. Files hold one or more
// lists, in PEM, or one in DER; one that cannot be read as a whole holds none.
//
// Signatures are verified when files are read, and they are read as a whole when one changed:
// refresh(), called by a timer, takes as long as a list is large. A question is a look-up, answered
// at once in the caller's thread. Thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "adapters/locks/mutex.h"
#include "gateway/admission/status_checker.h"

namespace sekisho::admission {

class CrlChecker final : public StatusChecker {
  public:
    // Reads the files. `authorities`: whose lists may count.
    CrlChecker(platform::Files& files, const platform::Clock& clock,
               std::vector<std::string> list_files, std::vector<CertificateHandle> authorities);

    bool refresh();  // true when a file had changed

    // The files that gave no list which one of the authorities signed, as they were last read: of
    // whoever they should tell about, nothing is known.
    std::vector<std::string> silent_files() const SEKISHO_EXCLUDES(swapping_);

    void check(const CertifiedCard& card, platform::Monotonic deadline, Answered answered) override;

  private:
    struct Lists;
    std::shared_ptr<const Lists> read() const;
    std::vector<std::uint64_t> marks() const;
    StatusAnswer judge(const CertifiedCard& card) const;

    platform::Files& files_;
    const platform::Clock& clock_;
    const std::vector<std::string> list_files_;
    const std::vector<CertificateHandle> authorities_;
    locks::Mutex refreshing_;  // one refresh at a time; taken before the other
    std::vector<std::uint64_t> marks_ SEKISHO_GUARDED_BY(refreshing_);
    mutable locks::Mutex swapping_;
    std::shared_ptr<const Lists> lists_ SEKISHO_GUARDED_BY(swapping_);
};

}  // namespace sekisho::admission
