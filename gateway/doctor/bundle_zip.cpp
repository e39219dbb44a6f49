// The zip of a bundle, by libarchive, in memory: a few megabytes at the most.
#include <archive.h>
#include <archive_entry.h>
#include <memory>

#include "gateway/doctor/bundle.h"

namespace sekisho::doctor {

namespace {

constexpr int kForOwner = 0600;
constexpr std::size_t kOverheadBytes = 1024;  // of an entry, both its headers

struct FreeWriter {
    void operator()(::archive* handle) const {
        (void)archive_write_free(handle);  // what was written is looked at below
    }
};
struct FreeEntry {
    void operator()(::archive_entry* entry) const { archive_entry_free(entry); }
};

bool write_entry(::archive* writer, const BundleEntry& own) {
    const std::unique_ptr<::archive_entry, FreeEntry> entry{archive_entry_new()};
    if (!entry) return false;
    archive_entry_set_pathname(entry.get(), own.name.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), kForOwner);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(own.text.size()));
    if (archive_write_header(writer, entry.get()) != ARCHIVE_OK) return false;
    return archive_write_data(writer, own.text.data(), own.text.size()) ==
           static_cast<la_ssize_t>(own.text.size());
}

}  // namespace

std::string zip_of(const std::vector<BundleEntry>& entries) {
    std::size_t room = kOverheadBytes;
    for (const BundleEntry& entry : entries) room += entry.text.size() * 9 / 8 + kOverheadBytes;
    std::string bytes(room, '\0');
    std::size_t used = 0;
    const std::unique_ptr<::archive, FreeWriter> writer{archive_write_new()};
    if (!writer || archive_write_set_format_zip(writer.get()) != ARCHIVE_OK ||
        archive_write_set_options(writer.get(), "zip:compression=deflate,!zip64") != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(writer.get(), 1) != ARCHIVE_OK ||
        archive_write_open_memory(writer.get(), bytes.data(), bytes.size(), &used) != ARCHIVE_OK) {
        return {};
    }
    for (const BundleEntry& entry : entries) {
        if (!write_entry(writer.get(), entry)) return {};
    }
    if (archive_write_close(writer.get()) != ARCHIVE_OK) return {};
    bytes.resize(used);
    return bytes;
}

}  // namespace sekisho::doctor
