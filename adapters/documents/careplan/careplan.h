// `careplan-csv:4.1`: the care plan exchange standard (ケアプランデータ連携標準仕様) 4.1, one send
// unit for each document.
//
// A unit is a zip (application/zip), or a single file (text/csv) whose name comes as the parameter
// `filename` of the media type, or as FormatContext::file: a row does not say who sends, to whom or
// for which file it is, so a file without its name is refused. Where FormatContext gives no media
// type, bytes that begin with "PK" are a zip.
//
// Checked, in this order, each step only where the one before found nothing: the archive
// (zip_directory.h), the names and what makes a unit (unit.h), every row of every file (version,
// count, characters, columns), the joins between the files (joins.h). Files are expanded and read
// one after the other, row by row; kept are keys and persons only.
//
// Facts: the kind of unit; persons at their first row; author = the sender's office; recipient and
// series from the names, with which the exchange orders units: one of the same sender and recipient
// whose number is lower than the last one's comes too late. Applying is the recipient's: a unit
// replaces what was there in full; the deletion of 第1表 takes 第2表 and 第3表 with it, that of
// 第6表 takes 第7表; the deletion of results works for each service type.
//
// Warnings: a check digit of the sender's or recipient's office number. Stateless; any thread.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "adapters/documents/format.h"

namespace sekisho::documents {

inline constexpr std::string_view kCareplanFormat = "careplan-csv:4.1";

std::unique_ptr<const Format> careplan_format();
std::vector<model::DocumentKind> careplan_kinds();  // of units, in the order of UnitKind

}  // namespace sekisho::documents
