#include "gateway/audit/checkpoint.h"

#include <algorithm>
#include <charconv>

#include "adapters/documents/base64.h"
#include "gateway/platform/crypto.h"
#include "gateway/platform/hex.h"
#include "routing/model/limits.h"

namespace sekisho::audit {

namespace {

using model::Problem;
using model::Result;

constexpr char kEd25519 = '\x01';
constexpr std::size_t kIdBytes = 4;
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::string_view kDash = "\xE2\x80\x94 ";  // em dash, space

// The first four bytes of SHA-256 over name, newline, type and key.
std::string key_id(const LogVerifier& verifier) {
    const auto digest = platform::sha256(verifier.name + "\n" + kEd25519 + verifier.public_key);
    return {digest.begin(), digest.begin() + kIdBytes};
}

std::string text_of(const Checkpoint& checkpoint) {
    const model::Sha256& root = checkpoint.tree.root;
    return checkpoint.origin + "\n" + std::to_string(checkpoint.tree.size) + "\n" +
           documents::to_base64({reinterpret_cast<const char*>(root.data()), root.size()}) + "\n";
}

// The next line of `text`, taken off it; nothing without a newline.
std::optional<std::string_view> take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::optional<std::uint64_t> size_in(std::string_view text) {
    std::uint64_t size = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), size);
    if (trouble != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (text.size() > 1 && text.front() == '0') return std::nullopt;
    return size;
}

std::optional<Checkpoint> parse_text(std::string_view text) {
    const auto origin = take_line(text);
    const auto size = take_line(text);
    const auto root = take_line(text);
    if (!root || !text.empty() || origin->empty()) return std::nullopt;
    const auto count = size_in(*size);
    const auto bytes = documents::from_base64(*root);
    Checkpoint checkpoint{.origin = std::string{*origin}, .tree = {}};
    if (!count || !bytes || bytes->size() != checkpoint.tree.root.size()) return std::nullopt;
    checkpoint.tree.size = *count;
    std::ranges::copy(*bytes, checkpoint.tree.root.begin());
    return checkpoint;
}

// Does one of the lines carry the verifier's name and id, and a signature that holds?
bool is_signed(std::string_view text, std::string_view lines, const LogVerifier& verifier) {
    const std::string begin = std::string{kDash} + verifier.name + " ";
    const std::string id = key_id(verifier);
    while (const auto line = take_line(lines)) {
        if (!line->starts_with(begin)) continue;
        const auto bytes = documents::from_base64(line->substr(begin.size()));
        if (!bytes || bytes->size() != kIdBytes + kSignatureBytes || !bytes->starts_with(id)) {
            continue;
        }
        return platform::verify_ed25519(verifier.public_key, text,
                                        std::string_view{*bytes}.substr(kIdBytes));
    }
    return false;
}

std::unexpected<model::Refusal> invalid(std::string ja, std::string en) {
    return model::refuse(Problem::digest_mismatch, {.ja = std::move(ja), .en = std::move(en)});
}

}  // namespace

std::string sign_checkpoint(const Checkpoint& checkpoint,
                            const std::vector<platform::LogKey>& keys) {
    const std::string text = text_of(checkpoint);
    std::string note = text + "\n";
    for (const platform::LogKey& key : keys) {
        const LogVerifier verifier{.name = checkpoint.origin, .public_key = key.public_key()};
        note += std::string{kDash} + verifier.name + " " +
                documents::to_base64(key_id(verifier) + key.sign(text)) + "\n";
    }
    return note;
}

std::string to_vkey(const LogVerifier& verifier) {
    return verifier.name + "+" + platform::to_hex_digits(key_id(verifier)) + "+" +
           documents::to_base64(kEd25519 + verifier.public_key);
}

std::optional<LogVerifier> parse_vkey(std::string_view text) {
    const std::size_t first = text.find('+');
    const std::size_t second = text.find('+', first == std::string_view::npos ? first : first + 1);
    if (second == std::string_view::npos || first == 0) return std::nullopt;
    const auto key = documents::from_base64(text.substr(second + 1));
    if (!key || key->size() != 1 + kKeyBytes || key->front() != kEd25519) return std::nullopt;
    LogVerifier verifier{.name = std::string{text.substr(0, first)}, .public_key = key->substr(1)};
    if (platform::to_hex_digits(key_id(verifier)) != text.substr(first + 1, second - first - 1))
        return std::nullopt;
    return verifier;
}

Result<Checkpoint> parse_checkpoint(std::string_view note) {
    const std::size_t blank = note.find("\n\n");
    const bool is_note = note.size() <= model::limits::kLogNoteBytesMax &&
                         blank != std::string_view::npos && note.ends_with('\n');
    auto checkpoint = is_note ? parse_text(note.substr(0, blank + 1)) : std::nullopt;
    if (checkpoint) return std::move(*checkpoint);
    return invalid("署名つきのチェックポイントの形ではありません",
                   "this is not a signed checkpoint");
}

std::vector<LogVerifier> parse_vkeys(std::string_view text) {
    std::vector<LogVerifier> verifiers;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        auto verifier = parse_vkey(text.substr(0, end));
        if (!verifier) return {};
        verifiers.push_back(std::move(*verifier));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return verifiers;
}

Result<Checkpoint> open_checkpoint(std::string_view note,
                                   const std::vector<LogVerifier>& verifiers) {
    auto checkpoint = parse_checkpoint(note);
    if (!checkpoint) return checkpoint;
    const std::size_t blank = note.find("\n\n");
    const std::string_view text = note.substr(0, blank + 1);
    const auto signer = std::ranges::find_if(verifiers, [&](const LogVerifier& verifier) {
        return is_signed(text, note.substr(blank + 2), verifier);
    });
    if (signer == verifiers.end()) {
        return invalid("どの検証鍵による正しい署名もありません",
                       "there is no valid signature of any of the verifier's keys");
    }
    if (checkpoint->origin == signer->name) return checkpoint;
    return invalid("署名されているのは別の記録のチェックポイントです",
                   "what is signed is a checkpoint of another log");
}

}  // namespace sekisho::audit
