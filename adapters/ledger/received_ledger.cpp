#include "adapters/ledger/received_ledger.h"

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <openssl/sha.h>
#include <unistd.h>

#include "adapters/documents/base64.h"

namespace sekisho::ledger {

using documents::Json;

namespace {

std::string line_of(const Received& document) {
    auto line = Json::object();
    line.set("source", document.source);
    line.set("id", document.id);
    line.set("type", document.type);
    line.set("body", documents::to_base64(document.body));
    auto attributes = Json::object();
    for (const auto& [name, value] : document.attributes) attributes.set(name, value);
    line.set("attributes", std::move(attributes));
    return to_text(line) + "\n";
}

std::optional<Received> document_of(std::string_view line) {
    const auto read = documents::parse_json(line);
    if (!read) return std::nullopt;
    const auto body = documents::from_base64(read->string_at("body").value_or(""));
    if (!body) return std::nullopt;
    const auto text = [&](std::string_view key) {
        return std::string{read->string_at(key).value_or("")};
    };
    Received document{text("source"), text("id"), text("type"), *body};
    if (const Json* attributes = read->find("attributes")) {
        for (const auto& [name, value] : attributes->members())
            document.attributes.push_back({name, value.text()});
    }
    return document;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    model::Sha256 digest;
    ::SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    return model::to_hex(digest);
}

ReceivedLedger::ReceivedLedger(std::string file) : file_(std::move(file)) {
    if (!file_.empty()) load();
}

ReceivedLedger::~ReceivedLedger() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void ReceivedLedger::load() {
    std::ifstream stream(file_, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    std::size_t whole = 0;
    for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', whole)) {
        const auto document = document_of(std::string_view{text}.substr(whole, end - whole));
        whole = end + 1;
        if (document) apply(*document, sha256_hex(document->body));
    }
    descriptor_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0600);
    if (descriptor_ >= 0 && whole < text.size() &&
        ::ftruncate(descriptor_, static_cast<off_t>(whole)) != 0) {
        ::close(descriptor_);
        descriptor_ = -1;
    }
}

Arrival ReceivedLedger::apply(const Received& document, std::string digest) {
    const auto [at, fresh] = entries_.try_emplace(Key{document.source, document.id});
    if (fresh) {
        at->second = Entry{document, std::move(digest), 1, entries_.size()};
        return Arrival::first;
    }
    if (at->second.sha256 != digest) {
        ++conflicts_;
        return Arrival::conflict;
    }
    ++at->second.times;
    ++duplicates_;
    return Arrival::repeated;
}

bool ReceivedLedger::write(std::string_view line) {
    while (!line.empty() && !broken_) {
        const ssize_t count = ::write(descriptor_, line.data(), line.size());
        broken_ = count <= 0;
        if (!broken_) line.remove_prefix(static_cast<std::size_t>(count));
    }
    return !broken_;
}

// Whoever comes first syncs for all whose lines are written by then.
bool ReceivedLedger::sync(std::uint64_t line) {
    const locks::Lock turn(sync_mutex_);
    if (synced_ >= line) return true;
    std::uint64_t written = 0;
    {
        const locks::Lock lock(mutex_);
        if (broken_) return false;
        written = written_;
    }
    if (::fdatasync(descriptor_) == 0) {
        synced_ = written;
        return true;
    }
    const locks::Lock lock(mutex_);
    broken_ = true;
    return false;
}

Arrival ReceivedLedger::receive(const Received& document) {
    std::string digest = sha256_hex(document.body);
    const std::string line = file_.empty() ? std::string{} : line_of(document);
    std::uint64_t number = 0;
    Arrival arrival{};
    {
        const locks::Lock lock(mutex_);
        if (broken_ || !write(line)) return Arrival::lost;
        number = ++written_;
        arrival = apply(document, std::move(digest));
    }
    return file_.empty() || sync(number) ? arrival : Arrival::lost;
}

std::vector<Received> ReceivedLedger::of_type(std::string_view type) const {
    std::vector<const Entry*> found;
    const locks::Lock lock(mutex_);
    for (const auto& [key, entry] : entries_) {
        if (type.empty() || entry.document.type == type) found.push_back(&entry);
    }
    std::ranges::sort(found, {}, [](const Entry* entry) { return entry->order; });
    std::vector<Received> documents;
    documents.reserve(found.size());
    for (const Entry* entry : found) documents.push_back(entry->document);
    return documents;
}

Json ReceivedLedger::state() const {
    const locks::Lock lock(mutex_);
    auto items = Json::array();
    for (const auto& [key, entry] : entries_) {
        auto item = Json::object();
        item.set("source", entry.document.source);
        item.set("id", entry.document.id);
        item.set("type", entry.document.type);
        item.set("sha256", entry.sha256);
        item.set("times", Json::number(static_cast<std::int64_t>(entry.times)));
        item.set("order", Json::number(static_cast<std::int64_t>(entry.order)));
        items.push(std::move(item));
    }
    auto state = Json::object();
    state.set("documents", Json::number(static_cast<std::int64_t>(entries_.size())));
    state.set("duplicates", Json::number(static_cast<std::int64_t>(duplicates_)));
    state.set("conflicts", Json::number(static_cast<std::int64_t>(conflicts_)));
    state.set("items", std::move(items));
    return state;
}

}  // namespace sekisho::ledger
