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

// Walks the characters of a text; each is decoded or is a fault.
class Decoder {
  public:
    explicit Decoder(std::string_view bytes) : bytes_(bytes), converter_(open_converter()) {}

    bool at_end() const { return at_ == bytes_.size(); }

    // The fault of the next character, if it has one; else it is appended to `out`.
    std::optional<Ms932Fault> next(std::string& out) {
        const auto first = static_cast<std::uint8_t>(bytes_[at_]);
        if (first < 0x80) {
            out.push_back(bytes_[at_++]);
            return std::nullopt;
        }
        const std::size_t begin = at_;
        const std::size_t length = length_at(begin);
        at_ += length;
        if (is_private_lead(first)) return fault(begin, length, Problem::private_character);
        const auto character = decode(begin, length);
        if (!character) return fault(begin, length, Problem::encoding_invalid);
        append_utf8(out, *character);
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

    std::optional<UChar32> decode(std::size_t begin, std::size_t length) {
        if (!converter_) return std::nullopt;
        ucnv_resetToUnicode(converter_.get());
        const char* source = bytes_.data() + begin;
        const char* const end = source + length;
        UErrorCode error = U_ZERO_ERROR;
        const UChar32 character = ucnv_getNextUChar(converter_.get(), &source, end, &error);
        const bool is_private = character >= 0xE000 && character <= 0xF8FF;
        if (U_FAILURE(error) || source != end || is_private) return std::nullopt;
        return character;
    }

    std::string_view bytes_;
    Converter converter_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<Ms932Fault> find_ms932_faults(std::string_view bytes, std::size_t faults_max) {
    std::vector<Ms932Fault> faults;
    std::string ignored;
    Decoder decoder{bytes};
    while (!decoder.at_end() && faults.size() < faults_max) {
        ignored.clear();
        if (const auto fault = decoder.next(ignored)) faults.push_back(*fault);
    }
    return faults;
}

std::optional<std::string> decode_ms932(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 2);
    Decoder decoder{bytes};
    while (!decoder.at_end()) {
        if (decoder.next(text)) return std::nullopt;
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
