// `bench [--seconds N] [--json FILE] [--picture FILE] [MEASURE]...`: all measures, or those named.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <stdexcept>

#include "tests/bench/measures.h"

namespace sekisho::bench {

const std::vector<Measure>& measures() {
    static const std::vector<Measure> all{{"accept", measure_accept},
                                          {"handshakes", measure_handshakes},
                                          {"idle", measure_idle},
                                          {"latency", measure_latency},
                                          {"backlog", measure_backlog},
                                          {"plan", measure_plan},
                                          {"reload", measure_reload},
                                          {"noise", measure_noise},
                                          {"questions", measure_questions},
                                          {"persons", measure_persons},
                                          {"large-body", measure_large_body},
                                          {"ceiling", measure_ceiling}};
    return all;
}

namespace {

struct Options {
    int seconds = 10;
    std::string json_file{};
    std::string picture_file{};
    std::vector<std::string> names{};
};

Options read_options(const std::vector<std::string>& words) {
    Options options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto value = [&] {
            if (++i == words.size()) throw std::runtime_error(words[i - 1] + " needs a value");
            return words[i];
        };
        if (words[i] == "--seconds") {
            options.seconds = std::clamp(std::atoi(value().c_str()), 1, 600);
        } else if (words[i] == "--json") {
            options.json_file = value();
        } else if (words[i] == "--picture") {
            options.picture_file = value();
        } else {
            const auto known = [&](const Measure& measure) { return measure.name == words[i]; };
            if (std::ranges::none_of(measures(), known)) {
                std::string names;
                for (const auto& measure : measures()) names += " " + measure.name;
                throw std::runtime_error("no such measure: " + words[i] + "; there are" + names);
            }
            options.names.push_back(words[i]);
        }
    }
    return options;
}

int take_all(const Options& options) {
    Report report{this_machine()};
    int failed = 0;
    for (const Measure& measure : measures()) {
        const bool named = std::ranges::find(options.names, measure.name) != options.names.end();
        if (!options.names.empty() && !named) continue;
        try {
            measure.take(report, options.seconds);
        } catch (const std::exception& trouble) {
            std::printf("%s: not measured: %s\n", measure.name.c_str(), trouble.what());
            ++failed;
        }
    }
    if (!options.json_file.empty()) std::ofstream{options.json_file} << report.to_json() << "\n";
    if (!options.picture_file.empty()) std::ofstream{options.picture_file} << report.to_svg();
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

}  // namespace sekisho::bench

int main(int count, char** words) {
    try {
        return sekisho::bench::take_all(sekisho::bench::read_options({words + 1, words + count}));
    } catch (const std::exception& trouble) {
        std::fprintf(stderr, "bench: %s\n", trouble.what());
        return EXIT_FAILURE;
    }
}
