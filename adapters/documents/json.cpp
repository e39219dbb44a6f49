// Reading: RapidJSON lexes, JsonBuilder places, positions are found again from the gaps between
// tokens.
#include "adapters/documents/json.h"

#include <algorithm>
#include <limits>

#include "adapters/documents/strict_rapidjson.h"
#include "adapters/documents/text_position.h"
#include "adapters/documents/utf8.h"

namespace sekisho::documents {

namespace {

using model::Problem;
using model::Text;

// The bytes as RapidJSON wants to see them. The end reads as NUL; real NULs were refused before.
class ByteStream {
  public:
    using Ch = char;
    explicit ByteStream(std::string_view bytes) : bytes_(bytes) {}

    Ch Peek() const { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }
    Ch Take() { return at_ < bytes_.size() ? bytes_[at_++] : '\0'; }
    std::size_t Tell() const { return at_; }

    Ch* PutBegin() { return nullptr; }  // writing in place is not offered
    void Put(Ch) {}
    void Flush() {}
    std::size_t PutEnd(Ch*) { return 0; }

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

// The next token after `offset`: past white space, commas, colons and comments. The lexer has
// already found that nothing else lies between.
std::size_t token_after(std::string_view bytes, std::size_t offset) {
    constexpr std::string_view kBetween = " \t\r\n,:";
    for (;;) {
        offset = std::min(bytes.find_first_not_of(kBetween, offset), bytes.size());
        if (bytes.substr(offset, 2) == "//") {
            offset = std::min(bytes.find('\n', offset), bytes.size());
        } else if (bytes.substr(offset, 2) == "/*") {
            offset = std::min(bytes.find("*/", offset + 2), bytes.size() - 2) + 2;
        } else {
            return offset;
        }
    }
}

struct Fault {
    std::size_t offset = 0;
    Problem code = Problem::json_malformed;
    Text detail;
};

model::Refusal refusal_of(std::string_view bytes, Fault fault, const JsonOptions& options) {
    TextPosition position{bytes};
    position.move_to(std::min(fault.offset, bytes.size()));
    model::LocatedError error{.file = options.file,
                              .line = position.line(),
                              .column = position.column(),
                              .field = {},
                              .code = fault.code};
    return {.problem = Problem::json_malformed,
            .detail = std::move(fault.detail),
            .errors = {std::move(error)}};
}

Text text_of(rapidjson::ParseErrorCode code) {
    switch (code) {
        case rapidjson::kParseErrorDocumentEmpty:
            return {"JSONが空です", "the text is empty"};
        case rapidjson::kParseErrorDocumentRootNotSingular:
            return {"JSONの値の後に余分な文字があります", "bytes follow the JSON value"};
        case rapidjson::kParseErrorStringMissQuotationMark:
            return {"文字列が閉じていません", "a string is not closed"};
        case rapidjson::kParseErrorStringEscapeInvalid:
        case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
            return {"文字列のエスケープが正しくありません", "a string has an invalid escape"};
        case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
            return {"対になっていないサロゲートがあります", "a string has a lone surrogate"};
        case rapidjson::kParseErrorNumberTooBig:
            return {"数が大きすぎます", "a number is too large"};
        case rapidjson::kParseErrorObjectMissName:
        case rapidjson::kParseErrorObjectMissColon:
        case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
            return {"オブジェクトの書き方が正しくありません", "an object is malformed"};
        case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
            return {"配列の書き方が正しくありません", "an array is malformed"};
        default:
            return {"JSONの値が正しくありません", "a value is malformed"};
    }
}

}  // namespace

// RapidJSON's handler. Values that are open stand on a stack of frames, so nesting costs heap and
// not stack. A callback that returns false stops the reading; `fault` then says why.
class JsonBuilder {
  public:
    JsonBuilder(std::string_view bytes, const JsonOptions& options, const JsonRows* rows,
                const ByteStream& stream)
        : bytes_(bytes), options_(options), rows_(rows), stream_(stream), position_(bytes) {}

    bool Null() { return scalar(Json{}); }
    bool Bool(bool value) { return scalar(Json::boolean(value)); }
    bool Int(int) { return impossible(); }
    bool Uint(unsigned) { return impossible(); }
    bool Int64(std::int64_t) { return impossible(); }
    bool Uint64(std::uint64_t) { return impossible(); }
    bool Double(double) { return impossible(); }
    bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
        return scalar(Json::number_text(std::string(text, length)));
    }
    bool String(const char* text, rapidjson::SizeType length, bool) {
        if (!sound({text, length})) return false;
        return scalar(Json::string(std::string(text, length)));
    }
    bool Key(const char* text, rapidjson::SizeType length, bool) {
        if (!sound({text, length})) return false;
        keys_.push_back(token_after(bytes_, done_));
        frames_.back().key.assign(text, length);
        done_ = stream_.Tell();
        return true;
    }
    bool StartObject() { return open(Json::object()); }
    bool StartArray() { return open(Json::array()); }
    bool EndObject(rapidjson::SizeType) { return keys_differ() && close(); }
    bool EndArray(rapidjson::SizeType) { return close(); }

