// What stands on a command line, read against what the command takes. Unknown options are refused
// with the nearest known one; nothing is abbreviated. `--name VALUE` and `--name=VALUE` are the
// same; `--` ends the options.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::cli {

struct OptionRow {
    std::string_view name;   // "--config"
    std::string_view value;  // "FILE"; empty: a flag
    std::string_view help;
    bool required = false;
};

struct OperandRange {
    std::size_t least = 0;
    std::size_t most = 0;
};

class Options {
  public:
    // The sentence says what is wrong. --help and --json are always known. With --help nothing else
    // is demanded.
    static std::expected<Options, std::string> parse(std::span<const OptionRow> rows,
                                                     OperandRange operands,
                                                     std::span<const std::string> words);

    bool has(std::string_view name) const { return values_.contains(name); }
    std::string text(std::string_view name, std::string_view fallback = {}) const;
    std::optional<std::size_t> number(
        std::string_view name) const;  // nullopt: absent, or no number
    const std::vector<std::string>& operands() const { return operands_; }

  private:
    std::map<std::string, std::string, std::less<>> values_;
    std::vector<std::string> operands_;
};

}  // namespace sekisho::cli
