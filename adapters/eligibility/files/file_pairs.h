// Requests and responses as pairs of files in the folder that a connector (連携アプリケーション)
// watches.
//
//     <folder>/req     requests, for the connector to take
//     <folder>/res     its responses, for this program to take
//     <folder>/asked   a name for each document whose response is still to come
//     <folder>/aside   responses about documents that nobody asked for, or that cannot be read
//
// `req` and `res` are there before; the other two are made. A request is written under a hidden
// name, synced and renamed. A response is looked at when it appears or changes (and four times a
// second besides, since a file server tells nobody), and taken away once it is read. One without a
// request, or one more, is never an answer: about a document it is set aside, about a person it is
// deleted, for nobody may keep it; at the latest when the next exchange ends. A document whose
// response did not come in time stays asked for, as long as a delivery lives: the next attempt
// finds it. What a program that ended in the middle left is removed at the first exchange. Threads:
// any number, each with another pair; this program must be the only one that asks in its folder.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "adapters/api/adapter.h"
#include "adapters/eligibility/files/message.h"
#include "adapters/locks/mutex.h"

namespace sekisho::eligibility_adapter {

class FilePairs {
  public:
    explicit FilePairs(std::string folder) : folder_(std::move(folder)) {}

    struct Trouble {
        bool late = false;  // nothing came in time
        std::string detail;
    };
    // What the response says; looked at again while it is unfinished or says "processing".
    using Read = std::function<std::expected<std::string, NoAnswer>(std::string_view response)>;

    // `request` is its name, `text` what it says.
    std::expected<std::string, Trouble> exchange(const FileName& request, std::string_view text,
                                                 const Read& read, adapters::Deadline deadline);

    // Whether both folders are there and may be written to; how many responses lie aside.
    adapters::Health health() const;

  private:
    class Pending;

    std::expected<void, Trouble> ask(const FileName& request, std::string_view text);
    std::expected<std::string, Trouble> wait(const FileName& request, const Read& read,
                                             adapters::Deadline deadline);
    void settle(const FileName& request);
    void sweep();
    void tidy_once();
    bool is_pending(const std::string& id) const;
    bool is_asked_for(const FileName& response) const;

    std::string path_of(std::string_view place, const FileName& name) const;
    std::string marker_of(const FileName& name) const;

    const std::string folder_;
    mutable locks::Mutex mutex_;
    std::set<std::string> pending_ SEKISHO_GUARDED_BY(mutex_){};  // ids asked for by this program
    bool tidied_ SEKISHO_GUARDED_BY(mutex_) = false;
};

}  // namespace sekisho::eligibility_adapter
