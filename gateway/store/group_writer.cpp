#include "gateway/store/group_writer.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "routing/model/limits.h"

namespace sekisho::store {

namespace limits = model::limits;

bool GroupWriter::submit(Work work, Completion completion) {
    {
        const locks::Lock lock(mutex_);
        if (!health_.accepting || waiting_.size() >= limits::kWriterQueueMax) return false;
        waiting_.push_back({.work = std::move(work), .completion = std::move(completion)});
    }
    gathered_.notify_one();
    return true;
}

std::vector<WriterItem> GroupWriter::take_group() {
    const locks::Lock lock(mutex_);
    std::vector<WriterItem> group;
    group.reserve(std::min(waiting_.size(), limits::kWriterGroupMax));
    while (!waiting_.empty() && group.size() < limits::kWriterGroupMax) {
        group.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }
    return group;
}

std::size_t GroupWriter::commit_group() {
    std::vector<WriterItem> group;
    GroupOutcome outcome;
    {
        const locks::Lock committing(committing_);
        group = take_group();
        if (group.empty()) return 0;
        const StoreHealth before = health();
        if (before.accepting) {
            outcome = committer_.commit(group);
        } else {
            // They were taken before the store stopped; nothing may be promised to them now.
            const auto refusal = unavailable("保存を停止しています: " + before.reason,
                                             "the store has stopped: " + before.reason);
            outcome.results.assign(group.size(), std::unexpected(refusal));
        }
    }
    if (outcome.stop) stop_accepting(*outcome.stop);
    if (outcome.committed) {
        const locks::Lock lock(mutex_);
        ++health_.groups;
        health_.items += static_cast<std::uint64_t>(std::ranges::count_if(
            outcome.results, [](const auto& result) { return result.has_value(); }));
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
        group[i].completion(std::move(outcome.results[i]));
    }
    const locks::Lock committing(committing_);
    if (const auto reason = committer_.tidy()) stop_accepting(*reason);
    return group.size();
}

void GroupWriter::run(const std::stop_token& stop) {
    for (;;) {
        {
            const locks::Lock lock(mutex_);
            gathered_.wait(mutex_, stop,
                           [this]() SEKISHO_REQUIRES(mutex_) { return !waiting_.empty(); });
            if (waiting_.empty()) return;
        }
        commit_group();
    }
}

StoreHealth GroupWriter::health() const {
    const locks::Lock lock(mutex_);
    StoreHealth health = health_;
    health.waiting = waiting_.size();
    return health;
}

void GroupWriter::stop_accepting(const std::string& reason) {
    const locks::Lock lock(mutex_);
    if (!health_.accepting) return;
    health_.accepting = false;
    health_.reason = reason;
}

Result<void> perform(Work& work, Transaction& transaction) {
    try {
        return work(transaction);
    } catch (const std::exception& fault) {
        return model::refuse(model::Problem::internal,
                             {.ja = std::string("書き込み処理の内部異常: ") + fault.what(),
                              .en = std::string("a work threw: ") + fault.what()});
    }
}

model::Refusal unavailable(std::string ja, std::string en) {
    return {.problem = model::Problem::store_unavailable,
            .detail = {.ja = std::move(ja), .en = std::move(en)},
            .retry_after = limits::kWriterRetryAfter};
}

}  // namespace sekisho::store
