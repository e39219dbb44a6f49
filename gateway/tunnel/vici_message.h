// Messages of strongSwan's control interface (VICI): sections of texts, lists and further sections.
//
// Why our own: the protocol is small and framed, and Debian ships no headers for libvici. Source:
// the README of strongSwan's plugin "vici", "Message format" and "Packet format"
// (strongSwan 5.9.8). A packet is a type of one byte, for some types a name of up to 255 bytes, and
// a message; on the socket its length stands before it in four bytes. In a message an element is a
// type of one byte, a name (one byte of length) where it has one, a value (two bytes of length)
// where it has one; all lengths in network order.
//
// Reading refuses what is cut short, ends what was not begun, nests deeper than kViciDepthMax, or
// is larger than kViciMessageBytesMax (strongSwan's own limit). Values are plain values; pure
// functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sekisho::tunnel {

class ViciSection {
  public:
    using List = std::vector<std::string>;
    using Value = std::variant<std::string, List, ViciSection>;
    using Item = std::pair<std::string, Value>;  // a name may stand twice; the first one is found

    // nullptr (or nullopt): absent, or of another kind.
    std::optional<std::string_view> text(std::string_view name) const;
    const List* list(std::string_view name) const;
    const ViciSection* section(std::string_view name) const;
    const std::vector<Item>& items() const { return items_; }

    ViciSection& add(std::string name, Value value);  // returns *this

    friend bool operator==(const ViciSection&, const ViciSection&) = default;

  private:
    const Value* find(std::string_view name) const;

    std::vector<Item> items_;
};

enum class ViciPacketType : std::uint8_t {
    command_request = 0,  // named
    command_response = 1,
    command_unknown = 2,
    event_register = 3,    // named
    event_unregister = 4,  // named
    event_confirm = 5,
    event_unknown = 6,
    event = 7,  // named
};

struct ViciPacket {
    ViciPacketType type{};
    std::string name{};  // empty where its type has none
    ViciSection message{};
    friend bool operator==(const ViciPacket&, const ViciPacket&) = default;
};

// Without the four bytes of its length. nullopt: a name or value is too long, or the whole.
std::optional<std::string> to_bytes(const ViciPacket& packet);
std::optional<ViciPacket> to_packet(std::string_view bytes);

}  // namespace sekisho::tunnel
