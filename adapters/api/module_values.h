// Envelopes and deadlines across the C ABI: the same values, written in C.
//
// Internal to the room. A CEnvelope borrows from the envelope it was made of and must not outlive
// it. to_envelope() checks shapes again, because the other side is another program's code: nullopt
// where a value cannot be.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "adapters/api/adapter.h"
#include "adapters/api/sekisho_adapter_v1.h"

namespace sekisho::adapters {

inline sekisho_text_v1 to_c(std::string_view text) {
    return {text.data(), text.size()};
}

inline std::string_view from_c(sekisho_text_v1 text) {
    return text.bytes == nullptr ? std::string_view{} : std::string_view{text.bytes, text.size};
}

// Cut to fit, always terminated, never within a UTF-8 sequence.
template <std::size_t Size>
void write_c(char (&into)[Size], std::string_view text) {
    std::size_t count = std::min(text.size(), Size - 1);
    if (count < text.size()) {
        while (count > 0 && (static_cast<unsigned char>(text[count]) & 0xC0) == 0x80) --count;
    }
    std::ranges::copy(text.substr(0, count), into);
    into[count] = '\0';
}

template <std::size_t Size>
std::string read_c(const char (&from)[Size]) {
    return std::string{from, strnlen(from, Size)};
}

inline std::int64_t to_c(Deadline deadline) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(deadline.time_since_epoch())
        .count();
}

inline Deadline deadline_from_c(std::int64_t nanoseconds) {
    return Deadline{
        std::chrono::duration_cast<Deadline::duration>(std::chrono::nanoseconds{nanoseconds})};
}

class CEnvelope {
  public:
    explicit CEnvelope(const model::Envelope& envelope);
    CEnvelope(const CEnvelope&) = delete;
    CEnvelope& operator=(const CEnvelope&) = delete;
    const sekisho_envelope_v1* get() const { return &c_; }

  private:
    const std::string source_;
    const std::string author_;
    std::vector<std::string> recipient_texts_;
    std::vector<sekisho_text_v1> recipients_;
    std::vector<sekisho_person_v1> persons_;
    sekisho_envelope_v1 c_{};
};

std::optional<model::Envelope> to_envelope(const sekisho_envelope_v1& c);

}  // namespace sekisho::adapters
