#include "adapters/portal/window.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>

#include "adapters/portal/log_check.h"
#include "routing/model/event_type.h"
#include "routing/model/instant.h"

namespace sekisho::portal_adapter {

using documents::Json;

namespace {

constexpr std::chrono::seconds kCallDeadline{15};
constexpr std::uint64_t kAnswerBytesMax = 16 * model::limits::kMebibyte;
constexpr std::string_view kProblemPrefix = "urn:sekisho:problem:";
constexpr int kNotFound = 404;

std::string now_text() {
    return model::to_rfc3339(
        std::chrono::time_point_cast<model::Duration>(std::chrono::system_clock::now()));
}

Json to_json(const model::Person& person) {
    return Json::object()
        .set("insurer", person.insurer.text())
        .set("insured", person.insured.text());
}

// The entry as it is shown to the person, with what is wrong with its proof.
Json shown(const Json& access, const std::string& trouble) {
    Json row = Json::object();
    for (const std::string_view name : kShown) {
        if (const Json* value = access.find(name)) row.set(std::string{name}, *value);
    }
    const Json* proof = access.find("proof");
    const auto index = proof == nullptr ? std::nullopt : proof->integer_at("index");
    return row.set("index", Json::number(index.value_or(-1))).set("trouble", trouble);
}

void add_accesses(Json& answer, const Json& list, const std::optional<Checkpoint>& checkpoint) {
    auto rows = Json::array();
    std::int64_t proven = 0;
    for (const Json& access : list.items()) {
        const std::string trouble =
            checkpoint ? trouble_with(access, *checkpoint) : "a checkpoint that nobody signed";
        if (trouble.empty()) ++proven;
        rows.push(shown(access, trouble));
    }
    const auto all = static_cast<std::int64_t>(rows.items().size());
    answer.set("proven", Json::number(proven)).set("unproven", Json::number(all - proven));
    answer.set("accesses", std::move(rows));
}

bool is_among(const Json& consents, std::string_view id) {
    return std::ranges::any_of(consents.items(),
                               [&](const Json& row) { return row.string_at("id") == id; });
}

}  // namespace

Window::Told Window::send(http::Request request) {
    request.url.insert(0, gateway_.gateway_url);
    request.answer_bytes_max = kAnswerBytesMax;
    auto reply = client_.send(request, std::chrono::steady_clock::now() + kCallDeadline);
    if (!reply) return {.trouble = std::string{to_string(reply.error().trouble)}};
    Told told{.status = reply->status, .body = std::move(reply->body)};
    if (auto json = documents::parse_json(told.body)) told.json = std::move(*json);
    return told;
}

Window::Told Window::search(const std::string& what, const Json& asked) {
    const std::string body = to_text(asked);
    return send({.method = "POST",
                 .url = "/v1/" + what + "/search",
                 .headers = {{"Content-Type", "application/json"}},
                 .body = body});
}

Json Window::begun(const Told& told) {
    auto answer = Json::object().set("status", Json::number(told.status));
    if (told.status == 0) answer.set("trouble", told.trouble);
    const auto type = told.json.string_at("type").value_or("");
    if (told.status >= 400 && type.starts_with(kProblemPrefix))
        answer.set("problem", std::string{type.substr(kProblemPrefix.size())});
    return answer;
}

// From the file where there is one, whatever the gateway says: an empty or missing one proves
// nothing.
Window::Told Window::log_keys() {
    if (log_key_file_.empty()) return send({.url = "/v1/log/key"});
    std::ifstream file{log_key_file_, std::ios::binary};
    return {.status = 200, .body = {std::istreambuf_iterator<char>{file}, {}}};
}

Json Window::accesses(const model::Person& person, std::optional<std::int64_t> before) {
    const Told keys = log_keys();
    if (keys.status != 200) return begun(keys);
    Json asked = to_json(person);
    if (before) asked.set("before", Json::number(*before));
    const Told told = search("accesses", asked);
    Json answer = begun(told);
    const Json* list = told.json.find("accesses");
    if (told.status != 200 || list == nullptr) return answer;
    const auto checkpoint =
        open_checkpoint(told.json.string_at("checkpoint").value_or(""), keys.body);
    answer.set("pinned", Json::boolean(!log_key_file_.empty()));
    answer.set("signed", Json::boolean(checkpoint.has_value()));
    if (checkpoint) {
        answer.set("origin", checkpoint->origin);
        answer.set("size", Json::number(static_cast<std::int64_t>(checkpoint->size)));
    }
    add_accesses(answer, *list, checkpoint);
    return answer;
}

Json Window::consents(const model::Person& person) {
    const Told told = search("consents", to_json(person));
    Json answer = begun(told);
    if (const Json* list = told.json.find("consents")) answer.set("consents", *list);
    return answer;
}

Json Window::withdraw(const model::Person& person, const std::string& consent) {
    const Told known = search("consents", to_json(person));
    if (known.status != 200) return begun(known);
    const Json* list = known.json.find("consents");
    if (list == nullptr || !is_among(*list, consent))
        return begun({.status = kNotFound}).set("id", consent);
    return begun(send({.method = "DELETE", .url = "/v1/consents/" + consent})).set("id", consent);
}

Json Window::ask(const model::Person& person, const std::string& type, const std::string& id) {
    const Told told = send({.method = "POST",
                            .url = "/v1/queries",
                            .headers = {{"ce-specversion", "1.0"},
                                        {"ce-id", id},
                                        {"ce-source", "/systems/portal"},
                                        {"ce-type", model::question_type(type)},
                                        {"ce-time", now_text()},
                                        {"ce-insurer", person.insurer.text()},
                                        {"ce-insured", person.insured.text()},
                                        {"ce-actor", "self"},
                                        {"ce-role", "person"}}});
    Json answer = begun(told);
    if (told.status != 200) return answer;
    const Json* data = told.json.is_array() ? &told.json : told.json.find("data");
    return answer.set("data", data == nullptr ? Json{} : *data);
}

}  // namespace sekisho::portal_adapter
