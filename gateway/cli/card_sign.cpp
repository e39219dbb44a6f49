// `card sign`: the evidence of an admission, signed by a person's My Number card.
//
// The person types a password while nothing holds the card: one session looks whether a password
// may be sent at all, another one, behind the question, reads the certificate and signs. The
// password never stands in an argument, in the environment or in any output.
#include "adapters/documents/base64.h"
#include "gateway/card/evidence.h"
#include "gateway/cli/card_desk.h"
#include "gateway/platform/crypto.h"
#include "routing/model/limits.h"

namespace sekisho::cli {

namespace {

using documents::Json;

struct Challenge {
    std::string id;     // empty: not known
    std::string bytes;  // what is signed
};

std::unexpected<int> usage(const Session& session, const model::Text& sentence) {
    return std::unexpected(session.fail(kUsage, sentence));
}

std::expected<Challenge, int> read_challenge(const Session& session) {
    const Options& options = session.options;
    const bool from_file = options.has("--challenge-file");
    if (from_file == options.has("--challenge")) {
        return usage(session, {.ja = "--challenge と --challenge-file のどちらか一つが必要です",
                               .en = "exactly one of --challenge and --challenge-file is needed"});
    }
    std::string id = options.text("--id");
    std::string text = options.text("--challenge");
    if (from_file) {
        const auto answer = read_json(session, options.text("--challenge-file"));
        if (!answer) return std::unexpected(session.fail(kUsage, answer.error()));
        id = answer->string_at("id").value_or("");
        text = answer->string_at("challenge").value_or("");
    }
    auto bytes = documents::from_base64url(text);
    if (!bytes || bytes->empty() || bytes->size() > model::limits::kCardChallengeBytesMax) {
        return usage(session,
                     {.ja = "チャレンジを読めません。ゲートウェイの応答のまま渡してください",
                      .en = "the challenge cannot be read; give it as the gateway answered it"});
    }
    return Challenge{.id = std::move(id), .bytes = std::move(*bytes)};
}

model::Text trouble_sentence(platform::TerminalTrouble trouble) {
    switch (trouble) {
        case platform::TerminalTrouble::no_terminal:
            return {
                .ja =
                    "パスワードを尋ねる端末がありません。端末で実行するか --pin-fd "
                    "を使ってください",
                .en = "there is no terminal to ask for the PIN; run it at one, or use --pin-fd"};
        case platform::TerminalTrouble::interrupted:
            return {.ja = "取り消されました。何も送っていません",
                    .en = "given up; nothing was sent"};
        case platform::TerminalTrouble::timed_out:
        case platform::TerminalTrouble::unreadable:
        case platform::TerminalTrouble::too_long:
            break;
    }
    return {.ja = "パスワードを読めません。何も送っていません",
            .en = "the PIN cannot be read; nothing was sent"};
}

std::expected<card::Pin, int> ask_for_pin(const Session& session, int tries_left) {
    constexpr std::size_t kDescriptorMax = 1'000'000;
    platform::Terminal& person = *session.world.person;
    platform::SecretLine line = std::unexpected(platform::TerminalTrouble::no_terminal);
    if (session.options.has("--pin-fd")) {
        const auto descriptor = session.options.number("--pin-fd");
        if (!descriptor || *descriptor > kDescriptorMax) {
            return usage(session,
                         {.ja = "--pin-fd には番号が必要です", .en = "--pin-fd needs a number"});
        }
        line = person.line_of(static_cast<int>(*descriptor));
    } else {
        line = person.hidden_line(card::pin_question(tries_left), {});
    }
    if (!line) return usage(session, trouble_sentence(line.error()));
    auto pin = card::Pin::parse(*line);
    if (!pin) return usage(session, card::not_a_pin());
    return std::move(*pin);
}

void print(const Session& session, const Challenge& challenge, const card::Evidence& evidence) {
    const std::string certificate = documents::to_base64(evidence.certificate);
    const std::string signature = documents::to_base64(evidence.signature);
    if (!session.json()) {
        session.out() << "署名 / signature\n"
                      << signature << "\n証明書 / certificate\n"
                      << certificate << "\n";
        return;
    }
    Json json = Json::object().set("method", "card");
    if (!challenge.id.empty()) json.set("challenge", challenge.id);
    session.print(json.set("certificate", certificate).set("signature", signature));
}

}  // namespace

int card_sign(const Session& session) {
    const auto challenge = read_challenge(session);
    if (!challenge) return challenge.error();
    const auto reader = chosen_reader(session);
    if (!reader) return reader.error();
    const auto last_try = session.options.has("--even-if-one-try-is-left")
                              ? card::LastTry::may_be_used
                              : card::LastTry::kept;
    platform::CardReaders& readers = *session.world.card_readers;
    const auto tries = card::tries_before_asking(readers, *reader, last_try);
    if (!tries) return fail_with(session, tries.error());
    auto pin = ask_for_pin(session, *tries);
    if (!pin) return pin.error();
    const auto evidence = card::make_evidence(readers, *reader, platform::sha256(challenge->bytes),
                                              std::move(*pin), last_try);
    if (!evidence) return fail_with(session, evidence.error());
    print(session, *challenge, *evidence);
    return kOk;
}

}  // namespace sekisho::cli