    Json take() { return std::move(root_); }
    const std::optional<Fault>& fault() const { return fault_; }

  private:
    struct Frame {
        Json value;
        std::string key;            // of the member that comes next
        std::size_t first_key = 0;  // in keys_
    };

    bool stop(std::size_t offset, Text detail, Problem code = Problem::json_malformed) {
        fault_ = Fault{.offset = offset, .code = code, .detail = std::move(detail)};
        return false;
    }

    bool impossible() {
        return stop(done_, {"数を読めません", "a number cannot be read"}, Problem::internal);
    }

    // A low surrogate written alone passes RapidJSON as three bytes that are not UTF-8.
    bool sound(std::string_view text) {
        if (is_utf8(text)) return true;
        return stop(token_after(bytes_, done_),
                    {"対になっていないサロゲートがあります", "a string has a lone surrogate"});
    }

    bool begin(Json& value) {
        value.begin_ = token_after(bytes_, done_);
        if (++nodes_ > options_.nodes_max) {
            return stop(value.begin_, {"値の数が多すぎます", "there are too many values"});
        }
        position_.move_to(value.begin_);
        value.line_ = static_cast<std::uint32_t>(position_.line());
        value.column_ = static_cast<std::uint32_t>(position_.column());
        return true;
    }

    bool scalar(Json value) {
        if (!begin(value)) return false;
        done_ = value.end_ = stream_.Tell();
        place(std::move(value));
        return true;
    }

    bool open(Json value) {
        if (!begin(value)) return false;
        if (frames_.size() >= options_.depth_max) {
            return stop(value.begin_, {"入れ子が深すぎます", "values are nested too deeply"});
        }
        done_ = value.begin_ + 1;
        frames_.push_back(Frame{.value = std::move(value), .first_key = keys_.size()});
        if (holds_rows()) nodes_beside_rows_ = nodes_;
        return true;
    }

    bool close() {
        done_ = token_after(bytes_, done_) + 1;
        Json value = std::move(frames_.back().value);
        keys_.resize(frames_.back().first_key);
        frames_.pop_back();
        value.end_ = done_;
        place(std::move(value));
        return true;
    }

    void place(Json value) {
        if (frames_.empty()) {
            root_ = std::move(value);
            return;
        }
        Frame& frame = frames_.back();
        if (holds_rows()) {
            rows_->take(value);
            nodes_ = nodes_beside_rows_;
        } else if (frame.value.kind_ == Json::Kind::array) {
            frame.value.items_.push_back(std::move(value));
        } else {
            if (frame.value.members_.empty()) frame.value.members_.reserve(kMembersUsual);
            frame.value.members_.emplace_back(std::move(frame.key), std::move(value));
        }
    }

    // Whether what is placed now is an element of the array of rows.
    bool holds_rows() const {
        return rows_ != nullptr && frames_.size() == 2 &&
               frames_.back().value.kind_ == Json::Kind::array &&
               frames_.front().key == rows_->member;
    }

    bool keys_differ() {
        const auto& members = frames_.back().value.members_;
        const std::size_t first =
            members.size() <= kFewKeys ? first_repeat_of_few(members) : first_repeat(members);
        if (first == members.size()) return true;
        return stop(keys_[frames_.back().first_key + first],
                    {"同じキーが二つあります", "a key stands twice in an object"});
    }

    static std::size_t first_repeat_of_few(const std::vector<Json::Member>& members) {
        for (std::size_t i = 1; i < members.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (members[i].first == members[j].first) return i;
            }
        }
        return members.size();
    }

