#include "gateway/exchange/arrival.h"
#include "routing/model/limits.h"

namespace sekisho::exchange {

BodyIntake::BodyIntake(const platform::Keyring& keyring, platform::Random& random,
                       store::Spool spool, std::uint64_t bytes_max)
    : bytes_max_(bytes_max),
      sealer_(std::make_unique<store::BodySealer>(keyring, random, std::move(spool))) {}

model::Result<void> BodyIntake::append(std::string_view piece) {
    if (piece.size() > bytes_max_ - size_) return model::refuse(model::Problem::body_too_large);
    size_ += piece.size();
    hash_.update(piece);
    if (size_ <= model::limits::kSmallBodyBytesMax) {
        plain_.append(piece);
    } else {
        spilled_ = true;
        plain_ = {};
    }
    return sealer_->append(piece);
}

model::Result<Body> BodyIntake::finish() {
    auto sealed = sealer_->finish();
    if (!sealed) return std::unexpected(sealed.error());
    Body body;
    body.sha256 = hash_.finish();
    body.size = size_;
    if (!spilled_) body.plain = std::move(plain_);
    body.sealed = std::move(*sealed);
    body.sealer = std::move(sealer_);
    return body;
}

}  // namespace sekisho::exchange
