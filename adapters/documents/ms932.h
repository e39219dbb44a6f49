// MS932 (Windows-31J, "Shift_JIS" in the field's specifications) to UTF-8 and back, without ever
// substituting.
//
// The table is Microsoft's, as ICU's converter ibm-943_P15A-2003 (alias windows-31j) has it, NEC
// row 13 and the NEC and IBM extension characters included: 0x8160 is U+FF5E, 0x817C is U+FF0D,
// 0x5C is the backslash. Two things are not left to ICU: bytes below 0x80 mean themselves (ICU
// exchanges 0x1A, 0x1C and 0x7F with each other), and 外字, the user-defined characters
// 0xF040-0xF9FC, which it maps to U+E000-U+E757 without a word, are faults here: what they look
// like is known on one machine only.
//
// A byte below 0x40 is never the second byte of a character, so quotes, commas and line ends can be
// found without decoding. Pure functions, callable from any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "routing/model/limits.h"
#include "routing/model/problem.h"

namespace sekisho::documents {

struct Ms932Fault {
    std::size_t offset = 0;                                  // of the first offending byte
    std::size_t length = 1;                                  // bytes
    model::Problem code = model::Problem::encoding_invalid;  // or private_character (外字)
    friend bool operator==(const Ms932Fault&, const Ms932Fault&) = default;
};

// The first `faults_max` faults in order; none means that decode_ms932 succeeds.
std::vector<Ms932Fault> find_ms932_faults(
    std::string_view bytes, std::size_t faults_max = model::limits::kLocatedErrorsMax);

// UTF-8; nothing where there is any fault.
std::optional<std::string> decode_ms932(std::string_view bytes);

// Nothing where `utf8` is not UTF-8, or holds a character that MS932 has not or that would be 外字.
std::optional<std::string> encode_ms932(std::string_view utf8);

}  // namespace sekisho::documents
