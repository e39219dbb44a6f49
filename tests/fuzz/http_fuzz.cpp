// Strict HTTP/1.1: however the bytes are cut, the same requests come out, each with a head that
// means one thing.
#include <string>
#include <vector>

#include "gateway/listener/request_reader.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using fuzz::require;
using listener::RequestReader;
using Event = RequestReader::Event;

constexpr std::uint64_t kBodyMax = 4096;

struct Reading {
    std::vector<std::string> requests{};
    std::optional<model::Problem> refused{};
    friend bool operator==(const Reading&, const Reading&) = default;
};

void check_head(const listener::RequestHead& head) {
    require(!head.method.empty() && head.path.starts_with('/'), "a head has a method and a path");
    require(!(head.chunked && head.content_length), "a body is framed in one way");
    std::size_t hosts = 0;
    for (const auto& header : head.headers) {
        if (header.name == "host") ++hosts;
        require(!header.name.empty(), "a header has a name");
        for (const char c : header.name + header.value) {
            require(c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f),
                    "a header holds no control character");
        }
    }
    require(hosts == 1, "a head has one host");
}

// False: refused.
bool read_on(RequestReader& reader, Reading& reading, std::string& body) {
    while (true) {
        switch (reader.next()) {
            case Event::need_more:
                return true;
            case Event::head:
                check_head(reader.head());
                body.clear();
                reader.limit_body(kBodyMax);
                break;
            case Event::body:
                body += reader.piece();
                require(body.size() <= kBodyMax, "a body stays within its limit");
                break;
            case Event::end:
                require(
                    !reader.head().content_length || *reader.head().content_length == body.size(),
                    "a body has the length it said");
                reading.requests.push_back(reader.head().method + " " + reader.head().target + " " +
                                           body);
                break;
            case Event::refused:
                reading.refused = reader.refusal().problem;
                require(reader.next() == Event::refused, "nothing is read behind a refusal");
                return false;
        }
    }
}

Reading read(std::string_view bytes, std::size_t piece) {
    RequestReader reader;
    Reading reading;
    std::string body;
    while (!bytes.empty()) {
        const std::size_t size = std::min(piece, bytes.size());
        reader.feed(bytes.substr(0, size));
        bytes.remove_prefix(size);
        if (!read_on(reader, reading, body)) break;
    }
    return reading;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const Reading whole = read(text, text.size() + 1);
    require(read(text, 1) == whole, "bytes one by one read as the whole");
    require(read(text, 7) == whole, "bytes in pieces read as the whole");
    return 0;
}
