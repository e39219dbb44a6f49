#include "tests/contract/store/store_world.h"

#include <boost/test/unit_test.hpp>

namespace sekisho::store {

SqliteFixture::SqliteFixture(std::string vfs) : vfs_(std::move(vfs)) {
    reopen();
}

void SqliteFixture::reopen() {
    store_.reset();
    auto opened = SqliteStore::open(options());
    BOOST_REQUIRE_MESSAGE(opened, (opened ? std::string() : opened.error().detail.en));
    store_ = std::move(*opened);
}

model::PartyId clinic() {
    return {.kind = model::PartyKind::medical, .number = "1319900013"};
}

model::PartyId city() {
    return {.kind = model::PartyKind::insurer, .number = "139980"};
}

model::PartyId village() {
    return {.kind = model::PartyKind::insurer, .number = "139964"};
}

model::MessageKey key(const std::string& id) {
    return {.source = clinic(), .id = model::MessageId(id)};
}

StoredMessage message(const std::string& id) {
    return {.key = key(id),
            .author = clinic(),
            .type = model::TypeId("certification.opinion"),
            .sha256 = {1, 2, 3},
            .digest = {4, 5, 6},
            .size = 12,
            .accepted_at = kNow,
            .leaf = 7,
            .routes = 3,
            .certificate = {9},
            .sealed_envelope = std::string("sealed\0envelope", 15),
            .persons = {model::PersonHash("ab12"), model::PersonHash("cd34")},
            .admission = "card good"};
}

SealedBody body(const std::string& bytes) {
    return {.data_key = {.wrapping_key = 1, .bytes = std::string("wrapped\0key", 11)},
            .bytes = bytes,
            .spool_file = {},
            .size = 12};
}

StoredDelivery delivery(const std::string& message_id) {
    return {.message = key(message_id),
            .recipient = city(),
            .via = model::Via("mailbox"),
            .route = model::RouteId("opinion-to-insurer"),
            .turn = kNow,
            .next_attempt = kNow,
            .expires = kNow + std::chrono::hours{24}};
}

LeaseRequest lease_request(std::vector<std::string> handles, model::Instant now) {
    return {.via = model::Via("mailbox"),
            .deliveries_max = handles.size(),
            .now = now,
            .until = now + kMinute,
            .handles = std::move(handles)};
}

Result<void> carry_out(Store& store, Work work) {
    Result<void> given;
    int called = 0;
    const bool queued = store.submit(std::move(work), [&](Result<void> result) {
        given = std::move(result);
        ++called;
    });
    BOOST_REQUIRE(queued);
    store.commit_group();
    BOOST_REQUIRE_EQUAL(called, 1);
    return given;
}

void commit(Store& store, Work work) {
    const auto done = carry_out(store, std::move(work));
    BOOST_REQUIRE_MESSAGE(done, (done ? std::string() : done.error().detail.en));
}

std::unique_ptr<View> look(Store& store) {
    auto view = store.view();
    BOOST_REQUIRE(view);
    return std::move(*view);
}

DeliveryId accept(Store& store, const std::string& id, const StoredDelivery& delivery) {
    DeliveryId given = 0;
    commit(store, [&](Transaction& transaction) -> Result<void> {
        if (auto done = transaction.insert_message(message(id), body()); !done) return done;
        const auto inserted = transaction.insert_delivery(delivery);
        given = inserted.value_or(0);
        return forget(inserted);
    });
    return given;
}

DeliveryId accept(Store& store, const std::string& id) {
    return accept(store, id, delivery(id));
}

std::vector<StoredDelivery> lease(Store& store, const LeaseRequest& request) {
    std::vector<StoredDelivery> taken;
    commit(store, [&](Transaction& transaction) -> Result<void> {
        auto leased = transaction.lease(request);
        if (leased) taken = *leased;
        return forget(leased);
    });
    return taken;
}

bool settle(Store& store, const Settlement& settlement) {
    bool kept = false;
    commit(store, [&](Transaction& transaction) -> Result<void> {
        const auto settled = transaction.settle(settlement);
        kept = settled.value_or(false);
        return forget(settled);
    });
    return kept;
}

Settlement settlement(const StoredDelivery& of, DeliveryState state) {
    return {.delivery = of.id, .lease = of.lease, .state = state, .at = kNow + kMinute};
}

std::vector<DeliveryId> ids(const std::vector<StoredDelivery>& deliveries) {
    std::vector<DeliveryId> list;
    list.reserve(deliveries.size());
    for (const auto& delivery : deliveries) list.push_back(delivery.id);
    return list;
}

}  // namespace sekisho::store
