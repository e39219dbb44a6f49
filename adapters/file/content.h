// The whole of a plain file, within a limit. Links and devices are no plain files.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

namespace sekisho::file {

enum class NoContent : std::uint8_t { absent, too_large };

std::expected<std::string, NoContent> content_of(const std::string& path, std::uint64_t bytes_max);

}  // namespace sekisho::file
