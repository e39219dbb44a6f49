#include "adapters/documents/zip_directory.h"

#include <algorithm>
#include <optional>
#include <set>

#include "routing/model/limits.h"

namespace sekisho::documents {

namespace {

namespace limits = model::limits;
using model::Problem;
using namespace std::string_view_literals;

constexpr std::size_t kEndBytes = 22;      // of the end of the directory
constexpr std::size_t kCentralBytes = 46;  // of a directory header before its name
constexpr std::size_t kLocalBytes = 30;    // of a header in front of content
constexpr std::size_t kLocator64Bytes = 20;
constexpr std::size_t kNameBytesMax = 255;

constexpr std::uint64_t kEncrypted = 0x2041;   // flags: encrypted, strongly, directory masked
constexpr std::uint64_t kDescribedBehind = 8;  // flag: sizes follow the content

bool is_name_character(char c) {
    return c > 0x20 && c < 0x7F && "/\\:*?\"<>|"sv.find(c) == std::string_view::npos;
}

bool is_safe_name(std::string_view name) {
    return !name.empty() && name.size() <= kNameBytesMax && name.front() != '.' &&
           name.back() != '.' && std::ranges::all_of(name, is_name_character);
}

std::string lower(std::string name) {
    for (char& c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return name;
}

// A regular file, or one whose maker does not say (DOS).
bool is_plain_file(std::uint64_t made_by, std::uint64_t external) {
    constexpr std::uint64_t kDosDirectory = 0x10;
    if ((external & kDosDirectory) != 0) return false;
    const std::uint64_t unix_type = external >> 28;
    const bool unix_made = made_by >> 8 == 3 || made_by >> 8 == 19;
    return !unix_made || unix_type == 0 || unix_type == 8;
}

struct Header {
    ZipEntry entry;
    std::uint64_t flags = 0;
    std::uint64_t method = 0;
    std::uint64_t offset = 0;
};

// One reading of a directory.
class Directory {
  public:
    explicit Directory(std::string_view bytes) : bytes_(bytes) {}

    model::Result<std::vector<ZipEntry>> read() {
        if (!read_end()) return std::unexpected(archive_refusal(problem_));
        for (std::size_t number = 1; number <= count_; ++number) {
            if (!read_central()) return std::unexpected(archive_refusal(problem_, number));
        }
        if (at_ != bytes_.size() - kEndBytes || !check_contents()) {
            return std::unexpected(archive_refusal(problem_, content_number_));
        }
        std::vector<ZipEntry> entries;
        for (Header& header : headers_) entries.push_back(std::move(header.entry));
        return entries;
    }

  private:
    // Little-endian; the caller knows that the bytes are there.
    std::uint64_t number(std::size_t offset, std::size_t width) const {
        std::uint64_t value = 0;
        for (std::size_t i = width; i > 0; --i) {
            value = value << 8 | static_cast<std::uint8_t>(bytes_[offset + i - 1]);
        }
        return value;
    }
    bool has(std::size_t offset, std::size_t length) const {
        return offset <= bytes_.size() && length <= bytes_.size() - offset;
    }
    bool has_mark(std::size_t offset, std::string_view mark) const {
        return has(offset, mark.size()) && bytes_.substr(offset, mark.size()) == mark;
    }

    // The last 22 bytes are the directory's end: one volume, no comment, no 64-bit form before it.
    bool read_end() {
        if (bytes_.size() < kEndBytes) return false;
        const std::size_t end = bytes_.size() - kEndBytes;
        if (!has_mark(end, "PK\5\6"sv) || number(end + 4, 4) != 0 || number(end + 20, 2) != 0) {
            return false;
        }
        if (end >= kLocator64Bytes && has_mark(end - kLocator64Bytes, "PK\6\7"sv)) return false;
        count_ = number(end + 10, 2);
        directory_ = at_ = number(end + 16, 4);
        if (count_ == 0 || number(end + 8, 2) != count_) return false;
        if (directory_ + number(end + 12, 4) != end) return false;
        if (count_ <= limits::kArchiveEntriesMax) return true;
        problem_ = Problem::archive_too_large;
        return false;
    }

    bool read_central() {
        if (!has_mark(at_, "PK\1\2"sv) || !has(at_, kCentralBytes)) return false;
        const std::size_t name_bytes = number(at_ + 28, 2);
        const std::size_t extra_bytes = number(at_ + 30, 2);
        if (!has(at_ + kCentralBytes, name_bytes + extra_bytes)) return false;
        Header header{.entry = {.name = std::string{bytes_.substr(at_ + kCentralBytes, name_bytes)},
                                .packed_bytes = number(at_ + 20, 4),
                                .bytes = number(at_ + 24, 4)},
                      .flags = number(at_ + 8, 2),
                      .method = number(at_ + 10, 2),
                      .offset = number(at_ + 42, 4)};
        const bool one_volume = number(at_ + 34, 2) == 0 && number(at_ + 32, 2) == 0;
        const bool plain = is_plain_file(number(at_ + 4, 2), number(at_ + 38, 4));
        const bool known = header.method == 0 || header.method == 8;
        const bool sized = header.method == 8 || header.entry.packed_bytes == header.entry.bytes;
        if (!one_volume || !plain || !known || !sized || (header.flags & kEncrypted) != 0) {
            return false;
        }
        if (!is_safe_name(header.entry.name) || !names_.insert(lower(header.entry.name)).second) {
            return false;
        }
        if (!extras_are_harmless(at_ + kCentralBytes + name_bytes, extra_bytes)) return false;
        at_ += kCentralBytes + name_bytes + extra_bytes;
        headers_.push_back(std::move(header));
        return true;
    }

    // No 64-bit sizes, no encryption, no second name.
    bool extras_are_harmless(std::size_t begin, std::size_t length) const {
        const std::size_t end = begin + length;
        while (begin != end) {
            if (end - begin < 4) return false;
            const std::uint64_t id = number(begin, 2);
            const std::size_t size = number(begin + 2, 2);
            if (id == 0x0001 || id == 0x0017 || id == 0x7075 || id == 0x9901) return false;
            if (size > end - begin - 4) return false;
            begin += 4 + size;
        }
        return true;
    }

    // The entries lie one behind the other from the first byte to the directory.
    bool check_contents() {
        std::ranges::sort(headers_, {}, &Header::offset);
        std::size_t at = 0;
        for (std::size_t i = 0; i < headers_.size(); ++i) {
            content_number_ = i + 1;
            const std::size_t limit = i + 1 < headers_.size() ? headers_[i + 1].offset : directory_;
            if (!check_content(headers_[i], at, limit)) return false;
            at = limit;
        }
        return true;
    }

    // Whether the entry begins at `at` and ends just before `limit`.
    bool check_content(const Header& header, std::size_t at, std::size_t limit) const {
        if (header.offset != at || limit > directory_) return false;
        if (!has_mark(at, "PK\3\4"sv) || !has(at, kLocalBytes)) return false;
        const std::size_t name_bytes = number(at + 26, 2);
        const std::size_t extra_bytes = number(at + 28, 2);
        if (!has(at + kLocalBytes, name_bytes + extra_bytes)) return false;
        const bool agrees = number(at + 6, 2) == header.flags &&
                            number(at + 8, 2) == header.method &&
                            bytes_.substr(at + kLocalBytes, name_bytes) == header.entry.name;
        if (!agrees || !extras_are_harmless(at + kLocalBytes + name_bytes, extra_bytes)) {
            return false;
        }
        const std::size_t end =
            at + kLocalBytes + name_bytes + extra_bytes + header.entry.packed_bytes;
        if ((header.flags & kDescribedBehind) == 0) {
            return end == limit && number(at + 18, 4) == header.entry.packed_bytes &&
                   number(at + 22, 4) == header.entry.bytes;
        }
        // With or without its mark.
        return end + 12 == limit || (end + 16 == limit && has_mark(end, "PK\7\10"sv));
    }

    const std::string_view bytes_;
    Problem problem_ = Problem::archive_invalid;
    std::size_t count_ = 0;
    std::size_t directory_ = 0;
    std::size_t at_ = 0;
    std::size_t content_number_ = 0;
    std::vector<Header> headers_;
    std::set<std::string> names_;
};

}  // namespace

model::Result<std::vector<ZipEntry>> read_zip_directory(std::string_view bytes) {
    return Directory{bytes}.read();
}

model::Refusal archive_refusal(Problem problem, std::size_t number) {
    model::Refusal refusal{.problem = Problem::document_invalid};
    refusal.errors.push_back(
        {.field = number == 0 ? "zip" : "zip " + std::to_string(number) + "番目", .code = problem});
    return refusal;
}

}  // namespace sekisho::documents
