// The simulation itself: it repeats, it notices what is wrong with the world, and a campaign can be
// taken up again.
#include <boost/test/unit_test.hpp>

#include "tests/simulation/run.h"
#include "tests/support/campaign.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::tests::simulation {

namespace {

// The first of a few seeds that makes a checker of this name complain; every one of them may.
bool is_noticed(const Mutations& mutations, const std::string& checker) {
    const Rules rules = make_rules();
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Options options;
        options.mutations = mutations;
        for (const std::string& one : Run{rules, options, seed}.go().complaints) {
            if (one.starts_with(checker)) return true;
        }
    }
    return false;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(simulation)

BOOST_AUTO_TEST_CASE(the_same_seed_gives_the_same_run) {
    for (const std::uint64_t seed : {1U, 2U, 10U, 20U}) {  // 10 and 20 are on SQLite
        const Report first = Run{make_rules(), options_of(seed), seed}.go();
        const Report second = Run{make_rules(), options_of(seed), seed}.go();
        BOOST_TEST(first.hash == second.hash);
        BOOST_TEST(first.trace.size() > 100U);
    }
}

BOOST_AUTO_TEST_CASE(another_seed_gives_another_run) {
    const Rules rules = make_rules();
    BOOST_TEST((Run{rules, options_of(1), 1}.go().hash != Run{rules, options_of(1), 2}.go().hash));
}

BOOST_AUTO_TEST_CASE(a_world_without_faults_gives_no_cause_to_complain) {
    Options options;
    options.faults = Faults::none();
    const Report report = Run{make_rules(), options, 3}.go();
    BOOST_TEST(report.complaints.empty());
    BOOST_TEST(report.figures.accepted == options.letters_max);
    BOOST_TEST(report.figures.unavailable == 0U);
}

BOOST_AUTO_TEST_CASE(a_store_that_confirms_what_it_lost_is_noticed) {
    BOOST_TEST(is_noticed({.store_confirms_failures = true}, "nothing acknowledged is forgotten"));
}

BOOST_AUTO_TEST_CASE(a_refusal_told_of_what_then_leaves_is_noticed) {
    BOOST_TEST(is_noticed({.senders_see_refusals = true}, "nothing denied is delivered"));
}

BOOST_AUTO_TEST_CASE(an_outcome_whose_leaf_is_missing_is_noticed) {
    BOOST_TEST(is_noticed({.audit_is_deaf = true}, "everything has its leaf"));
}

BOOST_AUTO_TEST_CASE(a_recipient_that_acts_twice_is_noticed) {
    BOOST_TEST(is_noticed({.recipients_apply_twice = true}, "once in effect"));
}

BOOST_AUTO_TEST_CASE(a_log_that_loses_its_end_is_noticed) {
    BOOST_TEST(is_noticed({.log_loses_its_end = true}, "the log is intact"));
}

BOOST_AUTO_TEST_CASE(a_mailbox_that_nobody_empties_is_noticed) {
    BOOST_TEST(is_noticed({.readers_never_collect = true}, "queues drain"));
}

BOOST_AUTO_TEST_CASE(a_campaign_is_taken_up_where_it_was_broken_off) {
    const TemporaryFolder folder;
    const CampaignOptions options{.from = 90, .count = 50, .progress = folder / "progress"};
    Campaign first{options};
    while (first.next() != 120U) first.done(*first.next());  // noted at the hundredth
    Campaign second{options};
    BOOST_TEST(second.next().value() == 100U);
    while (const auto seed = second.next()) second.done(*seed);
    BOOST_TEST(!Campaign{options}.next().has_value());
}

BOOST_AUTO_TEST_CASE(arguments_are_read_or_refused) {
    const auto read = [](std::vector<std::string> words) {
        std::vector<char*> pointers;
        for (std::string& word : words) pointers.push_back(word.data());
        return read_arguments(pointers);
    };
    BOOST_TEST(read({}).value().count == 2000U);
    BOOST_TEST(read({"--from", "5", "--count", "7"}).value().from == 5U);
    BOOST_TEST(read({"--seed", "9"}).value().with_trace);
    BOOST_TEST(!read({"--seed", "x"}).has_value());
    BOOST_TEST(!read({"--seed"}).has_value());
    BOOST_TEST(!read({"--other", "1"}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::tests::simulation
