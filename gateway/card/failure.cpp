#include "gateway/card/failure.h"

#include <array>
#include <cstdio>

namespace sekisho::card {

namespace {

using model::Text;
using platform::CardTrouble;

std::string hex_of(StatusWords status) {
    std::array<char, 8> digits{};
    std::snprintf(digits.data(), digits.size(), "%04X", static_cast<unsigned>(status));
    return digits.data();
}

Text with_detail(Text text, const std::string& detail) {
    if (detail.empty()) return text;
    return {.ja = std::move(text.ja) + " (" + detail + ")",
            .en = std::move(text.en) + " (" + detail + ")"};
}

// At which step, and what the card said, for whoever looks into it.
std::string detail_of(const Failure& failure) {
    if (failure.status == 0) return failure.step;
    return failure.step + ": " + hex_of(failure.status);
}

Text reader_sentence(CardTrouble trouble) {
    switch (trouble) {
        case CardTrouble::no_service:
            return {.ja =
                        "カードリーダーのサービス (pcscd) が動いていません。この端末の管理者が起動"
                        "してから、最初からやり直してください",
                    .en =
                        "the smart card service (pcscd) does not run; when this computer's "
                        "administrator has started it, begin again"};
        case CardTrouble::no_reader:
            return {
                .ja = "カードリーダーがありません。つなぎ直してから、最初からやり直してください",
                .en = "there is no such card reader; connect it and begin again"};
        case CardTrouble::no_card:
            return {.ja = "カードがありません。リーダーに置いてから、最初からやり直してください",
                    .en = "there is no card; put it on the reader and begin again"};
        case CardTrouble::removed:
            return {
                .ja = "途中でカードが離れました。置いたまま動かさずに、最初からやり直してください",
                .en =
                    "the card was taken away under way; leave it on the reader and begin "
                    "again"};
        case CardTrouble::reset:
            return {.ja =
                        "途中でカードがリセットされました。カードを使うほかのソフトウエアを閉じて、"
                        "最初からやり直してください",
                    .en =
                        "the card was reset under way; close other programs that use it and "
                        "begin again"};
        case CardTrouble::in_use:
            return {.ja =
                        "ほかのソフトウエアがカードを使っています。それを閉じてから、最初から"
                        "やり直してください",
                    .en = "another program uses the card; close it and begin again"};
        case CardTrouble::timed_out:
            return {.ja =
                        "カードから時間内に応答がありません。カードを一度離し、置き直して最初から"
                        "やり直してください。続くときは、この端末の管理者がリーダーをつなぎ直して"
                        "ください",
                    .en =
                        "the card gave no answer in time; take it off, put it back and begin "
                        "again. If that goes on, this computer's administrator reconnects the "
                        "reader"};
        case CardTrouble::unresponsive:
            return {.ja = "カードを読めません。向きと位置を直して、最初からやり直してください",
                    .en = "the card cannot be read; lay it properly and begin again"};
        case CardTrouble::other_kind:
            return {
                .ja = "マイナンバーカードではありません。本人のマイナンバーカードを置いてください",
                .en = "this is no My Number card; put the person's My Number card there"};
        case CardTrouble::reader_fault:
            break;
    }
    return {
        .ja =
            "カードリーダーの異常です。つなぎ直して最初からやり直し、続くときはこの端末の管理者に"
            "伝えてください",
        .en =
            "the card reader failed; reconnect it and begin again, and if that goes on tell "
            "this computer's administrator"};
}

Text wrong_pin_sentence(int tries_left) {
    const std::string left = std::to_string(tries_left);
    return {.ja = "パスワードが違います。あと" + left +
                  "回間違えると使えなくなります。本人が確かめてから、最初からやり直してください",
            .en = "the PIN is wrong; after " + left +
                  " more wrong one(s) it is blocked. The person makes sure of it, then begin "
                  "again"};
}

Text card_sentence(const Failure& failure) {
    switch (failure.trouble) {
        case Trouble::reader:
            break;
        case Trouble::other_card:
            return reader_sentence(CardTrouble::other_kind);
        case Trouble::resident_card:
            return {
                .ja = "住民基本台帳カードは使えません。本人のマイナンバーカードを置いてください",
                .en =
                    "a Basic Resident Register card cannot be used; put the person's My "
                    "Number card there"};
        case Trouble::smartphone:
            return {.ja =
                        "スマートフォンの電子証明書は使えません。本人のマイナンバーカードを置いて"
                        "ください",
                    .en =
                        "a smartphone's certificate cannot be used; put the person's My Number "
                        "card there"};
        case Trouble::unknown_token:
            return {.ja =
                        "知らない種類のカードです。マイナンバーカードであれば、この製品の提供元に"
                        "知らせてください",
                    .en =
                        "this kind of card is not known; if it is a My Number card, tell who "
                        "provides this program"};
        case Trouble::truncated:
        case Trouble::odd_status:
            return {
                .ja =
                    "カードの応答が想定と違います。カードを一度離し、置き直して最初からやり直して"
                    "ください。続くときは市区町村の窓口でカードを調べてもらってください",
                .en =
                    "the card answered out of the ordinary; take it off, put it back and "
                    "begin again. If that goes on, the municipality's counter can examine "
                    "it"};
        case Trouble::odd_certificate:
            return {.ja =
                        "カードの電子証明書を読めません。市区町村の窓口で、電子証明書があるか調べて"
                        "もらってください",
                    .en =
                        "the card's certificate cannot be read; the municipality's counter can "
                        "tell whether there is one"};
        case Trouble::wrong_pin:
            return wrong_pin_sentence(failure.tries_left);
        case Trouble::blocked:
            return {.ja =
                        "パスワードがロックされています。本人が市区町村の窓口で初期化するまで使えま"
                        "せん。"
                        "それまでは資格確認書などの書類で確認してください",
                    .en =
                        "the PIN is blocked; only the person can have it set anew, at the "
                        "municipality's counter. Until then check a document instead"};
        case Trouble::last_try:
            return {.ja =
                        "あと1回間違えるとロックされるため、送っていません。本人が確かなときだけ "
                        "--even-if-one-try-is-left を付けてやり直してください",
                    .en =
                        "one wrong PIN more would block it, so none was sent; only when the "
                        "person is sure, begin again with --even-if-one-try-is-left"};
        case Trouble::ended:
            return {.ja = "カードとのやり取りは終わっています。最初からやり直してください",
                    .en = "the exchange with the card is over; begin again"};
    }
    return {};
}

}  // namespace

std::string_view to_string(Trouble trouble) {
    switch (trouble) {
        case Trouble::reader:
            return "reader";
        case Trouble::other_card:
            return "other_card";
        case Trouble::resident_card:
            return "resident_card";
        case Trouble::smartphone:
            return "smartphone";
        case Trouble::unknown_token:
            return "unknown_token";
        case Trouble::truncated:
            return "truncated";
        case Trouble::odd_status:
            return "odd_status";
        case Trouble::odd_certificate:
            return "odd_certificate";
        case Trouble::wrong_pin:
            return "wrong_pin";
        case Trouble::blocked:
            return "blocked";
        case Trouble::last_try:
            return "last_try";
        case Trouble::ended:
            return "ended";
    }
    return "";
}

Text sentence_of(const platform::CardFailure& failure) {
    return with_detail(reader_sentence(failure.trouble), failure.detail);
}

Text sentence_of(const Failure& failure) {
    if (failure.trouble == Trouble::reader) return sentence_of(failure.line);
    return with_detail(card_sentence(failure), detail_of(failure));
}

}  // namespace sekisho::card
