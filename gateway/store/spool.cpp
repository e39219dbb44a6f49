#include "gateway/store/sealing.h"
#include "gateway/store/store.h"

namespace sekisho::store {

Result<std::size_t> sweep_spool(const Spool& spool, View& view) {
    const auto names = spool.files.list(spool.folder);
    if (!names) return std::unexpected(names.error());
    std::size_t removed = 0;
    for (const std::string& name : *names) {
        const auto known = view.spool_file_known(name);
        if (!known) return std::unexpected(known.error());
        if (*known || !name.ends_with(".sealed")) continue;
        if (auto done = spool.files.remove(spool.folder + "/" + name); !done) {
            return std::unexpected(done.error());
        }
        ++removed;
    }
    return removed;
}

}  // namespace sekisho::store
