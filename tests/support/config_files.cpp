#include "tests/support/config_files.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace sekisho::tests {

std::string source_path(std::string_view path) {
    return std::string{SEKISHO_SOURCE_DIR "/"} + std::string{path};
}

void write_file(const std::string& path, std::string_view bytes) {
    std::ofstream stream{path, std::ios::binary | std::ios::trunc};
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!stream.flush()) throw std::runtime_error{"cannot write " + path};
}

std::string read_text(const std::string& path) {
    const std::ifstream stream{path, std::ios::binary};
    if (!stream) throw std::runtime_error{"cannot read " + path};
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

DemoFolder::DemoFolder() {
    const std::string command = "'" + source_path("config/demo/render") + "' '" + folder_.path() +
                                "' today=" + std::string{kDemoDay};
    if (std::system(command.c_str()) != 0) throw std::runtime_error{"cannot render the demo"};
}

void DemoFolder::edit(std::string_view name, std::string_view from, std::string_view to) const {
    std::string text = read_text(path(name));
    const std::size_t at = text.find(from);
    if (at == std::string::npos || text.find(from, at + 1) != std::string::npos)
        throw std::runtime_error{"not exactly once in " + std::string{name}};
    write_file(path(name), text.replace(at, from.size(), to));
}

std::vector<std::string> lines_of(const config::ConfigErrors& errors) {
    std::vector<std::string> lines;
    for (const auto& error : errors.errors) {
        lines.push_back(std::filesystem::path{error.file}.filename().string() + ":" +
                        std::to_string(error.line) + ":" + std::to_string(error.column) + ": " +
                        error.text.en);
    }
    return lines;
}

}  // namespace sekisho::tests
