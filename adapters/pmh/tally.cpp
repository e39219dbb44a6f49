#include "adapters/pmh/tally.h"

#include <algorithm>

namespace sekisho::pmh_adapter {

namespace {

constexpr std::size_t kPositionsMax = 10;
constexpr std::size_t kPositionsBytesMax = 30;  // both languages fit into 511 bytes
constexpr std::size_t kCodesMax = 3;

struct Listed {
    std::string text;
    std::size_t count = 0;
};

Listed listed(const std::vector<std::size_t>& positions) {
    Listed list;
    for (const std::size_t position : positions) {
        const std::string next = (list.count == 0 ? "" : ", ") + std::to_string(position);
        if (list.text.size() + next.size() > kPositionsBytesMax) break;
        list.text += next;
        ++list.count;
    }
    return list;
}

std::string joined(const std::vector<std::string>& codes) {
    std::string text;
    for (const std::string& code : codes) text += (text.empty() ? "" : ", ") + code;
    return text;
}

model::Text next_of_not_linked() {
    return {"送信元は該当者をPMHで紐付け、その記録を新しい id で送ってください",
            "The sender links these persons at PMH and sends their records under a new id"};
}

model::Text next_of_others() {
    return {"送信元はコードの意味をPMHに確かめ、その記録を直して新しい id で送ってください",
            "The sender asks PMH about the code and sends these records corrected under a new id"};
}

model::Text next_of_both() {
    const std::string code{kNotLinked};
    return {"送信元は " + code + " の人をPMHで紐付け、他は直し、新しい id で送ってください",
            "The sender links those of " + code +
                " at PMH, corrects the others and sends them under a new id"};
}

}  // namespace

void Tally::add(const CallReply& reply, std::size_t records) {
    for (const auto& [index, code] : reply.refused) {
        if (positions_.size() < kPositionsMax) positions_.push_back(records_ + index + 1);
        const bool known = std::ranges::find(codes_, code) != codes_.end();
        if (!known && codes_.size() < kCodesMax) codes_.push_back(code);
        (code == kNotLinked ? not_linked_ : otherwise_refused_) = true;
    }
    refused_ += reply.refused.size();
    records_ += records;
    if (!reply.receipt.empty()) receipt_ = reply.receipt;
}

adapters::Outcome Tally::outcome() const {
    const std::string all = std::to_string(records_);
    if (refused_ == 0)
        return {adapters::Fate::delivered, all + " records, receipt " + receipt_, {}};
    const std::string some = std::to_string(refused_);
    const Listed list = listed(positions_);
    const bool more = list.count < refused_;
    const bool none = refused_ == records_;
    const std::string codes = joined(codes_);
    const model::Text what{
        all + "件中" + some + "件がPMHに登録されませんでした（" + list.text + "件目" +
            (more ? "ほか" : "") + "、" + codes + "）" + (none ? "" : "。他は登録済みです"),
        "PMH refused " + some + " of " + all + " records (" + list.text +
            (more ? " and more" : "") + "; " + codes + ")" + (none ? "" : ", it has the others")};
    const model::Text next = !otherwise_refused_ ? next_of_not_linked()
                             : not_linked_       ? next_of_both()
                                                 : next_of_others();
    const auto own = std::ranges::find_if(
        codes_, [](const std::string& code) { return code.starts_with("PMH-"); });
    return adapters::rejected({.what = what, .next = next},
                              own == codes_.end() ? std::string{} : *own);
}

}  // namespace sekisho::pmh_adapter
