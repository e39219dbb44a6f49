#include "adapters/documents/ms932.h"

#include <array>
#include <cstdint>
#include <memory>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include "adapters/documents/utf8.h"

namespace sekisho::documents {

namespace {

using model::Problem;

struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

// A converter that stops at what it cannot map. ICU keeps the table itself in a cache, so opening
// costs little.
Converter open_converter() {
    UErrorCode error = U_ZERO_ERROR;
    Converter converter{ucnv_open("ibm-943_P15A-2003", &error)};
    if (U_FAILURE(error)) return nullptr;
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &error);
    ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                          &error);
    if (U_FAILURE(error)) return nullptr;
    return converter;
}

bool is_lead(std::uint8_t byte) {
    return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}
bool is_trail(std::uint8_t byte) {
    return byte >= 0x40 && byte <= 0xFC && byte != 0x7F;
}
bool is_private_lead(std::uint8_t byte) {
    return byte >= 0xF0 && byte <= 0xF9;
}

void append_utf8(std::string& out, UChar32 character) {
    std::array<std::uint8_t, U8_MAX_LENGTH> units{};
    std::size_t length = 0;
    U8_APPEND_UNSAFE(units.data(), length, static_cast<std::uint32_t>(character));
    out.append(units.begin(), units.begin() + length);
}

// What ICU's converter makes of one character's bytes; nothing where it stops or would give a
// private character.
std::optional<UChar32> ask_icu(UConverter& converter, std::string_view bytes) {
    ucnv_resetToUnicode(&converter);
    const char* source = bytes.data();
    const char* const end = source + bytes.size();
    UErrorCode error = U_ZERO_ERROR;
    const UChar32 character = ucnv_getNextUChar(&converter, &source, end, &error);
    const bool is_private = character >= 0xE000 && character <= 0xF8FF;
    if (U_FAILURE(error) || source != end || is_private) return std::nullopt;
    return character;
}

// The characters of every single byte and pair of bytes, asked of ICU once: a call for each
// character of each document would cost a hundred times as much. 0: there is none. Without ICU's
// data every entry stays 0, so nothing is accepted.
class Table {
  public:
    Table() {
        const Converter converter = open_converter();
        if (!converter) return;
        for (std::size_t code = 0x80; code < entries_.size(); ++code) {
            const std::array<char, 2> bytes{static_cast<char>(code >> 8), static_cast<char>(code)};
            const bool pair = code > 0xFF;
            if (pair && !is_pair(code)) continue;
            const std::string_view text{bytes.data() + (pair ? 0 : 1), pair ? 2U : 1U};
            const auto character = ask_icu(*converter, text);
            if (character && *character <= 0xFFFF) entries_[code] = static_cast<UChar>(*character);
        }
    }

    UChar at(std::size_t code) const { return entries_[code]; }

  private:
    static bool is_pair(std::size_t code) {
        return is_lead(static_cast<std::uint8_t>(code >> 8)) &&
               is_trail(static_cast<std::uint8_t>(code & 0xFF));
    }

    std::vector<UChar> entries_ = std::vector<UChar>(0x10000);
};

const Table& table() {
    static const Table table;
    return table;
}

// Walks the characters of a text; each is decoded or is a fault.
class Decoder {
  public:
    explicit Decoder(std::string_view bytes) : bytes_(bytes), table_(table()) {}

    bool at_end() const { return at_ == bytes_.size(); }

    // Over characters that are what they should be: most texts are nothing else. Entries of private
    // characters and of half pairs are 0.
    void skip_sound() {
        while (at_ < bytes_.size()) {
            const auto first = static_cast<std::uint8_t>(bytes_[at_]);
            if (first < 0x80 || table_.at(first) != 0) {
                ++at_;
                continue;
            }
            if (at_ + 1 == bytes_.size()) return;
            const auto second = static_cast<std::uint8_t>(bytes_[at_ + 1]);
            if (table_.at(std::size_t{first} << 8 | second) == 0) return;
            at_ += 2;
        }
    }

    // The fault of the next character, if it has one; else `character` is set.
    std::optional<Ms932Fault> next(UChar32& character) {
        const std::size_t begin = at_;
        const auto first = static_cast<std::uint8_t>(bytes_[begin]);
        const std::size_t length = length_at(begin);
        at_ += length;
        if (first < 0x80) {
            character = first;
            return std::nullopt;
        }
        if (is_private_lead(first)) return fault(begin, length, Problem::private_character);
        const std::size_t second = length == 2 ? static_cast<std::uint8_t>(bytes_[begin + 1]) : 0;
        character = table_.at(length == 2 ? (std::size_t{first} << 8 | second) : first);
        if (character == 0) return fault(begin, length, Problem::encoding_invalid);
        return std::nullopt;
    }

  private:
    static Ms932Fault fault(std::size_t offset, std::size_t length, Problem code) {
        return {.offset = offset, .length = length, .code = code};
    }

    // A lead byte without its second byte stands alone, so that a quote or line end after it keeps
    // its meaning.
    std::size_t length_at(std::size_t begin) const {
        if (!is_lead(static_cast<std::uint8_t>(bytes_[begin])) || begin + 1 == bytes_.size()) {
            return 1;
        }
        return is_trail(static_cast<std::uint8_t>(bytes_[begin + 1])) ? 2 : 1;
    }

    std::string_view bytes_;
    const Table& table_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<Ms932Fault> find_ms932_faults(std::string_view bytes, std::size_t faults_max) {
    std::vector<Ms932Fault> faults;
    UChar32 character = 0;
    Decoder decoder{bytes};
    for (;;) {
        decoder.skip_sound();
        if (decoder.at_end() || faults.size() == faults_max) return faults;
        if (const auto fault = decoder.next(character)) faults.push_back(*fault);
    }
}

std::optional<std::string> decode_ms932(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 2);
    UChar32 character = 0;
    Decoder decoder{bytes};
    while (!decoder.at_end()) {
        if (decoder.next(character)) return std::nullopt;
        append_utf8(text, character);
    }
    return text;
}

std::optional<std::string> encode_ms932(std::string_view utf8) {
    const Converter converter = open_converter();
    if (!converter || !is_utf8(utf8)) return std::nullopt;
    std::string bytes;
    std::size_t at = 0;
    while (at < utf8.size()) {
        if (static_cast<std::uint8_t>(utf8[at]) < 0x80) {
            bytes.push_back(utf8[at++]);
            continue;
        }
        UChar32 character = 0;
        U8_NEXT_UNSAFE(utf8, at, character);
        if (character >= 0xE000 && character <= 0xF8FF) return std::nullopt;
        std::array<UChar, 2> units{};
        std::size_t count = 0;
        U16_APPEND_UNSAFE(units.data(), count, character);
        std::array<char, 8> encoded{};
        UErrorCode error = U_ZERO_ERROR;
        const std::int32_t length = ucnv_fromUChars(
            converter.get(), encoded.data(), static_cast<std::int32_t>(encoded.size()),
            units.data(), static_cast<std::int32_t>(count), &error);
        if (U_FAILURE(error)) return std::nullopt;
        bytes.append(encoded.data(), static_cast<std::size_t>(length));
    }
    // ICU writes a few characters as others that only look like them; such a text would come back
    // changed.
    if (decode_ms932(bytes) != utf8) return std::nullopt;
    return bytes;
}

}  // namespace sekisho::documents
