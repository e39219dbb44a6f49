// What the store rests on, and what a crash of the process leaves of it.
//
// Memory: all that was committed. SQLite: the real store over the contract suite's failing disk; a
// crash keeps the files as they were written at that moment, write-ahead log and all, and the next
// process opens that copy. Losing what was written but not synced is a power cut, which the crash
// matrix tries; not here.
#pragma once

#include <memory>
#include <string>

#include "gateway/store/memory_store.h"
#include "gateway/store/sqlite_store.h"
#include "tests/contract/store/faulty_vfs.h"
#include "tests/simulation/options.h"

namespace sekisho::tests::simulation {

class StoreMedium {
  public:
    virtual ~StoreMedium() = default;
    virtual store::Store& store() = 0;
    virtual void crash() = 0;      // the process is killed and started again
    virtual void fail_sync() = 0;  // the next fsync fails, where there is one
};

std::unique_ptr<StoreMedium> make_medium(Medium medium);

}  // namespace sekisho::tests::simulation