    // By sorting: an object of many keys costs n log n whatever its author intends.
    static std::size_t first_repeat(const std::vector<Json::Member>& members) {
        std::vector<std::size_t> order(members.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
            const int compared = members[a].first.compare(members[b].first);
            return compared != 0 ? compared < 0 : a < b;
        });
        std::size_t first = members.size();
        for (std::size_t i = 1; i < order.size(); ++i) {
            if (members[order[i - 1]].first == members[order[i]].first) {
                first = std::min(first, order[i]);
            }
        }
        return first;
    }

    static constexpr std::size_t kFewKeys = 16;
    static constexpr std::size_t kMembersUsual = 4;

    const std::string_view bytes_;
    const JsonOptions& options_;
    const JsonRows* const rows_;  // nullptr: every value is kept
    const ByteStream& stream_;
    TextPosition position_;
    std::vector<Frame> frames_;
    std::vector<std::size_t> keys_;  // where each key of the open objects began
    Json root_;
    std::size_t done_ = 0;   // end of the last token
    std::size_t nodes_ = 0;  // held at once
    std::size_t nodes_beside_rows_ = 0;
    std::optional<Fault> fault_;
};

namespace {

// What no JSON text may hold, whatever its grammar.
std::optional<Fault> unreadable(std::string_view bytes) {
    if (bytes.size() >= std::numeric_limits<std::uint32_t>::max()) {
        return Fault{.detail = {"JSONが大きすぎます", "the text is too large"}};
    }
    if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
        return Fault{.offset = nul, .detail = {"NULバイトがあります", "there is a NUL byte"}};
    }
    if (const auto offset = first_ill_formed_utf8(bytes)) {
        return Fault{.offset = *offset,
                     .code = Problem::encoding_invalid,
                     .detail = {"UTF-8として正しくありません", "the text is not UTF-8"}};
    }
    return std::nullopt;
}

template <unsigned kExtra>
std::expected<Json, Fault> read(std::string_view bytes, const JsonRows* rows,
                                const JsonOptions& options) {
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                                rapidjson::kParseNumbersAsStringsFlag |
                                rapidjson::kParseValidateEncodingFlag | kExtra;
    ByteStream stream{bytes};
    JsonBuilder builder{bytes, options, rows, stream};
    rapidjson::Reader reader;
    const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, builder);
    if (builder.fault()) return std::unexpected(*builder.fault());
    if (result.IsError()) {
        return std::unexpected(Fault{.offset = result.Offset(), .detail = text_of(result.Code())});
    }
    return builder.take();
}

model::Result<Json> parse(std::string_view bytes, const JsonRows* rows,
                          const JsonOptions& options) {
    try {
        if (auto fault = unreadable(bytes)) {
            return std::unexpected(refusal_of(bytes, std::move(*fault), options));
        }
        auto value = options.comments ? read<rapidjson::kParseCommentsFlag>(bytes, rows, options)
                                      : read<rapidjson::kParseNoFlags>(bytes, rows, options);
        if (!value) return std::unexpected(refusal_of(bytes, std::move(value.error()), options));
        return std::move(*value);
    } catch (const std::exception&) {
        return model::refuse(Problem::json_malformed,
                             {"JSONを読めません", "the text cannot be read as JSON"});
    }
}

// A vector that grows by doubling holds, for a moment, its old elements, its new ones and as many
// free places; a small object has places for kMembersUsual.
constexpr std::uint64_t kPlacesOfValue = 4;
constexpr std::uint64_t kValueBytes = kPlacesOfValue * sizeof(Json::Member);

// Of strings and numbers, as they are written.
std::uint64_t longest_token(std::string_view bytes) {
    std::uint64_t longest = 0;
    std::uint64_t length = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const char c = bytes[at];
        const bool between =
            !in_string && std::string_view{" \t\r\n,:[]{}"}.find(c) != std::string_view::npos;
        if (c == '"') in_string = !in_string;
        if (c == '\\') ++at;  // what it escapes is no end
        length = between ? 0 : length + 1;
        longest = std::max(longest, length);
    }
    return longest;
}

}  // namespace

std::uint64_t json_memory_for(std::string_view bytes) {
    const auto values = static_cast<std::uint64_t>(
        std::ranges::count_if(bytes, [](char c) { return c == ',' || c == '[' || c == '{'; }));
    return (values + 1) * kValueBytes + bytes.size();
}

std::uint64_t json_rows_memory_for(std::string_view bytes, const JsonOptions& options) {
    // RapidJSON's own buffer grows by halves while it reads a token, which then is copied.
    constexpr std::uint64_t kCopiesOfToken = 4;
    return options.nodes_max * kValueBytes + bytes.size() + longest_token(bytes) * kCopiesOfToken;
}

model::Result<Json> parse_json(std::string_view bytes, const JsonOptions& options) {
    return parse(bytes, nullptr, options);
}

model::Result<Json> parse_json_rows(std::string_view bytes, const JsonRows& rows,
                                    const JsonOptions& options) {
    return parse(bytes, &rows, options);
}

}  // namespace sekisho::documents
