#include "adapters/documents/schema.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <limits>

#include "adapters/documents/strict_rapidjson.h"
#include "adapters/locks/mutex.h"

namespace sekisho::documents {

namespace {

using model::Problem;

constexpr std::array<std::string_view, 16> kKeywords{"$schema",
                                                     "title",
                                                     "description",
                                                     "type",
                                                     "properties",
                                                     "required",
                                                     "additionalProperties",
                                                     "pattern",
                                                     "enum",
                                                     "minimum",
                                                     "maximum",
                                                     "minItems",
                                                     "maxItems",
                                                     "minLength",
                                                     "maxLength",
                                                     "items"};

model::Refusal unsupported(const std::string& file, const Json& where, const std::string& what) {
    return {.problem = Problem::schema_violation,
            .detail = {file + ": このスキーマの書き方は使えません: " + what,
                       file + ": the schema asks for what is not supported: " + what},
            .errors = {{.file = file,
                        .line = where.line(),
                        .column = where.column(),
                        .field = what,
                        .code = Problem::schema_violation}}};
}

bool is_supported_pattern(const std::string& pattern) {
    return rapidjson::internal::Regex{pattern.c_str()}.IsValid();
}

// The first keyword or pattern that would be passed over.
std::optional<model::Refusal> find_unsupported(const Json& schema, const std::string& file) {
    if (!schema.is_object()) return unsupported(file, schema, "a schema that is no object");
    for (const auto& [keyword, value] : schema.members()) {
        if (std::ranges::find(kKeywords, keyword) == kKeywords.end()) {
            return unsupported(file, value, keyword);
        }
        if (keyword == "pattern" && !is_supported_pattern(value.text())) {
            return unsupported(file, value, "pattern " + value.text());
        }
        if (keyword == "items") {
            if (auto refusal = find_unsupported(value, file)) return refusal;
        }
        if (keyword != "properties") continue;
        for (const auto& [name, property] : value.members()) {
            if (auto refusal = find_unsupported(property, file)) return refusal;
        }
    }
    return std::nullopt;
}

void append_token(std::string& pointer, std::string_view token) {
    pointer.push_back('/');
    for (const char c : token) {
        if (c == '~') {
            pointer += "~0";
        } else if (c == '/') {
            pointer += "~1";
        } else {
            pointer.push_back(c);
        }
    }
}

// Hands a value to the validator as the events of its reading, and keeps the place where it says
// no.
class Walk {
  public:
    explicit Walk(const rapidjson::SchemaDocument& schema) : validator_(schema) {}

    bool accepts(const Json& value) {
        switch (value.kind()) {
            case Json::Kind::null:
                return validator_.Null() || stop(value);
            case Json::Kind::boolean:
                return validator_.Bool(*value.as_boolean()) || stop(value);
            case Json::Kind::number:
                return accepts_number(value) || stop(value);
            case Json::Kind::string:
                return accepts_string(value) || stop(value);
            case Json::Kind::array:
                return accepts_array(value);
            case Json::Kind::object:
                return accepts_object(value);
        }
        return false;
    }

    const SchemaViolation& violation() const { return violation_; }
    const rapidjson::SchemaValidator& validator() const { return validator_; }

  private:
    static rapidjson::SizeType length(const std::string& text) {
        return static_cast<rapidjson::SizeType>(text.size());
    }

    // RapidJSON matches a pattern up to the first NUL: what stands behind it would be passed over.
    bool accepts_string(const Json& value) {
        const std::string& text = value.text();
        return !text.contains('\0') && validator_.String(text.data(), length(text), true);
    }

    bool accepts_number(const Json& value) {
        if (const auto integer = value.as_integer()) return validator_.Int64(*integer);
        double number = 0;
        std::from_chars(value.text().data(), value.text().data() + value.text().size(), number);
        return validator_.Double(number);
    }

    bool accepts_array(const Json& value) {
        if (!validator_.StartArray()) return stop(value);
        for (std::size_t i = 0; i < value.items().size(); ++i) {
            if (!accepts_inner(value.items()[i], std::to_string(i))) return false;
        }
        const auto count = static_cast<rapidjson::SizeType>(value.items().size());
        return validator_.EndArray(count) || stop(value);
    }

    bool accepts_object(const Json& value) {
        if (!validator_.StartObject()) return stop(value);
        for (const auto& [key, member] : value.members()) {
            if (!validator_.Key(key.data(), length(key), true)) return stop(member);
            if (!accepts_inner(member, key)) return false;
        }
        const auto count = static_cast<rapidjson::SizeType>(value.members().size());
        return validator_.EndObject(count) || stop(value);
    }

    bool accepts_inner(const Json& value, std::string_view token) {
        const std::size_t outer = pointer_.size();
        append_token(pointer_, token);
        if (!accepts(value)) return false;
        pointer_.resize(outer);
        return true;
    }

    bool stop(const Json& where) {
        violation_ = {.where = &where, .pointer = pointer_, .missing = false};
        return false;
    }

