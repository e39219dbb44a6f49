#include "gateway/platform/pcsc_card.h"

#include <array>
#include <cstdio>

#include "routing/model/limits.h"

namespace sekisho::platform {

namespace {

constexpr DWORD kAtOnce = 0;
constexpr DWORD kNoticedWithinMs = 1500;  // pcscd looks for a card's presence about twice a second

// The codes of winscard.h are written as longs of 32 bits; some headers give them a sign.
constexpr bool is(LONG code, LONG known) {
    return static_cast<std::uint32_t>(code) == static_cast<std::uint32_t>(known);
}

CardTrouble trouble_of(LONG code) {
    struct Row {
        LONG code;
        CardTrouble trouble;
    };
    static constexpr auto kRows = std::to_array<Row>({
        {SCARD_E_NO_SERVICE, CardTrouble::no_service},
        {SCARD_E_SERVICE_STOPPED, CardTrouble::no_service},
        {SCARD_E_SERVER_TOO_BUSY, CardTrouble::no_service},
        {SCARD_E_INVALID_HANDLE, CardTrouble::no_service},
        {SCARD_E_NO_READERS_AVAILABLE, CardTrouble::no_reader},
        {SCARD_E_UNKNOWN_READER, CardTrouble::no_reader},
        {SCARD_E_READER_UNAVAILABLE, CardTrouble::no_reader},
        {SCARD_E_NO_SMARTCARD, CardTrouble::no_card},
        {SCARD_W_REMOVED_CARD, CardTrouble::removed},
        {SCARD_W_RESET_CARD, CardTrouble::reset},
        {SCARD_E_SHARING_VIOLATION, CardTrouble::in_use},
        {SCARD_E_TIMEOUT, CardTrouble::timed_out},
        {SCARD_W_UNRESPONSIVE_CARD, CardTrouble::unresponsive},
        {SCARD_W_UNPOWERED_CARD, CardTrouble::unresponsive},
        {SCARD_E_NOT_TRANSACTED, CardTrouble::unresponsive},
        {SCARD_F_COMM_ERROR, CardTrouble::unresponsive},
        {SCARD_E_INSUFFICIENT_BUFFER, CardTrouble::unresponsive},
        {SCARD_W_UNSUPPORTED_CARD, CardTrouble::other_kind},
        {SCARD_E_PROTO_MISMATCH, CardTrouble::other_kind},
    });
    for (const Row& row : kRows) {
        if (is(code, row.code)) return row.trouble;
    }
    return CardTrouble::reader_fault;
}

// The names of a multi-string: each ends with a NUL, the list with an empty one.
std::vector<std::string> names_of(std::string_view list) {
    std::vector<std::string> names;
    while (!list.empty() && list.front() != '\0') {
        const std::size_t end = list.find('\0');
        names.emplace_back(list.substr(0, end));
        if (end == std::string_view::npos) break;
        list.remove_prefix(end + 1);
    }
    return names;
}

}  // namespace

CardFailure card_failure(std::string_view call, LONG code) {
    std::array<char, 16> hex{};
    std::snprintf(hex.data(), hex.size(), " %08X", static_cast<unsigned>(code));
    return {.trouble = trouble_of(code), .detail = std::string{call} + hex.data()};
}

std::expected<void, CardFailure> PcscCard::establish() {
    const LONG code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_);
    if (code != SCARD_S_SUCCESS) {
        CardFailure failure = card_failure("SCardEstablishContext", code);
        failure.trouble = CardTrouble::no_service;  // it asks nothing else
        return std::unexpected(failure);
    }
    established_ = true;
    return {};
}

