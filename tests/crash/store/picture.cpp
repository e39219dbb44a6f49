#include "tests/crash/store/picture.h"

#include <stdexcept>
#include <utility>

#include "tests/crash/store/workload.h"

namespace sekisho::store {

namespace {

constexpr std::size_t kLeavesMax = 1'000'000;

template <class T>
T must(Result<T> value) {
    if (!value) throw std::runtime_error("the store cannot be read: " + value.error().detail.en);
    return std::move(*value);
}

Picture::Message picture_of(View& view, const std::string& id) {
    Picture::Message picture{.record = must(view.message(key(id))),
                             .body = must(view.body(key(id))),
                             .deliveries = must(view.deliveries(key(id))),
                             .business = must(view.business_key(business_of(id)))};
    for (const auto& delivery : picture.deliveries) {
        picture.history.push_back(must(view.history(delivery.id)));
    }
    return picture;
}

}  // namespace

Picture picture_of(Store& store, const Questions& questions) {
    const auto view = must(store.view());
    Picture picture{.leaves = must(view->leaves(0, kLeavesMax)),
                    .leaf_hashes = must(view->tree_hashes(0, 0, kLeavesMax)),
                    .tree_row = must(view->tree_hashes(1, 0, kLeavesMax)),
                    .head = must(view->tree_head())};
    for (const std::string& id : questions.messages) {
        picture.messages.emplace(id, picture_of(*view, id));
    }
    for (const std::string& name : questions.notes) {
        picture.notes.emplace(name, must(view->note(name)));
    }
    for (const auto& lane : lanes()) picture.due.push_back(must(view->next_due(lane)));
    for (const auto& depth : must(view->queue_depths())) {
        for (const auto count : {depth.queued, depth.leased, depth.dead}) {
            picture.depths.push_back(count);
        }
    }
    return picture;
}

std::string difference(const Picture& is, const Picture& should_be) {
    for (const auto& [id, message] : should_be.messages) {
        const auto& found = is.messages.at(id);
        if (found == message) continue;
        if (message.record && !found.record) return id + " is not there";
        if (!message.record && found.record) return id + " should not be there";
        return id + " is not as it was";
    }
    if (is.leaves != should_be.leaves) {
        return "the log has " + std::to_string(is.leaves.size()) + " leaves, not the " +
               std::to_string(should_be.leaves.size()) + " that were put there";
    }
    if (is.head != should_be.head || is.leaf_hashes != should_be.leaf_hashes ||
        is.tree_row != should_be.tree_row) {
        return "the log's head or hashes are others";
    }
    if (is.notes != should_be.notes) return "the notes are others";
    return is == should_be ? "" : "the queues are others";
}

}  // namespace sekisho::store
