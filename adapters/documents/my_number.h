// The My Number (個人番号) where none belongs: it must not enter the gateway.
//
// Twelve digits, the last of which is a check digit over the others; one random number of twelve
// digits in ten has a right one. So it is refused only where it breaks what the field may hold: a
// person's number, a day, a code of another length. That says what it is in place of "invalid".
// Anywhere else it warns: it may be a 依頼番号, a staff number or a product's code that another
// has given. Codes that are twelve wide (福祉用具のTAISコード, 届出コード) are for whoever knows
// the field to pass over. Pure functions.
//
// Source: 番号法 (行政手続における特定の個人を識別するための番号の利用等に関する法律) 2条5項, 19条
// (who may give it to whom: this platform is not among them); the check digit:
// 平成26年総務省令第85号 5条.
#pragma once

#include <string_view>

namespace sekisho::documents {

// Exactly twelve ASCII digits with the right check digit, not all of them 0 and 1: so an opinion
// writes what is ticked.
bool is_my_number(std::string_view text);

// Twelve digits with the right check digit that stand alone, in one piece or in groups of four with
// a blank or a hyphen between them; all of it in half or full width.
bool mentions_my_number_utf8(std::string_view text);
bool mentions_my_number_ms932(std::string_view text);

}  // namespace sekisho::documents
