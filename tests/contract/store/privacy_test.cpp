// Nothing personal rests in the clear: neither in the database, nor in its write-ahead log, nor in
// the spool.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "gateway/platform/disk.h"
#include "gateway/store/sealing.h"
#include "tests/contract/store/store_world.h"

namespace sekisho::store {

namespace {

constexpr std::string_view kInsured = "9876543210";
constexpr std::string_view kWords = "a made-up opinion about a made-up person";

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store_privacy)

BOOST_AUTO_TEST_CASE(no_insured_number_and_no_body_stands_in_any_file) {
    SqliteFixture fixture;
    platform::Disk disk;
    tests::SeededRandom random;
    const auto keyring = platform::Keyring::generate(random);
    const model::Person person{.insurer = model::InsurerNumber("139980"),
                               .insured = model::InsuredNumber(std::string(kInsured))};
    const std::string line = std::string(kInsured) + " " + std::string(kWords) + "\n";
    const std::string business_key = "139980-" + std::string(kInsured) + "-77";
    for (const std::size_t lines : {1U, 20'000U}) {  // in the database; in a spool file
        BodySealer sealer(keyring, random, {.files = disk, .folder = fixture.folder.path()});
        std::string text;
        for (std::size_t i = 0; i < lines; ++i) text += line;
        BOOST_REQUIRE(sealer.append(text));
        const auto sealed = sealer.finish();
        BOOST_REQUIRE(sealed);
        StoredMessage stored = message("m-" + std::to_string(lines));
        stored.persons = {keyring.hash(person)};
        stored.sealed_envelope = sealer.seal_envelope(line);
        const BusinessScope scope{
            .owner = clinic(),
            .type = stored.type,
            .key_hash = keyring.keyed_hash(business_key + std::to_string(lines))};
        const StoredConsent consent{.person = keyring.hash(person),
                                    .consent = {.comprehensive = true,
                                                .given_at = kNow,
                                                .id = "c-" + std::to_string(lines)},
                                    .sealed_record = seal_record(keyring, random, line)};
        commit(fixture.store(), [&](Transaction& transaction) -> Result<void> {
            if (auto done = transaction.insert_message(stored, *sealed); !done) return done;
            if (auto done = transaction.put_consent(consent); !done) return done;
            return transaction.insert_business_key(scope, stored.key);
        });
        sealer.keep();
    }
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(fixture.folder.path())) {
        const std::string bytes = read_file(entry.path());
        BOOST_TEST(bytes.find(kInsured) == std::string::npos, entry.path().string());
        BOOST_TEST(bytes.find(kWords) == std::string::npos, entry.path().string());
        ++files;
    }
    BOOST_TEST(files == 5U);  // database, log, shared memory, lock, spool file
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::store
