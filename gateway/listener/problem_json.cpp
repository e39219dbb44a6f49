#include "gateway/listener/problem_json.h"

#include <algorithm>

#include "routing/model/limits.h"

namespace sekisho::listener {

namespace {

using documents::Json;
using model::entry_of;

std::string urn_of(model::Problem problem) {
    return "urn:sekisho:problem:" + std::string{entry_of(problem).name};
}

std::string title_of(model::Problem problem, Language language) {
    const auto& entry = entry_of(problem);
    return std::string{language == Language::ja ? entry.title_ja : entry.title_en};
}

std::string next_of(model::Problem problem, Language language) {
    const auto& entry = entry_of(problem);
    return std::string{language == Language::ja ? entry.next_ja : entry.next_en};
}

std::string nameless_file(std::uint32_t number, Language language) {
    const std::string text = std::to_string(number);
    return language == Language::ja ? text + "番目のファイル" : "file " + text;
}

Json to_reason(const model::Reason& reason, Language language) {
    Json row = Json::object();
    row.set("type", urn_of(reason.problem));
    row.set("code", model::code_of(reason.problem));
    if (!reason.about.empty()) row.set("about", reason.about);
    row.set("title", title_of(reason.problem, language));
    row.set("next", next_of(reason.problem, language));
    return row;
}

std::string_view take_until(std::string_view& text, char mark) {
    const auto end = std::min(text.find(mark), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

std::string_view without_blanks(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

// Thousandths: `;q=0.8` is 800, none is 1000, a broken one is 0.
int weight_of(std::string_view parameters) {
    std::string_view value = without_blanks(parameters);
    if (value.empty()) return 1000;
    if (!value.starts_with("q=")) return 0;
    value.remove_prefix(2);
    if (value.empty() || (value[0] != '0' && value[0] != '1')) return 0;
    int weight = (value[0] - '0') * 1000;
    int place = 100;
    for (const char c : value.substr(std::min<std::size_t>(2, value.size()))) {
        if (c < '0' || c > '9') return 0;
        weight += (c - '0') * place;
        place /= 10;
    }
    return std::min(weight, 1000);
}

bool names_language(std::string_view range, std::string_view language) {
    const std::string_view primary = range.substr(0, range.find('-'));
    return std::ranges::equal(primary, language, {},
                              [](char c) { return static_cast<char>(c | 0x20); });
}

// 503 and 429 always say when to come back.
std::optional<std::chrono::seconds> retry_after_of(const model::Refusal& refusal, int status) {
    if (refusal.retry_after) return refusal.retry_after;
    if (status != 503 && status != 429) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::seconds>(model::limits::kWriterRetryAfter);
}

}  // namespace

Json to_error(const model::LocatedError& error, Language language) {
    Json row = Json::object();
    if (!error.file.empty()) row.set("file", error.file);
    if (error.file_number != 0) row.set("file", nameless_file(error.file_number, language));
    if (error.line != 0) row.set("line", Json::number(static_cast<std::int64_t>(error.line)));
    if (error.column != 0) row.set("column", Json::number(static_cast<std::int64_t>(error.column)));
    if (!error.field.empty()) row.set("field", error.field);
    row.set("code", model::code_of(error.code));
    row.set("title", title_of(error.code, language));
    row.set("next", next_of(error.code, language));
    return row;
}

Language parse_language(std::string_view accept_language) {
    int japanese = -1;
    int english = -1;
    int any = -1;
    while (!accept_language.empty()) {
        std::string_view item = take_until(accept_language, ',');
        const std::string_view range = without_blanks(take_until(item, ';'));
        const int weight = weight_of(item);
        if (names_language(range, "ja")) japanese = std::max(japanese, weight);
        if (names_language(range, "en")) english = std::max(english, weight);
        if (range == "*") any = std::max(any, weight);
    }
    if (japanese < 0) japanese = std::max(any, 0);
    if (english < 0) english = std::max(any, 0);
    return english > japanese ? Language::en : Language::ja;
}

Language language_of(const RequestHead& head) {
    const std::string* wanted = head.find("accept-language");
    return wanted == nullptr ? Language::ja : parse_language(*wanted);
}

int status_of(const model::Refusal& refusal) {
    return entry_of(refusal.problem).status;
}

Json to_problem(const model::Refusal& refusal, Language language) {
    Json problem = Json::object();
    problem.set("type", urn_of(refusal.problem));
    problem.set("code", model::code_of(refusal.problem));
    problem.set("title", title_of(refusal.problem, language));
    problem.set("status", Json::number(status_of(refusal)));
    const std::string& detail = language == Language::ja ? refusal.detail.ja : refusal.detail.en;
    if (!detail.empty()) problem.set("detail", detail);
    problem.set("next", next_of(refusal.problem, language));
    if (!refusal.errors.empty()) {
        Json errors = Json::array();
        for (const auto& error : refusal.errors) errors.push(to_error(error, language));
        problem.set("errors", std::move(errors));
    }
    if (!refusal.reasons.empty()) {
        Json reasons = Json::array();
        for (const auto& reason : refusal.reasons) reasons.push(to_reason(reason, language));
        problem.set("reasons", std::move(reasons));
    }
    return problem;
}

Response to_response(const model::Refusal& refusal, Language language) {
    Response response{.status = status_of(refusal),
                      .content_type = "application/problem+json",
                      .body = documents::to_text(to_problem(refusal, language)),
                      .headers = {{"Content-Language", language == Language::ja ? "ja" : "en"}}};
    if (const auto wait = retry_after_of(refusal, response.status)) {
        response.headers.push_back({"Retry-After", std::to_string(wait->count())});
    }
    return response;
}

}  // namespace sekisho::listener
