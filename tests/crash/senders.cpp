#include "tests/crash/senders.h"

#include "adapters/documents/careplan/samples.h"
#include "adapters/documents/samples.h"
#include "adapters/simulation/day/receipt_check.h"

namespace sekisho::tests {

namespace {

constexpr auto kClinicParty = "medical:1319900021";
constexpr auto kCareManagerParty = "care-manager:1379900010";
constexpr int kUnitsToALargeOne = 3;
constexpr std::size_t kVisitsOfALargeOne = 4000;  // more than 256 KiB, so it is spooled

struct Document {
    simulation::Parcel parcel;
    Sent sent;
};

Document made(simulation::Parcel parcel, const std::string& sender, Sent sent) {
    parcel.source = *model::parse_party_id(sender);
    sent.sender = sender;
    sent.source = to_source(parcel.source);
    sent.sha256 = simulation::sha256_hex(parcel.body);
    return {std::move(parcel), std::move(sent)};
}

Document an_opinion(int number) {
    const std::string mark = std::to_string(number);
    return made(
        {.type = "certification.opinion",
         .person =
             model::Person{model::InsurerNumber{"139980"}, model::InsuredNumber{"0000000001"}},
         .media_type = "text/csv; charset=Shift_JIS",
         .format = "ikensho-csv:1.1",
         .body = documents::an_opinion_csv({.office = "1319900021", .request_number = mark})},
        kClinicParty, {.peer = "platform", .recipients = {"insurer:139980", "system:platform"}});
}

// A second for each number, so that units come in the order of their numbers.
std::string series_of(int number) {
    const model::Instant begin = *model::parse_rfc3339("2026-01-01T00:00:00Z");
    std::string text = model::to_rfc3339(begin + std::chrono::seconds{number}).substr(0, 19);
    std::erase_if(text, [](char c) { return c < '0' || c > '9'; });
    return text;
}

Document a_unit(int number) {
    const std::string series = series_of(number);
    const bool large = number % kUnitsToALargeOne == 0;
    const auto files = documents::a_monthly_plan_unit(
        {.series = series, .visits = large ? kVisitsOfALargeOne : 2});
    const auto method = large ? documents::ZipMethod::stored : documents::ZipMethod::deflate;
    return made({.type = "care-plan.exchange",
                 .media_type = "application/zip",
                 .format = "careplan-csv:4.1",
                 .body = documents::zip_of(files, method)},
                kCareManagerParty,
                {.peer = "careplan", .recipients = {"system:careplan"}, .series = series});
}

}  // namespace

Senders::Senders(const DemoGateway& gateway, const std::string& prefix, int count) {
    for (int i = 0; i < count; ++i) {
        const bool units = i % 4 == 0;
        threads_.emplace_back([this, &gateway, units, begin = prefix + "-" + std::to_string(i)](
                                  const std::stop_token& stop) {
            static std::atomic<int> next{0};
            auto client = gateway.client("internet", units ? kCareManagerParty : kClinicParty);
            while (!stop.stop_requested()) {
                const int number = next++;
                Document document = units ? a_unit(number) : an_opinion(number);
                document.parcel.id = begin + "-" + std::to_string(number);
                send(client, document.parcel, std::move(document.sent));
            }
        });
    }
}

void Senders::stop() {
    for (auto& thread : threads_) thread.request_stop();
    threads_.clear();
}

SentById Senders::sent() const {
    const locks::Lock lock{mutex_};
    return sent_;
}

bool Senders::wait_for(std::size_t count) const {
    return eventually([&] { return acknowledged() >= count; });
}

bool Senders::wait_for_more(std::size_t count) const {
    return wait_for(acknowledged() + count);
}

void Senders::send(simulation::GatewayClient& client, const simulation::Parcel& parcel, Sent sent) {
    const auto reply = client.post_message(parcel);
    const bool accepted = reply.status == 202 || reply.status == 200;
    if (accepted) sent.receipt = reply.receipt();
    {
        const locks::Lock lock{mutex_};
        sent_[parcel.id] = std::move(sent);
    }
    if (accepted) {
        ++acknowledged_;
    } else {
        ++refused_;
        pause_briefly();
    }
}

}  // namespace sekisho::tests
