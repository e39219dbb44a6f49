// Asking strongSwan's daemon over its control socket.
//
// One connection for each question: they are asked seldom (who is new, and now and then), and a
// daemon that was restarted is simply asked again. A question has a deadline; what does not come by
// then, cannot be read, is larger than kViciMessageBytesMax, or is a list of more events than there
// may be peers or of more bytes than kViciListBytesMax, is no answer. Threads: any number; a call
// blocks its own until the deadline.
#pragma once

#include <chrono>
#include <expected>
#include <string>
#include <vector>

#include "gateway/tunnel/association.h"
#include "gateway/tunnel/ike_certificate.h"

namespace sekisho::tunnel {

// Why there is no answer, in words for the record: "connect: No such file or directory".
struct NoAnswer {
    std::string why;
};

// What is read for one question: all certificates, and what is said of each.
inline constexpr std::size_t kViciListBytesMax =
    kIkeCertificatesBytesMax + 32 * model::limits::kMebibyte;

class ViciClient {
  public:
    using Deadline = std::chrono::steady_clock::time_point;

    // The daemon's socket: "/var/run/charon.vici".
    explicit ViciClient(std::string socket_path) : socket_path_(std::move(socket_path)) {}

    std::expected<std::vector<Association>, NoAnswer> associations(Deadline deadline) const;
    // Of X.509: those it has loaded, and those of peers that it keeps in mind.
    std::expected<std::vector<IkeCertificate>, NoAnswer> certificates(Deadline deadline) const;
    std::expected<std::string, NoAnswer> version(
        Deadline deadline) const;  // "charon-systemd 5.9.8"

  private:
    const std::string socket_path_;
};

}  // namespace sekisho::tunnel
