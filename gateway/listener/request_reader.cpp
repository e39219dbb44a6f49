#include "gateway/listener/request_reader.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <limits>
#include <string>

#include "gateway/listener/chunk_scan.h"
#include "gateway/listener/strict_head.h"
#include "routing/model/limits.h"

namespace sekisho::listener {

namespace {

namespace http = boost::beast::http;
namespace limits = model::limits;
using boost::beast::error_code;
using boost::beast::string_view;
using model::Problem;

// Beast's parser, which collects what our own reading is compared with, and the body.
class Parser final : public http::basic_parser<true> {
  public:
    Parser() {
        header_limit(static_cast<std::uint32_t>(limits::kHeaderBytesMax) + 1);
        body_limit(std::numeric_limits<std::uint64_t>::max());  // ours are set per request
        eager(true);
    }

    std::string target;
    std::size_t fields = 0;
    std::string body;  // what came since it was last taken

  private:
    void on_request_impl(http::verb, string_view, string_view wanted, int, error_code&) override {
        target.assign(wanted.data(), wanted.size());
    }
    void on_response_impl(int, string_view, int, error_code&) override {}
    void on_field_impl(http::field, string_view, string_view, error_code&) override { ++fields; }
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(string_view piece, error_code&) override {
        body.append(piece.data(), piece.size());
        return piece.size();
    }
    void on_chunk_header_impl(std::uint64_t, string_view extensions, error_code& error) override {
        if (!extensions.empty()) error = http::error::bad_chunk_extension;
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view piece, error_code& error) override {
        return on_body_impl(piece, error);
    }
    void on_finish_impl(error_code&) override {}
};

}  // namespace

struct RequestReader::State {
    std::string buffer;  // fed and not yet used
    std::size_t used = 0;
    std::optional<model::Refusal> refusal{};

    // Of the present request
    Stage stage = Stage::idle;
    bool ended = false;
    StrictHead strict{};
    std::unique_ptr<Parser> parser{};
    std::string head_bytes{};
    std::string unparsed{};  // chunk framing that Beast wants to see whole
    ChunkScan chunks{};
    std::uint64_t left = 0;  // of a body with a length
    std::string piece{};

    std::string_view available() const { return std::string_view{buffer}.substr(used); }

    void use(std::size_t bytes) {
        used += bytes;
        if (used < buffer.size()) return;
        buffer.clear();
        used = 0;
    }

    Event refuse(model::Refusal why) {
        refusal = std::move(why);
        return Event::refused;
    }
    Event refuse(Problem problem) { return refuse(model::Refusal{.problem = problem}); }

    void begin_next() {
        stage = Stage::idle;
        ended = false;
        strict = {};
        parser.reset();
        head_bytes.clear();
        unparsed.clear();
        chunks = {};
        left = 0;
        piece.clear();
    }

    Event read_head();
    Event read_body();
    Event read_chunks();
    bool parse(std::string_view bytes);
};

// Gives Beast its bytes. False: it objects, or it did not take what belongs to the request.
bool RequestReader::State::parse(std::string_view bytes) {
    unparsed.append(bytes);
    error_code error;
    const std::size_t taken =
        parser->put(boost::asio::const_buffer{unparsed.data(), unparsed.size()}, error);
    unparsed.erase(0, taken);
    return !error || error == http::error::need_more;
}

RequestReader::Event RequestReader::State::read_head() {
    const std::string_view bytes = available();
    if (bytes.empty()) return Event::need_more;
    stage = Stage::head;
    const std::size_t taken = strict.take(bytes);
    head_bytes.append(bytes.substr(0, taken));
    use(taken);
    if (strict.fault()) return refuse(*strict.fault());
    if (!strict.complete()) return Event::need_more;

    const RequestHead& head = strict.head();
    parser = std::make_unique<Parser>();
    const bool agreed = parse(head_bytes) && unparsed.empty() && parser->is_header_done() &&
                        parser->target == head.target && parser->fields == head.headers.size();
    if (!agreed) return refuse(Problem::malformed_request);
    stage = Stage::body;
    left = head.content_length.value_or(0);
    return Event::head;
}

RequestReader::Event RequestReader::State::read_body() {
    if (strict.head().chunked) return read_chunks();
    if (left == 0) {
        ended = true;
        return parser->is_done() ? Event::end : refuse(Problem::malformed_request);
    }
    const std::string_view bytes = available();
    if (bytes.empty()) return Event::need_more;
    const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes.size()));
    if (!parse(bytes.substr(0, taken)) || !unparsed.empty()) {
        return refuse(Problem::malformed_request);
    }
    left -= taken;
    use(taken);
    std::swap(piece, parser->body);
    return Event::body;
}

RequestReader::Event RequestReader::State::read_chunks() {
    if (chunks.complete()) {
        ended = true;
        return parser->is_done() ? Event::end : refuse(Problem::ambiguous_framing);
    }
    const std::string_view bytes = available();
    if (bytes.empty()) return Event::need_more;
    const std::size_t taken = chunks.take(bytes);
    if (chunks.fault()) return refuse(*chunks.fault());
    // Beast gets whole units: of a first chunk that is the last it expects five bytes at once.
    if (chunks.within_framing()) {
        unparsed.append(bytes.substr(0, taken));
        use(taken);
        return Event::need_more;
    }
    if (!parse(bytes.substr(0, taken))) return refuse(Problem::ambiguous_framing);
    use(taken);
    std::swap(piece, parser->body);
    if (!piece.empty()) return Event::body;
    return chunks.complete() ? read_chunks() : Event::need_more;
}

RequestReader::RequestReader() : state_(std::make_unique<State>()) {}
RequestReader::~RequestReader() = default;

void RequestReader::feed(std::string_view bytes) {
    if (!state_->refusal) state_->buffer.append(bytes);
}

RequestReader::Event RequestReader::next() {
    if (state_->refusal) return Event::refused;
    if (state_->ended) state_->begin_next();
    state_->piece.clear();
    if (state_->stage != Stage::body) return state_->read_head();
    return state_->read_body();
}

RequestReader::Stage RequestReader::stage() const {
    if (state_->ended || state_->stage == Stage::idle) {
        return state_->available().empty() ? Stage::idle : Stage::head;
    }
    return state_->stage;
}

const RequestHead& RequestReader::head() const {
    return state_->strict.head();
}

std::string_view RequestReader::piece() const {
    return state_->piece;
}

const model::Refusal& RequestReader::refusal() const {
    return *state_->refusal;
}

// What the head already says to be too much is refused before a byte of it is read.
void RequestReader::limit_body(std::uint64_t bytes_max) {
    state_->chunks.limit(bytes_max);
    if (state_->left > bytes_max) state_->refuse(Problem::body_too_large);
}

}  // namespace sekisho::listener
