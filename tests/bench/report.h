// What was measured, beside what, and what was aimed at: as a table, as JSON, as a picture (SVG).
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace sekisho::bench {

struct Figure {
    std::string measure;  // "durable accept of 20 KB"
    double value = 0;     // the gateway's
    std::string unit;     // "/s"
    std::string peer{};   // "nginx"; empty where there is none
    std::optional<double> peer_value{};
    double aim = 0;        // of `value / peer_value`, or of `value` where there is no peer
    bool at_most = false;  // the aim is a ceiling
    std::string remark{};  // what bounded it, what went wrong

    double compared() const;  // the ratio, or the value
    bool met() const;
};

struct Machine {
    std::string processor;
    int cores = 0;
    std::string kernel;
    std::string day;  // YYYY-MM-DD
};
Machine this_machine();

class Report {
  public:
    explicit Report(Machine machine) : machine_(std::move(machine)) {}

    void add(Figure figure);  // printed at once
    std::string to_json() const;
    std::string to_svg() const;

  private:
    Machine machine_;
    std::vector<Figure> figures_{};
};

}  // namespace sekisho::bench
