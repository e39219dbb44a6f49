#include "gateway/cli/progress.h"

#include <algorithm>

namespace sekisho::cli {

std::string progress_line(std::size_t done, std::size_t total, std::string_view name,
                          std::size_t width) {
    const std::size_t filled = total == 0 ? width : width * std::min(done, total) / total;
    return "[" + std::string(filled, '#') + std::string(width - filled, '-') + "] " +
           std::to_string(done) + "/" + std::to_string(total) + " " + std::string{name};
}

Progress::~Progress() {
    clear();
}

void Progress::show(std::size_t done, std::string_view name) {
    if (!shown_) return;
    out_ << "\r\x1b[K" << progress_line(done, total_, name) << std::flush;
    drawn_ = true;
}

void Progress::clear() {
    if (drawn_) out_ << "\r\x1b[K" << std::flush;
    drawn_ = false;
}

}  // namespace sekisho::cli
