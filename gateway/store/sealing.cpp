#include "gateway/store/sealing.h"

#include <algorithm>
#include <utility>

#include "gateway/platform/crypto.h"
#include "routing/model/limits.h"

namespace sekisho::store {

namespace {

namespace limits = model::limits;
using model::Result;
using platform::Nonce;
using platform::SecretKey;

constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kSealedSegmentWhole = limits::kSealedSegmentBytes + kTagBytes;
constexpr std::size_t kKeyNumberBytes = 4;
constexpr std::size_t kKeyLengthBytes = 2;
constexpr std::string_view kEnvelopeContext = "sekisho envelope";
constexpr std::string_view kRecordContext = "sekisho record";

// The first byte of a nonce keeps apart what one data key seals.
enum class Sealed : std::uint8_t { segment = 1, envelope = 2, record = 3 };

std::string big_endian(std::uint64_t value, std::size_t bytes) {
    std::string text;
    for (std::size_t i = bytes; i-- > 0;) text.push_back(static_cast<char>(value >> (8 * i)));
    return text;
}

std::uint64_t from_big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes) value = value << 8U | static_cast<std::uint8_t>(byte);
    return value;
}

// Place and end of a segment, in its nonce and once more as associated text: a data key serves one
// body, whose segments are sealed once each, so a counted nonce never serves twice.
struct SegmentPlace {
    std::uint64_t index = 0;
    bool last = false;

    Nonce nonce() const {
        Nonce nonce{static_cast<std::uint8_t>(Sealed::segment)};
        std::ranges::copy(big_endian(index, 8), nonce.begin() + 1);
        nonce.back() = last ? 1 : 0;
        return nonce;
    }
    std::string context() const {
        return "sekisho body segment " + std::to_string(index) + (last ? " last" : "");
    }
};

std::string seal_small(const SecretKey& key, platform::Random& random, Sealed what,
                       std::string_view context, std::string_view plain) {
    Nonce nonce{};
    random.fill(nonce);
    nonce.front() = static_cast<std::uint8_t>(what);
    return std::string(nonce.begin(), nonce.end()) + platform::seal(key, nonce, context, plain);
}

std::optional<std::string> open_small(const SecretKey& key, Sealed what, std::string_view context,
                                      std::string_view sealed) {
    Nonce nonce{};
    if (sealed.size() < nonce.size()) return std::nullopt;
    std::ranges::copy(sealed.substr(0, nonce.size()), nonce.begin());
    if (nonce.front() != static_cast<std::uint8_t>(what)) return std::nullopt;
    return platform::open(key, nonce, context, sealed.substr(nonce.size()));
}

std::string fresh_file_name(platform::Random& random) {
    model::Sha256 bytes{};
    random.fill(bytes);
    return model::to_hex(bytes) + ".sealed";
}

}  // namespace

struct BodySealer::State {
    platform::Random& random;
    Spool spool;
    SecretKey key;
    platform::WrappedKey wrapped;
    std::string waiting{};  // plain bytes of the segment that is not full yet
    std::string sealed{};   // segments, as long as they stay in memory
    std::uint64_t segments = 0;
    std::uint64_t size = 0;
    std::string file_name{};  // set once the body is spooled
    std::unique_ptr<platform::WritableFile> file{};
    bool owns_file = false;
    std::optional<model::Refusal> trouble{};  // what failed first; nothing works afterwards

    std::string file_path() const { return spool.folder + "/" + file_name; }

    Result<void> begin_file() {
        file_name = fresh_file_name(random);
        auto created = spool.files.create(file_path());
        if (!created) return std::unexpected(created.error());
        file = std::move(*created);
        owns_file = true;
        return file->append(std::exchange(sealed, {}));
    }

    Result<void> seal_waiting(bool last) {
        const SegmentPlace place{.index = segments++, .last = last};
        std::string segment = platform::seal(key, place.nonce(), place.context(), waiting);
        waiting.clear();
        if (file != nullptr) return file->append(segment);
        sealed += segment;
        return {};
    }

    // A full segment waits until more comes, since only then it is known not to be the last.
    Result<void> take(std::string_view plain) {
        while (!plain.empty()) {
            if (waiting.size() == limits::kSealedSegmentBytes) {
                if (auto done = seal_waiting(false); !done) return done;
            }
            const std::size_t part =
                std::min(plain.size(), limits::kSealedSegmentBytes - waiting.size());
            waiting += plain.substr(0, part);
            plain.remove_prefix(part);
            size += part;
            if (size > limits::kSmallBodyBytesMax && file == nullptr) {
                if (auto begun = begin_file(); !begun) return begun;
            }
        }
        return {};
    }

    Result<void> end() {
        if (auto done = seal_waiting(true); !done || file == nullptr) return done;
        if (auto synced = file->sync(); !synced) return synced;
        file.reset();
        return spool.files.sync_directory(spool.folder);
    }

    Result<void> note(Result<void> result) {
        if (!result) trouble = result.error();
        return result;
    }
};

BodySealer::BodySealer(const platform::Keyring& keyring, platform::Random& random, Spool spool) {
    const SecretKey key = SecretKey::make(random);
    state_ = std::make_unique<State>(State{.random = random,
                                           .spool = std::move(spool),
                                           .key = key,
                                           .wrapped = keyring.wrap(random, key)});
}

