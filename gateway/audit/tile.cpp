#include "gateway/audit/tile.h"

#include <algorithm>
#include <charconv>

namespace sekisho::audit {

namespace {

constexpr unsigned kRowMost = 7;  // 256^8 leaves are more than 64 bits count
constexpr std::size_t kGroupDigits = 3;
constexpr std::size_t kGroupsMost = 6;  // more than 2^64 / 256 tiles
constexpr std::uint64_t kGroup = 1000;
constexpr std::string_view kPartial = ".p/";

std::optional<std::uint64_t> digits_in(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (trouble != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// Without leading zeros.
std::optional<std::uint64_t> number_in(std::string_view text) {
    if (text.size() > 1 && text.front() == '0') return std::nullopt;
    return digits_in(text);
}

// x001/x234/067: every group but the last behind an x; the first is not x000.
std::optional<std::uint64_t> grouped_in(std::string_view text) {
    std::uint64_t number = 0;
    for (std::size_t group = 0; group < kGroupsMost; ++group) {
        const bool more = text.starts_with('x');
        if (more) text.remove_prefix(1);
        const auto digits = digits_in(text.substr(0, kGroupDigits));
        if (text.size() < kGroupDigits || !digits) return std::nullopt;
        if (more && group == 0 && *digits == 0) return std::nullopt;
        number = number * kGroup + *digits;
        text.remove_prefix(kGroupDigits);
        if (!more) return text.empty() ? std::optional{number} : std::nullopt;
        if (!text.starts_with('/')) return std::nullopt;
        text.remove_prefix(1);
    }
    return std::nullopt;
}

std::string to_grouped(std::uint64_t number) {
    const auto three = [](std::uint64_t group) {
        const std::string digits = std::to_string(group);
        return std::string(kGroupDigits - digits.size(), '0') + digits;
    };
    std::string text = three(number % kGroup);
    for (number /= kGroup; number > 0; number /= kGroup) {
        text.insert(0, "x" + three(number % kGroup) + "/");
    }
    return text;
}

}  // namespace

std::optional<TileName> parse_tile_name(std::string_view path) {
    TileName name;
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string_view kind = path.substr(0, slash);
    if (kind != "entries") {
        const auto row = number_in(kind);
        if (!row || *row > kRowMost) return std::nullopt;
        name.row = static_cast<unsigned>(*row);
    }
    std::string_view place = path.substr(slash + 1);
    if (const std::size_t partial = place.find(kPartial); partial != std::string_view::npos) {
        const auto width = number_in(place.substr(partial + kPartial.size()));
        if (!width || *width == 0 || *width >= kTileWidth) return std::nullopt;
        name.width = static_cast<std::size_t>(*width);
        place = place.substr(0, partial);
    }
    const auto number = grouped_in(place);
    if (!number) return std::nullopt;
    name.number = *number;
    return name;
}

std::string to_path(const TileName& name) {
    std::string path = name.row ? std::to_string(*name.row) : "entries";
    path += "/" + to_grouped(name.number);
    if (name.width != kTileWidth) path += std::string{kPartial} + std::to_string(name.width);
    return path;
}

bool is_within(const TileName& name, std::uint64_t size) {
    const std::uint64_t present = size >> (name.row.value_or(0) * kTileHeight);
    const std::uint64_t before = present / kTileWidth;
    if (name.number != before) return name.number < before;
    return name.width <= present % kTileWidth;
}

std::string hash_tile(const std::vector<model::Sha256>& hashes) {
    std::string bytes;
    bytes.reserve(hashes.size() * sizeof(model::Sha256));
    for (const model::Sha256& hash : hashes) bytes.append(hash.begin(), hash.end());
    return bytes;
}

std::optional<std::string> entry_tile(const std::vector<std::string>& leaves) {
    std::string bytes;
    for (const std::string& leaf : leaves) {
        if (leaf.size() > kEntryBytesMost) return std::nullopt;
        bytes.push_back(static_cast<char>(leaf.size() >> 8U));
        bytes.push_back(static_cast<char>(leaf.size() & 0xFFU));
        bytes += leaf;
    }
    return bytes;
}

}  // namespace sekisho::audit
