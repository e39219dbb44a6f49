#include "gateway/cli/options.h"

#include <algorithm>
#include <charconv>

#include "gateway/config/reader.h"

namespace sekisho::cli {

namespace {

constexpr OptionRow kCommon[] = {{"--help", "", ""}, {"--json", "", ""}};

const OptionRow* find(std::span<const OptionRow> rows, std::string_view name) {
    for (const std::span<const OptionRow> each : {rows, std::span<const OptionRow>{kCommon}}) {
        const auto found = std::ranges::find(each, name, &OptionRow::name);
        if (found != each.end()) return &*found;
    }
    return nullptr;
}

std::string unknown(std::span<const OptionRow> rows, const std::string& name) {
    std::vector<std::string> known{"--help", "--json"};
    for (const OptionRow& row : rows) known.emplace_back(row.name);
    const auto meant = config::nearest(name, known);
    return "there is no option " + name + (meant ? "; did you mean " + *meant + "?" : "");
}

}  // namespace

std::expected<Options, std::string> Options::parse(std::span<const OptionRow> rows,
                                                   OperandRange operands,
                                                   std::span<const std::string> words) {
    Options options;
    bool only_operands = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (only_operands || !word.starts_with('-') || word == "-") {
            options.operands_.push_back(word);
            continue;
        }
        if (word == "--") {
            only_operands = true;
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        const OptionRow* row = find(rows, name);
        if (row == nullptr) return std::unexpected(unknown(rows, name));
        if (options.has(name)) return std::unexpected(name + " stands twice");
        if (row->value.empty()) {
            if (equals != std::string::npos) return std::unexpected(name + " takes no value");
            options.values_[name] = "";
        } else if (equals != std::string::npos) {
            options.values_[name] = word.substr(equals + 1);
        } else if (i + 1 < words.size()) {
            options.values_[name] = words[++i];
        } else {
            return std::unexpected(name + " needs " + std::string{row->value});
        }
    }
    if (options.has("--help")) return options;
    for (const OptionRow& row : rows) {
        if (row.required && !options.has(row.name))
            return std::unexpected(std::string{row.name} + " " + std::string{row.value} +
                                   " is needed");
    }
    if (options.operands_.size() < operands.least) return std::unexpected("an operand is missing");
    if (options.operands_.size() > operands.most)
        return std::unexpected("\"" + options.operands_[operands.most] + "\" is one too many");
    return options;
}

std::string Options::text(std::string_view name, std::string_view fallback) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::string{fallback} : found->second;
}

std::optional<std::size_t> Options::number(std::string_view name) const {
    const std::string digits = text(name);
    std::size_t value = 0;
    const auto [end, trouble] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || trouble != std::errc{} || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

}  // namespace sekisho::cli
