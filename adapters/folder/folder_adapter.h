// Atomic file drop: each document becomes one file that is whole or not there.
//
// `<folder>/<source>-<id>.<ext>` and beside it `<source>-<id>.<ext>+event.json` with the
// CloudEvents attributes, which appears first: who sees a document can read what it is. `+` occurs
// in no document's name, so the two never meet. Each file is written under a hidden name in the
// same folder, synced, renamed, and the folder synced before `delivered`. The same message again is
// the same file and `delivered`; other content for an existing name is `rejected`. Threads:
// deliver() may be called from many; this adapter must be the only writer of its folder.
#pragma once

#include <memory>
#include <string>

#include "adapters/api/adapter.h"
#include "adapters/documents/json.h"
#include "adapters/locks/mutex.h"

namespace sekisho::folder_adapter {

struct Settings {
    std::string folder;  // must exist when a document comes; a missing one is retried, not made

    static model::Result<Settings> parse(const documents::Json& object);  // {"folder": "…"}
};

// "medical_1319900021-m-1.csv". The source's first slash is dropped, every other becomes `_`; the
// extension follows the media type. nullopt where a part holds a byte that is not safe in a file's
// name.
std::optional<std::string> file_name_of(const model::Envelope& envelope);

class FolderAdapter final : public adapters::Adapter {
  public:
    explicit FolderAdapter(Settings settings) : settings_(std::move(settings)) {}

    adapters::Capabilities capabilities() const override;
    adapters::Outcome deliver(const adapters::Delivery& delivery, adapters::ByteSource& body,
                              adapters::Deadline deadline) override;
    adapters::Answer ask(const model::Authorized<model::Envelope>& question,
                         adapters::Deadline deadline) override;
    adapters::Health probe(adapters::Deadline deadline) override;

  private:
    const Settings settings_;
    locks::Mutex naming_;  // held while it is decided whether a name is free and the name is taken
};

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings);

}  // namespace sekisho::folder_adapter
