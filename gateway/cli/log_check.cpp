#include "gateway/cli/log_check.h"

#include <algorithm>

#include "adapters/documents/json.h"
#include "gateway/audit/merkle.h"

namespace sekisho::cli {

namespace {

using model::Result;
using model::Text;

constexpr std::size_t kPage = 1000;

// Calls `each` with index and text of up to `size` leaves; stops when it says false. How many were
// there.
template <class Each>
Result<std::uint64_t> for_leaves(store::View& view, std::uint64_t size, Each each) {
    std::uint64_t index = 0;
    while (index < size) {
        const auto page = view.leaves(index, std::min<std::uint64_t>(kPage, size - index));
        if (!page) return std::unexpected(page.error());
        if (page->empty()) break;
        for (const std::string& leaf : *page) {
            if (!each(index, leaf)) return index;
            ++index;
        }
    }
    return index;
}

bool is_canonical(const std::string& leaf) {
    const auto parsed = documents::parse_json(leaf);
    return parsed && documents::to_canonical(*parsed) == leaf;
}

class LogCheck {
  public:
    explicit LogCheck(store::View& view) : view_(view) {}

    Result<LogFinding> run() {
        const auto head = view_.tree_head();
        if (!head) return std::unexpected(head.error());
        finding_.size = head->size;
        finding_.stored_root = head->root;
        if (const auto done = hash_all(); !done) return std::unexpected(done.error());
        if (finding_.first_bad) return finding_;
        if (const auto done = compare_hashes(); !done) return std::unexpected(done.error());
        if (finding_.first_bad) return finding_;
        const auto found = roots_agree() ? find_surplus() : find_missing();
        if (!found) return std::unexpected(found.error());
        if (*found) return finding_;
        if (!roots_agree()) return contradicted();
        finding_.sound = rows_agree_;
        if (!rows_agree_) {
            finding_.why = {.ja = "葉は正しいのですが、証明のための木の中間の値が葉と合いません",
                            .en =
                                "the leaves are sound, but the hashes above them, of which proofs "
                                "are made, are not theirs"};
        }
        return finding_;
    }

  private:
    bool roots_agree() const { return finding_.computed_root == finding_.stored_root; }

    Result<void> hash_all() {
        audit::Frontier frontier;
        Result<void> trouble{};
        const auto present =
            for_leaves(view_, finding_.size, [&](std::uint64_t index, const std::string& leaf) {
                const auto completed = frontier.append(audit::leaf_hash(leaf));
                trouble = compare_rows(frontier.size(), completed);
                if (!trouble) return false;
                if (!is_canonical(leaf) && !finding_.first_bad) {
                    bad(index,
                        {.ja = "正準形の JSON ではありません", .en = "it is no canonical JSON"});
                }
                return true;
            });
        if (!trouble) return trouble;
        if (!present) return std::unexpected(present.error());
        finding_.computed_root = frontier.root();
        return {};
    }

    // The rows above the leaves, as far as the leaf numbered size - 1 completed them.
    Result<void> compare_rows(std::uint64_t size, const std::vector<model::Sha256>& completed) {
        for (unsigned row = 1; row <= completed.size(); ++row) {
            size /= audit::kTileWidth;
            const auto stored = view_.tree_hashes(row, size - 1, 1);
            if (!stored) return std::unexpected(stored.error());
            const bool agrees = !stored->empty() && stored->front() == completed[row - 1];
            rows_agree_ = rows_agree_ && agrees;
        }
        return {};
    }

    // Which leaf is not the one that was hashed when it was recorded?
    Result<void> compare_hashes() {
        std::vector<model::Sha256> recorded;
        Result<void> trouble{};
        const auto read =
            for_leaves(view_, finding_.size, [&](std::uint64_t index, const std::string& leaf) {
                if (index % kPage == 0) {
                    auto page = view_.tree_hashes(0, index, kPage);
                    if (!page) trouble = std::unexpected(page.error());
                    recorded = page ? std::move(*page) : std::vector<model::Sha256>();
                }
                const auto place = static_cast<std::size_t>(index % kPage);
                if (place >= recorded.size()) return false;
                if (recorded[place] == audit::leaf_hash(leaf)) return true;
                bad(index, {.ja = "記録されたときの葉と一致しません",
                            .en = "it is not the leaf that was recorded"});
                return false;
            });
        if (!read) return std::unexpected(read.error());
        return trouble;
    }

