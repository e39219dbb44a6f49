#include "gateway/doctor/log_tail.h"

#include <algorithm>
#include <fstream>

#include "routing/model/limits.h"

namespace sekisho::doctor {

namespace {

constexpr std::streamoff kTailBytesMax = 8 * model::limits::kMebibyte;

}  // namespace

std::vector<std::string> last_lines(const std::string& path, std::size_t lines_max) {
    std::ifstream file{path, std::ios::binary | std::ios::ate};
    const std::streamoff size = file ? static_cast<std::streamoff>(file.tellg()) : 0;
    const std::streamoff begin = std::max<std::streamoff>(0, size - kTailBytesMax);
    file.seekg(begin);
    std::vector<std::string> lines;
    std::string line;
    if (begin > 0) std::getline(file, line);  // the rest of one that began before
    while (std::getline(file, line)) lines.push_back(line);
    if (lines.size() > lines_max) {
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(lines_max));
    }
    return lines;
}

}  // namespace sekisho::doctor
