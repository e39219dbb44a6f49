// What the senders of a run do, and what becomes of the consent of its persons.
#include <algorithm>

#include "tests/simulation/run.h"

namespace sekisho::tests::simulation {

namespace {

using model::Problem;

constexpr std::chrono::milliseconds kPatience{5'000};

// A refusal that says nothing of the document itself: the sender tries again.
bool is_passing(Problem problem) {
    constexpr std::array kPassing{
        Problem::store_unavailable,   Problem::overloaded,      Problem::draining,
        Problem::over_budget,         Problem::undecided,       Problem::internal,
        Problem::backend_unavailable, Problem::backend_timeout, Problem::backend_rejected};
    return std::ranges::find(kPassing, problem) != kPassing.end();
}

void settle_verdict(Answered& answered, const model::Refusal& refusal) {
    answered.problem = model::entry_of(refusal.problem).name;
    answered.verdict = is_passing(refusal.problem) ? Verdict::unavailable : Verdict::denied;
}

}  // namespace

void Run::send_something() {
    const SenderFaults& faults = options_.faults.senders;
    const bool has_earlier = !letters_.empty();
    if (has_earlier && chance_.of(faults.repeats)) {
        // Also while the first is under way: a sender that lost patience.
        const std::size_t which = chance_.below(letters_.size());
        if (chance_.of(faults.restamps)) letters_[which].letter.written = clock_.now();
        return send(which);
    }
    if (letters_.size() >= options_.letters_max) return;
    const bool varies = has_earlier && chance_.of(faults.alters + faults.renames);
    Letter letter =
        varies ? something_like(letters_[chance_.below(letters_.size())].letter) : something_new();
    letter.written = clock_.now();
    letters_.push_back({.letter = std::move(letter)});
    send(letters_.size() - 1);
}

Letter Run::something_new() {
    const SenderFaults& faults = options_.faults.senders;
    const std::size_t number = letters_.size();
    const std::string id = "m-" + std::to_string(number);
    const std::size_t person = chance_.below(kPersons);
    if (chance_.of(faults.wrong)) return a_wrong_letter(id, chance_.below(kWrongKinds));
    if (chance_.of(faults.asks)) return a_question_letter(id, person);
    switch (chance_.below(6)) {
        case 0:
            return a_card_letter(id, person, "22");
        case 1:
            return a_limit_card_letter(id, person, "2");
        case 2:
        case 3:
            return a_unit_letter(id, person, number);
        default:
            return an_opinion_letter(id, person, number);
    }
}

// The same id with another document, the same document under another id, or the same business with
// another document and id.
Letter Run::something_like(const Letter& earlier) {
    const std::string id = "m-" + std::to_string(letters_.size());
    const std::size_t person = chance_.below(kPersons);
    if (earlier.business.empty() || earlier.question) return an_opinion_letter(id, person, 800);
    Letter like = earlier;
    const auto draw = chance_.below(3);
    if (draw != 0) {
        like.id = id;
        std::ranges::find(like.attributes, "id", &exchange::Attribute::first)->second = id;
    }
    if (draw != 1) {
        const std::size_t day = like.document.find("20261118");
        if (day != std::string::npos) like.document.replace(day, 8, "20261117");
    }
    return like;
}

void Run::send(std::size_t which) {
    Correspondence& to = letters_[which];
    const Letter& letter = to.letter;
    const Request request = next_request_++;
    const bool question = letter.question;
    const std::string content =
        question ? std::string{} : model::to_hex(platform::sha256(letter.document));
    recipients_.expect(content, letter.business);
    auto intake = gateway_->exchange().intake(model::limits::kBinaryBodyBytesMax);
    must_be_done(intake.append(letter.document));
    exchange::Arrival arrival{
        .speaker = {.party = letter.speaker, .zone = model::ZoneName{letter.zone}},
        .attributes = letter.attributes,
        .body = must(intake.finish())};
    arrival.attributes.emplace_back("time", model::to_rfc3339(letter.written));
    witness_.see(Asked{.request = request, .message = letter.key(), .content = content});
    requests_.emplace(request, which);
    ++to.waiting;
    Answered answered{.request = request, .message = letter.key(), .content = content};
    if (question) {
        ask(std::move(arrival), std::move(answered));
    } else {
        submit(std::move(arrival), std::move(answered));
    }
}

void Run::submit(exchange::Arrival arrival, Answered answered) {
    gateway_->exchange().arrive(
        std::move(arrival), [this, answered](const exchange::Reply& reply) mutable {
            if (!reply) {
                settle_verdict(answered, reply.error());
            } else {
                answered.verdict =
                    options_.mutations.senders_see_refusals ? Verdict::denied : Verdict::accepted;
                answered.message = reply->message;
                answered.recipients = reply->deliveries.size();
            }
            answer(std::move(answered));
        });
}

void Run::ask(exchange::Arrival arrival, Answered answered) {
    gateway_->exchange().ask(std::move(arrival), kPatience,
                             [this, answered](const exchange::QueryReply& reply) mutable {
                                 answered.verdict = Verdict::told;
                                 if (!reply) settle_verdict(answered, reply.error());
                                 answer(std::move(answered));
                             });
}

void Run::answer(Answered answered) {
    witness_.see(answered);
    const auto request = requests_.find(answered.request);
    if (request == requests_.end()) return;  // a checker has said so
    Correspondence& of = letters_[request->second];
    requests_.erase(request);
    --of.waiting;
    of.finished = of.finished || answered.verdict != Verdict::unavailable;
    switch (answered.verdict) {
        case Verdict::accepted:
            ++figures_.accepted;
            return;
        case Verdict::denied:
            ++figures_.denied;
            return;
        case Verdict::unavailable:
            ++figures_.unavailable;
            return;
        case Verdict::told:
            ++figures_.told;
            return;
    }
}

void Run::record_facts() {
    for (const auto& [person, known] : facts_of_persons()) {
        const auto hash = rules_.keyring.hash(person);
        const bool taken = medium_->store().submit(
            [hash, facts = known](store::Transaction& transaction) -> model::Result<void> {
                auto registration = facts.registrations.front();
                registration.id = "r-" + hash.text();
                const auto done = transaction.put_registration(
                    {.person = hash, .registration = std::move(registration)});
                if (!done) return done;
                auto consent = facts.consents.front();
                consent.id = "c-" + hash.text();
                return transaction.put_consent({.person = hash, .consent = std::move(consent)});
            },
            [](const model::Result<void>& recorded) { must_be_done(recorded); });
        if (!taken) throw std::runtime_error("the store takes no facts");
    }
    medium_->store().commit_group();
}

void Run::withdraw_consent() {
    const std::size_t which = chance_.below(kPersons);
    const auto hash = rules_.keyring.hash(person_of(which));
    auto consent = facts_of_persons().at(person_of(which)).consents.front();
    consent.withdrawn_at = clock_.now();
    consent.id = "c-" + hash.text();
    (void)store_.submit(
        [hash, consent](store::Transaction& transaction) {
            return transaction.put_consent({.person = hash, .consent = consent});
        },
        [this, which](const model::Result<void>& committed) {
            if (!committed) return;
            ++figures_.withdrawals;
            witness_.see(ConsentWithdrawn{.person = person_number(which)});
        });
}

}  // namespace sekisho::tests::simulation
