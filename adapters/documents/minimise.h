// Minimisation (最小化): an answer without the members that its reader may not see.
//
// An answer is a record or an array of records. A name is a member of a record, `a/b` the member b
// of the member a, through arrays. What is withheld is named, so that nobody takes it for absent.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::documents {

struct Minimised {
    std::string text;                     // compact JSON
    std::vector<std::string> withheld{};  // those of the names that there were
};

// Nothing for what is no JSON: it cannot be told what it holds.
std::optional<Minimised> minimise(std::string_view text, const std::vector<std::string>& names);

}  // namespace sekisho::documents
