#include "gateway/listener/problem_page.h"

#include "adapters/documents/base64.h"
#include "gateway/platform/crypto.h"

namespace sekisho::listener {

namespace {

using documents::Json;

constexpr std::string_view kStyle =
    "body{max-width:40rem;margin:2rem auto;padding:0 1rem;font-family:sans-serif;line-height:1.7}"
    "section+section{margin-top:2rem;border-top:1px solid;padding-top:1rem}";

std::string policy() {
    const auto hash = platform::sha256(kStyle);
    const std::string_view bytes{reinterpret_cast<const char*>(hash.data()), hash.size()};
    return "default-src 'none'; style-src 'sha256-" + documents::to_base64(bytes) +
           "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string_view name_of(Language language) {
    return language == Language::ja ? "ja" : "en";
}

Language other_than(Language language) {
    return language == Language::ja ? Language::en : Language::ja;
}

std::string paragraph(const Json& problem, std::string_view member) {
    const auto text = problem.string_at(member);
    return text ? "<p>" + escaped(*text) + "</p>\n" : std::string{};
}

std::string title_in(const Json& problem) {
    return escaped(problem.string_at("title").value_or(""));
}

// `heading`: "h1" for the first language, "h2" for the other.
std::string section(const Json& problem, Language language, const std::string& heading) {
    return "<section lang=\"" + std::string{name_of(language)} + "\">\n<" + heading + ">" +
           title_in(problem) + "</" + heading + ">\n" + paragraph(problem, "detail") +
           paragraph(problem, "next") + "<p>" + escaped(problem.string_at("code").value_or("")) +
           "</p>\n</section>\n";
}

}  // namespace

bool wants_page(const RequestHead& head) {
    if (head.method != "GET" && head.method != "HEAD") return false;
    const std::string* accept = head.find("accept");
    return accept != nullptr && accept->find("text/html") != std::string::npos;
}

Response to_page(const model::Refusal& refusal, Language first) {
    const Language other = other_than(first);
    const Json problem = to_problem(refusal, first);
    Response response = to_response(refusal, first);
    response.content_type = "text/html; charset=utf-8";
    response.body = "<!DOCTYPE html>\n<html lang=\"" + std::string{name_of(first)} +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
                    title_in(problem) + "</title>\n<style>" + std::string{kStyle} +
                    "</style>\n</head>\n<body>\n<main>\n" + section(problem, first, "h1") +
                    section(to_problem(refusal, other), other, "h2") +
                    "</main>\n</body>\n</html>\n";
    response.headers.push_back({"Content-Security-Policy", policy()});
    response.headers.push_back({"X-Content-Type-Options", "nosniff"});
    response.headers.push_back({"Referrer-Policy", "no-referrer"});
    return response;
}

}  // namespace sekisho::listener