std::expected<std::vector<CardReader>, CardFailure> PcscCard::list() {
    if (auto done = establish(); !done) return std::unexpected(done.error());
    std::string names(std::size_t{PCSCLITE_MAX_READERS_CONTEXTS} * MAX_READERNAME + 1, '\0');
    auto size = static_cast<DWORD>(names.size());
    const LONG listed = SCardListReaders(context_, nullptr, names.data(), &size);
    if (is(listed, SCARD_E_NO_READERS_AVAILABLE)) return std::vector<CardReader>{};
    if (listed != SCARD_S_SUCCESS) {
        return std::unexpected(card_failure("SCardListReaders", listed));
    }
    std::vector<CardReader> readers;
    for (std::string& name : names_of(std::string_view{names}.substr(0, size))) {
        SCARD_READERSTATE state{};
        state.szReader = name.c_str();
        const LONG asked = SCardGetStatusChange(context_, kAtOnce, &state, 1);
        if (is(asked, SCARD_E_UNKNOWN_READER)) continue;  // unplugged a moment ago
        if (asked != SCARD_S_SUCCESS && !is(asked, SCARD_E_TIMEOUT)) {
            return std::unexpected(card_failure("SCardGetStatusChange", asked));
        }
        const bool has_card = (state.dwEventState & SCARD_STATE_PRESENT) != 0;
        const bool in_use = (state.dwEventState & SCARD_STATE_EXCLUSIVE) != 0;
        readers.push_back({.name = std::move(name), .has_card = has_card, .in_use = in_use});
    }
    return readers;
}

std::expected<void, CardFailure> PcscCard::connect(const std::string& reader) {
    if (auto done = establish(); !done) return done;
    reader_ = reader;
    DWORD protocol = 0;
    const LONG connected = SCardConnect(context_, reader.c_str(), SCARD_SHARE_EXCLUSIVE,
                                        SCARD_PROTOCOL_T1, &card_, &protocol);
    if (connected != SCARD_S_SUCCESS) {
        return std::unexpected(card_failure("SCardConnect", connected));
    }
    connected_ = true;
    const LONG begun = SCardBeginTransaction(card_);
    if (begun != SCARD_S_SUCCESS) {
        return std::unexpected(why_lost(card_failure("SCardBeginTransaction", begun)));
    }
    return {};
}

std::expected<std::string, CardFailure> PcscCard::transmit(const CardCommand& command) {
    const std::string_view bytes = command.bytes();
    std::string response(MAX_BUFFER_SIZE, '\0');
    auto size = static_cast<DWORD>(response.size());
    const LONG code =
        SCardTransmit(card_, SCARD_PCI_T1, reinterpret_cast<const unsigned char*>(bytes.data()),
                      static_cast<DWORD>(bytes.size()), nullptr,
                      reinterpret_cast<unsigned char*>(response.data()), &size);
    if (code != SCARD_S_SUCCESS) {
        return std::unexpected(why_lost(card_failure("SCardTransmit", code)));
    }
    if (size == 0) {  // how some drivers tell that the card went
        return std::unexpected(why_lost(
            {.trouble = CardTrouble::unresponsive, .detail = "SCardTransmit: an empty answer"}));
    }
    response.resize(size);
    return response;
}

// A card that was taken off, or a service that ended, is at first told as "not transacted" or a
// communication error. pcscd knows better a moment later.
CardFailure PcscCard::why_lost(const CardFailure& failure) {
    if (failure.trouble != CardTrouble::unresponsive) return failure;
    CardFailure better = failure;
    SCARD_READERSTATE state{};
    state.szReader = reader_.c_str();
    LONG asked = SCardGetStatusChange(context_, kAtOnce, &state, 1);
    if (asked == SCARD_S_SUCCESS && (state.dwEventState & SCARD_STATE_PRESENT) != 0) {
        state.dwCurrentState = state.dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
        asked = SCardGetStatusChange(context_, kNoticedWithinMs, &state, 1);
    }
    if (is(asked, SCARD_E_TIMEOUT)) return failure;  // it still lies there
    if (asked != SCARD_S_SUCCESS) {
        better.trouble = CardTrouble::no_service;
    } else if ((state.dwEventState & SCARD_STATE_PRESENT) == 0) {
        better.trouble = CardTrouble::removed;
    }
    return better;
}

// The reset comes first, while nobody else can have the card. Where it fails the card is gone, or
// the service with the power it gave.
void PcscCard::end() {
    if (connected_) {
        const LONG ended = SCardEndTransaction(card_, SCARD_RESET_CARD);
        (void)SCardDisconnect(card_,
                              ended == SCARD_S_SUCCESS ? SCARD_LEAVE_CARD : SCARD_RESET_CARD);
        connected_ = false;
    }
    if (established_) (void)SCardReleaseContext(context_);
    established_ = false;
}

}  // namespace sekisho::platform
