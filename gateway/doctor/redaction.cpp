#include "gateway/doctor/redaction.h"

#include <algorithm>
#include <array>

#include "routing/model/instant.h"
#include "routing/model/party.h"

namespace sekisho::doctor {

namespace {

using documents::Json;

constexpr std::size_t kDigitsMax = 8;  // in a run; nine are an insured number's behind its H
constexpr std::size_t kHexMin = 12;    // hexadecimal, as serials are written
constexpr std::size_t kTokenMin = 20;  // letters and digits together
constexpr std::size_t kWordBytesMax = 64;
constexpr std::string_view kGap = "[withheld]";
constexpr std::string_view kPem = "-----BEGIN";
constexpr std::string_view kPrivate = "PRIVATE KEY";

bool is_key(std::string_view text) {
    return text.contains(kPem) || text.contains(kPrivate);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_token(char c) {
    return is_digit(c) || is_letter(c) || c == '+' || c == '_' || c == '=' || c == '-';
}

// How far a run of digits goes from `at`, single blanks and hyphens between digits within it.
std::size_t digits_end(std::string_view text, std::size_t at, std::size_t& digits) {
    digits = 0;
    std::size_t end = at;
    while (at < text.size()) {
        if (is_digit(text[at])) {
            ++digits;
            end = ++at;
        } else if ((text[at] == ' ' || text[at] == '-') && at + 1 < text.size() &&
                   is_digit(text[at + 1])) {
            ++at;
        } else {
            break;
        }
    }
    return end;
}

std::string without_numbers(std::string_view text) {
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_digit(text[at])) {
            kept.push_back(text[at++]);
            continue;
        }
        std::size_t digits = 0;
        const std::size_t end = digits_end(text, at, digits);
        kept += digits > kDigitsMax ? kGap : text.substr(at, end - at);
        at = end;
    }
    return kept;
}

// A token, a digest or a serial: letters and digits together, and many of them.
bool is_secret(std::string_view run) {
    const bool mixed = std::ranges::any_of(run, is_digit) && std::ranges::any_of(run, is_letter);
    const bool hex = run.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    return mixed && run.size() >= (hex ? kHexMin : kTokenMin);
}

std::string without_tokens(std::string_view text) {
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && is_token(text[end])) ++end;
        if (end == at) {
            kept.push_back(text[at++]);
            continue;
        }
        const std::string_view run = text.substr(at, end - at);
        kept += is_secret(run) ? kGap : run;
        at = end;
    }
    return kept;
}

std::string ascii_only(std::string_view text) {
    std::string kept;
    bool gap = false;
    for (const char c : text) {
        const bool is_ascii = c >= ' ' && c <= '~';
        if (is_ascii) kept.push_back(c);
        if (!is_ascii && !gap) kept += kGap;
        gap = !is_ascii;
    }
    return kept;
}

void take_out(std::string& text, const std::string& word) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
        text.replace(at, word.size(), kGap);
        at += kGap.size();
    }
}

// A token's key by its URI may have its PIN in it (RFC 7512 section 2.4). Where the PIN ends is not
// looked for: nothing is shown from its name on.
std::size_t pin_begin(std::string_view text) {
    constexpr std::string_view kPin = "pin-value";
    const auto same = [](char a, char b) { return a == b || a == b - 'a' + 'A'; };
    const auto found = std::ranges::search(text, kPin, same);
    return static_cast<std::size_t>(found.begin() - text.begin());
}

void take_out_pin(std::string& text) {
    const std::size_t begin = pin_begin(text);
    if (begin < text.size()) text.replace(begin, std::string::npos, kGap);
}

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= kWordBytesMax && std::ranges::all_of(text, [](char c) {
        return is_digit(c) || is_letter(c) || c == '-' || c == '_' || c == '.';
    });
}

// An institution's id; staff and reviewers are persons.
bool is_institution(std::string_view text) {
    const auto party = model::parse_party_id(text);
    return party && party->kind != model::PartyKind::operator_ &&
           party->kind != model::PartyKind::reviewer;
}

// The members that the gateway's log has, and the shape of each; all others are withheld, the
// sender's message id among them, in which a sender may have written anything.
struct Member {
    std::string_view name;
    std::string (*shown)(const Redactor& redactor, std::string_view text);
};

