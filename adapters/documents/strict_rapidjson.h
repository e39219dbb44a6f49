// RapidJSON as this room uses it: the one place where its switches are set, so that every source
// agrees on them. Included by json.cpp and schema.cpp only, in place of any RapidJSON header, and
// never from another header.
//
// RAPIDJSON_ASSERT would abort (or, with NDEBUG, let undefined behaviour pass); here it throws, and
// the two sources catch at their public functions. Its stack adds an offset to a null pointer
// before its first allocation (internal/stack.h): harmless, but clang's sanitizer is told so.
#pragma once

#include <stdexcept>

#define RAPIDJSON_ASSERT(condition)                                                          \
    do {                                                                                     \
        if (!(condition)) throw std::logic_error("RapidJSON: " #condition " does not hold"); \
    } while (false)

#ifdef __clang__
#pragma clang attribute push(__attribute__((no_sanitize("pointer-overflow"))), apply_to = function)
#endif

#include <rapidjson/document.h>
#include <rapidjson/error/error.h>
#include <rapidjson/reader.h>
#include <rapidjson/schema.h>

#ifdef __clang__
#pragma clang attribute pop
#endif
