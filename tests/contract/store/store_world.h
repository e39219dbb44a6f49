// What the contract suite speaks in: the stores under test, a fixed cast of records, and short
// verbs.
//
// A fixture offers store() and reopen(), which closes and opens again what lasts. Every record here
// is made up.
#pragma once

#include <boost/mpl/list.hpp>
#include <memory>
#include <string>
#include <vector>

#include "gateway/store/memory_store.h"
#include "gateway/store/sqlite_store.h"
#include "tests/support/fake_world.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::store {

struct MemoryFixture {
    Store& store() { return store_; }

  private:
    MemoryStore store_;
};

struct SqliteFixture {
    explicit SqliteFixture(std::string vfs = {});
    Store& store() { return *store_; }
    SqliteOptions options() const { return {.path = folder / "sekisho.db", .vfs = vfs_}; }
    void close() { store_.reset(); }
    void reopen();

    tests::TemporaryFolder folder;

  private:
    std::string vfs_;
    std::unique_ptr<SqliteStore> store_;
};

using Stores = boost::mpl::list<MemoryFixture, SqliteFixture>;

inline constexpr model::Instant kNow = tests::FakeClock::kStart;
inline constexpr std::chrono::minutes kMinute{1};

model::PartyId clinic();
model::PartyId city();
model::PartyId village();
model::MessageKey key(const std::string& id);
StoredMessage message(const std::string& id);
SealedBody body(const std::string& bytes = "sealed bytes");
StoredDelivery delivery(
    const std::string& message_id);  // to city(), via "mailbox", due now, for a day
LeaseRequest lease_request(std::vector<std::string> handles, model::Instant now = kNow);

// Submits one work, commits, and gives what its completion was given.
Result<void> carry_out(Store& store, Work work);
// The same where the work must succeed.
void commit(Store& store, Work work);
std::unique_ptr<View> look(Store& store);

// One message with one delivery; the delivery's id.
DeliveryId accept(Store& store, const std::string& id, const StoredDelivery& delivery);
DeliveryId accept(Store& store, const std::string& id);
std::vector<StoredDelivery> lease(Store& store, const LeaseRequest& request);
bool settle(Store& store, const Settlement& settlement);
// What becomes of a leased one, a minute from now.
Settlement settlement(const StoredDelivery& of, DeliveryState state);
std::vector<DeliveryId> ids(const std::vector<StoredDelivery>& deliveries);

template <class T>
Result<void> forget(const Result<T>& result) {
    if (!result) return std::unexpected(result.error());
    return {};
}

}  // namespace sekisho::store
