// A responder's answer: whatever comes, it says one thing, says it again, and nothing may stand
// behind it.
#include "gateway/admission/ocsp_question.h"
#include "tests/fuzz/card_seeds.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using fuzz::require;

admission::OcspQuestion the_question() {
    const auto card = admission::parse_card_certificate(fuzz::seed("card_certificate/card"));
    require(card.has_value(), "the seeds' card is there");
    const auto standing = fuzz::seed_trust()->judge(*card, fuzz::kSeedDay);
    require(standing.has_value(), "and stands");
    return {*standing, std::string(32, 'n')};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const admission::OcspQuestion question = the_question();
    const auto answer = fuzz::text_of(data, size);
    const auto said = question.read(answer, fuzz::kSeedDay);
    require(said.status != admission::CardStatus::unreachable, "something was said");
    require(said == question.read(answer, fuzz::kSeedDay), "and is the same again");
    require(said.why.empty() == (said.status != admission::CardStatus::unknown),
            "who does not settle it says why");
    // Of one that was cut short the byte may be the last (corpus/ocsp_answer/last_byte_missing).
    const bool is_whole = said.status != admission::CardStatus::unknown;
    const auto longer = question.read(std::string{answer} + '\0', fuzz::kSeedDay);
    require(!is_whole || longer.status == admission::CardStatus::unknown,
            "nothing stands behind an answer");
    // Only what has an end is handed on.
    const auto until = question.good_until(answer);
    require(said.status != admission::CardStatus::good || !until ||
                *until + model::limits::kCardStatusSkew >= fuzz::kSeedDay,
            "what is good ends later");
    const auto before = question.read(answer, model::Instant{});
    require(before.status == admission::CardStatus::unknown, "and it was not said long before");
    return 0;
}
