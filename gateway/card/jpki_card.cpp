#include "gateway/card/jpki_card.h"

#include <algorithm>

#include "routing/model/limits.h"

namespace sekisho::card {

std::unexpected<Failure> JpkiCard::fail(Failure failure) {
    session_.reset();
    return std::unexpected(std::move(failure));
}

// One command and an answer that has the shape of one, whatever it says.
Answer<Response> JpkiCard::ask(const CardCommand& command, std::string_view step) {
    if (session_ == nullptr) {
        return std::unexpected(Failure{.trouble = Trouble::ended, .step = std::string{step}});
    }
    auto bytes = session_->transmit(command);
    if (!bytes) {
        return fail({.trouble = Trouble::reader,
                     .step = std::string{step},
                     .line = std::move(bytes.error())});
    }
    auto response = parse_response(*bytes);
    if (!response) return fail({.trouble = Trouble::truncated, .step = std::string{step}});
    return std::move(*response);
}

// One command that the card must carry out.
Answer<Response> JpkiCard::done(const CardCommand& command, std::string_view step) {
    auto response = ask(command, step);
    if (response && response->status != kDone) {
        return fail({.trouble = Trouble::odd_status,
                     .step = std::string{step},
                     .status = response->status});
    }
    return response;
}

Answer<std::string> JpkiCard::read(std::size_t offset, std::size_t length, std::string_view step) {
    auto response = done(read_binary(offset, length), step);
    if (!response) return std::unexpected(std::move(response.error()));
    if (response->data.size() != length) {
        return fail(
            {.trouble = Trouble::truncated, .step = std::string{step}, .status = response->status});
    }
    return std::move(response->data);
}

Answer<void> JpkiCard::select_application() {
    constexpr std::string_view kStep = "select the JPKI application";
    const auto selected = ask(card::select_application(), kStep);
    if (!selected) return std::unexpected(selected.error());
    if (selected->status == kDone) return {};
    const bool absent = selected->status == kFileNotFound;
    return fail({.trouble = absent ? Trouble::other_card : Trouble::odd_status,
                 .step = std::string{kStep},
                 .status = selected->status});
}

Answer<void> JpkiCard::find_token() {
    if (auto selected = done(select_file(File::token), "select the token's name"); !selected) {
        return std::unexpected(std::move(selected.error()));
    }
    constexpr std::string_view kStep = "read the token's name";
    const auto content = ask(read_binary(0, kTokenBytes), kStep);
    if (!content) return std::unexpected(content.error());
    // A file of fewer bytes is a name too; whether it is a known one is looked at next.
    if (content->status != kDone && content->status != kEndOfFile) {
        return fail({.trouble = Trouble::odd_status,
                     .step = std::string{kStep},
                     .status = content->status});
    }
    token_ = token_of(content->data);
    return {};
}

Answer<JpkiCard> JpkiCard::open(platform::CardReaders& readers, const std::string& reader) {
    auto session = readers.open(reader);
    if (!session) {
        return std::unexpected(Failure{.trouble = Trouble::reader,
                                       .step = "open the reader",
                                       .line = std::move(session.error())});
    }
    JpkiCard card{std::move(*session)};
    if (auto done = card.select_application(); !done) return std::unexpected(done.error());
    if (auto done = card.find_token(); !done) return std::unexpected(done.error());
    return card;
}

Answer<void> JpkiCard::must_be_my_number_card() {
    constexpr std::string_view kStep = "tell the card from other tokens";
    switch (token_) {
        case Token::my_number_card:
            return {};
        case Token::resident_card:
            return fail({.trouble = Trouble::resident_card, .step = std::string{kStep}});
        case Token::smartphone:
            return fail({.trouble = Trouble::smartphone, .step = std::string{kStep}});
        case Token::unknown:
            break;
    }
    return fail({.trouble = Trouble::unknown_token, .step = std::string{kStep}});
}

Answer<int> JpkiCard::tries_left() {
    const auto selected =
        done(select_file(File::authentication_pin), "select the authentication PIN");
    if (!selected) return std::unexpected(selected.error());
    constexpr std::string_view kStep = "ask for the tries left";
    const auto told = ask(ask_tries(), kStep);
    if (!told) return std::unexpected(told.error());
    const auto tries = tries_of(told->status);
    if (!tries) {
        return fail(
            {.trouble = Trouble::odd_status, .step = std::string{kStep}, .status = told->status});
    }
    return *tries;
}

Answer<std::string> JpkiCard::certificate() {
    if (auto fit = must_be_my_number_card(); !fit) return std::unexpected(fit.error());
    const auto selected =
        done(select_file(File::authentication_certificate), "select the certificate");
    if (!selected) return std::unexpected(selected.error());
    constexpr std::string_view kStep = "read the certificate";
    auto der = read(0, kDerHeaderBytes, kStep);
    if (!der) return der;
    const auto size = certificate_size(*der);
    if (!size) return fail({.trouble = Trouble::odd_certificate, .step = std::string{kStep}});
    while (der->size() < *size) {
        const auto piece =
            read(der->size(), std::min(*size - der->size(), kResponseDataMax), kStep);
        if (!piece) return piece;
        der->append(*piece);
    }
    return der;
}

Answer<int> JpkiCard::usable_tries(LastTry last_try) {
    if (auto fit = must_be_my_number_card(); !fit) return std::unexpected(fit.error());
    const auto tries = tries_left();
    if (!tries) return tries;
    constexpr std::string_view kStep = "look at the tries left";
    if (*tries == 0) return fail({.trouble = Trouble::blocked, .step = std::string{kStep}});
    if (*tries == 1 && last_try == LastTry::kept) {
        return fail({.trouble = Trouble::last_try, .step = std::string{kStep}, .tries_left = 1});
    }
    return tries;
}

Answer<void> JpkiCard::verify(const Pin& pin, LastTry last_try) {
    if (const auto tries = usable_tries(last_try); !tries) return std::unexpected(tries.error());
    constexpr std::string_view kStep = "verify the PIN";
    const auto told = ask(card::verify(pin), kStep);
    if (!told) return std::unexpected(told.error());
    if (told->status == kDone) return {};
    const auto left = tries_of(told->status);
    Failure failure{.trouble = Trouble::odd_status,
                    .step = std::string{kStep},
                    .status = told->status,
                    .tries_left = left.value_or(0)};
    if (left) failure.trouble = *left == 0 ? Trouble::blocked : Trouble::wrong_pin;
    return fail(std::move(failure));
}

Answer<std::string> JpkiCard::sign(const model::Sha256& digest, Pin pin, LastTry last_try) {
    {
        const Pin used = std::move(pin);  // gone before the signature is awaited
        if (auto verified = verify(used, last_try); !verified) {
            return std::unexpected(verified.error());
        }
    }
    const auto selected =
        done(select_file(File::authentication_key), "select the authentication key");
    if (!selected) return std::unexpected(selected.error());
    constexpr std::string_view kStep = "sign";
    auto signature = done(card::sign(digest), kStep);
    if (!signature) return std::unexpected(signature.error());
    if (signature->data.size() != kSignatureBytes) {
        return fail({.trouble = Trouble::truncated,
                     .step = std::string{kStep},
                     .status = signature->status});
    }
    return std::move(signature->data);
}

}  // namespace sekisho::card
