// The person's My Number card on a reader (マイナンバーカード, 公的個人認証): which it is, how many
// tries its password has left, its certificate, and one signature.
//
// The object is a session with the card (card_reader.h): it has the card for itself from open()
// until it goes, and the card is reset then. Nothing is remembered of a card from one session to
// the next. After any failure the session is over and the card reset at once; each later call says
// `ended`. Whoever wants to go on begins again with open().
//
// Rules: the tries left are read before a password is sent; with one left nothing is sent unless
// LastTry says so; with none the password is blocked, and only the municipality's counter can
// unblock it. A password is sent once in a session and never again on its own (VERIFY is not
// retried, whatever the answer was).
// Only the user-authentication certificate, key and password are touched: never those of the
// signature (署名用), never the applications that hold the individual number.
// One thread at a time.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "gateway/card/apdu.h"
#include "gateway/card/failure.h"
#include "gateway/card/pin.h"
#include "gateway/platform/card_reader.h"
#include "routing/model/identifiers.h"

namespace sekisho::card {

template <class T>
using Answer = std::expected<T, Failure>;

enum class LastTry : std::uint8_t { kept, may_be_used };

class JpkiCard {
  public:
    // Selects the JPKI application and asks what it is on.
    static Answer<JpkiCard> open(platform::CardReaders& readers, const std::string& reader);

    Token token() const { return token_; }
    Answer<int> tries_left();
    // The same, where a password may be sent at all: a failure for what is no My Number card, where
    // none is left, and where the last one is kept. Asked before a person is asked for a password.
    Answer<int> usable_tries(LastTry last_try);
    // DER of the user-authentication certificate (利用者証明用電子証明書). Needs no password.
    // Refused for what is no My Number card.
    Answer<std::string> certificate();
    // 256 bytes, PKCS #1 v1.5 over SHA-256. The password is used up: it is cleansed when this
    // returns.
    Answer<std::string> sign(const model::Sha256& digest, Pin pin, LastTry last_try);

  private:
    explicit JpkiCard(std::unique_ptr<platform::CardSession> session)
        : session_(std::move(session)) {}

    Answer<Response> ask(const CardCommand& command, std::string_view step);
    Answer<Response> done(const CardCommand& command, std::string_view step);
    Answer<std::string> read(std::size_t offset, std::size_t length, std::string_view step);
    Answer<void> select_application();
    Answer<void> find_token();
    Answer<void> must_be_my_number_card();
    Answer<void> verify(const Pin& pin, LastTry last_try);
    std::unexpected<Failure> fail(Failure failure);  // ends the session

    std::unique_ptr<platform::CardSession> session_;  // null once it is over
    Token token_ = Token::unknown;
};

}  // namespace sekisho::card
