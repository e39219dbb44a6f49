#include "tests/bench/report.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sys/utsname.h>
#include <thread>

#include "adapters/documents/json.h"

namespace sekisho::bench {

namespace {

using documents::Json;

std::string digits(double value) {
    std::array<char, 64> text{};
    const int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
    return text.data();
}

std::string compared_in_words(const Figure& figure) {
    return figure.peer_value ? digits(figure.compared()) + " of " + figure.peer : std::string{};
}

std::string verdict(const Figure& figure) {
    return std::string{figure.met() ? "met" : "NOT MET"} + " (aim: at " +
           (figure.at_most ? "most " : "least ") + digits(figure.aim) + ")";
}

std::string processor_name() {
    std::ifstream in{"/proc/cpuinfo"};
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    }
    return "unknown";
}

std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c == '<') {
            result += "&lt;";
        } else if (c == '&') {
            result += "&amp;";
        } else {
            result.push_back(c);
        }
    }
    return result;
}

std::string svg_text(int x, int y, const std::string& text) {
    return "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\">" +
           escaped(text) + "</text>\n";
}

std::string svg_bar(int y, double share, const char* colour) {
    const int width = std::max(1, static_cast<int>(share * 300));
    return "<rect x=\"400\" y=\"" + std::to_string(y) + "\" width=\"" + std::to_string(width) +
           "\" height=\"12\" fill=\"" + colour + "\"/>\n";
}

Json to_json_object(const Figure& figure) {
    const auto number = [](double value) { return Json::number_text(digits(value)); };
    Json object = Json::object();
    object.set("measure", figure.measure).set("value", number(figure.value));
    object.set("unit", figure.unit);
    if (figure.peer_value) {
        object.set("peer", figure.peer).set("peer_value", number(*figure.peer_value));
        object.set("ratio", number(figure.compared()));
    }
    object.set("aim", number(figure.aim)).set("met", Json::boolean(figure.met()));
    if (!figure.remark.empty()) object.set("remark", figure.remark);
    return object;
}

}  // namespace

double Figure::compared() const {
    return peer_value && *peer_value > 0 ? value / *peer_value : value;
}

bool Figure::met() const {
    return at_most ? compared() <= aim : compared() >= aim;
}

Machine this_machine() {
    utsname system{};
    ::uname(&system);
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const std::chrono::year_month_day date{today};
    std::array<char, 16> day{};
    std::snprintf(day.data(), day.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return {.processor = processor_name(),
            .cores = static_cast<int>(std::thread::hardware_concurrency()),
            .kernel = std::string{system.sysname} + " " + system.release,
            .day = day.data()};
}

void Report::add(Figure figure) {
    std::printf("%-46s %10s %-6s", figure.measure.c_str(), digits(figure.value).c_str(),
                figure.unit.c_str());
    if (figure.peer_value) {
        std::printf("  %s %s, %s", figure.peer.c_str(), digits(*figure.peer_value).c_str(),
                    compared_in_words(figure).c_str());
    }
    std::printf("  %s%s%s\n", verdict(figure).c_str(), figure.remark.empty() ? "" : "  ",
                figure.remark.c_str());
    std::fflush(stdout);
    figures_.push_back(std::move(figure));
}

std::string Report::to_json() const {
    Json machine = Json::object();
    machine.set("processor", machine_.processor);
    machine.set("cores", Json::number(machine_.cores));
    machine.set("kernel", machine_.kernel);
    machine.set("day", machine_.day);
    Json figures = Json::array();
    for (const Figure& figure : figures_) figures.push(to_json_object(figure));
    Json whole = Json::object();
    whole.set("machine", std::move(machine));
    whole.set("figures", std::move(figures));
    return documents::to_pretty(whole);
}

// One group of bars a figure: the gateway's, and its peer's or its aim, on the larger one's scale.
std::string Report::to_svg() const {
    const int height = 60 + static_cast<int>(figures_.size()) * 44;
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"960\" height=\"" +
                      std::to_string(height) + "\" font-family=\"sans-serif\" font-size=\"12\">\n";
    svg += "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
    svg += svg_text(10, 20,
                    machine_.processor + ", " + std::to_string(machine_.cores) + " cores, " +
                        machine_.kernel + ", " + machine_.day);
    int y = 50;
    for (const Figure& figure : figures_) {
        const double other = figure.peer_value.value_or(figure.aim);
        const double largest = std::max({figure.value, other, 1e-9});
        svg += svg_text(10, y, figure.measure);
        svg += svg_bar(y - 10, figure.value / largest, figure.met() ? "#2b7a4b" : "#b5452c");
        svg += svg_text(710, y, "sekisho " + digits(figure.value) + " " + figure.unit);
        svg += svg_bar(y + 6, other / largest, "#9aa4ad");
        svg += svg_text(710, y + 16,
                        (figure.peer_value ? figure.peer : std::string{"aim"}) + " " +
                            digits(other) + " " + figure.unit);
        y += 44;
    }
    return svg + "</svg>\n";
}

}  // namespace sekisho::bench
