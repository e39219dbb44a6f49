#include "adapters/documents/careplan/unit.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace sekisho::documents::careplan {

namespace {

using model::LocatedError;
using model::Problem;
using Kinds = std::uint32_t;  // a bit for each FileKind

constexpr Kinds bit(FileKind kind) {
    return Kinds{1} << static_cast<unsigned>(kind);
}

template <class... Each>
constexpr Kinds bits(Each... kinds) {
    return (bit(kinds) | ...);
}

struct Rule {
    UnitKind unit;
    Kinds required;
    Kinds allowed;  // besides
    Kinds marks;    // any of them makes it this unit
};

constexpr Rule alone(UnitKind unit, FileKind kind) {
    return {.unit = unit, .required = bit(kind), .allowed = 0, .marks = bit(kind)};
}

constexpr Kinds kTables = bits(FileKind::table1, FileKind::table2, FileKind::table3);
constexpr Kinds kMonth = bits(FileKind::use_plan, FileKind::use_details);
constexpr Kinds kBasicsParts =
    bits(FileKind::basics_day, FileKind::basics_history, FileKind::basics_image);
constexpr Kinds kPrevention = bits(FileKind::prevention, FileKind::prevention_support);

// The first whose mark is there. Basics may belong to a prevention plan, so that comes first.
constexpr std::array kRules{
    Rule{UnitKind::plan, kTables | bit(FileKind::supplement), 0, kTables},
    Rule{UnitKind::monthly_plan, kMonth | bit(FileKind::supplement), 0, kMonth},
    alone(UnitKind::result, FileKind::use_result),
    Rule{UnitKind::prevention, bit(FileKind::prevention),
         bits(FileKind::prevention_support, FileKind::basics) | kBasicsParts, kPrevention},
    Rule{UnitKind::basics, bit(FileKind::basics), kBasicsParts,
         bit(FileKind::basics) | kBasicsParts},
    alone(UnitKind::delete_plan, FileKind::delete_table1),
    alone(UnitKind::delete_monthly_plan, FileKind::delete_use_plan),
    alone(UnitKind::delete_result, FileKind::delete_use_result),
    alone(UnitKind::delete_prevention, FileKind::delete_prevention),
    alone(UnitKind::delete_basics, FileKind::delete_basics),
};

// In the order of UnitKind.
constexpr std::array<std::string_view, kUnitKinds> kNames{
    "plan",
    "monthly-plan",
    "result",
    "prevention",
    "basics",
    "plan-deletion",
    "monthly-plan-deletion",
    "result-deletion",
    "prevention-deletion",
    "basics-deletion",
};

// A 補足 alone says by its month which unit it was meant for.
const Rule& rule_for(std::span<const FileName> names, Kinds present) {
    for (const Rule& rule : kRules) {
        if ((rule.marks & present) != 0) return rule;
    }
    const UnitKind meant =
        names.front().month == "000000" ? UnitKind::plan : UnitKind::monthly_plan;
    return *std::ranges::find(kRules, meant, &Rule::unit);
}

// One looking through the names of a unit.
class Names {
  public:
    explicit Names(std::span<const FileName> names) : names_(names) {}

    std::expected<UnitKind, std::vector<LocatedError>> judge() {
        for (const FileName& name : names_) present_ |= bit(name.kind);
        const Rule& rule = rule_for(names_, present_);
        for (std::size_t i = 0; i < names_.size(); ++i) {
            check_ends(names_[i]);
            check_repeats(i);
            if (((rule.required | rule.allowed) & bit(names_[i].kind)) == 0) {
                unexpected(names_[i], title_of(names_[i].kind));
            }
        }
        check_months(rule.unit);
        check_missing(rule);
        if (!errors_.empty()) return std::unexpected(std::move(errors_));
        return rule.unit;
    }

  private:
    void unexpected(const FileName& name, std::string_view field) {
        errors_.push_back(
            {.file = to_text(name), .field = std::string{field}, .code = Problem::file_unexpected});
    }

    // The first file tells what all must share.
    void check_ends(const FileName& name) {
        const FileName& first = names_.front();
        if (name.series != first.series) unexpected(name, "ファイル連番");
        if (name.sender != first.sender || name.sender_service != first.sender_service) {
            unexpected(name, "送信元");
        }
        if (name.recipient != first.recipient ||
            name.recipient_service != first.recipient_service) {
            unexpected(name, "送信先");
        }
    }

    void check_repeats(std::size_t index) {
        const FileName& name = names_[index];
        const bool repeats = std::ranges::any_of(names_.first(index), [&](const FileName& other) {
            return other.kind == name.kind && other.image == name.image;
        });
        if (repeats) unexpected(name, title_of(name.kind));
    }

    // One month, a real one, for 6 and 7; `000000` for the 補足 of 1 to 3.
    void check_months(UnitKind unit) {
        std::string_view month;
        for (const FileName& name : names_) {
            if (name.month.empty()) continue;
            if (month.empty()) month = name.month;
            const bool zero = name.month == "000000";
            if (zero != (unit == UnitKind::plan) || name.month != month) {
                unexpected(name, "対象年月");
            }
        }
    }

    void check_missing(const Rule& rule) {
        Kinds required = rule.required;
        if ((present_ & kBasicsParts & rule.allowed) != 0) required |= bit(FileKind::basics);
        for (std::size_t i = 0; i < kFileKinds; ++i) {
            const auto kind = static_cast<FileKind>(i);
            if ((required & bit(kind)) == 0 || (present_ & bit(kind)) != 0) continue;
            FileName missing = names_.front();
            missing.kind = kind;
            missing.month = month_for(kind, rule.unit);
            missing.image.clear();
            errors_.push_back({.file = to_text(missing),
                               .field = std::string{title_of(kind)},
                               .code = Problem::file_missing});
        }
    }

    std::string month_for(FileKind kind, UnitKind unit) const {
        const bool dated = kind == FileKind::supplement || kind == FileKind::use_plan ||
                           kind == FileKind::use_details;
        if (!dated) return {};
        if (unit == UnitKind::plan) return "000000";
        const auto found = std::ranges::find_if_not(
            names_, [](const FileName& name) { return name.month.empty(); });
        return found == names_.end() ? "000000" : found->month;
    }

    std::span<const FileName> names_;
    Kinds present_ = 0;
    std::vector<LocatedError> errors_;
};

}  // namespace

std::string_view name_of(UnitKind kind) {
    return kNames[static_cast<std::size_t>(kind)];
}

std::expected<UnitKind, std::vector<LocatedError>> unit_of(std::span<const FileName> names) {
    return Names{names}.judge();
}

}  // namespace sekisho::documents::careplan
