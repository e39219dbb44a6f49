// The seven promises. Each class says in its comment what it holds the gateway to; each has its own
// source, and in checkers_test.cpp a history that makes it complain.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/simulation/checker.h"

namespace sekisho::tests::simulation {

// 1. What was acknowledged is in the store after every restart, with its content and all its
// recipients; and what the store calls delivered was acted upon by its recipient.
class NothingForgotten final : public Checker {
  public:
    std::string name() const override { return "nothing acknowledged is forgotten"; }

  private:
    struct Promise {
        std::string content;
        std::size_t recipients = 0;
    };
    void see_answered(const Answered& seen) override;
    void see_applied(const Applied& seen) override;
    void see_store(const StoreRead& seen) override;

    std::map<model::MessageKey, Promise> promises_;
    std::set<std::pair<model::MessageKey, model::PartyId>> applied_;
};

// 2. Nothing leaves the gateway that nobody sent, or of which every submission was refused, or to a
// reader after the person's withdrawal was on disk.
class NothingDenied final : public Checker {
  public:
    std::string name() const override { return "nothing denied is delivered"; }

  private:
    struct Submissions {
        std::size_t sent = 0;
        std::size_t denied = 0;
    };
    void see_asked(const Asked& seen) override;
    void see_answered(const Answered& seen) override;
    void see_withdrawal(const ConsentWithdrawn& seen) override;
    void see_handed(const Handed& seen) override;

    std::map<std::pair<model::MessageKey, std::string>, Submissions> submissions_;
    std::set<std::string> withdrawn_;
};

// 3. Each acceptance, refusal and access has its leaf before anyone is told; each settled delivery
// has its outcome leaf, once, and an unsettled one none.
class EverythingAudited final : public Checker {
  public:
    std::string name() const override { return "everything has its leaf"; }

  private:
    using Outcome = std::tuple<std::string, std::string, std::string>;  // source, id, recipient
    void see_answered(const Answered& seen) override;
    void see_leaves(const LeavesAppended& seen) override;
    void see_store(const StoreRead& seen) override;
    void check_outcomes(const model::MessageKey& message, const KeptDelivery& delivery);

    std::map<std::pair<std::string, std::string>, std::size_t> acceptances_;  // source, id
    std::map<std::pair<std::string, std::string>, std::size_t> refusals_;     // party, problem
    std::map<std::pair<std::string, std::string>, std::size_t> refused_;      // likewise, told
    std::map<std::pair<std::string, std::string>, std::size_t> accesses_;     // party, id
    std::map<std::pair<std::string, std::string>, std::size_t> told_;         // likewise
    std::map<Outcome, std::vector<std::string>> outcomes_;                    // states, in order
};

// 4. A recipient acts on a message once, and once on what is the same for its author.
class OnceInEffect final : public Checker {
  public:
    std::string name() const override { return "once in effect"; }

  private:
    void see_applied(const Applied& seen) override;

    std::set<std::pair<model::PartyId, model::MessageKey>> messages_;
    std::map<std::pair<model::PartyId, std::string>, model::MessageKey> businesses_;
};

// 5. What has one order key is acted upon, at each recipient, in the order of its acceptance.
class OrderKept final : public Checker {
  public:
    std::string name() const override { return "order is kept for each key"; }

  private:
    void see_applied(const Applied& seen) override;

    std::map<std::pair<model::PartyId, std::string>, std::int64_t> last_;
};

// 6. The log only grows; after every restart it is what was seen before it, and its head is the
// root of its leaves, computed anew by the definition of RFC 6962.
class ChainIntact final : public Checker {
  public:
    std::string name() const override { return "the log is intact"; }

  private:
    void see_leaves(const LeavesAppended& seen) override;
    void see_store(const StoreRead& seen) override;

    std::vector<std::string> leaves_;
};

// 7. Everyone is answered, once, unless the gateway went down under them; and when the faults have
// stopped everyone has a yes or a no, every delivery comes to an end, and the gateway counts
// nothing as under way.
class QueuesDrain final : public Checker {
  public:
    std::string name() const override { return "queues drain"; }

  private:
    void see_asked(const Asked& seen) override;
    void see_answered(const Answered& seen) override;
    void see_store(const StoreRead& seen) override;

    using Question = std::pair<model::MessageKey, std::string>;  // with the content
    std::map<Request, Question> waiting_;
    std::map<Question, bool> has_verdict_;
};

}  // namespace sekisho::tests::simulation
