// sekisho: one binary, its subcommands, and the gateway itself.
#include "gateway/cli/cli.h"
#include "gateway/wiring/adapters.h"
#include "gateway/wiring/card_agent.h"
#include "gateway/wiring/serve.h"

int main(int argc, char** argv) {
    return sekisho::cli::run(argc, argv,
                             {.serve = sekisho::wiring::serve,
                              .card_agent = sekisho::wiring::card_agent,
                              .open_adapter = sekisho::wiring::open_adapter});
}
