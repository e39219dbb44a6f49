// What a zip says it holds, read strictly before anything is expanded.
//
// A zip names each entry twice, in front of its content and in the directory at its end; readers
// differ in which they believe, and in what they do with the rest. So only archives that every
// reader reads alike are let through: the directory lies at the very end without a comment; the
// entries fill the space before it without a gap; both places give the same name and method; no
// entry is encrypted, split over volumes, in the 64-bit form, renamed by an extra field, a
// directory, a link or other special thing; methods are stored (0) and deflate (8). A name is
// ASCII, without path, drive or control character, and comes once whatever its case.
//
// Layout: PKWARE's APPNOTE 6.3. Refusal: document_invalid with one located error, archive_invalid
// or archive_too_large (kArchiveEntriesMax); its field is the entry's number. Pure, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "routing/model/problem.h"

namespace sekisho::documents {

struct ZipEntry {
    std::string name;
    std::uint64_t packed_bytes = 0;
    std::uint64_t bytes = 0;  // expanded, as the archive says
};

// In the order in which they lie in the archive.
model::Result<std::vector<ZipEntry>> read_zip_directory(std::string_view bytes);

// The refusal for the entry of that number (from 1), or for the archive where it is 0.
model::Refusal archive_refusal(model::Problem problem, std::size_t number = 0);

}  // namespace sekisho::documents