    rapidjson::SchemaValidator validator_;
    std::string pointer_;
    SchemaViolation violation_;
};

// The sub-schema that RapidJSON names by its pointer.
const Json* resolve(const Json& schema, const rapidjson::SchemaDocument::PointerType& pointer) {
    const Json* at = &schema;
    for (std::size_t i = 0; i < pointer.GetTokenCount() && at != nullptr; ++i) {
        const auto& token = pointer.GetTokens()[i];
        at = at->find({token.name, token.length});
    }
    return at;
}

// For a missing member RapidJSON names the object only; the first one that is required and absent
// is found here.
void name_missing_member(SchemaViolation& violation, const Json* schema) {
    const Json* const required = schema == nullptr ? nullptr : schema->find("required");
    if (required == nullptr) return;
    for (const Json& key : required->items()) {
        if (violation.where->find(key.text()) != nullptr) continue;
        violation.missing = true;
        append_token(violation.pointer, key.text());
        return;
    }
}

model::Result<Json> read_schema(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) {
        return model::refuse(Problem::internal, {file + ": 読めません", file + ": cannot be read"});
    }
    auto schema = parse_json(text, {.file = file});
    if (!schema) return schema;
    if (auto refusal = find_unsupported(*schema, file)) return std::unexpected(*refusal);
    return schema;
}

model::Refusal unreadable(const std::string& file, const std::exception& error) {
    return {.problem = Problem::internal,
            .detail = {file + ": " + error.what(), file + ": " + error.what()}};
}

// `object` with the member `key` replaced.
Json with_member(const Json& object, std::string_view key, const Json& value) {
    Json copy = Json::object();
    for (const auto& [name, member] : object.members())
        copy.set(name, name == key ? value : member);
    return copy;
}

}  // namespace

// Compiled schemas that nobody uses at the moment.
class Schema::Pool {
  public:
    using Compiled = std::unique_ptr<const rapidjson::SchemaDocument>;

    explicit Pool(Json schema) : schema_(std::move(schema)) {
        document_.Parse<rapidjson::kParseIterativeFlag>(to_text(schema_).c_str());
        put_back(compile());
    }

    const Json& schema() const { return schema_; }

    Compiled take() {
        {
            const locks::Lock lock(mutex_);
            if (!idle_.empty()) {
                Compiled compiled = std::move(idle_.back());
                idle_.pop_back();
                return compiled;
            }
        }
        return compile();
    }

    void put_back(Compiled compiled) {
        const locks::Lock lock(mutex_);
        idle_.push_back(std::move(compiled));
    }

  private:
    Compiled compile() const {
        return std::make_unique<const rapidjson::SchemaDocument>(document_);
    }

    const Json schema_;             // constant
    rapidjson::Document document_;  // constant after construction
    locks::Mutex mutex_;
    std::vector<Compiled> idle_ SEKISHO_GUARDED_BY(mutex_);
};

Schema::Schema(std::unique_ptr<Pool> pool) : pool_(std::move(pool)) {}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

model::Result<Schema> Schema::load(const std::string& file) {
    try {
        auto schema = read_schema(file);
        if (!schema) return std::unexpected(std::move(schema.error()));
        return Schema{std::make_unique<Pool>(std::move(*schema))};
    } catch (const std::exception& error) {
        return std::unexpected(unreadable(file, error));
    }
}

model::Result<Schema::WithRows> Schema::load_with_rows(const std::string& file,
                                                       std::string_view member) {
    try {
        const auto schema = read_schema(file);
        if (!schema) return std::unexpected(schema.error());
        const Json* const properties = schema->find("properties");
        const Json* const array = properties == nullptr ? nullptr : properties->find(member);
        const Json* const row = array == nullptr ? nullptr : array->find("items");
        if (row == nullptr) {
            return std::unexpected(unsupported(file, *schema, "no array " + std::string{member}));
        }
        const Json any_array = Json::object().set("type", "array");
        const Json whole =
            with_member(*schema, "properties", with_member(*properties, member, any_array));
        const auto count = [&](std::string_view keyword, std::int64_t fallback) {
            return static_cast<std::uint64_t>(array->integer_at(keyword).value_or(fallback));
        };
        return WithRows{.whole = Schema{std::make_unique<Pool>(whole)},
                        .row = Schema{std::make_unique<Pool>(*row)},
                        .rows_min = count("minItems", 0),
                        .rows_max = count("maxItems", std::numeric_limits<std::int64_t>::max())};
    } catch (const std::exception& error) {
        return std::unexpected(unreadable(file, error));
    }
}

std::optional<SchemaViolation> Schema::check(const Json& value) const {
    try {
        auto compiled = pool_->take();
        std::optional<SchemaViolation> found;
        {
            Walk walk{*compiled};
            if (!walk.accepts(value)) {
                found = walk.violation();
                const char* const keyword = walk.validator().GetInvalidSchemaKeyword();
                if (keyword != nullptr && std::string_view{keyword} == "required") {
                    name_missing_member(
                        *found,
                        resolve(pool_->schema(), walk.validator().GetInvalidSchemaPointer()));
                }
            }
        }
        pool_->put_back(std::move(compiled));
        return found;
    } catch (const std::exception&) {  // fail closed: what cannot be checked is not accepted
        return SchemaViolation{.where = &value, .pointer = {}, .missing = false};
    }
}

}  // namespace sekisho::documents
