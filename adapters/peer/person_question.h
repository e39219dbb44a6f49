// A question about one person at one visit, as it is put to a peer that keeps medical information,
// and what may count as its answer.
//
// {"insurer","insured","cardEvidence"} goes out; the last one refers to the card that was shown at
// this visit (the gateway's name of it, neither certificate nor serial) and may be empty. An answer
// gives all three back, with `data`: one that does not answers another question. Pure functions.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/peer/verdict.h"

namespace sekisho::peer {

// `insurer` and `insured` in their shapes. nullopt: no person.
std::optional<model::Person> person_in(const documents::Json& json);
documents::Json to_json(const model::Person& person);

// nullopt for a question about nobody or about several.
std::optional<std::string> person_question(const model::Envelope& question);

adapters::Answer answered(std::string body);  // application/json
adapters::Answer unavailable(std::string detail);

// The JSON of a yes, or the answer that anything else is. A no: unavailable where its code says
// "later", else rejected; a code other than `code_prefix` and four digits is none (a serial number
// has the letters of one), and its answer cannot be read. 400, 413, 415, 422: rejected. Any other
// status: unavailable.
std::expected<documents::Json, adapters::Answer> read_yes(const Dialect& dialect,
                                                          std::string_view code_prefix, int status,
                                                          std::string_view body);

// The array `data` of a yes, byte for byte out of `body`; unavailable where it is about another
// person or visit.
adapters::Answer read_person_answer(const model::Envelope& question, const documents::Json& yes,
                                    std::string_view body);

}  // namespace sekisho::peer
