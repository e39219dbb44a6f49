#include "gateway/listener/strict_head.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "routing/model/limits.h"

namespace sekisho::listener {

namespace {

namespace limits = model::limits;
using model::Problem;

constexpr std::size_t kMethodBytesMax = 16;
constexpr std::size_t kContentLengthDigitsMax = 12;
constexpr std::string_view kVersion = "HTTP/1.1";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// RFC 9110 5.6.2, without the underscore, which some readers take for a hyphen.
bool is_name_character(char c) {
    constexpr std::string_view kMarks = "!#$%&'*+-.^`|~";
    return is_digit(c) || is_letter(c) || kMarks.find(c) != std::string_view::npos;
}

bool is_value_character(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

bool is_host_character(char c) {
    constexpr std::string_view kMarks = "-._~:[]";
    return is_digit(c) || is_letter(c) || kMarks.find(c) != std::string_view::npos;
}

char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t";
    const auto begin = text.find_first_not_of(kBlank);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

// Fields that mean one thing and so may come once.
bool comes_once(std::string_view name) {
    constexpr auto kOnce = std::to_array<std::string_view>(
        {"host", "content-type", "content-length", "transfer-encoding", "expect"});
    return std::ranges::find(kOnce, name) != kOnce.end();
}

}  // namespace

std::size_t StrictHead::take(std::string_view bytes) {
    std::size_t taken = 0;
    while (taken < bytes.size() && !complete() && !fault_) {
        if (++size_ > limits::kHeaderBytesMax) {
            refuse(Problem::head_too_large, "head");
            break;
        }
        take(bytes[taken++]);
    }
    return taken;
}

void StrictHead::take(char c) {
    switch (state_) {
        case State::method:
            return take_method(c);
        case State::target:
            return take_target(c);
        case State::version:
            return take_version(c);
        case State::line_feed:
            if (c != '\n') return refuse(Problem::malformed_request, "line end");
            state_ = State::line_start;
            return;
        case State::line_start:
            return take_line_start(c);
        case State::name:
            return take_name(c);
        case State::value:
            return take_value(c);
        case State::last_line_feed:
            if (c != '\n') return refuse(Problem::malformed_request, "line end");
            return end_head();
        case State::complete:
            return;
    }
}

void StrictHead::take_method(char c) {
    if (c == ' ' && !head_.method.empty()) {
        state_ = State::target;
        return;
    }
    if (!is_letter(c) || head_.method.size() >= kMethodBytesMax) {
        return refuse(Problem::malformed_request, "method");
    }
    head_.method.push_back(c);
}

void StrictHead::take_target(char c) {
    if (c == ' ' && !head_.target.empty()) return end_target();
    const bool first = head_.target.empty();
    if (c < 0x21 || c > 0x7e || c == '#' || (first && c != '/')) {
        return refuse(Problem::malformed_request, "request target");
    }
    if (head_.target.size() >= limits::kRequestTargetBytesMax) {
        return refuse(Problem::head_too_large, "request target");
    }
    head_.target.push_back(c);
}

void StrictHead::end_target() {
    const auto mark = head_.target.find('?');
    head_.path = head_.target.substr(0, mark);
    if (mark != std::string::npos) head_.query = head_.target.substr(mark + 1);
    state_ = State::version;
}

void StrictHead::take_version(char c) {
    if (value_.size() == kVersion.size() && c == '\r') {
        value_.clear();
        state_ = State::line_feed;
        return;
    }
    if (value_.size() >= kVersion.size() || c != kVersion[value_.size()]) {
        return refuse(Problem::malformed_request, "HTTP version");
    }
    value_.push_back(c);
}

void StrictHead::take_line_start(char c) {
    if (c == '\r') {
        state_ = State::last_line_feed;
        return;
    }
    if (c == ' ' || c == '\t') return refuse(Problem::malformed_request, "folded line");
    if (head_.headers.size() >= limits::kHeaderCountMax) {
        return refuse(Problem::head_too_large, "number of headers");
    }
    name_.clear();
    value_.clear();
    state_ = State::name;
    take_name(c);
}

void StrictHead::take_name(char c) {
    if (c == ':' && !name_.empty()) {
        if (comes_once(name_) && head_.find(name_) != nullptr) {
            const bool framing = name_ == "content-length" || name_ == "transfer-encoding";
            return refuse(framing ? Problem::ambiguous_framing : Problem::malformed_request, name_);
        }
        state_ = State::value;
        return;
    }
    if (!is_name_character(c)) return refuse(Problem::malformed_request, "header name");
    name_.push_back(to_lower(c));
}

void StrictHead::take_value(char c) {
    if (c == '\r') {
        state_ = State::line_feed;
        return end_field();
    }
    if (!is_value_character(c)) return refuse(Problem::malformed_request, "header value");
    value_.push_back(c);
}

void StrictHead::end_field() {
    Header header{.name = name_, .value = std::string{trimmed(value_)}};
    if (header.name == "host") read_host(header.value);
    if (header.name == "content-length") read_content_length(header.value);
    if (header.name == "transfer-encoding") read_transfer_encoding(header.value);
    if (header.name == "connection") read_connection(header.value);
    if (header.name == "expect") read_expect(header.value);
    head_.headers.push_back(std::move(header));
}

void StrictHead::end_head() {
    if (head_.find("host") == nullptr) return refuse(Problem::malformed_request, "host");
    state_ = State::complete;
}

void StrictHead::read_host(const std::string& value) {
    if (value.empty() || !std::ranges::all_of(value, is_host_character)) {
        refuse(Problem::malformed_request, "host");
    }
}

void StrictHead::read_content_length(const std::string& value) {
    const bool well_formed = !value.empty() && value.size() <= kContentLengthDigitsMax &&
                             std::ranges::all_of(value, is_digit);
    if (!well_formed || head_.chunked) return refuse(Problem::ambiguous_framing, "content-length");
    std::uint64_t length = 0;
    std::from_chars(value.data(), value.data() + value.size(), length);
    head_.content_length = length;
}

void StrictHead::read_transfer_encoding(const std::string& value) {
    if (!same_word(value, "chunked") || head_.content_length) {
        return refuse(Problem::ambiguous_framing, "transfer-encoding");
    }
    head_.chunked = true;
}

void StrictHead::read_connection(std::string_view value) {
    while (!value.empty()) {
        const auto comma = std::min(value.find(','), value.size());
        if (same_word(trimmed(value.substr(0, comma)), "close")) head_.closes = true;
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
}

void StrictHead::read_expect(std::string_view value) {
    if (!same_word(value, "100-continue")) return refuse(Problem::expectation_failed, "expect");
    head_.expects_continue = true;
}

void StrictHead::refuse(Problem problem, std::string_view what) {
    const std::string name{what};
    fault_ = model::Refusal{.problem = problem,
                            .detail = {.ja = "該当箇所: " + name, .en = "where: " + name}};
}

}  // namespace sekisho::listener
