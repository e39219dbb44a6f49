// Verifying the log: every leaf is canonical JSON, none is missing, and all of them together hash
// to the stored root.
//
// The root says that something was changed, not where. A leaf that is not canonical is named; so is
// the first number that is missing; beyond that the records of messages tell which acceptance leaf
// is not what was recorded with its message. What nothing else in the store contradicts can be told
// only as "among these". Reads only; beside a running gateway the log may grow meanwhile, and what
// was there at the beginning is what is judged.
#pragma once

#include <cstdint>
#include <optional>

#include "gateway/store/store.h"

namespace sekisho::cli {

struct LogFinding {
    bool sound = false;
    std::uint64_t size = 0;  // leaves the stored head speaks of
    model::Sha256 stored_root{};
    model::Sha256 computed_root{};             // of what is there
    std::optional<std::uint64_t> first_bad{};  // its index, where it can be told
    model::Text why{};
};

model::Result<LogFinding> check_log(store::View& view);

}  // namespace sekisho::cli
