// A JSON Schema, compiled once, and the first place where a value violates it.
//
// Schemas keep to keywords that draft-04 (which RapidJSON validates) and draft 2020-12 (which
// others read) mean alike: type, properties, required, additionalProperties, pattern, enum,
// minimum, maximum, minItems, maxItems, minLength, maxLength, items, and the annotations $schema,
// title, description. load() refuses any other, and any pattern the validator does not understand,
// because both would otherwise be passed over in silence.
//
// A text with a NUL violates every schema: RapidJSON would match a pattern up to it.
//
// RapidJSON keeps a regular expression's matching state inside the compiled schema, so one cannot
// be used by two threads at once. check() takes one from a small pool and compiles another where
// all are in use; a Schema itself may be used by many threads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "adapters/documents/json.h"

namespace sekisho::documents {

struct SchemaViolation {
    const Json* where = nullptr;  // within the value that was checked
    std::string
        pointer;  // RFC 6901, of the value, or of the member that is missing; never an unknown key
    bool missing = false;  // a required member is not there; `where` is the object that lacks it
};

class Schema {
  public:
    // Refusals for an administrator: the file cannot be read, is not JSON, or asks for what is not
    // supported.
    static model::Result<Schema> load(const std::string& file);
    // Of a schema for an object with one long array, in two: for the object, where that array may
    // hold anything, and for each of its elements.
    struct WithRows;
    static model::Result<WithRows> load_with_rows(const std::string& file, std::string_view member);

    Schema(Schema&&) noexcept;
    Schema& operator=(Schema&&) noexcept;
    ~Schema();

    std::optional<SchemaViolation> check(const Json& value) const;

  private:
    class Pool;
    explicit Schema(std::unique_ptr<Pool> pool);
    std::unique_ptr<Pool> pool_;  // constant but for what is lent out, which its mutex guards
};

struct Schema::WithRows {
    Schema whole;
    Schema row;
    std::uint64_t rows_min;  // minItems and maxItems of the array: who reads the rows counts them
    std::uint64_t rows_max;
};

}  // namespace sekisho::documents
