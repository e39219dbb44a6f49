// The contents of a zip, expanded piece by piece: at no time is more than one piece in memory.
//
// The directory is read by read_zip_directory, whose rules hold; libarchive expands. The limits:
// kArchiveEntriesMax entries, kArchiveExpandedBytesMax in all, and kArchiveRatioMax times the
// archive's own size once kArchiveRatioFreeBytes were expanded. A content that does not expand, or
// not to the size and checksum that the archive gives, is archive_invalid; beyond a limit is
// archive_too_large; both as archive_refusal makes them. Holds a view of the bytes. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "adapters/documents/zip_directory.h"
#include "routing/model/problem.h"

struct archive;

namespace sekisho::documents {

class ZipReader {
  public:
    static model::Result<ZipReader> open(std::string_view bytes);

    // In the order in which next() walks them.
    const std::vector<ZipEntry>& entries() const { return entries_; }

    // Begins the next entry; not called more often than there are entries.
    model::Result<void> next();
    // The next piece of it, valid until the next call; an empty one is its end.
    model::Result<std::string_view> read();

  private:
    struct Close {
        void operator()(::archive* handle) const;
    };

    ZipReader(std::string_view bytes, std::vector<ZipEntry> entries);

    std::string_view bytes_;
    std::vector<ZipEntry> entries_;
    std::unique_ptr<::archive, Close> handle_;
    std::unique_ptr<char[]> piece_;
    std::size_t number_ = 0;  // of the entry, from 1
    std::uint64_t entry_bytes_ = 0;
    std::uint64_t expanded_bytes_ = 0;
};

}  // namespace sekisho::documents
