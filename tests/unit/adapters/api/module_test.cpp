#include "adapters/api/module.h"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "tests/support/adapters_parcel.h"

using namespace sekisho;
using namespace sekisho::adapters;

namespace {

// Keeps what it was given, so that both sides of the boundary can be compared.
struct Seen {
    model::Envelope envelope;
    std::string body;
    bool body_failed = false;
    model::PartyId recipient;
    std::uint64_t size = 0;
    model::Sha256 sha256{};
    std::uint32_t attempt = 0;
    Deadline deadline{};
};
Seen seen;

class Recorder final : public Adapter {
  public:
    Capabilities capabilities() const override {
        return {.name = "recorder",
                .version = "7",
                .delivers = true,
                .answers = true,
                .body_bytes_max = 42,
                .posture = Posture::robust_to_untrusted_peer};
    }
    Outcome deliver(const Delivery& delivery, ByteSource& body, Deadline deadline) override {
        seen = {.envelope = *delivery.envelope,
                .recipient = delivery.recipient,
                .size = delivery.size,
                .sha256 = delivery.sha256,
                .attempt = delivery.attempt,
                .deadline = deadline};
        for (auto piece = body.next(); !piece.empty(); piece = body.next()) seen.body += piece;
        seen.body_failed = body.failed();
        return {Fate::rejected, "受付できません", "X-1"};
    }
    Answer ask(const model::Authorized<model::Envelope>& question, Deadline) override {
        seen = {.envelope = *question};
        return {AnswerFate::answered, "application/json", "[1]", "d"};
    }
    Health probe(Deadline) override { return {true, "well"}; }
};

class Thrower final : public Adapter {
  public:
    Capabilities capabilities() const override { throw std::runtime_error("c"); }
    Outcome deliver(const Delivery&, ByteSource&, Deadline) override { throw 1; }
    Answer ask(const model::Authorized<model::Envelope>&, Deadline) override {
        throw std::bad_alloc();
    }
    Health probe(Deadline) override { throw std::runtime_error("p"); }
};

model::Result<std::unique_ptr<Adapter>> make_recorder(std::string_view settings) {
    if (settings != "{}")
        return model::refuse(model::Problem::attribute_invalid, {"設定", "settings"});
    return std::make_unique<Recorder>();
}

model::Result<std::unique_ptr<Adapter>> make_thrower(std::string_view) {
    return std::make_unique<Thrower>();
}

std::unique_ptr<ModuleAdapter> opened(const sekisho_adapter_v1* table) {
    return std::move(ModuleAdapter::open(table, "{}").value());
}

model::Envelope a_full_envelope() {
    model::Envelope envelope = tests::an_opinion()
                                   .with_id("m-1")
                                   .with_format("ikensho-csv:1.1")
                                   .with_business_key("k")
                                   .expiring_at(tests::kNow + tests::kOneDay)
                                   .to("system:platform");
    envelope.media_type = "text/csv";
    envelope.actor = "staff-1";
    envelope.role = model::Role{"physician"};
    envelope.correlation = "c-1";
    envelope.trace_parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    envelope.person_consent = "given";
    envelope.status = "agreed";
    return envelope;
}

bool same(const model::Envelope& a, const model::Envelope& b) {
    return a.id == b.id && a.source == b.source && a.author == b.author && a.type == b.type &&
           a.intent == b.intent && a.time == b.time && a.zone == b.zone && a.persons == b.persons &&
           a.recipients == b.recipients && a.purpose == b.purpose && a.actor == b.actor &&
           a.role == b.role && a.media_type == b.media_type && a.format == b.format &&
           a.business_key == b.business_key && a.expiry == b.expiry &&
           a.correlation == b.correlation && a.trace_parent == b.trace_parent &&
           a.person_consent == b.person_consent && a.status == b.status;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(module_boundary)

BOOST_AUTO_TEST_CASE(a_delivery_crosses_whole) {
    const auto adapter = opened(export_adapter<&make_recorder>());
    const tests::Filing filing{a_full_envelope(), "the bytes"};
    auto source = filing.body();
    const Deadline deadline = std::chrono::steady_clock::now() + std::chrono::seconds{3};
    const Outcome outcome = adapter->deliver(filing.delivery(), source, deadline);
    BOOST_CHECK(outcome.fate == Fate::rejected);
    BOOST_TEST(outcome.detail == "受付できません");
    BOOST_TEST(outcome.peer_code == "X-1");
    BOOST_CHECK(same(seen.envelope, a_full_envelope()));
    BOOST_TEST(seen.body == "the bytes");
    BOOST_TEST(!seen.body_failed);
    BOOST_CHECK(seen.recipient == filing.delivery().recipient);
    BOOST_CHECK(seen.sha256 == filing.delivery().sha256);
    BOOST_TEST(seen.size == 9U);
    BOOST_TEST(seen.attempt == 1U);
    BOOST_CHECK(seen.deadline == deadline);
}

BOOST_AUTO_TEST_CASE(what_is_absent_stays_absent) {
    const auto adapter = opened(export_adapter<&make_recorder>());
    const model::Envelope envelope = tests::a_card_load().and_about(tests::ichiro());
    (void)tests::Filing{envelope}.through(*adapter);
    BOOST_CHECK(same(seen.envelope, envelope));
}

BOOST_AUTO_TEST_CASE(a_body_that_breaks_off_breaks_off_on_the_other_side) {
    const auto adapter = opened(export_adapter<&make_recorder>());
    const tests::Filing filing{tests::an_opinion()};
    tests::BrokenSource source;
    (void)adapter->deliver(filing.delivery(), source, Deadline::max());
    BOOST_TEST(seen.body == "half of ");
    BOOST_TEST(seen.body_failed);
}

BOOST_AUTO_TEST_CASE(a_question_and_its_answer_cross) {
    const auto adapter = opened(export_adapter<&make_recorder>());
    const Answer answer = tests::asked(*adapter);
    BOOST_CHECK(answer.fate == AnswerFate::answered);
    BOOST_TEST(answer.media_type == "application/json");
    BOOST_TEST(answer.body == "[1]");
    BOOST_TEST(answer.detail == "d");
    BOOST_CHECK(seen.envelope.intent == model::Intent::read);
}

BOOST_AUTO_TEST_CASE(capabilities_and_health_cross) {
    const auto adapter = opened(export_adapter<&make_recorder>());
    const Capabilities own = adapter->capabilities();
    BOOST_TEST(own.name == "recorder");
    BOOST_TEST(own.version == "7");
    BOOST_TEST(own.answers);
    BOOST_TEST(own.body_bytes_max == 42U);
    BOOST_CHECK(own.posture == Posture::robust_to_untrusted_peer);
    BOOST_TEST(adapter->probe(Deadline::max()).reachable);
    BOOST_TEST(adapter->probe(Deadline::max()).detail == "well");
}

BOOST_AUTO_TEST_CASE(settings_that_the_module_does_not_take_are_refused_in_its_words) {
    const auto adapter = ModuleAdapter::open(export_adapter<&make_recorder>(), "[]");
    BOOST_REQUIRE(!adapter);
    BOOST_TEST(adapter.error().detail.en == "設定 / settings");
}

BOOST_AUTO_TEST_CASE(no_exception_leaves_a_module) {
    const auto adapter = opened(export_adapter<&make_thrower>());
    BOOST_CHECK(tests::Filing{tests::an_opinion()}.through(*adapter).fate == Fate::retry);
    BOOST_CHECK(tests::asked(*adapter).fate == AnswerFate::unavailable);
    BOOST_TEST(!adapter->probe(Deadline::max()).reachable);
    BOOST_TEST(!adapter->capabilities().delivers);
}

BOOST_AUTO_TEST_CASE(a_table_of_another_abi_is_refused) {
    sekisho_adapter_v1 table = *export_adapter<&make_recorder>();
    BOOST_TEST(!ModuleAdapter::open(nullptr, "{}"));
    table.abi = 2;
    BOOST_TEST(!ModuleAdapter::open(&table, "{}"));
    table.abi = SEKISHO_ADAPTER_V1_ABI;
    table.struct_size -= 1;
    BOOST_TEST(!ModuleAdapter::open(&table, "{}"));
    table.struct_size += 1;
    table.deliver = nullptr;
    BOOST_TEST(!ModuleAdapter::open(&table, "{}"));
}

BOOST_AUTO_TEST_CASE(a_larger_struct_of_a_later_version_serves_and_a_smaller_one_does_not) {
    const sekisho_adapter_v1* table = export_adapter<&make_recorder>();
    std::string trouble;
    const sekisho_sink_v1 sink{sizeof sink, &trouble,
                               [](void*, const char*, std::size_t) -> std::int32_t { return 0; }};
    sekisho_adapter_instance_v1* instance = nullptr;
    BOOST_REQUIRE(table->create({"{}", 2}, &sink, &instance) == SEKISHO_ADAPTER_OK);
    struct Later {
        sekisho_health_v1 health{};
        int more = 0;
    } later;
    later.health.struct_size = sizeof later;
    BOOST_TEST(table->probe(instance, 0, &later.health) == SEKISHO_ADAPTER_OK);
    later.health.struct_size = sizeof(std::size_t);
    BOOST_TEST(table->probe(instance, 0, &later.health) == SEKISHO_ADAPTER_BAD_ARGUMENT);
    BOOST_TEST(table->probe(instance, 0, nullptr) == SEKISHO_ADAPTER_BAD_ARGUMENT);
    BOOST_TEST(table->create({"{}", 2}, &sink, nullptr) == SEKISHO_ADAPTER_BAD_ARGUMENT);
    table->destroy(instance);
}

BOOST_AUTO_TEST_SUITE_END()
