#include "adapters/peer/settings.h"

#include "adapters/tokens/token_key.h"

namespace sekisho::peer {

namespace {

// A file, or a token's key by its URI (RFC 7512).
void read_key(documents::ObjectReader& reader, std::string key, http::ClientOptions& client) {
    if (!tokens::is_token_key(key)) {
        client.key_file = std::move(key);
        return;
    }
    const std::string module = reader.required_text("pkcs11_module");
    if (const auto fault = tokens::fault_in_uri(key)) {
        return reader.fault("key", fault->ja, fault->en);
    }
    auto held = tokens::load_token_key(key, module);
    if (!held) return reader.fault("key", held.error().detail.ja, held.error().detail.en);
    client.key = std::move(*held);
}

}  // namespace

Settings read_settings(documents::ObjectReader& reader, const SettingsBounds& bounds) {
    Settings settings;
    settings.url = reader.required_text("url");
    const bool plain = reader.flag("plain_http", false);
    const auto file = [&](std::string_view key) {
        return plain ? reader.text(key) : reader.required_text(key);
    };
    settings.client.certificate_file = file("certificate");
    read_key(reader, file("key"), settings.client);
    settings.client.trust_file = file("trust");
    if (plain) settings.client.plain_http = http::PlainHttp::loopback;
    if (!plain && !settings.url.starts_with("https://"))
        reader.fault("url", "https:// で始めてください", "must begin with https://");
    if (settings.url.ends_with('/'))
        reader.fault("url", "末尾の / を取ってください", "must not end with a slash");
    settings.client.connections_max =
        reader.number("connections", bounds.connections, bounds.connections_max);
    settings.answer_bytes_max =
        reader.number("answer_bytes_max", bounds.answer_bytes, bounds.answer_bytes_max);
    return settings;
}

}  // namespace sekisho::peer
