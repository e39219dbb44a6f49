#include "adapters/pmh/load.h"

namespace sekisho::pmh_adapter {

using documents::Json;

namespace {

constexpr std::string_view kType = "certification.card";
constexpr std::string_view kFormat = "card-json:1";

adapters::Outcome without_words() {
    return adapters::rejected(
        {.what = {.ja = "文書に、PMHの項目に移せない記録があります",
                  .en = "The document has a record that cannot be put into PMH's members"},
         .next = {.ja = "運用者は " + std::string{kFormat} +
                        " のスキーマとこのアダプタの版を合わせてください",
                  .en = "The operator brings the schema of " + std::string{kFormat} +
                        " and the version of this adapter together"}});
}

model::Result<Json> read_records(std::string_view text, std::function<void(const Json&)> take) {
    return documents::parse_json_rows(text, {.member = "records", .take = std::move(take)},
                                      {.nodes_max = model::limits::kJsonRecordNodesMax});
}

// The cards of one call while they come together.
class Call {
  public:
    explicit Call(const SendCards& send) : send_(send) {}

    void take(const Json& record) {
        if (stopped_) return;
        auto card = card_of(record);
        if (!card) return;
        cards_.push(std::move(*card));
        if (cards_.items().size() == kRecordsPerCall) send();
    }
    void finish() {
        if (!stopped_ && !cards_.items().empty()) send();
    }

  private:
    void send() { stopped_ = !send_(std::exchange(cards_, Json::array())); }

    const SendCards& send_;
    Json cards_ = Json::array();
    bool stopped_ = false;
};

}  // namespace

bool is_card_load(const model::Envelope& envelope) {
    return envelope.type.text() == kType && envelope.format && envelope.format->text() == kFormat;
}

adapters::Outcome of_another_kind() {
    return adapters::rejected(
        {.what = {.ja = "PMHへ送れるのは被保険者証・負担割合証（" + std::string{kFormat} +
                        "）だけです",
                  .en = "PMH takes " + std::string{kType} + " as " + std::string{kFormat} +
                        " and nothing else"},
         .next = {.ja = "運用者はこの種別を PMH へ向ける経路を直してください",
                  .en = "The operator corrects the route that leads this type there"}});
}

std::expected<LoadHead, adapters::Outcome> look_over(std::string_view text) {
    std::size_t records = 0;
    std::size_t without = 0;
    const auto rest = read_records(text, [&](const Json& record) {
        ++records;
        if (!card_of(record)) ++without;
    });
    const auto said = [&](std::string_view key) {
        return std::string{rest ? rest->string_at(key).value_or("") : ""};
    };
    LoadHead head{said("insurer"), said("extent"), said("created"), records};
    if (said("format") != kFormat || head.insurer.empty() || head.created.empty() || records == 0 ||
        without > 0)
        return std::unexpected(without_words());
    if (head.extent.empty()) head.extent = "difference";  // who says nothing replaces nothing
    return head;
}

void in_calls(std::string_view text, std::size_t done, const SendCards& send) {
    Call call{send};
    std::size_t count = 0;
    const auto rest = read_records(text, [&](const Json& record) {
        if (count++ >= done) call.take(record);
    });
    if (rest) call.finish();
}

}  // namespace sekisho::pmh_adapter
