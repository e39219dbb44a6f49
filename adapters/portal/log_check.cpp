#include "adapters/portal/log_check.h"

#include <bit>
#include <charconv>
#include <memory>
#include <openssl/evp.h>

#include "adapters/documents/base64.h"

namespace sekisho::portal_adapter {

using documents::Json;

namespace {

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kKeyIdBytes = 4;
constexpr std::size_t kSignatureBytes = 64;
constexpr char kEd25519 = '\x01';                             // the signature type of a vkey
constexpr std::string_view kSignatureMark = "\xE2\x80\x94 ";  // em dash and a space

struct KeyEnd {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

const unsigned char* raw(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string sha256(std::string_view bytes) {
    std::string digest(kHashBytes, '\0');
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), &size,
               EVP_sha256(), nullptr);
    return digest;
}

std::string node_hash(const std::string& left, const std::string& right) {
    return sha256("\x01" + left + right);
}

// Up to the separator, which goes too; the rest where there is none.
std::string_view take(std::string_view& text, char separator) {
    const auto end = text.find(separator);
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return part;
}

struct Key {
    std::string name;
    std::string id;
    std::string bytes;
};

std::optional<Key> read_vkey(std::string_view text) {
    const std::string name{take(text, '+')};
    (void)take(text, '+');  // the id is computed, not believed
    const auto key = documents::from_base64(text);
    if (name.empty() || !key || key->size() != 1 + kHashBytes || key->front() != kEd25519)
        return std::nullopt;
    return Key{name, sha256(name + "\n" + *key).substr(0, kKeyIdBytes), key->substr(1)};
}

bool verifies(const Key& key, std::string_view text, std::string_view signature) {
    const std::unique_ptr<EVP_PKEY, KeyEnd> made{
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(key.bytes), key.bytes.size())};
    const std::unique_ptr<EVP_MD_CTX, KeyEnd> context{EVP_MD_CTX_new()};
    return made &&
           EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, made.get()) == 1 &&
           EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(text),
                            text.size()) == 1;
}

bool is_signed_by(const Key& key, std::string_view text, std::string_view signatures) {
    while (!signatures.empty()) {
        std::string_view line = take(signatures, '\n');
        if (!line.starts_with(kSignatureMark)) continue;
        line.remove_prefix(kSignatureMark.size());
        if (take(line, ' ') != key.name) continue;
        const auto bytes = documents::from_base64(line);
        if (!bytes || bytes->size() != kKeyIdBytes + kSignatureBytes) continue;
        if (!bytes->starts_with(key.id)) continue;
        if (verifies(key, text, std::string_view{*bytes}.substr(kKeyIdBytes))) return true;
    }
    return false;
}

bool is_signed(std::string_view vkeys, std::string_view origin, std::string_view text,
               std::string_view signatures) {
    while (!vkeys.empty()) {
        const auto key = read_vkey(take(vkeys, '\n'));
        if (key && key->name == origin && is_signed_by(*key, text, signatures)) return true;
    }
    return false;
}

std::optional<std::vector<std::string>> read_path(const Json& proof) {
    const Json* hashes = proof.find("hashes");
    if (hashes == nullptr || !hashes->is_array()) return std::nullopt;
    std::vector<std::string> path;
    for (const Json& item : hashes->items()) {
        const auto bytes = documents::from_base64(item.as_string().value_or(""));
        if (!bytes || bytes->size() != kHashBytes) return std::nullopt;
        path.push_back(*bytes);
    }
    return path;
}

// Whoever shows one thing and proves another is found here.
bool shows_its_leaf(const Json& access, std::string_view leaf) {
    const auto told = documents::parse_json(leaf);
    if (!told) return false;
    for (const std::string_view name : kShown) {
        const Json* shown = access.find(name);
        const Json* in_leaf = told->find(name);
        if ((shown == nullptr) != (in_leaf == nullptr)) return false;
        if (shown != nullptr && *shown != *in_leaf) return false;
    }
    return true;
}

}  // namespace

std::optional<Checkpoint> open_checkpoint(std::string_view note, std::string_view vkeys) {
    const auto blank = note.find("\n\n");
    if (blank == std::string_view::npos) return std::nullopt;
    const std::string_view text = note.substr(0, blank + 1);
    std::string_view lines = text;
    Checkpoint checkpoint{.origin = std::string{take(lines, '\n')}};
    const std::string_view size = take(lines, '\n');
    const auto root = documents::from_base64(take(lines, '\n'));
    // Written in one way only: no sign, no zero before.
    std::from_chars(size.data(), size.data() + size.size(), checkpoint.size);
    if (std::to_string(checkpoint.size) != size) return std::nullopt;
    if (!root || root->size() != kHashBytes || !lines.empty()) return std::nullopt;
    checkpoint.root = *root;
    if (!is_signed(vkeys, checkpoint.origin, text, note.substr(blank + 2))) return std::nullopt;
    return checkpoint;
}

std::string leaf_hash(std::string_view leaf) {
    std::string bytes(1, '\0');
    bytes.append(leaf);
    return sha256(bytes);
}

std::optional<std::string> root_of(std::string_view leaf, std::uint64_t index, std::uint64_t size,
                                   const std::vector<std::string>& path) {
    if (index >= size) return std::nullopt;
    // From the root down: on which side of each split the leaf lies.
    std::vector<bool> is_right;
    while (size > 1) {
        const std::uint64_t left = std::bit_floor(size - 1);
        is_right.push_back(index >= left);
        size = index >= left ? size - left : left;
        index = index >= left ? index - left : index;
    }
    if (is_right.size() != path.size()) return std::nullopt;
    std::string hash = leaf_hash(leaf);
    for (const std::string& sibling : path) {
        hash = is_right.back() ? node_hash(sibling, hash) : node_hash(hash, sibling);
        is_right.pop_back();
    }
    return hash;
}

std::string trouble_with(const Json& access, const Checkpoint& checkpoint) {
    const auto leaf = access.string_at("leaf");
    const Json* proof = access.find("proof");
    if (!leaf || proof == nullptr) return "no leaf or no proof";
    const auto index = proof->integer_at("index");
    const auto size = proof->integer_at("size");
    const auto path = read_path(*proof);
    if (!index || *index < 0 || !size || *size < 0 || !path) return "a proof that cannot be read";
    if (static_cast<std::uint64_t>(*size) != checkpoint.size)
        return "a proof for another checkpoint";
    if (proof->string_at("leaf_hash") != documents::to_base64(leaf_hash(*leaf)))
        return "another leaf's hash";
    const auto root = root_of(*leaf, static_cast<std::uint64_t>(*index), checkpoint.size, *path);
    if (root != checkpoint.root) return "a leaf that is not in the log";
    return shows_its_leaf(access, *leaf) ? "" : "what is shown is not what the leaf says";
}

}  // namespace sekisho::portal_adapter
