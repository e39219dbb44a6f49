// What the store rests on, and what a crash of the process leaves of it.
//
// Memory: all that was committed. SQLite: the real store over the contract suite's failing disk; a
// crash keeps the files as they were written at that moment, write-ahead log and all, and the next
// process opens that copy. Power: the same over a disk that loses what was not synced, and a crash
// also stands anywhere within a commit or a checkpoint.
#pragma once

#include <memory>
#include <string>

#include "gateway/store/memory_store.h"
#include "gateway/store/sqlite_store.h"
#include "tests/simulation/options.h"

namespace sekisho::tests::simulation {

class StoreMedium {
  public:
    virtual ~StoreMedium() = default;
    virtual store::Store& store() = 0;
    virtual void crash() = 0;      // the process is killed and started again
    virtual void fail_sync() = 0;  // the next fsync fails, where there is one
};

std::unique_ptr<StoreMedium> make_medium(Medium medium, std::uint64_t seed);

}  // namespace sekisho::tests::simulation
