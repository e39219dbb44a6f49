// What a value means: the doctor's judgements, without the machine. Each gives a state and the
// sentences that belong to it. `now` is a parameter. Pure functions.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/doctor/finding.h"
#include "routing/model/instant.h"

namespace sekisho::doctor {

// Another's words within ours: a line of ASCII, and not a long one.
std::string foreign_words(std::string_view words);

Verdict good(model::Text what);
Verdict unknown(const std::string& why, model::Text next);

// Whose certificate it is, and so who has it renewed and where the next one goes.
enum class Renewal : std::uint8_t {
    in_its_file,    // ours: the gateway reads it anew
    of_ike,         // ours, in the IKE daemon
    ike_authority,  // whom the IKE daemon believes
    of_ike_peer,    // another's, of whom the IKE daemon knows
};

// A certificate's days.
Verdict judge_expiry(const model::Period& validity, model::Instant now,
                     Renewal renewal = Renewal::in_its_file);

// A key of the keyring, which has no end, by when its file was written: a copy that was put back
// without its time is younger than its key. What is written in the future says nothing.
Verdict judge_key_age(model::Instant written, model::Instant now);

// A revocation list's. Without an end it counts for nothing.
struct ListDays {
    model::Instant this_update{};
    std::optional<model::Instant> next_update{};
};
// Of whose certificates it is: all of its authority's, or those of one distribution point.
enum class ListReach : std::uint8_t { all, one_point };
Verdict judge_list(const ListDays& days, model::Instant now, ListReach reach = ListReach::all);
// A list of all that is not in force, beside some of distribution points that are.
Verdict judge_superseded_list(const ListDays& days);

// Who may read a secret. The keyring opens all that is stored: its owner alone. A key of TLS is
// often its group's too. A peer's password can be changed, and is worth a warning.
enum class Secret : std::uint8_t { keyring, key, password };
Verdict judge_mode(unsigned mode, Secret secret);

// By how much this machine's clock is ahead of a peer's.
Verdict judge_skew(std::chrono::seconds ahead);

enum class ClockKeeping : std::uint8_t { synchronised, adrift, unreadable };
Verdict judge_keeping(ClockKeeping keeping);

// The Date of an HTTP answer (RFC 9110, IMF-fixdate): "Sun, 22 Nov 2026 10:00:00 GMT".
std::optional<model::Instant> parse_http_date(std::string_view text);

// What listens at an address of ours.
enum class Listening : std::uint8_t {
    ours,           // with the certificate of the file, or with our health pages
    ours_outdated,  // the gateway runs, and answers with another certificate
    another,        // somebody else's program
    silent,         // a connection is accepted, and nothing is said
    free,           // nobody; it can be bound
    free_but_runs,  // nobody, though the gateway runs
    unbindable,     // nobody, and it cannot be bound
};
Verdict judge_listening(Listening listening, const std::string& detail);

// Of one file system.
struct Room {
    std::uint64_t bytes_free = 0;  // to who is not root
    std::uint64_t bytes = 0;
    std::uint64_t inodes_free = 0;
    std::uint64_t inodes = 0;  // 0: it has none to count
};
Verdict judge_room(const Room& room);

// A scratch file of kScratchBytes was written and synced in `took`.
Verdict judge_sync(std::chrono::microseconds took);

// By its number of statfs(2): what is in memory is no store. Network file systems are the store's
// own to refuse (store/gateway_lock.h).
Verdict judge_file_system(std::uint32_t type);

// Of a card's password, as the card tells it.
Verdict judge_tries(int tries_left);

}  // namespace sekisho::doctor
