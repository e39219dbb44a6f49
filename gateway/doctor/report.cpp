#include "gateway/doctor/report.h"

#include <optional>

namespace sekisho::doctor {

namespace {

using documents::Json;

constexpr std::array kStates{State::good, State::note, State::warning, State::fault,
                             State::unknown};

std::string both(const model::Text& text) {
    return text.ja + " / " + text.en;
}

Json to_json(const model::Text& text) {
    return Json::object().set("ja", text.ja).set("en", text.en);
}

Json to_json(const Finding& finding) {
    return Json::object()
        .set("area", std::string{to_string(finding.area)})
        .set("subject", finding.subject)
        .set("state", std::string{to_string(finding.verdict.state)})
        .set("what", to_json(finding.verdict.what))
        .set("next", to_json(finding.verdict.next));
}

std::string counts_line(const Findings& findings) {
    const Counts counts = count(findings);
    std::string line;
    for (const State state : kStates) {
        line += line.empty() ? "" : ", ";
        line += std::string{japanese_of(state)} + " / " + std::string{to_string(state)} + ": " +
                std::to_string(counts.at(static_cast<std::size_t>(state)));
    }
    return line + "\n";
}

}  // namespace

std::string to_text(const Findings& findings) {
    std::string text;
    std::optional<Area> area;
    for (const Finding& finding : findings) {
        if (area != finding.area) {
            area = finding.area;
            text += std::string{japanese_of(*area)} + " / " + std::string{to_string(*area)} + "\n";
        }
        const Verdict& verdict = finding.verdict;
        text += "  " + std::string{japanese_of(verdict.state)} + " " +
                std::string{to_string(verdict.state)} + "  " + finding.subject + ": " +
                both(verdict.what) + "\n";
        if (verdict.state != State::good) text += "      → " + both(verdict.next) + "\n";
    }
    return text + "\n" + counts_line(findings);
}

Json to_json(const Findings& findings) {
    Json list = Json::array();
    for (const Finding& finding : findings) list.push(to_json(finding));
    Json counts = Json::object();
    const Counts counted = count(findings);
    for (const State state : kStates) {
        counts.set(
            std::string{to_string(state)},
            Json::number(static_cast<std::int64_t>(counted.at(static_cast<std::size_t>(state)))));
    }
    return Json::object()
        .set("findings", std::move(list))
        .set("counts", std::move(counts))
        .set("state", std::string{to_string(state_of(findings))});
}

}  // namespace sekisho::doctor
