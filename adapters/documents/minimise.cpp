#include "adapters/documents/minimise.h"

#include "adapters/documents/json.h"

namespace sekisho::documents {

namespace {

// `value` without the member `name`; `found` is set where there was one.
Json without(const Json& value, std::string_view name, bool& found) {
    if (value.is_array()) {
        Json items = Json::array();
        for (const Json& item : value.items()) items.push(without(item, name, found));
        return items;
    }
    if (!value.is_object()) return value;
    const std::size_t slash = name.find('/');
    const std::string_view first = name.substr(0, slash);
    Json object = Json::object();
    for (const auto& [key, member] : value.members()) {
        if (key != first) {
            object.set(key, member);
        } else if (slash == std::string_view::npos) {
            found = true;
        } else {
            object.set(key, without(member, name.substr(slash + 1), found));
        }
    }
    return object;
}

}  // namespace

std::optional<Minimised> minimise(std::string_view text, const std::vector<std::string>& names) {
    auto answer = parse_json(text);
    if (!answer) return std::nullopt;
    Minimised minimised;
    for (const std::string& name : names) {
        bool found = false;
        *answer = without(*answer, name, found);
        if (found) minimised.withheld.push_back(name);
    }
    minimised.text = to_text(*answer);
    return minimised;
}

}  // namespace sekisho::documents
