// What lies in a folder, and the whole of a plain file, within a limit. Links and devices are no
// plain files.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

namespace sekisho::file {

enum class NoContent : std::uint8_t { absent, too_large };

std::expected<std::string, NoContent> content_of(const std::string& path, std::uint64_t bytes_max);

// In no order, hidden ones too; none where the folder is not there.
std::vector<std::string> names_in(const std::string& folder);

}  // namespace sekisho::file
