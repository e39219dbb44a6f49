// The measures, each beside its peer in the same run. Each throws std::runtime_error where it
// cannot be taken; what it says then is printed in place of a figure.
#pragma once

#include <string>
#include <vector>

#include "tests/bench/report.h"

namespace sekisho::bench {

struct Measure {
    std::string name;  // as the command line takes it
    void (*take)(Report& report, int seconds);
};

const std::vector<Measure>& measures();

void measure_accept(Report& report, int seconds);      // durable accept of 20 KB
void measure_handshakes(Report& report, int seconds);  // full mutual-TLS handshakes
void measure_idle(Report& report, int seconds);        // 20,000 idle connections
void measure_latency(Report& report, int seconds);     // accepted to delivered at 1,000/s
void measure_backlog(Report& report, int seconds);     // 1,000,000 queued deliveries
void measure_plan(Report& report, int seconds);        // plan() with a nation's directory
void measure_reload(Report& report, int seconds);      // the nation, read again under load
void measure_large_body(Report& report, int seconds);  // memory beyond the buffers for 32 MB
void measure_ceiling(Report& report, int seconds);     // memory beside many large documents
void measure_questions(Report& report, int seconds);   // permitted questions
void measure_persons(Report& report, int seconds);     // what is known of one among 7,000,000
void measure_noise(Report& report, int seconds);       // a quiet party beside a noisy one

}  // namespace sekisho::bench
