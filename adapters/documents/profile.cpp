#include "adapters/documents/profile.h"

#include <algorithm>
#include <array>
#include <utility>

#include "adapters/documents/my_number.h"
#include "adapters/documents/numbers.h"
#include "routing/model/instant.h"
#include "routing/model/party.h"

namespace sekisho::documents {

namespace {

using model::Problem;

constexpr auto kNames = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"format", "形式"},
    {"insurer", "保険者番号"},
    {"created", "作成日時"},
    {"extent", "全件・差分の別"},
    {"records", "レコード"},
    {"insured", "被保険者番号"},
    {"history", "履歴番号"},
    {"deleted", "削除"},
    {"lost_on", "資格喪失日"},
    {"care_level", "要介護状態区分"},
    {"certified_from", "認定有効期間開始日"},
    {"certified_until", "認定有効期間終了日"},
    {"burden_ratio", "負担割合"},
    {"ratio_from", "負担割合適用開始日"},
    {"ratio_until", "負担割合適用終了日"},
    {"stage", "利用者負担段階"},
    {"valid_from", "有効期間開始日"},
    {"valid_until", "有効期間終了日"},
    {"surveyed_on", "調査実施日"},
    {"office", "調査実施事業所番号"},
    {"writer", "意見書を書く事業所の番号"},
    {"answers", "基本調査"},
    {"item", "調査項目"},
    {"code", "回答コード"},
    {"state", "進捗状況"},
    {"applied_on", "申請日"},
    {"kind", "依頼の種別"},
    {"request_number", "依頼番号"},
    {"application", "申請区分"},
    {"reply_by", "提出期限"},
    {"updated_on", "更新日"},
    {"due_on", "認定予定日"},
    {"given", "同意する情報"},
    {"refused", "拒否する情報"},
    {"occasion", "同意の機会"},
    {"explanation", "説明文の版"},
    {"given_at", "同意日時"},
    {"withdrawn_at", "撤回日時"},
    {"taker", "同意を得た者"},
    {"representative", "代理人"},
    {"party", "担当事業所"},
    {"assurance", "本人確認の方法"},
    {"from", "登録日時"},
    {"until", "終了日時"},
});

// The last token that is no index: an array's element goes by the array's name.
std::string_view name_of(std::string_view pointer) {
    const auto is_index = [](std::string_view token) {
        return !token.empty() &&
               std::ranges::all_of(token, [](char c) { return c >= '0' && c <= '9'; });
    };
    while (!pointer.empty()) {
        const std::size_t slash = pointer.rfind('/');
        const std::string_view token = pointer.substr(slash + 1);
        pointer = pointer.substr(0, slash == std::string_view::npos ? 0 : slash);
        if (is_index(token)) continue;
        const auto* const found =
            std::ranges::find(kNames, token, &std::pair<std::string_view, std::string_view>::first);
        return found == kNames.end() ? std::string_view{} : found->second;
    }
    return {};
}

std::string digits_of_date(std::string_view text) {
    std::string digits{text};
    std::erase(digits, '-');
    return digits;
}

// A text or a number that is one and nothing else.
bool is_my_number_value(const Json& value) {
    return (value.is_string() || value.kind() == Json::Kind::number) && is_my_number(value.text());
}

Problem problem_of(const Json& violation) {
    return is_my_number_value(violation) ? Problem::my_number_present : Problem::schema_violation;
}

// Each text and number of a value with its pointer, but for an `id`, which is a name of the
// sender's own choosing.
template <class See>
void each_leaf(const Json& value, const std::string& pointer, const See& see) {
    if (value.is_object()) {
        for (const auto& [key, member] : value.members()) {
            if (key != "id") each_leaf(member, pointer + "/" + key, see);
        }
    } else if (value.is_array()) {
        std::size_t index = 0;
        for (const Json& item : value.items()) {
            each_leaf(item, pointer + "/" + std::to_string(index++), see);
        }
    } else {
        see(value, pointer);
    }
}

