#include "gateway/cli/card_desk.h"

#include <algorithm>

namespace sekisho::cli {

namespace {

using platform::CardReader;
using platform::CardTrouble;

std::string names_of(const std::vector<CardReader>& readers) {
    std::string names;
    for (const CardReader& reader : readers) {
        names += (names.empty() ? "\"" : ", \"") + reader.name + "\"";
    }
    return names;
}

bool says_no(const card::Failure& failure) {
    switch (failure.trouble) {
        case card::Trouble::reader:
            return failure.line.trouble == CardTrouble::other_kind;
        case card::Trouble::truncated:
        case card::Trouble::odd_status:
        case card::Trouble::ended:
            return false;
        case card::Trouble::other_card:
        case card::Trouble::resident_card:
        case card::Trouble::smartphone:
        case card::Trouble::unknown_token:
        case card::Trouble::odd_certificate:
        case card::Trouble::wrong_pin:
        case card::Trouble::blocked:
        case card::Trouble::last_try:
            break;
    }
    return true;
}

}  // namespace

int fail_with(const Session& session, const card::Failure& failure) {
    return session.fail(says_no(failure) ? kNo : kCannotReach, card::sentence_of(failure));
}

std::expected<std::string, int> chosen_reader(const Session& session) {
    const auto readers = session.world.card_readers->list();
    if (!readers) {
        return std::unexpected(session.fail(kCannotReach, card::sentence_of(readers.error())));
    }
    if (readers->empty()) {
        return std::unexpected(
            session.fail(kCannotReach, card::sentence_of({.trouble = CardTrouble::no_reader})));
    }
    if (session.options.has("--reader")) {
        std::string wanted = session.options.text("--reader");
        if (std::ranges::find(*readers, wanted, &CardReader::name) != readers->end()) return wanted;
        return std::unexpected(session.fail(
            kUsage,
            {.ja = "その名前のカードリーダーはありません。あるのは: " + names_of(*readers),
             .en = "there is no card reader of that name; there are: " + names_of(*readers)}));
    }
    if (readers->size() == 1) return readers->front().name;
    if (std::ranges::count(*readers, true, &CardReader::has_card) == 1) {
        return std::ranges::find(*readers, true, &CardReader::has_card)->name;
    }
    return std::unexpected(session.fail(
        kUsage,
        {.ja = "カードリーダーが複数あります。--reader で選んでください: " + names_of(*readers),
         .en = "there are several card readers; choose with --reader: " + names_of(*readers)}));
}

}  // namespace sekisho::cli
