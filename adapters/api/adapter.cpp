#include "adapters/api/adapter.h"

namespace sekisho::adapters {

bool read_all(ByteSource& source, std::uint64_t bytes_max, std::string& into) {
    into.clear();
    for (std::string_view piece = source.next(); !piece.empty(); piece = source.next()) {
        if (piece.size() > bytes_max - into.size()) return false;
        into.append(piece);
    }
    return !source.failed();
}

Outcome rejected(const Rejection& rejection, std::string peer_code) {
    const auto& [what, next] = rejection;
    return {Fate::rejected, what.ja + "。" + next.ja + "。 / " + what.en + ". " + next.en + ".",
            std::move(peer_code)};
}

}  // namespace sekisho::adapters