// The same without pointers: almost always there is nothing to be said of.
template <class Is>
bool any_leaf(const Json& value, const Is& is) {
    const auto any = [&](const Json& inner) { return any_leaf(inner, is); };
    if (value.is_object()) {
        return std::ranges::any_of(value.members(), [&](const Json::Member& member) {
            return member.first != "id" && any(member.second);
        });
    }
    return value.is_array() ? std::ranges::any_of(value.items(), any) : is(value);
}

bool is_suspect(const Json& leaf) {
    return leaf.is_string() && mentions_my_number_utf8(leaf.text());
}

bool is_date(std::string_view text) {
    return text.size() == 10 && model::is_calendar_date(digits_of_date(text));
}

}  // namespace

std::string profile_label(std::string_view pointer) {
    const std::string_view name = name_of(pointer);
    std::string label{pointer};
    if (!name.empty()) label.append(" ").append(name);
    return label;
}

bool fits(const Schema& schema, const Json& value, std::string_view pointer, Findings& findings) {
    const auto violation = schema.check(value);
    if (!violation) return true;
    findings.add(violation->where->line(), violation->where->column(),
                 profile_label(std::string{pointer} + violation->pointer),
                 violation->missing ? Problem::field_missing : problem_of(*violation->where));
    return false;
}

void warn_of_my_number(const Json& value, std::string_view pointer, const Findings& findings,
                       std::vector<model::LocatedError>& warnings) {
    if (!any_leaf(value, is_suspect)) return;
    each_leaf(value, std::string{pointer}, [&](const Json& leaf, const std::string& at) {
        const bool full = warnings.size() >= model::limits::kLocatedErrorsMax;
        if (full || !is_suspect(leaf)) return;
        warnings.push_back(findings.located(leaf.line(), leaf.column(), profile_label(at),
                                            Problem::my_number_suspected));
    });
}

model::Refusal as_document(model::Refusal refusal) {
    refusal.problem = Problem::document_invalid;
    return refusal;
}

void ProfileReading::find(const Json& value, std::string_view key, Problem code) {
    findings_.add(value.line(), value.column(), profile_label(pointer_ + "/" + std::string{key}),
                  code);
}

void ProfileReading::check_insurer(const Json& object, std::string_view key) {
    const Json* const value = object.find(key);
    if (value == nullptr) return;
    if (const auto problem = insurer_problem(value->text(), context_)) find(*value, key, *problem);
}

void ProfileReading::check_date(const Json& object, std::string_view key) {
    const Json* const value = object.find(key);
    if (value != nullptr && !is_date(value->text())) find(*value, key, Problem::date_invalid);
}

void ProfileReading::check_time(const Json& object, std::string_view key) {
    const Json* const value = object.find(key);
    if (value != nullptr && !model::parse_rfc3339(value->text())) {
        find(*value, key, Problem::date_invalid);
    }
}

void ProfileReading::check_party(const Json& object, std::string_view key) {
    const Json* const value = object.find(key);
    if (value != nullptr && !model::parse_party_id(value->text())) {
        find(*value, key, Problem::field_invalid);
    }
}

void ProfileReading::check_days(const Json& object, std::string_view from, std::string_view until) {
    check_date(object, from);
    check_date(object, until);
    const Json* const first = object.find(from);
    const Json* const last = object.find(until);
    if (first != nullptr && last == nullptr) find(*first, until, Problem::field_missing);
    if (first == nullptr && last != nullptr) find(*last, from, Problem::field_missing);
    if (first == nullptr || last == nullptr) return;
    // Days written YYYY-MM-DD stand in the order of their text.
    if (last->text() < first->text()) find(*last, until, Problem::date_invalid);
}

void ProfileReading::require(const Json& object, std::string_view key) {
    if (object.find(key) == nullptr) find(object, key, Problem::field_missing);
}

}  // namespace sekisho::documents
