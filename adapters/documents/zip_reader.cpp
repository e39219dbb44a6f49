#include "adapters/documents/zip_reader.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>

#include "routing/model/limits.h"

namespace sekisho::documents {

namespace {

namespace limits = model::limits;
using model::Problem;

bool is_beyond_limit(std::uint64_t expanded, std::size_t archive_bytes) {
    const std::uint64_t by_ratio = std::max<std::uint64_t>(
        limits::kArchiveRatioFreeBytes, std::uint64_t{archive_bytes} * limits::kArchiveRatioMax);
    return expanded > std::min<std::uint64_t>(limits::kArchiveExpandedBytesMax, by_ratio);
}

}  // namespace

void ZipReader::Close::operator()(::archive* handle) const {
    (void)archive_read_free(handle);  // nothing is left to do where it fails
}

ZipReader::ZipReader(std::string_view bytes, std::vector<ZipEntry> entries)
    : bytes_(bytes),
      entries_(std::move(entries)),
      handle_(archive_read_new()),
      piece_(std::make_unique<char[]>(limits::kArchivePieceBytes)) {}

model::Result<ZipReader> ZipReader::open(std::string_view bytes) {
    auto entries = read_zip_directory(bytes);
    if (!entries) return std::unexpected(std::move(entries.error()));
    std::uint64_t promised = 0;
    for (const ZipEntry& entry : *entries) promised += entry.bytes;
    if (is_beyond_limit(promised, bytes.size())) {
        return std::unexpected(archive_refusal(Problem::archive_too_large));
    }
    ZipReader reader{bytes, std::move(*entries)};
    ::archive* handle = reader.handle_.get();
    if (handle == nullptr || archive_read_support_format_zip_seekable(handle) != ARCHIVE_OK ||
        archive_read_open_memory(handle, bytes.data(), bytes.size()) != ARCHIVE_OK) {
        return std::unexpected(archive_refusal(Problem::archive_invalid));
    }
    return reader;
}

model::Result<void> ZipReader::next() {
    const ZipEntry& expected = entries_[number_];
    ++number_;
    entry_bytes_ = 0;
    ::archive_entry* entry = nullptr;
    if (archive_read_next_header(handle_.get(), &entry) != ARCHIVE_OK) {
        return std::unexpected(archive_refusal(Problem::archive_invalid, number_));
    }
    const char* name = archive_entry_pathname(entry);
    const bool agrees = name != nullptr && expected.name == name &&
                        archive_entry_filetype(entry) == AE_IFREG &&
                        archive_entry_is_encrypted(entry) == 0;
    if (!agrees) return std::unexpected(archive_refusal(Problem::archive_invalid, number_));
    return {};
}

model::Result<std::string_view> ZipReader::read() {
    const auto count = archive_read_data(handle_.get(), piece_.get(), limits::kArchivePieceBytes);
    if (count < 0) return std::unexpected(archive_refusal(Problem::archive_invalid, number_));
    const auto bytes = static_cast<std::size_t>(count);
    entry_bytes_ += bytes;
    expanded_bytes_ += bytes;
    if (is_beyond_limit(expanded_bytes_, bytes_.size())) {
        return std::unexpected(archive_refusal(Problem::archive_too_large, number_));
    }
    const std::uint64_t promised = entries_[number_ - 1].bytes;
    if (entry_bytes_ > promised || (bytes == 0 && entry_bytes_ != promised)) {
        return std::unexpected(archive_refusal(Problem::archive_invalid, number_));
    }
    return std::string_view{piece_.get(), bytes};
}

}  // namespace sekisho::documents
