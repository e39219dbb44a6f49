#include "gateway/doctor/peer_settings.h"

namespace sekisho::doctor {

namespace {

std::string text_in(const config::AdapterConfig& adapter, std::string_view member) {
    return std::string{adapter.settings.string_at(member).value_or("")};
}

}  // namespace

std::string url_of(const config::AdapterConfig& adapter) {
    return text_in(adapter, "url");
}

http::ClientOptions client_of(const config::AdapterConfig& adapter) {
    const bool plain = adapter.settings.boolean_at("plain_http").value_or(false);
    return {.certificate_file = text_in(adapter, "certificate"),
            .key_file = text_in(adapter, "key"),
            .trust_file = text_in(adapter, "trust"),
            .connections_max = 1,
            .plain_http = plain ? http::PlainHttp::loopback : http::PlainHttp::refused};
}

std::string token_module_of(const config::AdapterConfig& adapter) {
    return text_in(adapter, "pkcs11_module");
}

std::expected<http::ClientOptions, Verdict> client_with_key(const config::AdapterConfig& adapter,
                                                            TokenKeys& keys) {
    http::ClientOptions client = client_of(adapter);
    if (!tokens::is_token_key(client.key_file)) return client;
    auto key = keys.of({.uri = client.key_file, .module = token_module_of(adapter)});
    if (!key) return std::unexpected(std::move(key.error()));
    client.key = std::move(*key);
    client.key_file.clear();
    return client;
}

http::ClientOptions client_of(const config::Remote& service) {
    return {.certificate_file = service.certificate_file,
            .key_file = service.key_file,
            .trust_file = service.trust_file,
            .connections_max = 1,
            .plain_http = service.url.starts_with("http://") ? http::PlainHttp::loopback
                                                             : http::PlainHttp::refused};
}

std::vector<std::string> secret_files_of(const config::AdapterConfig& adapter) {
    std::vector<std::string> files;
    for (const auto& [name, value] : adapter.settings.members()) {
        const auto path = value.as_string();
        if (path && name.ends_with("_file")) files.emplace_back(*path);
    }
    return files;
}

}  // namespace sekisho::doctor
