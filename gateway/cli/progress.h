// A progress bar on one line of a terminal, drawn over itself; nothing where nobody looks.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace sekisho::cli {

// "[######----] 12/20 name", exactly `width` columns of bar.
std::string progress_line(std::size_t done, std::size_t total, std::string_view name,
                          std::size_t width = 30);

class Progress {
  public:
    enum class Shown : bool { no, yes };
    Progress(std::ostream& out, std::size_t total, Shown shown)
        : out_(out), total_(total), shown_(shown == Shown::yes) {}
    ~Progress();  // clears the line

    void show(std::size_t done, std::string_view name);
    void clear();  // before other lines are printed

  private:
    std::ostream& out_;
    const std::size_t total_;
    const bool shown_;
    bool drawn_ = false;
};

}  // namespace sekisho::cli
