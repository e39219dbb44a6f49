#include "gateway/cli/cli.h"

#include <algorithm>
#include <iostream>
#include <unistd.h>

#include "adapters/http/curl_library.h"
#include "gateway/cli/commands.h"
#include "gateway/config/reader.h"
#include "gateway/platform/disk.h"
#include "gateway/platform/pcsc_readers.h"
#include "gateway/platform/system.h"

namespace sekisho::cli {

namespace {

constexpr std::size_t kNameWidth = 19;
constexpr std::size_t kOptionWidth = 27;
constexpr std::size_t kJsonFileBytesMax = 16 * model::limits::kMebibyte;

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(text.size() + 1, width), ' ');
    return text;
}

std::string general_help() {
    std::string text =
        "sekisho: the interoperability gateway of the long-term-care information platform\n\n"
        "  sekisho COMMAND [OPTION]... [OPERAND]...\n\n";
    for (const Command& command : commands())
        text += "  " + padded(std::string{command.name}, kNameWidth) +
                std::string{command.summary} + "\n";
    return text +
           "\n  sekisho COMMAND --help tells its options; --json prints JSON; --version is the "
           "program's.\n"
           "  Exit codes: 0 done or yes, 1 the answer is no, 2 wrong usage or configuration, "
           "3 no answer.\n";
}

// The command whose name the first one or two words are, and how many words that took.
std::pair<const Command*, std::size_t> find_command(const std::vector<std::string>& words) {
    const std::string two = words.size() > 1 ? words[0] + " " + words[1] : std::string{};
    for (const Command& command : commands()) {
        if (command.name == words[0]) return {&command, 1};
        if (command.name == two) return {&command, 2};
    }
    return {nullptr, 0};
}

int no_such_command(const std::vector<std::string>& words, World& world) {
    std::vector<std::string> known;
    std::string group;
    for (const Command& command : commands()) {
        known.emplace_back(command.name);
        if (command.name.starts_with(words[0] + " "))
            group += "\n  sekisho " + std::string{command.name};
    }
    if (!group.empty()) {
        world.err << "sekisho: say which:" << group << "\n";
        return kUsage;
    }
    const auto meant = config::nearest(words[0], known);
    world.err << "sekisho: there is no command " << words[0]
              << (meant ? "; did you mean " + *meant + "?" : "; see sekisho --help") << "\n";
    return kUsage;
}

// A folder of the agent's own, among what the user's programs keep.
std::string agent_folder() {
    const std::string folder = platform::user_folder();
    return folder.empty() ? folder : folder + "/sekisho-card-agent";
}

// A card on a desk's reader is looked at, not waited for.
doctor::Machine machine_of(const FromWiring& programs) {
    constexpr platform::PcscDeadlines kLook{.call = std::chrono::seconds{3},
                                            .session = std::chrono::seconds{5}};
    return {.files = std::make_shared<platform::Disk>(),
            .clock = std::make_shared<platform::SystemClock>(),
            .card_readers = std::make_shared<platform::PcscReaders>(kLook),
            .open_adapter = programs.open_adapter};
}

}  // namespace

std::string help_of(const Command& command) {
    std::string text = "sekisho " + std::string{command.name} + " [OPTION]..." +
                       (command.operands.empty() ? "" : " " + std::string{command.operands}) +
                       "\n  " + std::string{command.summary} + "\n\n";
    for (const OptionRow& row : options_of(command)) {
        const std::string name =
            std::string{row.name} + (row.value.empty() ? "" : " " + std::string{row.value});
        text += "  " + padded(name, kOptionWidth) + std::string{row.help} +
                (row.required ? " (needed)" : "") + "\n";
    }
    return text + "  " + padded("--json", kOptionWidth) + "print JSON\n  " +
           padded("--help", kOptionWidth) + "print this\n";
}

void Session::print(const documents::Json& value) const {
    world.out << documents::to_text(value) << "\n";
}

int Session::fail(int code, const model::Text& sentence) const {
    world.err << "sekisho: " << sentence.ja << " / " << sentence.en << "\n";
    return code;
}