std::string if_it_is(bool holds, std::string_view text) {
    return std::string{holds ? text : kWithheld};
}
std::string as_time(const Redactor&, std::string_view text) {
    return if_it_is(model::parse_rfc3339(text).has_value(), text);
}
std::string as_word(const Redactor& redactor, std::string_view text) {
    return if_it_is(is_word(text), redactor.plain(text));
}
std::string as_number(const Redactor&, std::string_view text) {
    return if_it_is(text.size() <= kDigitsMax && std::ranges::all_of(text, is_digit), text);
}
std::string as_institution(const Redactor&, std::string_view text) {
    return if_it_is(is_institution(text), text);
}
std::string as_free_text(const Redactor& redactor, std::string_view text) {
    return redactor.plain(text);
}

constexpr std::array<Member, 14> kMembers{{{"at", as_time},
                                           {"level", as_word},
                                           {"event", as_free_text},
                                           {"zone", as_word},
                                           {"via", as_word},
                                           {"network", as_word},
                                           {"standing", as_word},
                                           {"state", as_word},
                                           {"port", as_number},
                                           {"files", as_number},
                                           {"routes", as_number},
                                           {"recipient", as_institution},
                                           {"file", as_free_text},
                                           {"detail", as_free_text}}};

}  // namespace

std::string shown_url(std::string_view url) {
    return std::string{url.contains('@') || url.contains('?') ? kWithheld : url};
}

Redactor::Redactor(std::vector<std::string> known) : known_(std::move(known)) {
    std::erase_if(known_, [](const std::string& word) { return word.empty(); });
    std::ranges::sort(known_, std::ranges::greater{}, &std::string::size);
}

std::string Redactor::scrubbed(std::string_view text) const {
    if (is_key(text)) return std::string{kWithheld};
    std::string kept{text};
    take_out_pin(kept);
    for (const std::string& word : known_) take_out(kept, word);
    return without_tokens(without_numbers(kept));
}

Json Redactor::scrubbed(const Json& value) const {
    if (value.is_string()) return Json::string(scrubbed(value.text()));
    if (value.is_array()) {
        Json list = Json::array();
        for (const Json& item : value.items()) list.push(scrubbed(item));
        return list;
    }
    if (!value.is_object()) return value;
    Json object = Json::object();
    for (const auto& [name, member] : value.members()) object.set(name, scrubbed(member));
    return object;
}

std::string Redactor::plain(std::string_view text) const {
    if (is_key(text)) return std::string{kWithheld};
    std::string kept{text};
    take_out_pin(kept);
    for (const std::string& word : known_) take_out(kept, word);
    return without_tokens(without_numbers(ascii_only(kept)));
}

std::string Redactor::log_line(std::string_view line) const {
    const auto read = documents::parse_json(line);
    Json shown = Json::object();
    if (!read || !read->is_object()) {
        return documents::to_text(shown.set(std::string{kWithheld}, "line"));
    }
    std::int64_t withheld = 0;
    for (const auto& [name, value] : read->members()) {
        const auto member = std::ranges::find(kMembers, name, &Member::name);
        const auto text = value.as_string();
        if (member == kMembers.end() || !text) {
            ++withheld;  // names of members may be anything, too
        } else {
            shown.set(name, member->shown(*this, *text));
        }
    }
    if (withheld > 0) shown.set(std::string{kWithheld}, Json::number(withheld));
    return documents::to_text(shown);
}

std::string Redactor::metrics(std::string_view page) const {
    constexpr std::string_view kOurs = "sekisho_";
    constexpr std::string_view kOfNumbers = "0123456789.+-eEinfNa";
    std::string kept;
    for (std::size_t at = 0; at < page.size();) {
        const std::size_t end = std::min(page.find('\n', at), page.size());
        const std::string_view line = page.substr(at, end - at);
        at = end + 1;
        const std::size_t gap = line.rfind(' ');
        if (!line.starts_with(kOurs) || gap == std::string_view::npos) continue;
        const std::string_view number = line.substr(gap + 1);
        if (number.find_first_not_of(kOfNumbers) != std::string_view::npos) continue;
        kept += plain(line.substr(0, gap)) + " " + std::string{number} + "\n";
    }
    return kept;
}

bool Redactor::is_clean(std::string_view entry) const {
    if (is_key(entry) || pin_begin(entry) < entry.size()) return false;
    return std::ranges::none_of(known_,
                                [&](const std::string& word) { return entry.contains(word); });
}

}  // namespace sekisho::doctor
