#include "gateway/proof/published_log.h"

#include <algorithm>

#include "adapters/documents/base64.h"

namespace sekisho::proof {

namespace {

using model::Problem;
using model::Result;

std::string in_base64(const model::Sha256& hash) {
    return documents::to_base64({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

documents::Json number(std::uint64_t value) {
    return documents::Json::number(static_cast<std::int64_t>(value));
}

std::unexpected<model::Refusal> beyond(std::uint64_t size) {
    const std::string now = std::to_string(size);
    return model::refuse(Problem::attribute_invalid,
                         {.ja = "記録の葉はいま " + now +
                                " 枚です。それより小さい番号と、それ以下の大きさを指定してください",
                          .en = "the log has " + now +
                                " leaves now: name an index below and a size not above that"});
}

std::unexpected<model::Refusal> out_of_order(const std::string& small, const std::string& large) {
    return model::refuse(Problem::attribute_invalid,
                         {.ja = small + " は " + large + " に合う大きさにしてください",
                          .en = small + " must fit within " + large});
}

// A view whose tree is at least `size` leaves tall.
Result<std::unique_ptr<store::View>> view_of(store::Store& store, std::uint64_t size) {
    auto view = store.view();
    if (!view) return view;
    const auto head = (*view)->tree_head();
    if (!head) return std::unexpected(head.error());
    if (size > head->size) return beyond(head->size);
    return view;
}

Result<Inclusion> inclusion_in(store::View& view, std::uint64_t index, std::uint64_t size) {
    if (index >= size) return out_of_order("index", "size");
    StoredRows rows(view);
    const auto leaf = rows.hashes(0, index, 1);
    if (!leaf) return std::unexpected(leaf.error());
    auto hashes = audit::inclusion_proof(rows, index, size);
    if (!hashes) return std::unexpected(hashes.error());
    return Inclusion{
        .index = index, .size = size, .leaf_hash = leaf->front(), .hashes = std::move(*hashes)};
}

}  // namespace

documents::Json to_json(const std::vector<model::Sha256>& hashes) {
    documents::Json list = documents::Json::array();
    for (const auto& hash : hashes) list.push(documents::Json::string(in_base64(hash)));
    return list;
}

documents::Json to_json(const Inclusion& inclusion) {
    return documents::Json::object()
        .set("index", number(inclusion.index))
        .set("size", number(inclusion.size))
        .set("leaf_hash", in_base64(inclusion.leaf_hash))
        .set("hashes", to_json(inclusion.hashes));
}

documents::Json to_json(const Consistency& consistency) {
    return documents::Json::object()
        .set("from", number(consistency.from))
        .set("to", number(consistency.to))
        .set("hashes", to_json(consistency.hashes));
}

Result<std::vector<model::Sha256>> StoredRows::hashes(unsigned row, std::uint64_t from,
                                                      std::size_t count) {
    auto hashes = view_.tree_hashes(row, from, count);
    if (!hashes || hashes->size() == count) return hashes;
    return model::refuse(
        Problem::store_unavailable,
        {.ja = "監査記録の木に欠けがあります。sekisho audit verify で調べてください",
         .en = "the tree of the log has a hole; examine it with sekisho audit verify"});
}

Result<audit::Tree> head_to_sign(store::View& view) {
    const auto head = view.tree_head();
    if (!head) return std::unexpected(head.error());
    StoredRows rows(view);
    const auto root = audit::root_of(rows, head->size);
    if (!root) return std::unexpected(root.error());
    if (*root == head->root) return audit::Tree{.size = head->size, .root = head->root};
    return model::refuse(
        Problem::store_unavailable,
        {.ja = "監査記録の木と根が合いません。sekisho audit verify で調べてください",
         .en = "the tree of the log does not give its root; examine it with sekisho audit verify"});
}

std::string verifier_keys(const std::string& origin, const platform::LogKeys& keys) {
    std::string text;
    for (const platform::LogKey& key : keys.signing) {
        text += audit::to_vkey({.name = origin, .public_key = key.public_key()}) + "\n";
    }
    for (const std::string& key : keys.retired) {
        text += audit::to_vkey({.name = origin, .public_key = key}) + "\n";
    }
    return text;
}

Result<SignedHead> PublishedLog::head() const {
    auto view = store_.view();
    if (!view) return std::unexpected(view.error());
    const auto tree = head_to_sign(**view);
    if (!tree) return std::unexpected(tree.error());
    return SignedHead{
        .size = tree->size,
        .note = audit::sign_checkpoint({.origin = origin_, .tree = *tree}, keys_.signing)};
}

Result<std::string> PublishedLog::checkpoint() const {
    auto signed_head = head();
    if (!signed_head) return std::unexpected(signed_head.error());
    return std::move(signed_head->note);
}

Result<std::string> PublishedLog::tile(const audit::TileName& name) const {
    auto view = store_.view();
    if (!view) return std::unexpected(view.error());
    const auto head = (*view)->tree_head();
    if (!head) return std::unexpected(head.error());
    if (!audit::is_within(name, head->size)) return model::refuse(Problem::not_found);
    const std::uint64_t from = name.number * audit::kTileWidth;
    if (name.row) {
        const auto hashes = StoredRows(**view).hashes(*name.row, from, name.width);
        if (!hashes) return std::unexpected(hashes.error());
        return audit::hash_tile(*hashes);
    }
    const auto leaves = (*view)->leaves(from, name.width);
    if (!leaves) return std::unexpected(leaves.error());
    auto bytes = audit::entry_tile(*leaves);
    if (leaves->size() != name.width || !bytes) return model::refuse(Problem::store_unavailable);
    return std::move(*bytes);
}

Result<std::string> PublishedLog::leaf(std::uint64_t index) const {
    auto view = store_.view();
    if (!view) return std::unexpected(view.error());
    const auto head = (*view)->tree_head();
    if (!head) return std::unexpected(head.error());
    if (index >= head->size) return model::refuse(Problem::not_found);
    const auto texts = (*view)->leaves(index, 1);
    if (!texts) return std::unexpected(texts.error());
    if (texts->empty()) return model::refuse(Problem::store_unavailable);
    return texts->front();
}

Result<Inclusion> PublishedLog::inclusion(std::uint64_t index, std::uint64_t size) const {
    auto view = view_of(store_, std::max(size, index + 1));
    if (!view) return std::unexpected(view.error());
    return inclusion_in(**view, index, size);
}

Result<std::vector<Inclusion>> PublishedLog::inclusions(const std::vector<std::uint64_t>& indices,
                                                        std::uint64_t size) const {
    auto view = view_of(store_, size);
    if (!view) return std::unexpected(view.error());
    std::vector<Inclusion> found;
    for (const std::uint64_t index : indices) {
        auto inclusion = inclusion_in(**view, index, size);
        if (!inclusion) return std::unexpected(inclusion.error());
        found.push_back(std::move(*inclusion));
    }
    return found;
}

Result<Consistency> PublishedLog::consistency(std::uint64_t from, std::uint64_t to) const {
    auto view = view_of(store_, to);
    if (!view) return std::unexpected(view.error());
    if (from > to) return out_of_order("from", "to");
    StoredRows rows(**view);
    auto hashes = audit::consistency_proof(rows, from, to);
    if (!hashes) return std::unexpected(hashes.error());
    return Consistency{.from = from, .to = to, .hashes = std::move(*hashes)};
}

}  // namespace sekisho::proof
