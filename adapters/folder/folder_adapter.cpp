#include "adapters/folder/folder_adapter.h"

#include <algorithm>
#include <unistd.h>

#include "adapters/api/cloud_event.h"
#include "adapters/documents/object_reader.h"
#include "adapters/file/dropped_file.h"

namespace sekisho::folder_adapter {

using adapters::Fate;
using adapters::Outcome;
using file::DroppedFile;
using file::Sameness;

namespace {

bool is_safe(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               c == '.' || c == '_' || c == '~' || c == '-';
    });
}

std::string_view extension_of(std::string_view media_type) {
    const std::string_view kind = media_type.substr(0, media_type.find(';'));
    if (kind == "text/csv") return "csv";
    if (kind == "application/json" || kind.ends_with("+json")) return "json";
    if (kind == "application/zip") return "zip";
    if (kind == "application/pdf") return "pdf";
    return "bin";
}

std::string sidecar_text(const adapters::Delivery& delivery) {
    auto event = documents::Json::object();
    for (const adapters::EventAttribute& row : adapters::event_attributes(*delivery.envelope))
        event.set(row.name, row.value);
    event.set("sha256", model::to_hex(delivery.sha256));
    event.set("size", documents::Json::number(static_cast<std::int64_t>(delivery.size)));
    return to_pretty(event) + "\n";
}

Outcome not_now(const std::string& why) {
    return {Fate::retry, why, {}};
}

}  // namespace

model::Result<Settings> Settings::parse(const documents::Json& object) {
    documents::ObjectReader reader(object);
    Settings settings{.folder = reader.required_text("folder")};
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

std::optional<std::string> file_name_of(const model::Envelope& envelope) {
    std::string source = to_source(envelope.source).substr(1);
    std::ranges::replace(source, '/', '_');
    if (!is_safe(source) || !is_safe(envelope.id.text())) return std::nullopt;
    return source + "-" + envelope.id.text() + "." + std::string{extension_of(envelope.media_type)};
}

adapters::Capabilities FolderAdapter::capabilities() const {
    return {.name = "folder",
            .version = "1",
            .delivers = true,
            .answers = false,
            .body_bytes_max = model::limits::kBinaryBodyBytesMax,
            .posture = adapters::Posture::requires_trusted_peer};
}

Outcome FolderAdapter::deliver(const adapters::Delivery& delivery, adapters::ByteSource& body,
                               adapters::Deadline deadline) {
    const auto name = file_name_of(*delivery.envelope);
    if (!name)
        return adapters::rejected(
            {.what = {.ja = "送信元と id から安全なファイル名を作れません",
                      .en = "The source and the id make no safe file name"},
             .next = {.ja = "送信元は英数字の短い id で送り直してください",
                      .en = "The sender sends it under a short id of letters and "
                            "digits"}});
    DroppedFile document(settings_.folder, *name);
    std::uint64_t written = 0;
    for (auto piece = body.next(); !piece.empty(); piece = body.next()) {
        if (std::chrono::steady_clock::now() >= deadline) return not_now("the deadline passed");
        if (!document.write(piece)) return not_now(document.trouble());
        written += piece.size();
    }
    if (body.failed() || written != delivery.size) return not_now("the document could not be read");
    if (!document.sync()) return not_now(document.trouble());

    const locks::Lock lock(naming_);
    switch (file::compare_files(settings_.folder + "/" + *name, document.hidden_path())) {
        case Sameness::different:
            return adapters::rejected(
                {.what = {.ja = "同じ名前で別の文書が既に置かれています",
                          .en = "Another document of this name is already there"},
                 .next = {.ja = "送信元は新しい id で送り直してください",
                          .en = "The sender sends it again under a new id"}});
        case Sameness::same:
            if (!file::sync_folder(settings_.folder))
                return not_now("the folder could not be synced");
            return {Fate::delivered, "already there", {}};
        case Sameness::absent:
            break;
    }
    if (std::chrono::steady_clock::now() >= deadline) return not_now("the deadline passed");
    DroppedFile sidecar(settings_.folder, *name + "+event.json");
    if (!sidecar.write(sidecar_text(delivery)) || !sidecar.sync() || !sidecar.publish())
        return not_now(sidecar.trouble());
    if (!document.publish()) return not_now(document.trouble());
    if (!file::sync_folder(settings_.folder)) return not_now("the folder could not be synced");
    return {Fate::delivered, {}, {}};
}

adapters::Answer FolderAdapter::ask(const model::Authorized<model::Envelope>&, adapters::Deadline) {
    return {adapters::AnswerFate::rejected, {}, {}, "a folder answers no questions"};
}

adapters::Health FolderAdapter::probe(adapters::Deadline) {
    const bool writable = ::access(settings_.folder.c_str(), W_OK | X_OK) == 0;
    return {writable, writable ? "writable" : "the folder is missing or not writable"};
}

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return std::make_unique<FolderAdapter>(std::move(settings));
}

}  // namespace sekisho::folder_adapter
