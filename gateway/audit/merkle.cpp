#include "gateway/audit/merkle.h"

#include <algorithm>
#include <bit>

#include "gateway/platform/crypto.h"

namespace sekisho::audit {

namespace {

constexpr std::size_t kSizeBytes = 8;

std::string_view view_of(const model::Sha256& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

model::Sha256 leaf_hash(std::string_view leaf) {
    platform::Sha256Stream hash;
    hash.update(std::string_view("\x00", 1));
    hash.update(leaf);
    return hash.finish();
}

model::Sha256 node_hash(const model::Sha256& left, const model::Sha256& right) {
    platform::Sha256Stream hash;
    hash.update("\x01");
    hash.update(view_of(left));
    hash.update(view_of(right));
    return hash.finish();
}

model::Sha256 root_over(std::vector<model::Sha256> hashes) {
    for (std::size_t width = hashes.size() / 2; width > 0; width /= 2) {
        for (std::size_t i = 0; i < width; ++i) {
            hashes[i] = node_hash(hashes[2 * i], hashes[2 * i + 1]);
        }
    }
    return hashes.front();
}

std::vector<model::Sha256> Frontier::append(const model::Sha256& leaf) {
    std::vector<model::Sha256> completed;
    model::Sha256 grown = leaf;
    unsigned level = 0;
    // Each trailing one bit of the size is a complete subtree that pairs up with what came.
    for (std::uint64_t bits = size_; (bits & 1U) != 0; bits >>= 1U) {
        grown = node_hash(edge_.back(), grown);
        edge_.pop_back();
        if (++level % kTileHeight == 0) completed.push_back(grown);
    }
    edge_.push_back(grown);
    ++size_;
    return completed;
}

model::Sha256 Frontier::root() const {
    if (edge_.empty()) return platform::sha256("");
    model::Sha256 root = edge_.back();
    for (std::size_t i = edge_.size() - 1; i-- > 0;) root = node_hash(edge_[i], root);
    return root;
}

std::string Frontier::to_bytes() const {
    std::string bytes;
    bytes.reserve(kSizeBytes + edge_.size() * sizeof(model::Sha256));
    for (std::size_t i = kSizeBytes; i-- > 0;) {
        bytes.push_back(static_cast<char>(size_ >> (8 * i) & 0xFFU));
    }
    for (const model::Sha256& hash : edge_) bytes += view_of(hash);
    return bytes;
}

std::optional<Frontier> Frontier::from_bytes(std::string_view bytes) {
    if (bytes.size() < kSizeBytes) return std::nullopt;
    Frontier frontier;
    for (std::size_t i = 0; i < kSizeBytes; ++i) {
        frontier.size_ = frontier.size_ << 8U | static_cast<std::uint8_t>(bytes[i]);
    }
    bytes.remove_prefix(kSizeBytes);
    const auto hashes = static_cast<std::size_t>(std::popcount(frontier.size_));
    if (bytes.size() != hashes * sizeof(model::Sha256)) return std::nullopt;
    for (std::size_t i = 0; i < hashes; ++i) {
        model::Sha256 hash{};
        std::ranges::copy(bytes.substr(i * hash.size(), hash.size()), hash.begin());
        frontier.edge_.push_back(hash);
    }
    return frontier;
}

}  // namespace sekisho::audit