BodySealer::~BodySealer() {
    if (state_ == nullptr || !state_->owns_file) return;
    state_->file.reset();
    // Should this fail too, sweep_spool() removes the file at the next start.
    (void)state_->spool.files.remove(state_->file_path());
}

BodySealer::BodySealer(BodySealer&&) noexcept = default;

Result<void> BodySealer::append(std::string_view plain) {
    if (state_->trouble) return std::unexpected(*state_->trouble);
    return state_->note(state_->take(plain));
}

Result<SealedBody> BodySealer::finish() {
    if (state_->trouble) return std::unexpected(*state_->trouble);
    if (auto ended = state_->note(state_->end()); !ended) return std::unexpected(ended.error());
    return SealedBody{.data_key = state_->wrapped,
                      .bytes = std::exchange(state_->sealed, {}),
                      .spool_file = state_->file_name,
                      .size = state_->size};
}

std::string BodySealer::seal_envelope(std::string_view plain) const {
    return seal_small(state_->key, state_->random, Sealed::envelope, kEnvelopeContext, plain);
}

void BodySealer::keep() {
    state_->owns_file = false;
}

std::optional<std::string> open_envelope(const platform::Keyring& keyring,
                                         const platform::WrappedKey& data_key,
                                         std::string_view sealed) {
    const auto key = keyring.unwrap(data_key);
    if (!key) return std::nullopt;
    return open_small(*key, Sealed::envelope, kEnvelopeContext, sealed);
}

struct BodyOpener::State {
    Spool spool;
    SealedBody body;
    std::optional<SecretKey> key;
    std::unique_ptr<platform::ReadableFile> file{};
    std::uint64_t left = 0;  // sealed bytes not yet read
    std::size_t at = 0;      // within body.bytes
    std::uint64_t segment = 0;
    std::uint64_t opened = 0;  // plain bytes so far
    std::string plain{};
    bool failed = false;

    bool begin() {
        if (!key) return false;
        if (body.spool_file.empty()) {
            left = body.bytes.size();
            return true;
        }
        auto found = spool.files.open(spool.folder + "/" + body.spool_file);
        if (!found) return false;
        file = std::move(*found);
        left = file->size();
        return true;
    }

    std::optional<std::string> sealed_segment() {
        const auto size =
            static_cast<std::size_t>(std::min<std::uint64_t>(left, kSealedSegmentWhole));
        std::string sealed(size, '\0');
        if (file == nullptr) {
            sealed = body.bytes.substr(at, size);
            at += size;
            return sealed;
        }
        for (std::size_t filled = 0; filled < size;) {
            const auto got = file->read(std::span(sealed).subspan(filled));
            if (!got || *got == 0) return std::nullopt;
            filled += *got;
        }
        return sealed;
    }

    bool open_next() {
        const auto sealed = sealed_segment();
        if (!sealed) return false;
        left -= sealed->size();
        const SegmentPlace place{.index = segment++, .last = left == 0};
        auto piece = platform::open(*key, place.nonce(), place.context(), *sealed);
        if (!piece) return false;
        plain = std::move(*piece);
        opened += plain.size();
        return left > 0 || opened == body.size;
    }
};

BodyOpener::BodyOpener(const platform::Keyring& keyring, Spool spool, SealedBody body)
    : state_(std::make_unique<State>(
          State{.spool = std::move(spool), .body = std::move(body), .key = {}})) {
    state_->key = keyring.unwrap(state_->body.data_key);
    state_->failed = !state_->begin() || state_->left == 0;  // even nothing is one segment
}

BodyOpener::~BodyOpener() = default;

std::string_view BodyOpener::next() {
    if (state_->failed || state_->left == 0) return {};
    if (state_->open_next()) return state_->plain;
    state_->failed = true;
    state_->plain.clear();
    return {};
}

bool BodyOpener::failed() const {
    return state_->failed;
}

std::string seal_record(const platform::Keyring& keyring, platform::Random& random,
                        std::string_view plain) {
    const SecretKey key = SecretKey::make(random);
    const platform::WrappedKey wrapped = keyring.wrap(random, key);
    return big_endian(wrapped.wrapping_key, kKeyNumberBytes) +
           big_endian(wrapped.bytes.size(), kKeyLengthBytes) + wrapped.bytes +
           seal_small(key, random, Sealed::record, kRecordContext, plain);
}

std::optional<std::string> open_record(const platform::Keyring& keyring, std::string_view sealed) {
    constexpr std::size_t kHeadBytes = kKeyNumberBytes + kKeyLengthBytes;
    if (sealed.size() < kHeadBytes) return std::nullopt;
    const auto number =
        static_cast<std::uint32_t>(from_big_endian(sealed.substr(0, kKeyNumberBytes)));
    const auto length =
        static_cast<std::size_t>(from_big_endian(sealed.substr(kKeyNumberBytes, kKeyLengthBytes)));
    sealed.remove_prefix(kHeadBytes);
    if (sealed.size() < length) return std::nullopt;
    const auto key =
        keyring.unwrap({.wrapping_key = number, .bytes = std::string(sealed.substr(0, length))});
    if (!key) return std::nullopt;
    return open_small(*key, Sealed::record, kRecordContext, sealed.substr(length));
}

}  // namespace sekisho::store
