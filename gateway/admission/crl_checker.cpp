#include "gateway/admission/crl_checker.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "gateway/admission/revocation_list.h"
#include "routing/model/limits.h"

namespace sekisho::admission {

namespace {

// How far the best list went that settles nothing.
enum class Doubt : std::uint8_t { missing, forged, unfit, outdated };

StatusAnswer doubted(Doubt doubt) {
    constexpr std::array<std::string_view, 4> kWords{"list-missing", "list-forged", "list-unfit",
                                                     "list-outdated"};
    return {.status = CardStatus::unknown,
            .why = std::string{kWords.at(static_cast<std::size_t>(doubt))}};
}

// Nothing: it says whether the card is revoked.
std::optional<Doubt> doubt_about(const RevocationList& list, const CertifiedCard& card,
                                 model::Instant now) {
    if (!list.names(card.authority)) return Doubt::missing;
    if (!list.is_signed_by(card.authority)) return Doubt::forged;
    if (!list.covers(card.certificate)) return Doubt::unfit;
    if (!list.is_of(now)) return Doubt::outdated;
    return std::nullopt;
}

}  // namespace

struct CrlChecker::Lists {
    std::vector<RevocationList> all{};
    std::vector<std::string> silent{};  // files
};

CrlChecker::CrlChecker(platform::Files& files, const platform::Clock& clock,
                       std::vector<std::string> list_files,
                       std::vector<CertificateHandle> authorities)
    : files_(files),
      clock_(clock),
      list_files_(std::move(list_files)),
      authorities_(std::move(authorities)),
      marks_(marks()) {
    lists_ = read();
}

std::vector<std::uint64_t> CrlChecker::marks() const {
    std::vector<std::uint64_t> marks;
    marks.reserve(list_files_.size());
    for (const std::string& file : list_files_) marks.push_back(files_.change_mark(file));
    return marks;
}

std::shared_ptr<const CrlChecker::Lists> CrlChecker::read() const {
    auto lists = std::make_shared<Lists>();
    for (const std::string& file : list_files_) {
        const auto bytes = files_.read(file, model::limits::kRevocationListBytesMax);
        auto found = RevocationList::read(bytes.value_or(""), authorities_);
        if (std::ranges::none_of(found, &RevocationList::is_signed)) lists->silent.push_back(file);
        std::ranges::move(found, std::back_inserter(lists->all));
    }
    return lists;
}

std::vector<std::string> CrlChecker::silent_files() const {
    const locks::Lock lock{swapping_};
    return lists_->silent;
}

// The marks are read before the files: one that changes in between is read again next time.
bool CrlChecker::refresh() {
    const locks::Lock one_at_a_time{refreshing_};
    std::vector<std::uint64_t> seen = marks();
    if (seen == marks_) return false;
    auto fresh = read();
    marks_ = std::move(seen);
    const locks::Lock lock{swapping_};
    lists_ = std::move(fresh);
    return true;
}

void CrlChecker::check(const CertifiedCard& card, platform::Monotonic, Answered answered) {
    answered(judge(card));
}

// Of several lists that count the latest does.
StatusAnswer CrlChecker::judge(const CertifiedCard& card) const {
    std::shared_ptr<const Lists> lists;
    {
        const locks::Lock lock{swapping_};
        lists = lists_;
    }
    const model::Instant now = clock_.now();
    Doubt doubt = Doubt::missing;
    const RevocationList* latest = nullptr;
    for (const RevocationList& list : lists->all) {
        if (const auto doubtful = doubt_about(list, card, now)) {
            doubt = std::max(doubt, *doubtful);
        } else if (latest == nullptr || latest->begin() < list.begin()) {
            latest = &list;
        }
    }
    if (latest == nullptr) return doubted(doubt);
    return {.status = latest->revokes(card.certificate) ? CardStatus::revoked : CardStatus::good};
}

}  // namespace sekisho::admission