    void bad(std::uint64_t index, Text why) {
        finding_.first_bad = index;
        finding_.why = std::move(why);
    }

    // Is a number of [from, until) not there? Leaves come in the order of their numbers but without
    // them: behind a gap every leaf comes one too early.
    Result<bool> has_gap(std::uint64_t from, std::uint64_t until) {
        const auto count = static_cast<std::size_t>(until - from);
        const auto page = view_.leaves(from, count + 1);
        if (!page) return std::unexpected(page.error());
        if (until == finding_.size) return page->size() < count;
        const auto next = view_.leaves(until, 1);
        if (!next) return std::unexpected(next.error());
        if (next->empty()) return page->size() < count;
        return page->size() != count + 1 || page->back() != next->front();
    }

    Result<bool> find_missing() {
        for (std::uint64_t from = 0; from < finding_.size; from += kPage) {
            std::uint64_t low = from;
            std::uint64_t high = std::min(from + kPage, finding_.size);
            const auto there = has_gap(low, high);
            if (!there) return std::unexpected(there.error());
            if (!*there) continue;
            while (high - low > 1) {
                const std::uint64_t middle = low + (high - low) / 2;
                const auto below = has_gap(low, middle);
                if (!below) return std::unexpected(below.error());
                (*below ? high : low) = middle;
            }
            bad(low, {.ja = "葉がありません", .en = "the leaf is missing"});
            return true;
        }
        return false;
    }

    // A leaf behind the end. While a gateway writes, the head follows with the leaf.
    Result<bool> find_surplus() {
        const auto beyond = view_.leaves(finding_.size, 1);
        if (!beyond) return std::unexpected(beyond.error());
        if (beyond->empty()) return false;
        const auto head = view_.tree_head();
        if (!head) return std::unexpected(head.error());
        if (head->size > finding_.size) return false;
        bad(finding_.size, {.ja = "記録の終わりの後に葉があります",
                            .en = "there is a leaf behind the recorded end"});
        return true;
    }

    // Which acceptance leaf is not the one recorded with its message?
    Result<LogFinding> contradicted() {
        finding_.why = {
            .ja = "どの葉かは特定できません。根が記録と一致しません",
            .en = "the root is not the recorded one; which leaf differs cannot be told"};
        model::Result<void> trouble{};
        const auto read =
            for_leaves(view_, finding_.size, [&](std::uint64_t index, const std::string& leaf) {
                const auto fits = fits_its_message(index, leaf);
                if (!fits) trouble = std::unexpected(fits.error());
                if (fits && !*fits) {
                    bad(index, {.ja = "電文の記録と一致しません",
                                .en = "it is not the one recorded with its message"});
                }
                return fits && *fits;
            });
        if (!trouble) return std::unexpected(trouble.error());
        if (!read) return std::unexpected(read.error());
        return finding_;
    }

    Result<bool> fits_its_message(std::uint64_t index, const std::string& leaf) {
        const auto json = documents::parse_json(leaf);
        if (!json || json->string_at("kind") != "acceptance") return true;
        const auto source = model::parse_source(json->string_at("source").value_or(""));
        const auto id = model::parse_message_id(json->string_at("id").value_or(""));
        if (!source || !id) return false;
        const auto message = view_.message({.source = *source, .id = *id});
        if (!message) return std::unexpected(message.error());
        return message->has_value() && (*message)->leaf == index &&
               json->string_at("sha256") == model::to_hex((*message)->sha256) &&
               json->string_at("type") == (*message)->type.text();
    }

    store::View& view_;
    LogFinding finding_;
    bool rows_agree_ = true;
};

}  // namespace

Result<LogFinding> check_log(store::View& view) {
    return LogCheck{view}.run();
}

}  // namespace sekisho::cli
