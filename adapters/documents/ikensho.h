// `ikensho-csv:1.1`: the attending physician's opinion (主治医意見書) as the medical side's
// software writes it.
//
// One record of 121 fields in MS932, no header. Checked are: the count, the characters (外字 and
// undefined codes), the version (001), the insurer's and the person's numbers (004, 006), the
// office's number (007; a failed check digit only warns, about four in a hundred real ones fail),
// the dates (008, 009, 010, 014, 017, 030) and the request number (011), from which with insurer
// and person the business key is made. Code values and widths of the medical fields 029 to 121 are
// not published; they are left alone. Within them 0x0B joins the lines of a text (043).
//
// Layout: the ORCA project's 医見書 software, CSV output version 1.1. Field names where only a
// group is known are the group's with a running number.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "adapters/documents/format.h"

namespace sekisho::documents {

inline constexpr std::size_t kIkenshoFieldCount = 121;

// "006 被保険者番号" for number 6. Beyond 121 the number alone.
std::string ikensho_label(std::size_t number);

std::unique_ptr<const Format> ikensho_format();

}  // namespace sekisho::documents
