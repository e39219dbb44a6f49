// A stored document as an adapter reads it: plain pieces out of a sealed body, each opened as it is
// asked for.
#pragma once

#include <utility>

#include "adapters/api/adapter.h"
#include "gateway/store/sealing.h"

namespace sekisho::exchange {

class SealedSource final : public adapters::ByteSource {
  public:
    SealedSource(const platform::Keyring& keyring, store::Spool spool, store::SealedBody body)
        : opener_(keyring, std::move(spool), std::move(body)) {}

    std::string_view next() override { return opener_.next(); }
    bool failed() const override { return opener_.failed(); }

  private:
    store::BodyOpener opener_;
};

}  // namespace sekisho::exchange
