#include "adapters/simulation/day/day_script.h"

#include <cstdio>

#include "adapters/simulation/day/day_samples.h"
#include "adapters/simulation/day/day_steps.h"

namespace sekisho::simulation {

int play_day(const DayOptions& options) {
    const auto day = Day::open(options.demo_folder,
                               options.quiet ? Verbosity::summary_only : Verbosity::every_line,
                               options.without_cards ? Desk::none : Desk::with_cards);
    if (!day) {
        std::fprintf(stderr, "sekisho-sim: %s\n", day.error().c_str());
        return 2;
    }
    if (!write_samples(**day, options.demo_folder)) {
        std::fprintf(stderr, "sekisho-sim: %s/samples cannot be written\n",
                     options.demo_folder.c_str());
        return 2;
    }
    if ((*day)->fetch_keys()) {
        play_opinions(**day);
        play_differences(**day);
        play_pilot(**day);
        play_plans(**day);
        play_reading(**day);
        play_deletion(**day);
        play_confirmation(**day);
        play_month(**day);
        play_questions(**day);
        play_medical(**day);
        play_window(**day);
        play_refusals(**day);
        play_refused_units(**day);
    }
    return (*day)->book().finish();
}

}  // namespace sekisho::simulation
