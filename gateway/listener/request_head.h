// The head of one request, after everything ambiguous about it was refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::listener {

struct Header {
    std::string name;  // lower case
    std::string value;
    friend bool operator==(const Header&, const Header&) = default;
};

struct RequestHead {
    std::string method;
    std::string target;  // as sent
    std::string path;    // of the target, before any `?`
    std::string query;   // of the target, without the `?`
    std::vector<Header> headers{};
    std::optional<std::uint64_t> content_length{};
    bool chunked = false;
    bool expects_continue = false;
    bool closes = false;  // Connection: close

    // The first header of that (lower case) name.
    const std::string* find(std::string_view name) const {
        for (const Header& header : headers) {
            if (header.name == name) return &header.value;
        }
        return nullptr;
    }
};

}  // namespace sekisho::listener
