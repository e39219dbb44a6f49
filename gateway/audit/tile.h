// Tiles: the log cut into files that never change once they are full, as C2SP tlog-tiles names
// them.
//
//     tile/<L>/<N>[.p/<W>]          hashes of row L (tree_proof.h), 32 bytes each
//     tile/entries/<N>[.p/<W>]      leaves, each behind its length in two bytes, big-endian
//
// N counts tiles of 256, in groups of three digits: 1234067 is x001/x234/067. W, 1 to 255, is the
// width of a tile that is not full yet. Source: https://c2sp.org/tlog-tiles.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/audit/tree_proof.h"

namespace sekisho::audit {

struct TileName {
    std::optional<unsigned> row;  // nothing: entries
    std::uint64_t number = 0;
    std::size_t width = kTileWidth;
    friend bool operator==(const TileName&, const TileName&) = default;
};

// What follows `tile/`; nothing for what is not written exactly as the source says.
std::optional<TileName> parse_tile_name(std::string_view path);
std::string to_path(const TileName& name);  // without `tile/`

// Does a tree of `size` leaves have all that the tile holds?
bool is_within(const TileName& name, std::uint64_t size);

std::string hash_tile(const std::vector<model::Sha256>& hashes);
// A leaf's length stands before it in two bytes: a longer one has no tile, so no log takes it.
inline constexpr std::size_t kEntryBytesMost = 0xFFFF;
// Nothing when a leaf is longer.
std::optional<std::string> entry_tile(const std::vector<std::string>& leaves);

}  // namespace sekisho::audit
