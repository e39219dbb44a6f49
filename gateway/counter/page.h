// The files of the counter page, as they were when the gateway was built.
//
// The list is gateway/counter/pages.cmake: path, media type, file. Nothing that a request says is
// ever looked for on a disk. Views are valid for the life of the program.
#pragma once

#include <span>
#include <string_view>

namespace sekisho::counter {

struct Page {
    std::string_view path;  // "/counter/style.css"
    std::string_view media_type;
    std::string_view body;
};

std::span<const Page> pages();

}  // namespace sekisho::counter
