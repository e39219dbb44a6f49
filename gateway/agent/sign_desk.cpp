#include "gateway/agent/sign_desk.h"

#include <algorithm>

#include "gateway/platform/crypto.h"

namespace sekisho::agent {

namespace {

std::string request_text(const Page& page, const admission::Challenge& challenge) {
    return "\n署名の求めが来ました / A signature is asked for\n"
           "  ゲートウェイ / gateway: " +
           challenge.instance + " (" + page.origin +
           ")\n  事業所 / office: " + model::to_string(challenge.party) +
           "\n  目的 / purpose: " + challenge.purpose.text() +
           "\n取りやめるときは何も入力せずに Enter / to give up, press Enter alone\n";
}

}  // namespace

std::expected<std::string, AgentRefusal> reader_with_card(platform::CardReaders& readers,
                                                          const std::string& named) {
    auto list = readers.list();
    if (!list) {
        return std::unexpected(
            refusal_of({.trouble = card::Trouble::reader, .line = list.error()}));
    }
    std::erase_if(*list, [&](const platform::CardReader& each) {
        return !each.has_card || (!named.empty() && each.name != named);
    });
    if (list->empty()) return std::unexpected(AgentRefusal{.code = Code::no_card});
    if (list->size() > 1) return std::unexpected(AgentRefusal{.code = Code::several_cards});
    return std::move(list->front().name);
}

void SignDesk::say(const model::Text& text) const {
    (void)parts_.terminal.show(text.ja + " / " + text.en + "\n");
}

std::unexpected<AgentRefusal> SignDesk::fail(const card::Failure& failure) const {
    say(card::sentence_of(failure));
    return std::unexpected(refusal_of(failure));
}

std::expected<card::Pin, AgentRefusal> SignDesk::ask(const std::string& question,
                                                     const std::stop_token& stop) const {
    const platform::Patience patience{.until = parts_.clock.monotonic() + kPinWait, .stop = stop};
    for (int i = 0; i < kPinQuestionsMax; ++i) {
        const auto line = parts_.terminal.hidden_line(question, patience);
        if (!line || line->empty()) break;
        if (auto pin = card::Pin::parse(*line)) return std::move(*pin);
        say(card::not_a_pin());
    }
    say({.ja = "\n取りやめました。カードには何も送っていません",
         .en = "given up; nothing was sent to the card"});
    return std::unexpected(AgentRefusal{.code = Code::cancelled});
}

std::expected<card::Evidence, AgentRefusal> SignDesk::sign(const Page& page,
                                                           const admission::Challenge& challenge,
                                                           const std::stop_token& stop) const {
    const auto reader = reader_with_card(parts_.readers, reader_);
    if (!reader) return std::unexpected(reader.error());
    const auto tries = card::tries_before_asking(parts_.readers, *reader, last_try_);
    if (!tries) return fail(tries.error());
    (void)parts_.terminal.show(request_text(page, challenge));
    auto pin = ask(card::pin_question(*tries), stop);
    if (!pin) return std::unexpected(pin.error());
    auto evidence = card::make_evidence(
        parts_.readers, *reader, platform::sha256(text_of(challenge)), std::move(*pin), last_try_);
    if (!evidence) return fail(evidence.error());
    say({.ja = "署名しました", .en = "signed"});
    return std::move(*evidence);
}

}  // namespace sekisho::agent
