// The end of a file of lines, read from behind: a log may be larger than memory.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sekisho::doctor {

// At most so many whole lines, the oldest first; of a file that cannot be read, none. A line longer
// than what is read at once is left out.
std::vector<std::string> last_lines(const std::string& path, std::size_t lines_max);

}  // namespace sekisho::doctor
