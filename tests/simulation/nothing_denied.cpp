#include "tests/simulation/checkers.h"

namespace sekisho::tests::simulation {

void NothingDenied::see_asked(const Asked& seen) {
    if (!seen.content.empty()) ++submissions_[{seen.message, seen.content}].sent;
}

void NothingDenied::see_answered(const Answered& seen) {
    if (seen.verdict != Verdict::denied || seen.content.empty()) return;
    ++submissions_[{seen.message, seen.content}].denied;
}

void NothingDenied::see_withdrawal(const ConsentWithdrawn& seen) {
    withdrawn_.insert(seen.person);
}

void NothingDenied::see_handed(const Handed& seen) {
    const auto submissions = submissions_.find({seen.message, seen.content});
    if (submissions == submissions_.end()) {
        complain(to_text(seen.message) + " left with a content that nobody sent");
    } else if (submissions->second.denied >= submissions->second.sent) {
        complain(to_text(seen.message) + " left though every submission of it was refused");
    }
    if (!seen.reader_about.empty() && withdrawn_.contains(seen.reader_about)) {
        complain(to_text(seen.message) + " left for a reader after the consent was withdrawn");
    }
}

}  // namespace sekisho::tests::simulation