int Session::fail(int code, const model::Refusal& refusal) const {
    const model::ProblemEntry& entry = model::entry_of(refusal.problem);
    if (!refusal.detail.en.empty()) return fail(code, refusal.detail);
    return fail(code, {.ja = std::string{entry.title_ja}, .en = std::string{entry.title_en}});
}

std::expected<config::Config, int> load_config(const Session& session) {
    auto loaded = config::load(session.options.text("--config"));
    if (loaded) return std::move(*loaded);
    for (const auto& error : loaded.error().errors)
        session.world.err << config::to_text(error) << "\n";
    return std::unexpected(static_cast<int>(kUsage));
}

model::Result<documents::Json> read_json(const Session& session, const std::string& file) {
    const auto bytes = session.world.files.read(file, kJsonFileBytesMax);
    if (!bytes) {
        return model::refuse(model::Problem::internal,
                             {.ja = file + ": 読めません", .en = file + ": cannot be read"});
    }
    auto parsed = documents::parse_json(*bytes, {.comments = true, .file = file});
    if (parsed) return parsed;
    model::Refusal refusal = parsed.error();
    std::string place = file;
    if (!refusal.errors.empty()) {
        place += ":" + std::to_string(refusal.errors[0].line) + ":" +
                 std::to_string(refusal.errors[0].column);
    }
    refusal.detail = {.ja = place + ": " + refusal.detail.ja,
                      .en = place + ": " + refusal.detail.en};
    return std::unexpected(std::move(refusal));
}

int serve(const Session& session) {
    if (!session.world.serve)
        return session.fail(kUsage, {.ja = "このプログラムは serve を持ちません",
                                     .en = "this program has no serve"});
    return session.world.serve(session.options.text("--config"));
}

int run(const std::vector<std::string>& words, World& world) {
    if (words.empty()) {
        world.err << general_help();
        return kUsage;
    }
    if (words[0] == "--version") {
        world.out << "sekisho " SEKISHO_VERSION "\n";
        return kOk;
    }
    if (words[0] == "--help" || words[0] == "help") {
        world.out << general_help();
        return kOk;
    }
    const auto [command, taken] = find_command(words);
    if (command == nullptr) return no_such_command(words, world);
    const auto options = Options::parse(options_of(*command), command->operand_range,
                                        std::span{words}.subspan(taken));
    if (!options) {
        world.err << "sekisho " << command->name << ": " << options.error() << "\nsekisho "
                  << command->name << " --help tells more\n";
        return kUsage;
    }
    if (options->has("--help")) {
        world.out << help_of(*command);
        return kOk;
    }
    return command->run({.options = *options, .world = world});
}

int run(int argc, char** argv, const FromWiring& programs) {
    platform::Disk disk;
    platform::SystemClock clock;
    platform::SystemRandom random;
    platform::PcscReaders card_readers;
    platform::SystemTerminal person;
    const http::CurlLibrary library;
    World world{.files = disk,
                .clock = clock,
                .random = random,
                .out = std::cout,
                .err = std::cerr,
                .terminal = ::isatty(STDERR_FILENO) == 1,
                .serve = programs.serve,
                .card_agent = programs.card_agent,
                .agent_folder = agent_folder(),
                .connect = [](const http::ClientOptions& options) -> Call {
                    auto client = std::make_shared<http::HttpClient>(options);
                    return [client](const http::Request& request) {
                        return client->send(request, std::chrono::steady_clock::now() +
                                                         model::limits::kClientDeadline +
                                                         model::limits::kInboxWaitMax);
                    };
                },
                .card_readers = &card_readers,
                .person = &person,
                .machine = machine_of(programs)};
    std::vector<std::string> words;
    for (int i = 1; i < argc; ++i) words.emplace_back(argv[i]);
    const int code = run(words, world);
    std::cout.flush();
    return std::cout.good() ? code : static_cast<int>(kCannotReach);
}

}  // namespace sekisho::cli
