// Names, help texts and exit codes, for every command alike.
#include <boost/test/unit_test.hpp>

#include "gateway/cli/commands.h"
#include "gateway/cli/progress.h"
#include "tests/unit/gateway/cli/cli_world.h"

using sekisho::tests::CliWorld;
namespace cli = sekisho::cli;

namespace {

bool holds(const std::string& text, std::string_view words) {
    return text.find(words) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(usage)

BOOST_AUTO_TEST_CASE(version_names_the_program_and_its_number) {
    CliWorld world;
    BOOST_TEST(world.run("--version") == 0);
    BOOST_TEST(world.out().starts_with("sekisho "));
    BOOST_TEST(world.out().find('.') != std::string::npos);
}

BOOST_AUTO_TEST_CASE(help_names_every_command_and_every_option) {
    CliWorld world;
    BOOST_TEST(world.run("--help") == 0);
    const std::string general = world.out();
    for (const cli::Command& command : cli::commands()) {
        BOOST_TEST_CONTEXT(command.name) {
            BOOST_TEST(holds(general, command.name));
            world.forget();
            BOOST_TEST(world.run(std::string{command.name} + " --help") == 0);
            for (const auto& option : cli::options_of(command))
                BOOST_TEST(holds(world.out(), option.name));
            BOOST_TEST(holds(world.out(), "--json"));
            BOOST_TEST(holds(world.out(), command.summary));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_command_line_is_2_and_says_what_was_meant) {
    CliWorld world;
    BOOST_TEST(world.run("") == 2);
    BOOST_TEST(world.run("chekc") == 2);
    BOOST_TEST(holds(world.err(), "did you mean check?"));
    BOOST_TEST(world.run("keys") == 2);
    BOOST_TEST(holds(world.err(), "sekisho keys rotate"));
    BOOST_TEST(world.run("check") == 2);
    BOOST_TEST(holds(world.err(), "--config FILE is needed"));
    BOOST_TEST(world.run("check --confg x") == 2);
    BOOST_TEST(holds(world.err(), "did you mean --config?"));
    BOOST_TEST(world.run("check --config a --config b") == 2);
    BOOST_TEST(world.run("check --config") == 2);
    BOOST_TEST(world.run("check --config a b") == 2);
    BOOST_TEST(world.run("check --config a --json=yes") == 2);
    BOOST_TEST(world.run("fate") == 2);
    BOOST_TEST(world.out() == "");
}

BOOST_AUTO_TEST_CASE(an_option_may_have_its_value_behind_an_equals_sign) {
    CliWorld world;
    BOOST_TEST(world.run("serve --config=/etc/sekisho.json") == 0);
    BOOST_TEST(world.served == "/etc/sekisho.json");
}

BOOST_AUTO_TEST_CASE(the_progress_bar_fills_from_left_to_right) {
    BOOST_TEST(cli::progress_line(0, 4, "a.csv", 8) == "[--------] 0/4 a.csv");
    BOOST_TEST(cli::progress_line(1, 4, "b.csv", 8) == "[##------] 1/4 b.csv");
    BOOST_TEST(cli::progress_line(4, 4, "", 8) == "[########] 4/4 ");
    BOOST_TEST(cli::progress_line(0, 0, "", 2) == "[##] 0/0 ");
}

BOOST_AUTO_TEST_CASE(a_progress_bar_that_is_not_shown_writes_nothing) {
    std::ostringstream out;
    {
        cli::Progress progress{out, 3, cli::Progress::Shown::no};
        progress.show(1, "a");
    }
    BOOST_TEST(out.str() == "");
}

BOOST_AUTO_TEST_SUITE_END()
