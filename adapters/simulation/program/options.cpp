#include "adapters/simulation/program/options.h"

#include <algorithm>
#include <array>

namespace sekisho::simulation {

namespace {

struct Named {
    std::string_view name;
    std::string Options::* value;
};

constexpr std::array<Named, 15> kNamed{{
    {"--listen", &Options::listen},
    {"--line", &Options::line},
    {"--fault", &Options::fault},
    {"--cert", &Options::certificate_file},
    {"--key", &Options::key_file},
    {"--ca", &Options::trust_file},
    {"--state", &Options::state_folder},
    {"--pid", &Options::pid_file},
    {"--ports", &Options::ports_file},
    {"--gateway", &Options::gateway},
    {"--client-cert", &Options::client_certificate_file},
    {"--client-key", &Options::client_key_file},
    {"--client-ca", &Options::client_trust_file},
    {"--log-key", &Options::log_key_file},
    {"--connector", &Options::connector_folder},
}};

std::expected<Options, std::string> checked(Options options) {
    if (options.help) return options;
    if (options.peer.empty()) return std::unexpected("name a peer, day or desk");
    if (options.peer == "day" || options.peer == "desk") {
        if (options.demo_folder.empty()) return std::unexpected(options.peer + " needs --demo DIR");
        return options;
    }
    if (options.listen.empty()) return std::unexpected("a peer needs --listen ADDR");
    const bool any = !options.certificate_file.empty() || !options.key_file.empty() ||
                     !options.trust_file.empty();
    const bool all = !options.certificate_file.empty() && !options.key_file.empty() &&
                     !options.trust_file.empty();
    if (any && !all) return std::unexpected("--cert, --key and --ca go together");
    return options;
}

}  // namespace

std::expected<Options, std::string> parse_options(std::span<const char* const> arguments) {
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view word{arguments[i]};
        if (word == "--help") {
            options.help = true;
            continue;
        }
        if (word == "--quiet") {
            options.quiet = true;
            continue;
        }
        if (word == "--without-cards") {
            options.without_cards = true;
            continue;
        }
        if (!word.starts_with("--")) {
            if (!options.peer.empty())
                return std::unexpected("one peer at a time: " + std::string{word});
            options.peer = word;
            continue;
        }
        if (i + 1 == arguments.size()) return std::unexpected(std::string{word} + " needs a value");
        const char* value = arguments[++i];
        if (word == "--demo") {
            options.demo_folder = value;
            continue;
        }
        const auto named = std::ranges::find(kNamed, word, &Named::name);
        if (named == kNamed.end()) return std::unexpected("unknown option " + std::string{word});
        options.*(named->value) = value;
    }
    return checked(std::move(options));
}

std::string_view usage() {
    return R"(sekisho-sim: the simulated peers, a desk with card readers, and the demo's day

  sekisho-sim PEER --listen ADDR [options]     PEER: platform, municipal, careplan, pmh,
                                               webhook, eligibility, emr-sharing, portal
    --fault SPEC            latency=200ms,reset=0.1,duplicate=0.05,garbage=0.05,unavailable=0.1,
                            business-error=0.1,truncate=0.1,oversize=0.1,seed=7
    --line ADDR             listens there too, as a peer that is reached by two networks
    --cert FILE --key FILE --ca FILE    mutual TLS 1.3; without them plain HTTP, on loopback only
    --state DIR             what was received survives a restart
    --pid FILE              the process id, removed at the end
    --ports FILE            writes the real port under the peer's name
    --gateway URL --client-cert FILE --client-key FILE --client-ca FILE
                            municipal, careplan, portal, eligibility: where and as whom it sends or
                            asks by itself
    --log-key FILE          portal: the keys that verify the gateway's log (`sekisho keys log`); without
                            it the gateway is asked for them
    --connector DIR         eligibility: answers request files in DIR/req by files in DIR/res too

  sekisho-sim desk --demo DIR [--pid FILE]     two virtual card readers with DIR/pki's card-1 and
                                               card-2 (revoked), by a pcscd of its own; its clients
                                               set PCSCLITE_CSOCK_NAME=DIR/run/pcscd/pcscd.comm
  sekisho-sim day --demo DIR [--quiet]         plays the scripted day against a running gateway
    --without-cards         leaves out what needs the desk

Exit: 0 ok, 1 the answer is no, 2 usage, 3 cannot listen, or have a desk.
)";
}

}  // namespace sekisho::simulation
