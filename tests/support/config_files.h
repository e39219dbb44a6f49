// Configuration files of a test's own: the demo rendered into a temporary folder, and small files
// that replace parts of it. The day is fixed, so that nothing depends on when the test runs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/config/config.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::tests {

inline constexpr std::string_view kDemoDay = "2026-11-21";

std::string source_path(std::string_view path);  // within the project
void write_file(const std::string& path, std::string_view bytes);
std::string read_text(const std::string& path);

// The folder with the demo's configuration, rendered by config/demo/render for kDemoDay.
class DemoFolder {
  public:
    DemoFolder();
    std::string path(std::string_view name) const { return folder_ / std::string{name}; }
    std::string main_file() const { return path("sekisho.json"); }
    // Replaces the one occurrence of `from` in a file.
    void edit(std::string_view name, std::string_view from, std::string_view to) const;

  private:
    TemporaryFolder folder_;
};

// "parties.json:12:5: english sentence" for each, folders left out.
std::vector<std::string> lines_of(const config::ConfigErrors& errors);

}  // namespace sekisho::tests
