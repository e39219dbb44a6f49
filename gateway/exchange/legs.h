// How the legs out of the gateway stand, as probes find them.
//
// A leg is silent after limits::kProbesSilent probes in a row without an answer and answers again
// after limits::kProbesAnswered with one, so that a single lost packet moves nothing and a line
// that flickers is not trusted at once. Of which nothing was found yet is unknown. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "adapters/locks/mutex.h"
#include "routing/model/limits.h"
#include "routing/path/choice.h"

namespace sekisho::exchange {

class Legs {
  public:
    // As they stand now; a picture that does not change any more.
    std::shared_ptr<const path::Conditions> conditions() const {
        const locks::Lock lock{mutex_};
        return conditions_;
    }

    // What one probe found: how the leg stands from now on, where that is new.
    std::optional<path::Standing> note(const model::Via& via, bool answered) {
        const locks::Lock lock{mutex_};
        Row& row = rows_[via];
        row.in_a_row = answered == row.answered ? row.in_a_row + 1 : 1;
        row.answered = answered;
        const path::Standing next = answered ? path::Standing::answers : path::Standing::silent;
        if (row.standing == next || row.in_a_row < needed(row, answered)) return std::nullopt;
        row.standing = next;
        auto conditions = std::make_shared<path::Conditions>(*conditions_);
        conditions->ways[via] = next;
        conditions_ = std::move(conditions);
        return next;
    }

    // Nothing is known of this leg any more.
    void forget(const model::Via& via) {
        const locks::Lock lock{mutex_};
        if (rows_.erase(via) == 0) return;
        auto conditions = std::make_shared<path::Conditions>(*conditions_);
        conditions->ways.erase(via);
        conditions_ = std::move(conditions);
    }

  private:
    struct Row {
        path::Standing standing = path::Standing::unknown;
        bool answered = false;  // the last probe
        unsigned in_a_row = 0;
    };

    // What was never silent needs no second word.
    static unsigned needed(const Row& row, bool answered) {
        if (!answered) return model::limits::kProbesSilent;
        return row.standing == path::Standing::unknown ? 1 : model::limits::kProbesAnswered;
    }

    mutable locks::Mutex mutex_;
    std::map<model::Via, Row> rows_ SEKISHO_GUARDED_BY(mutex_);
    std::shared_ptr<const path::Conditions> conditions_ SEKISHO_GUARDED_BY(mutex_) =
        std::make_shared<const path::Conditions>();
};

}  // namespace sekisho::exchange
