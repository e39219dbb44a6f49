#include "adapters/documents/careplan/version.h"

#include <array>

namespace sekisho::documents::careplan {

namespace {

struct Entry {
    std::string_view csv_version;
    std::string_view standard;
};

constexpr std::array kVersions{
    Entry{"201910", "1 (2020-03)"}, Entry{"202003", "2 (2020-10)"}, Entry{"202208", "3"},
    Entry{"202504", "4.0"},         Entry{kVersion41, "4.1"},
};

}  // namespace

std::optional<std::string_view> standard_of(std::string_view csv_version) {
    for (const Entry& entry : kVersions) {
        if (entry.csv_version == csv_version) return entry.standard;
    }
    return std::nullopt;
}

}  // namespace sekisho::documents::careplan
