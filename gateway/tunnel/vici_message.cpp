#include "gateway/tunnel/vici_message.h"

#include <algorithm>

#include "routing/model/limits.h"

namespace sekisho::tunnel {

namespace {

namespace limits = model::limits;

enum class Element : std::uint8_t {
    section_start = 1,
    section_end = 2,
    key_value = 3,
    list_start = 4,
    list_item = 5,
    list_end = 6,
};

constexpr std::size_t kNameBytesMax = 0xff;
constexpr std::size_t kValueBytesMax = 0xffff;

bool is_named(ViciPacketType type) {
    using enum ViciPacketType;
    return type == command_request || type == event_register || type == event_unregister ||
           type == event;
}

// Once something did not fit, nothing more is written.
class Writer {
  public:
    void element(Element type) { bytes_.push_back(static_cast<char>(type)); }

    void name(std::string_view text) {
        fits_ = fits_ && text.size() <= kNameBytesMax;
        bytes_.push_back(static_cast<char>(text.size()));
        bytes_.append(text);
    }

    void value(std::string_view text) {
        fits_ = fits_ && text.size() <= kValueBytesMax;
        bytes_.push_back(static_cast<char>(text.size() >> 8));
        bytes_.push_back(static_cast<char>(text.size()));
        bytes_.append(text);
    }

    void type(ViciPacketType type) { bytes_.push_back(static_cast<char>(type)); }

    void section(const ViciSection& section, std::size_t depth = 0) {
        fits_ = fits_ && depth <= limits::kViciDepthMax;
        if (!fits_) return;
        for (const auto& [name, value] : section.items()) item(name, value, depth);
    }

    std::optional<std::string> take() && {
        if (!fits_ || bytes_.size() > limits::kViciMessageBytesMax) return std::nullopt;
        return std::move(bytes_);
    }

  private:
    void item(const std::string& name_of_item, const ViciSection::Value& of_item,
              std::size_t depth) {
        if (const auto* text = std::get_if<std::string>(&of_item)) {
            element(Element::key_value);
            name(name_of_item);
            value(*text);
        } else if (const auto* list = std::get_if<ViciSection::List>(&of_item)) {
            element(Element::list_start);
            name(name_of_item);
            for (const std::string& each : *list) {
                element(Element::list_item);
                value(each);
            }
            element(Element::list_end);
        } else {
            element(Element::section_start);
            name(name_of_item);
            section(std::get<ViciSection>(of_item), depth + 1);
            element(Element::section_end);
        }
    }

    std::string bytes_;
    bool fits_ = true;
};

// Takes bytes off the front; each nullopt where there are too few.
class Reader {
  public:
    explicit Reader(std::string_view bytes) : rest_(bytes) {}

    bool at_end() const { return rest_.empty(); }

    std::optional<std::uint8_t> byte() {
        if (rest_.empty()) return std::nullopt;
        const auto value = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }

    std::optional<std::string> name() {
        const auto size = byte();
        return size ? take(*size) : std::nullopt;
    }

    std::optional<std::string> value() {
        const auto high = byte();
        const auto low = high ? byte() : std::nullopt;
        return low ? take(static_cast<std::size_t>(*high) * 0x100 + *low) : std::nullopt;
    }

    // Up to the end of the whole at depth 0, else to the section's own end.
    std::optional<ViciSection> section(std::size_t depth = 0) {
        if (depth > limits::kViciDepthMax) return std::nullopt;
        ViciSection section;
        for (;;) {
            if (depth == 0 && at_end()) return section;
            const auto type = byte();
            if (!type) return std::nullopt;
            if (*type == static_cast<std::uint8_t>(Element::section_end)) {
                return depth > 0 ? std::optional{std::move(section)} : std::nullopt;
            }
            auto item_name = name();
            auto item = item_name ? value_of(static_cast<Element>(*type), depth) : std::nullopt;
            if (!item) return std::nullopt;
            section.add(std::move(*item_name), std::move(*item));
        }
    }

  private:
    std::optional<std::string> take(std::size_t size) {
        if (rest_.size() < size) return std::nullopt;
        std::string text{rest_.substr(0, size)};
        rest_.remove_prefix(size);
        return text;
    }

    std::optional<ViciSection::Value> value_of(Element type, std::size_t depth) {
        switch (type) {
            case Element::key_value:
                if (auto text = value()) return std::move(*text);
                return std::nullopt;
            case Element::list_start:
                if (auto items = list()) return std::move(*items);
                return std::nullopt;
            case Element::section_start:
                if (auto inner = section(depth + 1)) return std::move(*inner);
                return std::nullopt;
            case Element::section_end:
            case Element::list_item:
            case Element::list_end:
                break;
        }
        return std::nullopt;
    }

    std::optional<ViciSection::List> list() {
        ViciSection::List items;
        for (;;) {
            const auto type = byte();
            if (!type) return std::nullopt;
            if (*type == static_cast<std::uint8_t>(Element::list_end)) return items;
            if (*type != static_cast<std::uint8_t>(Element::list_item)) return std::nullopt;
            auto item = value();
            if (!item) return std::nullopt;
            items.push_back(std::move(*item));
        }
    }

    std::string_view rest_;
};

}  // namespace

const ViciSection::Value* ViciSection::find(std::string_view name) const {
    const auto found = std::ranges::find(items_, name, &Item::first);
    return found == items_.end() ? nullptr : &found->second;
}

std::optional<std::string_view> ViciSection::text(std::string_view name) const {
    const Value* const value = find(name);
    const auto* const text = value == nullptr ? nullptr : std::get_if<std::string>(value);
    return text == nullptr ? std::nullopt : std::optional<std::string_view>{*text};
}

const ViciSection::List* ViciSection::list(std::string_view name) const {
    const Value* const value = find(name);
    return value == nullptr ? nullptr : std::get_if<List>(value);
}

const ViciSection* ViciSection::section(std::string_view name) const {
    const Value* const value = find(name);
    return value == nullptr ? nullptr : std::get_if<ViciSection>(value);
}

ViciSection& ViciSection::add(std::string name, Value value) {
    items_.emplace_back(std::move(name), std::move(value));
    return *this;
}

std::optional<std::string> to_bytes(const ViciPacket& packet) {
    Writer writer;
    writer.type(packet.type);
    if (is_named(packet.type)) writer.name(packet.name);
    writer.section(packet.message);
    return std::move(writer).take();
}

std::optional<ViciPacket> to_packet(std::string_view bytes) {
    if (bytes.size() > limits::kViciMessageBytesMax) return std::nullopt;
    Reader reader{bytes};
    const auto type = reader.byte();
    if (!type || *type > static_cast<std::uint8_t>(ViciPacketType::event)) return std::nullopt;
    ViciPacket packet{.type = static_cast<ViciPacketType>(*type)};
    if (is_named(packet.type)) {
        auto name = reader.name();
        if (!name) return std::nullopt;
        packet.name = std::move(*name);
    }
    auto message = reader.section();
    if (!message) return std::nullopt;
    packet.message = std::move(*message);
    return packet;
}

}  // namespace sekisho::tunnel
