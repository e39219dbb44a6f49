#include "gateway/tunnel/packet_filter.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <nftables/libnftables.h>

namespace sekisho::tunnel {

namespace {

using model::Protection;

constexpr std::string_view kReplaced =
    "# Written by `sekisho ipsec config`. Load it by `nft -f`, also at boot, before the gateway.\n"
    "table inet sekisho\n"
    "delete table inet sekisho\n";

// As the kernel writes it, and in which family.
struct Written {
    std::string_view family;  // "ip" or "ip6"
    std::string text;
};

Written written(const Address& address, bool v4) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const auto* bytes = address.data() + (v4 ? address.size() - sizeof(in_addr) : 0);
    ::inet_ntop(v4 ? AF_INET : AF_INET6, bytes, text.data(), text.size());  // it always fits
    return {.family = v4 ? "ip" : "ip6", .text = text.data()};
}

// In its own notation: the kernel sees no IPv4 packet as one of ::ffff:a.b.c.d.
bool is_native(std::string_view text, const Address& address) {
    return is_v4(address) != text.contains(':');
}

std::optional<Written> written_address(std::string_view text) {
    const auto address = parse_address(text);
    if (!address || !is_native(text, *address)) return std::nullopt;
    return written(*address, is_v4(*address));
}

// "10.20.7.1/16" as "10.20.0.0/16", "10.20.7.1/32" as "10.20.7.1".
std::optional<Written> written_prefix(std::string_view text) {
    const auto slash = text.find('/');
    const auto range = parse_selector(text);
    if (!range || slash == std::string_view::npos || !is_native(text, range->first)) {
        return std::nullopt;
    }
    Written prefix = written(range->first, is_v4(range->first));
    if (range->first != range->last) prefix.text += text.substr(slash);
    return prefix;
}

class Table {
  public:
    void open_chain(const Guarded& zone, std::string_view way, std::string_view hook) {
        text_ += "\tchain " + zone.zone + "-" + std::string{way} + " {\n";
        rule("type filter hook " + std::string{hook} + " priority filter - 10; policy accept;");
    }
    void rule(const std::string& text) { text_ += "\t\t" + text + "\n"; }
    void close_chain() { text_ += "\t}\n"; }

    std::string take() && { return "table inet sekisho {\n" + text_ + "}\n"; }

  private:
    std::string text_;
};

// Nothing reaches the tunnel's inside address past the tunnel, and nothing leaves it past the
// tunnel: an answer would go in clear too.
bool guard_tunnel(Table& table, const Guarded& zone) {
    const auto address = written_address(zone.address);
    if (!address) return false;
    const std::string family{address->family};
    const auto past = [&](std::string_view device, std::string_view kernel) {
        if (zone.interface.empty()) return std::string{kernel};
        return std::string{device} + " != \"" + zone.interface + "\"";
    };
    table.open_chain(zone, "in", "input");
    table.rule(family + " daddr " + address->text + " " + past("iifname", "meta ipsec missing") +
               " counter drop");
    table.close_chain();
    table.open_chain(zone, "out", "output");
    table.rule(family + " saddr " + address->text + " " + past("oifname", "rt ipsec missing") +
               " counter drop");
    table.close_chain();
    return true;
}

// The port is reached by the network's own device and from its prefixes alone.
bool guard_closed(Table& table, const Guarded& zone) {
    const auto address = written_address(zone.address);
    if (!address) return false;
    const std::string family{address->family};
    const std::string port = std::to_string(zone.port);
    const std::string here = family + " daddr " + address->text + " tcp dport " + port;
    table.open_chain(zone, "in", "input");
    table.rule(here + " iifname != \"" + zone.interface + "\" counter drop");
    for (const std::string& each : zone.prefixes) {
        const auto prefix = written_prefix(each);
        if (!prefix || prefix->family != address->family) return false;
        table.rule(here + " " + family + " saddr " + prefix->text + " return");
    }
    table.rule(here + " counter drop");
    table.close_chain();
    table.open_chain(zone, "out", "output");
    table.rule(family + " saddr " + address->text + " tcp sport " + port + " oifname != \"" +
               zone.interface + "\" counter drop");
    table.close_chain();
    return true;
}

// The lines of the table itself, without what indents or parts them.
std::vector<std::string_view> lines_of_table(std::string_view text) {
    std::vector<std::string_view> lines;
    bool within = false;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        within = within || line == "table inet sekisho {";
        if (within && !line.empty()) lines.push_back(line);
    }
    return lines;
}

std::string quoted(const std::vector<std::string_view>& lines, std::size_t i) {
    return i < lines.size() ? "\"" + std::string{lines[i]} + "\"" : "nothing";
}

}  // namespace

std::optional<std::string> filter_of(const std::vector<Guarded>& zones) {
    Table table;
    for (const Guarded& zone : zones) {
        const bool guarded =
            zone.by == Protection::ipsec ? guard_tunnel(table, zone) : guard_closed(table, zone);
        if (!guarded) return std::nullopt;
    }
    return std::string{kReplaced} + std::move(table).take();
}

std::optional<std::string> difference(std::string_view file, std::string_view listed) {
    const auto must = lines_of_table(file);
    const auto is = lines_of_table(listed);
    if (is.empty()) return "there is no table inet sekisho";
    for (std::size_t i = 0; i < std::max(must.size(), is.size()); ++i) {
        if (i < must.size() && i < is.size() && must[i] == is[i]) continue;
        return "the table inet sekisho has " + quoted(is, i) + " where " + quoted(must, i) +
               " must be";
    }
    return std::nullopt;
}

KernelFilter::KernelFilter() : nft_(nft_ctx_new(NFT_CTX_DEFAULT)) {
    if (nft_ == nullptr) return;
    nft_ctx_output_set_flags(nft_, NFT_CTX_OUTPUT_STATELESS);
    nft_ctx_buffer_output(nft_);
    nft_ctx_buffer_error(nft_);
}

KernelFilter::~KernelFilter() {
    nft_ctx_free(nft_);
}

// Both buffers are taken each time: what is not taken stays before what comes next, and grows.
std::expected<std::string, std::string> KernelFilter::run(const char* command) {
    const int code = nft_run_cmd_from_buffer(nft_, command);
    std::string output{nft_ctx_get_output_buffer(nft_)};
    const std::string_view why{nft_ctx_get_error_buffer(nft_)};
    if (code != 0) return std::unexpected(std::string{why.substr(0, why.find('\n'))});
    return output;
}

std::expected<std::string, std::string> KernelFilter::listed() {
    const locks::Lock lock{mutex_};
    if (nft_ == nullptr) return std::unexpected("libnftables cannot be used");
    // All tables, of which ours is looked for: of one that is not there nothing can be listed.
    const auto tables = run("list tables");
    if (!tables) {
        return std::unexpected("the packet filter cannot be read (is CAP_NET_ADMIN there?): " +
                               tables.error());
    }
    if (!tables->contains("table inet sekisho\n")) return std::string{};
    auto table = run("list table inet sekisho");
    if (!table) return std::unexpected("the packet filter cannot be read: " + table.error());
    return table;
}

}  // namespace sekisho::tunnel
