// One message on its way through arrive(): what is known of it so far, step by step. Internal to
// the room.
//
// Each step either lets it pass on or ends it with the reply to give: a refusal, or the first
// answer again.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <vector>

#include "gateway/audit/leaf.h"
#include "gateway/exchange/arrival.h"
#include "gateway/exchange/exchange.h"
#include "gateway/exchange/note_taking.h"
#include "gateway/exchange/snapshot_source.h"
#include "routing/plan/plan.h"

namespace sekisho::exchange {

// A document's place among those of the same sender (carrier and author) and recipient: the
// 14-digit number of a send unit.
struct Series {
    std::string order_key;
    std::string number;
    std::string file;         // whose name holds it
    std::string key_without;  // business keys of the series, up to the number
};

// What the document asks for, of whom and by when; or calls to mind, or asks for no longer.
struct AskedDocument {
    documents::OpinionRequest::Kind kind = documents::OpinionRequest::Kind::request;
    store::BusinessScope document;
    model::Instant due{};
};

struct Passage {
    Arrival arrival;
    Answer answer;
    std::shared_ptr<const Current> world;  // what it is judged by, from the first step to the last
    model::Instant now{};
    std::shared_ptr<const path::Conditions> conditions{};  // of the ways out, the same
    std::optional<model::Envelope> envelope{};             // once the attributes could be read
    std::vector<model::PersonHash> persons{};
    model::Sha256 digest{};  // for idempotency
    std::optional<store::BusinessScope> business{};
    std::optional<Series> series{};
    std::optional<NoteTaking> taking{};
    std::vector<EndOfPerson> ends{};
    std::optional<AskedDocument> asked{};
    std::optional<store::BusinessScope> fulfils{};  // by the key that the document itself says
    std::optional<model::BusinessKey> own_key{};    // that key
    std::vector<model::LocatedError> warnings{};    // of the document
    std::optional<plan::Plan> plan{};
};

using Onward = std::expected<void, Reply>;

inline Onward stop(model::Refusal refusal) {
    return std::unexpected(Reply{std::unexpected(std::move(refusal))});
}

// The steps, in order. Each is a function of the shared state and the passage.
Onward read_attributes(const Collaborators& with, Passage& passage);
Onward look_up_earlier(const Collaborators& with, const Settings& settings, Passage& passage);
Onward check_times(const Passage& passage);
Onward check_backlog(const Counters& counters, const Settings& settings, const Passage& passage);
Onward check_speaker(Passage& passage);
Onward check_document(const Collaborators& with, const Settings& settings, Passage& passage);
Onward look_up_derived_key(const Collaborators& with, const Settings& settings, Passage& passage);
Onward decide(const Collaborators& with, Passage& passage);
Onward look_up_stage(const Collaborators& with, const Settings& settings, Passage& passage);
Onward decide_note(const Collaborators& with, Passage& passage);

// The message of the same series and sender that has this number; nothing where it has a key of its
// own choosing.
std::optional<model::MessageId> message_numbered(const Collaborators& with, const Passage& passage,
                                                 const std::string& number);

// The first answer, from what is stored: the same claims; the signature may be made anew.
model::Result<Accepted> answer_again(const Collaborators& with, const Settings& settings,
                                     store::View& view, const store::StoredMessage& message);

// Compares with what already holds the key: the first answer when it is the same, 409 when it is
// not.
Reply compare_with_first(const Collaborators& with, const Settings& settings, store::View& view,
                         const store::StoredMessage& first, const model::Sha256& digest,
                         model::Problem conflict);

std::string sign_receipt_of(const Collaborators& with, const Settings& settings,
                            const store::StoredMessage& message,
                            const std::vector<store::StoredDelivery>& deliveries);

audit::Subject subject_of(const Passage& passage);

// The decision that refused it, for the record; nothing where something else did.
std::optional<model::Decision> decision_against(const Passage& passage);

}  // namespace sekisho::exchange
