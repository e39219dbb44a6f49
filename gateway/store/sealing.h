// Sealing: what rests on disk is AES-256-GCM under a data key of its own, wrapped by the keyring.
//
// A message has one data key. Its envelope is one sealing; its body is a row of sealed segments of
// 64 KiB of plain text, each bound to its place and to whether it is the last, so that segments
// cannot be dropped, swapped or cut off unseen. Up to limits::kSmallBodyBytesMax the segments stay
// in memory and go into the store with the message; beyond it they go to a spool file as they come,
// which is synced, with its folder, before the message is submitted. Objects belong to one thread
// at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gateway/platform/keyring.h"
#include "gateway/platform/ports.h"
#include "gateway/store/records.h"

namespace sekisho::store {

struct Spool {
    platform::Files& files;
    std::string folder;
};

class BodySealer {
  public:
    BodySealer(const platform::Keyring& keyring, platform::Random& random, Spool spool);
    ~BodySealer();  // removes an unfinished or disowned spool file
    BodySealer(BodySealer&&) noexcept;

    model::Result<void> append(std::string_view plain);
    // After the last byte. The spool file, if any, is durable now and still owned by this object
    // until keep().
    model::Result<SealedBody> finish();
    std::string seal_envelope(std::string_view plain) const;  // under the same data key
    void keep();  // the message was committed: the spool file is the store's now

  private:
    struct State;
    std::unique_ptr<State> state_;
};

std::optional<std::string> open_envelope(const platform::Keyring& keyring,
                                         const platform::WrappedKey& data_key,
                                         std::string_view sealed);

// Reads a sealed body from front to back: next() gives the next plain piece, empty at the end or on
// failure; failed() tells which. A missing key, a changed byte or a missing segment is a failure.
class BodyOpener {
  public:
    BodyOpener(const platform::Keyring& keyring, Spool spool, SealedBody body);
    ~BodyOpener();

    std::string_view next();
    bool failed() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// Seals something small under a fresh data key of its own: "key number . wrapped key . sealed" as
// one text of bytes.
std::string seal_record(const platform::Keyring& keyring, platform::Random& random,
                        std::string_view plain);
std::optional<std::string> open_record(const platform::Keyring& keyring, std::string_view sealed);

// Removes the spool files that no committed message names: what a crash left between sync and
// commit. At start, before anything is accepted. The number removed.
class View;
model::Result<std::size_t> sweep_spool(const Spool& spool, View& view);

}  // namespace sekisho::store
