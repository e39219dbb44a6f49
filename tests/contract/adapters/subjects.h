// Who stands the adapter contract: each adapter twice, as a C++ object and as the module that the
// gateway loads.
#pragma once

#include <chrono>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "adapters/api/adapter.h"
#include "adapters/api/simulated_peer.h"
#include "adapters/documents/json.h"
#include "tests/support/adapters_parcel.h"

namespace sekisho::tests {

enum class Loading : std::uint8_t { in_process, module };

struct Subject {
    std::string name;  // "platform"
    Loading loading = Loading::in_process;
};

std::ostream& operator<<(std::ostream& stream, const Subject& subject);

std::vector<Subject> all_subjects();
std::vector<Subject> delivering_subjects();
std::vector<Subject> network_subjects();  // of these, those that speak to a peer over sockets
std::vector<Subject> asking_subjects();   // that answer questions, over sockets

// Of these, those that carry any bytes as they are; the others put a document of their own kind
// into the peer's words.
std::vector<Subject> carrying_any_bytes(std::vector<Subject> subjects);
bool logs_in(const Subject& subject);

// Something that the subject takes, under this id.
enum class Content : std::uint8_t { usual, another, large };
Filing a_filing(const Subject& subject, std::string_view id, Content content = Content::usual);

// An adapter that logs in gets its account besides.
std::unique_ptr<adapters::Adapter> make_adapter(const Subject& subject,
                                                const documents::Json& settings);
std::unique_ptr<adapters::SimulatedPeer> make_peer(const Subject& subject);
documents::Json plain_settings(const std::string& url);

// A question of the kind that the subject's peer answers, if it answers any.
adapters::Answer asked(const Subject& subject, adapters::Adapter& adapter,
                       std::chrono::milliseconds within = std::chrono::seconds{10});

}  // namespace sekisho::tests
