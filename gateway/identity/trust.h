// Trust: the anchors and revocation lists of every zone, and the judgement of a chain by them.
//
// Immutable; a change of a CRL file makes a whole new Trust (two lists in one live store can let
// the old one win, so nothing is ever added to a live one) which is swapped in and judged against
// on the next request of every open connection. A missing or outdated CRL refuses
// (revocation_unknown): fail closed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/platform/ports.h"
#include "routing/model/identifiers.h"
#include "routing/model/problem.h"

struct x509_st;
struct stack_st_X509;

namespace sekisho::identity {

struct ZoneTrustFiles {
    model::ZoneName zone;
    std::string anchors_file;  // PEM, one or more CA certificates
    std::string crl_file;      // PEM, one list for each CA of the chain
    int rsa_bits_min = 2048;
};

// How a presented chain stands. `stranger`: it ends in no anchor of any zone; the handshake is
// refused by an alert. `known`: it ends in an anchor of some zone; `problem` is set when it must be
// answered by a 403.
struct Standing {
    bool stranger = true;
    std::optional<model::Problem> problem{};
    friend bool operator==(const Standing&, const Standing&) = default;
};

class Trust {
  public:
    // Reads every file. A CRL that cannot be read leaves its zone without one: revocation_unknown
    // for all of it.
    static model::Result<std::shared_ptr<const Trust>> load(
        platform::Files& files, const std::vector<ZoneTrustFiles>& zones);
    ~Trust();

    // Judges `certificate` with the untrusted `chain` (may be null) at `now`, as seen from `zone`.
    Standing judge(x509_st* certificate, stack_st_X509* chain, const model::ZoneName& zone,
                   model::Instant now) const;

  private:
    struct State;
    explicit Trust(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// The current Trust, replaced whole. Thread-safe.
class TrustSource {
  public:
    TrustSource(platform::Files& files, std::vector<ZoneTrustFiles> zones);

    model::Result<void> load();  // at start
    // Looks at the files' change marks and reloads when one changed; true when swapped. Called by a
    // timer.
    model::Result<bool> refresh();
    std::shared_ptr<const Trust> current() const;
    std::uint64_t generation() const;  // grows with each swap

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace sekisho::identity
