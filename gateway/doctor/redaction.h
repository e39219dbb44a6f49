// What may leave the machine in a support bundle. Deny by default: what is not on a list is
// withheld.
//
// Two nets, one behind the other. By place: of a line of the log, and of each file, only members on
// a list are shown (shown_configuration.h), each in the shape that it has by design. By shape, in
// whatever is shown: words that are known to be secret or a person's name, runs of nine and more
// digits also with a blank or a hyphen in between (insured numbers with their H, My Numbers, office
// and telephone numbers), long runs of letters and digits (tokens, serials, hashes), keys in PEM,
// and from a token's PIN on whatever follows it in a URI (pin-value, RFC 7512). In free text
// nothing but ASCII is kept, so that no name in Japanese is. It does not know a name in Latin
// letters that nobody told it. Immutable; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/documents/json.h"

namespace sekisho::doctor {

inline constexpr std::string_view kWithheld = "withheld";

// An address may carry a user with a password, or a token behind a question mark: `withheld` then.
std::string shown_url(std::string_view url);

class Redactor {
  public:
    // `known`: words that must not come through wherever they stand.
    explicit Redactor(std::vector<std::string> known);

    // Our own sentences and names: shapes and known words are taken out.
    std::string scrubbed(std::string_view text) const;
    // Of every string in it.
    documents::Json scrubbed(const documents::Json& value) const;
    // Free text of others: what is not ASCII is taken out too.
    std::string plain(std::string_view text) const;

    // A line of the log as one line; `withheld` where it is no JSON object.
    std::string log_line(std::string_view line) const;
    // A page of /metrics: our own metrics with numbers, and nothing else.
    std::string metrics(std::string_view page) const;

    // A last look at a whole entry: none of the known words, no private key, no PIN.
    bool is_clean(std::string_view entry) const;

  private:
    std::vector<std::string> known_;  // the longest first
};

}  // namespace sekisho::doctor
