#include "adapters/documents/careplan/samples.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <memory>

#include "adapters/documents/careplan/columns.h"
#include "adapters/documents/careplan/version.h"
#include "adapters/documents/csv.h"
#include "adapters/documents/ms932.h"

namespace sekisho::documents {

namespace {

using careplan::FileKind;
using careplan::FileName;
using Fields = std::map<std::size_t, std::string>;

bool is_plain(const std::string& text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return c > 0x20 && c < 0x7F && c != ',' && c != '"';
    });
}

Fields supplement_fields(const CareplanSample& sample, bool monthly) {
    return {{4, monthly ? "00000000" : sample.plan_day},
            {5, "カクウ タロウ"},
            {6, "架空 太郎"},
            {7, "1"},
            {8, "19400401"},
            {9, "100-0000"},
            {10, "架空市中央1-2-3～4"},
            {12, "000-0000-0000"},
            {16, "2"},
            {18, "22"},
            {19, "19705"},
            {63, monthly ? sample.month : "000000"}};
}

Fields table1_fields(const CareplanSample& sample) {
    return {{4, sample.plan_day},
            {8, "架空 支援員"},
            {9, "架空居宅介護支援事業所"},
            {13, sample.sender},
            {14, sample.plan_day},
            {15, "20260401"},
            {16, "21"},
            {17, "2"},
            {21, "22"},
            {22, "自宅で暮らし続けたい,\r\n\"無理\"はしないとのこと①"},
            {24, "転倒に注意し、見守りを続ける"},
            {25, "1"}};
}

Fields table2_fields(const CareplanSample& sample, int number) {
    return {{4, sample.plan_day},
            {5, sample.plan_day},
            {6, std::to_string(number)},
            {7, "入浴を安全にしたい"},
            {8, "1"},
            {9, "一人で入浴できる"},
            {10, "見守りで入浴できる"},
            {13, "1"},
            {14, "入浴の介助"},
            {15, "Y"},
            {16, "訪問介護"},
            {17, sample.recipient},
            {19, "週2回"}};
}

Fields table3_fields(const CareplanSample& sample, int weekday) {
    return {
        {4, sample.plan_day}, {5, sample.plan_day}, {6, "訪問介護"}, {7, std::to_string(weekday)},
        {8, "0900"},          {9, "1000"},          {10, "散歩"}};
}

std::string day_of(const CareplanSample& sample, std::size_t visit) {
    const std::string day = std::to_string(visit % 28 + 1);
    return sample.month + (day.size() == 1 ? "0" : "") + day;
}

Fields use_fields(const CareplanSample& sample, const std::string& office, std::size_t visit) {
    return {{4, sample.plan_day}, {5, sample.month},    {8, "396"}, {10, day_of(sample, visit)},
            {12, "0900"},         {13, "1000"},         {14, "1"},  {15, "112111"},
            {20, office},         {21, "架空訪問介護"}, {23, "0"}};
}

Fields details_fields(const CareplanSample& sample, bool total) {
    return {{4, sample.plan_day},
            {5, sample.month},
            {7, total ? "9999999999" : sample.recipient},
            {9, total ? "999999" : "112111"},
            {13, "396"},
            {16, std::to_string(sample.visits)},
            {23, "11.40"},
            {34, "9999999999"}};
}

// One file; `rows` gives each person's rows one after the other.
template <class Rows>
CareplanFile a_file(FileKind kind, const CareplanSample& sample, const std::string& month,
                    Rows rows) {
    FileName name = a_careplan_name(kind, sample);
    name.month = month;
    CareplanFile file{.name = to_text(name), .bytes = {}};
    for (const std::string& insured : sample.insured) {
        for (const Fields& fields : rows()) {
            file.bytes += a_careplan_row(kind, sample, insured, fields);
        }
    }
    return file;
}

CareplanFile a_file(FileKind kind, const CareplanSample& sample, const Fields& fields) {
    return a_file(kind, sample, "", [&] { return std::vector{fields}; });
}

CareplanFile a_supplement(const CareplanSample& sample, bool monthly) {
    return a_file(FileKind::supplement, sample, monthly ? sample.month : "000000",
                  [&] { return std::vector{supplement_fields(sample, monthly)}; });
}

CareplanFile a_use(FileKind kind, const CareplanSample& sample, const std::string& office) {
    return a_file(kind, sample, sample.month, [&] {
        std::vector<Fields> rows;
        for (std::size_t i = 0; i < sample.visits; ++i) {
            rows.push_back(use_fields(sample, office, i));
        }
        return rows;
    });
}

struct FreeWriter {
    void operator()(::archive* handle) const {
        (void)archive_write_free(handle);  // what was written is looked at by the caller
    }
};
struct FreeEntry {
    void operator()(::archive_entry* entry) const { archive_entry_free(entry); }
};

