// The areas of an examination, each in a file of its name. They touch the world and hand what they
// read to the judgements; they change nothing and throw nothing they could help. Which one is run
// when, and how long it may take, stands in examination.cpp.
#pragma once

#include "gateway/doctor/finding.h"
#include "gateway/doctor/machine.h"

namespace sekisho::doctor {

// Certificates with their keys and chains, authorities, the keyring: readable, fitting, in time,
// and the keys nobody else's to read.
Findings examine_certificates(const Premises& premises);
// The age of each zone's and of admission's revocation lists; whether the responder answers.
Findings examine_revocation(const Premises& premises);
// This machine's clock beside those of the peers, and whether it is kept right.
Findings examine_clock(const Premises& premises);
// Each listening address: held by the gateway, free, or another program's.
Findings examine_ports(const Premises& premises);
// What protects the zones besides TLS.
Findings examine_tunnel(const Premises& premises);
// Readers and the cards on them. No password is sent.
Findings examine_cards(const Premises& premises);
// The database, and whether what it writes reaches a disk.
Findings examine_store(const Premises& premises);
// Room for what will be written.
Findings examine_disk(const Premises& premises);
// Each adapter's module, its settings and its peer.
Findings examine_adapters(const Premises& premises);

}  // namespace sekisho::doctor
