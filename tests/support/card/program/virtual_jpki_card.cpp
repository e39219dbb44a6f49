// virtual-jpki-card: a My Number card of nobody on the virtual reader of vsmartcard-vpcd.
//
//   virtual-jpki-card --folder DIR --port PORT [--host ADDRESS] [--tries N] [--token NAME]
//                     [--fault KIND@STEP[:once]] [--slow MILLISECONDS]
//   virtual-jpki-card --folder DIR          only makes the card's certificates, if there are none
//
// Its passwords are 1234 (authentication) and ABC123 (signature). It stays on the reader until it
// is told to end, or is taken off by its fault; while the reader is away it tries again. KIND is
// one of truncated, odd-status, slow, silent, removed; STEP one of select, read, tries, verify,
// sign. Exit 0 when it was taken off, 2 for a wrong command line.
#include <algorithm>
#include <charconv>
#include <iostream>
#include <map>
#include <poll.h>
#include <stdexcept>

#include "adapters/simulation/card/card_folder.h"
#include "adapters/simulation/card/vpcd_line.h"

namespace {

using namespace sekisho::simulation;

constexpr int kTryAgainMs = 20;

std::map<std::string, std::string> options_of(int argc, char** argv) {
    static const std::string_view kKnown[] = {"--folder", "--port",  "--host", "--tries",
                                              "--token",  "--fault", "--slow"};
    std::map<std::string, std::string> options;
    for (int i = 1; i < argc; i += 2) {
        const bool known = std::ranges::find(kKnown, argv[i]) != std::end(kKnown);
        if (!known || i + 1 == argc) throw std::invalid_argument(argv[i]);
        options[argv[i]] = argv[i + 1];
    }
    if (!options.contains("--folder")) throw std::invalid_argument("--folder");
    return options;
}

template <class Number>
Number number_of(const std::map<std::string, std::string>& options, const std::string& name,
                 Number fallback) {
    const auto found = options.find(name);
    if (found == options.end()) return fallback;
    Number value{};
    const char* end = found->second.data() + found->second.size();
    const auto [stop, trouble] = std::from_chars(found->second.data(), end, value);
    if (trouble != std::errc{} || stop != end) throw std::invalid_argument(name);
    return value;
}

int run(const std::map<std::string, std::string>& options) {
    auto found = card_of_folder(options.at("--folder"), std::chrono::system_clock::now());
    if (!found) throw std::runtime_error(found.error());
    JpkiContents& contents = *found;
    if (!options.contains("--port")) return 0;
    if (options.contains("--token")) contents.token = options.at("--token");
    WantedFault fault;
    if (options.contains("--fault")) {
        const auto wanted = WantedFault::parse(options.at("--fault"));
        if (!wanted) throw std::invalid_argument("--fault");
        fault = *wanted;
    }
    VirtualJpkiCard card{std::move(contents)};
    card.set_authentication_tries(
        number_of<int>(options, "--tries", VirtualJpkiCard::kAuthenticationTries));
    VpcdLine line{card, fault, std::chrono::milliseconds{number_of<int>(options, "--slow", 0)}};
    VpcdLine::Place place{.port = number_of<std::uint16_t>(options, "--port", 0)};
    if (options.contains("--host")) place.host = options.at("--host");
    while (line.serve(place) != VpcdLine::End::taken_off) ::poll(nullptr, 0, kTryAgainMs);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(options_of(argc, argv));
    } catch (const std::exception& trouble) {
        std::cerr << "virtual-jpki-card: " << trouble.what() << "\n";
        return 2;
    }
}
