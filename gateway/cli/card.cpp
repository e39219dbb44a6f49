// `card status` and `card read`: what lies on a reader, without any password.
#include "adapters/documents/base64.h"
#include "gateway/cli/card_desk.h"
#include "gateway/platform/certificate_text.h"

namespace sekisho::cli {

namespace {

using documents::Json;
using platform::CardReader;

constexpr unsigned kForOwner = 0600;

std::string_view token_ja(card::Token token) {
    switch (token) {
        case card::Token::my_number_card:
            return "マイナンバーカード";
        case card::Token::resident_card:
            return "住民基本台帳カード";
        case card::Token::smartphone:
            return "スマートフォン";
        case card::Token::unknown:
            break;
    }
    return "不明";
}

struct Standing {
    CardReader reader;
    card::Token token = card::Token::unknown;
    int tries_left = 0;
    std::optional<card::Failure> failure{};

    bool usable() const {
        return reader.has_card && !failure && token == card::Token::my_number_card &&
               tries_left > 0;
    }
};

Standing look_at(const Session& session, const CardReader& reader) {
    Standing standing{.reader = reader};
    if (!reader.has_card) return standing;
    auto card = card::JpkiCard::open(*session.world.card_readers, reader.name);
    if (!card) {
        standing.failure = card.error();
        return standing;
    }
    standing.token = card->token();
    const auto tries = card->tries_left();
    if (tries) {
        standing.tries_left = *tries;
    } else {
        standing.failure = tries.error();
    }
    return standing;
}

Json to_json(const Standing& standing) {
    Json json = Json::object()
                    .set("reader", standing.reader.name)
                    .set("card", Json::boolean(standing.reader.has_card));
    if (!standing.reader.has_card) return json;
    if (!standing.failure) {
        json.set("token", std::string{to_string(standing.token)})
            .set("tries_left", Json::number(standing.tries_left));
        return json;
    }
    const card::Failure& failure = *standing.failure;
    const std::string_view problem = failure.trouble == card::Trouble::reader
                                         ? to_string(failure.line.trouble)
                                         : to_string(failure.trouble);
    const model::Text text = card::sentence_of(failure);
    json.set("problem", std::string{problem}).set("ja", text.ja).set("en", text.en);
    return json;
}

void print(std::ostream& out, const Standing& standing) {
    out << standing.reader.name << "\n  ";
    if (!standing.reader.has_card) {
        out << "カードなし / no card\n";
    } else if (standing.failure) {
        const model::Text text = card::sentence_of(*standing.failure);
        out << text.ja << " / " << text.en << "\n";
    } else {
        out << token_ja(standing.token) << " / " << to_string(standing.token)
            << "\n  パスワードの残り回数 / tries left for the PIN: " << standing.tries_left << "\n";
    }
}

// All of them, or the one that was named.
std::expected<std::vector<CardReader>, int> readers_asked_for(const Session& session) {
    auto readers = session.world.card_readers->list();
    if (!readers) {
        return std::unexpected(session.fail(kCannotReach, card::sentence_of(readers.error())));
    }
    if (!session.options.has("--reader") && !readers->empty()) return std::move(*readers);
    const auto wanted = chosen_reader(session);
    if (!wanted) return std::unexpected(wanted.error());
    std::erase_if(*readers, [&](const CardReader& reader) { return reader.name != *wanted; });
    return std::move(*readers);
}

}  // namespace

int card_status(const Session& session) {
    const auto readers = readers_asked_for(session);
    if (!readers) return readers.error();
    bool usable = false;
    Json list = Json::array();
    for (const CardReader& reader : *readers) {
        const Standing standing = look_at(session, reader);
        usable = usable || standing.usable();
        if (session.json()) {
            list.push(to_json(standing));
        } else {
            print(session.out(), standing);
        }
    }
    if (session.json()) session.print(Json::object().set("readers", std::move(list)));
    return usable ? kOk : kNo;
}

int card_read(const Session& session) {
    const auto reader = chosen_reader(session);
    if (!reader) return reader.error();
    auto card = card::JpkiCard::open(*session.world.card_readers, *reader);
    if (!card) return fail_with(session, card.error());
    const auto der = card->certificate();
    if (!der) return fail_with(session, der.error());
    const auto text = platform::certificate_text(*der);
    if (!text) {
        return fail_with(
            session, {.trouble = card::Trouble::odd_certificate, .step = "read the certificate"});
    }
    const bool to_file = session.options.has("--out");
    if (to_file) {
        const auto done =
            session.world.files.write_whole(session.options.text("--out"), text->pem, kForOwner);
        if (!done) return session.fail(kUsage, done.error());
    }
    const std::string from = model::to_rfc3339(text->not_before);
    const std::string until = model::to_rfc3339(text->not_after);
    if (session.json()) {
        session.print(Json::object()
                          .set("certificate", documents::to_base64(*der))
                          .set("issuer", text->issuer)
                          .set("not_before", from)
                          .set("not_after", until));
        return kOk;
    }
    (to_file ? session.out() : session.world.err)
        << "発行者 / issuer: " << text->issuer << "\n有効期間 / valid: " << from << " - " << until
        << "\n失効の確認はしていません / whether it was revoked was not checked\n";
    if (!to_file) session.out() << text->pem;
    return kOk;
}

}  // namespace sekisho::cli
