// The subcommands. Each reads its options, does one thing, prints it for people or as JSON, and
// returns an ExitCode.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/documents/json.h"
#include "gateway/cli/cli.h"
#include "gateway/cli/options.h"
#include "gateway/config/config.h"
#include "routing/model/problem.h"

namespace sekisho::cli {

struct Session {
    const Options& options;
    World& world;

    bool json() const { return options.has("--json"); }
    std::ostream& out() const { return world.out; }
    void print(const documents::Json& value) const;         // with --json: one line
    int fail(int code, const model::Text& sentence) const;  // to err, in both languages
    int fail(int code, const model::Refusal& refusal) const;
};

struct Command {
    std::string_view name;      // "audit verify"
    std::string_view operands;  // "FILE..."
    std::string_view summary;
    std::span<const OptionRow> options;
    std::span<const OptionRow> more_options;  // those of every client command
    OperandRange operand_range;
    int (*run)(const Session& session);
};

std::span<const Command> commands();
std::vector<OptionRow> options_of(const Command& command);
std::string help_of(const Command& command);

// Loads a configuration; its errors are printed and kUsage is the answer otherwise.
std::expected<config::Config, int> load_config(const Session& session);

// Small files a command is given. Larger ones are refused.
model::Result<documents::Json> read_json(const Session& session, const std::string& file);

int serve(const Session& session);
int check(const Session& session);
int doctor(const Session& session);
int explain(const Session& session);
int drill(const Session& session);
int pki_init(const Session& session);
int ipsec_config(const Session& session);
int keys_list(const Session& session);
int keys_log(const Session& session);
int keys_rotate(const Session& session);
int audit_verify(const Session& session);
int audit_prove(const Session& session);
int audit_check(const Session& session);
int bench(const Session& session);
int send(const Session& session);
int ask(const Session& session);
int inbox(const Session& session);
int fate(const Session& session);
int consent_record(const Session& session);
int consent_withdraw(const Session& session);
int consent_list(const Session& session);
int registration_end(const Session& session);
int registration_list(const Session& session);
int access_list(const Session& session);
int admit_challenge(const Session& session);
int admit_card(const Session& session);
int admit_document(const Session& session);
int card_status(const Session& session);
int card_read(const Session& session);
int card_sign(const Session& session);
int card_agent(const Session& session);

}  // namespace sekisho::cli
