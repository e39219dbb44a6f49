#include "gateway/tunnel/association.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace sekisho::tunnel {

namespace {

constexpr std::size_t kV4Begin = 12;  // where an IPv4 address stands in an Address
constexpr std::size_t kV4PrefixBits = 96;

bool is_v4_text(std::string_view text) {
    return text.find(':') == std::string_view::npos;
}

std::optional<Selector> prefix_of(std::string_view text, std::string_view length) {
    const auto address = parse_address(text);
    std::size_t bits = 0;
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bits);
    const std::size_t bits_max = is_v4_text(text) ? 32 : 128;
    if (length.size() > 1 && length.starts_with('0')) return std::nullopt;
    if (!address || error != std::errc{} || end != length.data() + length.size() || bits > bits_max)
        return std::nullopt;
    if (is_v4_text(text)) bits += kV4PrefixBits;
    Selector selector{.first = *address, .last = *address};
    for (std::size_t i = 0; i < selector.first.size(); ++i) {
        const std::size_t kept = std::clamp(bits, i * 8, i * 8 + 8) - i * 8;
        const auto host = static_cast<std::uint8_t>(0xff >> kept);
        selector.first[i] = static_cast<std::uint8_t>(selector.first[i] & ~host);
        selector.last[i] = static_cast<std::uint8_t>(selector.last[i] | host);
    }
    return selector;
}

std::vector<Selector> selectors_in(const ViciSection& child, std::string_view name) {
    std::vector<Selector> selectors;
    const ViciSection::List* const texts = child.list(name);
    if (texts == nullptr) return selectors;
    for (const std::string& text : *texts) {
        if (const auto selector = parse_selector(text)) selectors.push_back(*selector);
    }
    return selectors;
}

// While its successor is negotiated, an association is as good as before.
bool is_up(const ViciSection& section, std::string_view state) {
    return section.text("state") == state || section.text("state") == "REKEYING";
}

ChildAssociation child_of(const ViciSection& section) {
    return {.installed = is_up(section, "INSTALLED") && section.text("mode") == "TUNNEL",
            .local = selectors_in(section, "local-ts"),
            .remote = selectors_in(section, "remote-ts")};
}

Association association_of(const ViciSection& section) {
    Association association{.id = std::string{section.text("uniqueid").value_or("")},
                            .identity = std::string{section.text("remote-id").value_or("")},
                            .established = is_up(section, "ESTABLISHED")};
    const ViciSection* const children = section.section("child-sas");
    if (children == nullptr) return association;
    for (const auto& [name, value] : children->items()) {
        if (const auto* const child = std::get_if<ViciSection>(&value)) {
            association.children.push_back(child_of(*child));
        }
    }
    return association;
}

bool any_holds(const std::vector<Selector>& selectors, const Address& address) {
    return std::ranges::any_of(selectors,
                               [&](const Selector& selector) { return selector.holds(address); });
}

bool carries(const Association& association, const Address& peer, const Address& self) {
    const std::string& identity = association.identity;
    if (!association.established || identity.empty() || identity.contains('?')) return false;
    return std::ranges::any_of(association.children, [&](const ChildAssociation& child) {
        return child.installed && any_holds(child.remote, peer) && any_holds(child.local, self);
    });
}

}  // namespace

// ::ffff:0:0/96
bool is_v4(const Address& address) {
    constexpr Address kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return std::equal(address.begin(), address.begin() + kV4Begin, kMapped.begin());
}

bool Selector::holds(const Address& address) const {
    return is_v4(address) == is_v4(first) && first <= address && address <= last;
}

std::optional<Address> parse_address(std::string_view text) {
    const std::string ended{text};  // inet_pton wants a NUL
    Address address{};
    if (!is_v4_text(text)) {
        if (::inet_pton(AF_INET6, ended.c_str(), address.data()) != 1) return std::nullopt;
    } else {
        address[10] = address[11] = 0xff;
        if (::inet_pton(AF_INET, ended.c_str(), &address[kV4Begin]) != 1) return std::nullopt;
    }
    return ended.contains('\0') ? std::nullopt : std::optional{address};
}

std::optional<Selector> parse_selector(std::string_view text) {
    if (const auto slash = text.find('/'); slash != std::string_view::npos) {
        return prefix_of(text.substr(0, slash), text.substr(slash + 1));
    }
    const auto dots = text.find("..");
    const auto first = parse_address(text.substr(0, dots));
    const auto last = dots == std::string_view::npos ? first : parse_address(text.substr(dots + 2));
    if (!first || !last || *last < *first) return std::nullopt;
    if (is_v4(*first) != is_v4(*last)) return std::nullopt;
    return Selector{.first = *first, .last = *last};
}

std::vector<Association> associations_in(const ViciSection& event) {
    std::vector<Association> associations;
    for (const auto& [name, value] : event.items()) {
        if (const auto* const section = std::get_if<ViciSection>(&value)) {
            associations.push_back(association_of(*section));
        }
    }
    return associations;
}

std::expected<const Association*, NotCarried> carrier_of(
    const std::vector<Association>& associations, const Address& peer, const Address& self) {
    const Association* found = nullptr;
    for (const Association& association : associations) {
        if (!carries(association, peer, self)) continue;
        if (found != nullptr && found->identity != association.identity) {
            return std::unexpected(NotCarried::ambiguous);
        }
        if (found == nullptr) found = &association;
    }
    if (found == nullptr) return std::unexpected(NotCarried::no_association);
    return found;
}

}  // namespace sekisho::tunnel
