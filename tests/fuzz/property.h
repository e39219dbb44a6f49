// What every fuzz target shares: its entry point, and a property that must hold for whatever bytes
// come.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace sekisho::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

inline void require(bool holds, const char* property) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", property);
    std::abort();
}

// Whether a line and column from 1 name a byte of the text, or the place just behind it.
inline bool is_within(std::string_view text, std::uint64_t line, std::uint64_t column) {
    std::size_t begin = 0;
    for (std::uint64_t i = 1; i < line; ++i) {
        const std::size_t end = text.find('\n', begin);
        if (end == std::string_view::npos) return false;
        begin = end + 1;
    }
    const std::size_t length = std::min(text.find('\n', begin), text.size()) - begin;
    return line >= 1 && column >= 1 && column <= length + 1;
}

}  // namespace sekisho::fuzz
