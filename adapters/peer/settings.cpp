#include "adapters/peer/settings.h"

namespace sekisho::peer {

Settings read_settings(documents::ObjectReader& reader, const SettingsBounds& bounds) {
    Settings settings;
    settings.url = reader.required_text("url");
    const bool plain = reader.flag("plain_http", false);
    const auto file = [&](std::string_view key) {
        return plain ? reader.text(key) : reader.required_text(key);
    };
    settings.client.certificate_file = file("certificate");
    settings.client.key_file = file("key");
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