bool write_entry(::archive* writer, const CareplanFile& file) {
    const std::unique_ptr<::archive_entry, FreeEntry> entry{archive_entry_new()};
    if (!entry) return false;
    archive_entry_set_pathname(entry.get(), file.name.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.bytes.size()));
    if (archive_write_header(writer, entry.get()) != ARCHIVE_OK) return false;
    const auto written = archive_write_data(writer, file.bytes.data(), file.bytes.size());
    return written == static_cast<la_ssize_t>(file.bytes.size());
}

}  // namespace

FileName a_careplan_name(FileKind kind, const CareplanSample& sample) {
    return {.kind = kind,
            .sender = sample.sender,
            .sender_service = sample.sender_service,
            .recipient = sample.recipient,
            .recipient_service = sample.recipient_service,
            .series = sample.series};
}

std::string a_careplan_row(FileKind kind, const CareplanSample& sample, const std::string& insured,
                           const Fields& fields) {
    Fields all = fields;
    all.try_emplace(1, careplan::kVersion41);
    all.try_emplace(2, sample.insurer);
    all.try_emplace(3, insured);
    const std::size_t count = std::max<std::size_t>(careplan::layout_of(kind).count, 4);
    std::string text;
    for (std::size_t number = 1; number <= count; ++number) {
        if (number > 1) text.push_back(',');
        const std::string& value = all[number];
        text += is_plain(value) ? value : csv_quoted(value);
    }
    return encode_ms932(text + "\r\n").value_or("");
}

std::vector<CareplanFile> a_plan_unit(const CareplanSample& sample) {
    return {a_supplement(sample, false), a_file(FileKind::table1, sample, table1_fields(sample)),
            a_file(FileKind::table2, sample, "",
                   [&] { return std::vector{table2_fields(sample, 1), table2_fields(sample, 2)}; }),
            a_file(FileKind::table3, sample, "", [&] {
                return std::vector{table3_fields(sample, 1), table3_fields(sample, 4)};
            })};
}

std::vector<CareplanFile> a_monthly_plan_unit(const CareplanSample& sample) {
    return {a_supplement(sample, true), a_use(FileKind::use_plan, sample, sample.recipient),
            a_file(FileKind::use_details, sample, sample.month, [&] {
                return std::vector{details_fields(sample, false), details_fields(sample, true)};
            })};
}

std::vector<CareplanFile> a_result_unit(const CareplanSample& sample) {
    return {a_use(FileKind::use_result, sample, sample.sender)};
}

std::vector<CareplanFile> a_prevention_unit(const CareplanSample& sample) {
    return {a_file(FileKind::prevention, sample, {{4, sample.plan_day}, {22, "毎日歩く"}}),
            a_file(FileKind::prevention_support, sample,
                   {{4, sample.plan_day}, {5, "1"}, {6, "歩く機会が減った"}, {10, "1"}, {14, "1"}}),
            a_file(FileKind::basics, sample, {{4, sample.plan_day}})};
}

std::vector<CareplanFile> a_plan_deletion(const CareplanSample& sample) {
    return {a_file(FileKind::delete_table1, sample, {{4, sample.plan_day}})};
}

std::vector<CareplanFile> a_monthly_plan_deletion(const CareplanSample& sample) {
    return {a_file(FileKind::delete_use_plan, sample, {{4, sample.month}})};
}

std::vector<CareplanFile> a_result_deletion(const CareplanSample& sample) {
    return {a_file(FileKind::delete_use_result, sample,
                   {{4, sample.month}, {5, sample.sender}, {6, "11"}})};
}

std::string zip_of(std::span<const CareplanFile> files, ZipMethod method) {
    constexpr std::size_t kOverheadBytes = 1024;  // of an entry, both its headers
    std::size_t room = kOverheadBytes;
    for (const CareplanFile& file : files) room += file.bytes.size() * 9 / 8 + kOverheadBytes;
    std::string bytes(room, '\0');
    std::size_t used = 0;
    const std::unique_ptr<::archive, FreeWriter> writer{archive_write_new()};
    const char* options = method == ZipMethod::stored ? "zip:compression=store,!zip64"
                                                      : "zip:compression=deflate,!zip64";
    if (!writer || archive_write_set_format_zip(writer.get()) != ARCHIVE_OK ||
        archive_write_set_options(writer.get(), options) != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(writer.get(), 1) != ARCHIVE_OK ||
        archive_write_open_memory(writer.get(), bytes.data(), bytes.size(), &used) != ARCHIVE_OK) {
        return {};
    }
    for (const CareplanFile& file : files) {
        if (!write_entry(writer.get(), file)) return {};
    }
    if (archive_write_close(writer.get()) != ARCHIVE_OK) return {};
    bytes.resize(used);
    return bytes;
}

}  // namespace sekisho::documents
