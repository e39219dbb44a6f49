#include "gateway/store/sealing.h"

#include <boost/test/unit_test.hpp>

#include "gateway/store/memory_store.h"
#include "gateway/store/store.h"
#include "routing/model/limits.h"
#include "tests/support/fake_world.h"

namespace sekisho::store {

namespace {

namespace limits = model::limits;
using tests::FileCall;

constexpr std::size_t kSegment = limits::kSealedSegmentBytes;
constexpr std::size_t kSealedSegment = kSegment + 16;

struct World {
    World() { BOOST_REQUIRE(files.make_directories("/spool")); }

    tests::MemoryFiles files;
    tests::SeededRandom random;
    platform::Keyring keyring = platform::Keyring::generate(random);
    Spool spool{.files = files, .folder = "/spool"};

    // Seals and keeps.
    SealedBody seal(const std::string& plain, std::size_t piece = 7777) {
        BodySealer sealer(keyring, random, spool);
        for (std::size_t at = 0; at < plain.size(); at += piece) {
            BOOST_REQUIRE(sealer.append(std::string_view(plain).substr(at, piece)));
        }
        auto sealed = sealer.finish();
        BOOST_REQUIRE(sealed);
        sealer.keep();
        return *sealed;
    }

    std::optional<std::string> open(const SealedBody& body) {
        BodyOpener opener(keyring, spool, body);
        std::string plain;
        for (auto piece = opener.next(); !piece.empty(); piece = opener.next()) plain += piece;
        if (opener.failed()) return std::nullopt;
        return plain;
    }
};

// Text that differs everywhere, so that a segment in another's place is another text.
std::string document(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; text.size() < size; ++i) text += std::to_string(i) + ",";
    text.resize(size);
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sealing)

BOOST_AUTO_TEST_CASE(bodies_of_every_size_around_the_segments_come_back) {
    World world;
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, kSegment - 1, kSegment, kSegment + 1, 2 * kSegment,
          limits::kSmallBodyBytesMax - 1, limits::kSmallBodyBytesMax,
          limits::kSmallBodyBytesMax + 1, 9 * kSegment, 9 * kSegment + 5}) {
        const std::string text = document(size);
        const SealedBody sealed = world.seal(text);
        BOOST_TEST(sealed.size == size);
        BOOST_TEST(sealed.spool_file.empty() == (size <= limits::kSmallBodyBytesMax));
        BOOST_TEST((sealed.bytes.empty() == !sealed.spool_file.empty()));
        BOOST_TEST((world.open(sealed) == text));
    }
}

BOOST_AUTO_TEST_CASE(one_large_piece_is_the_same_as_many_small_ones) {
    World world;
    const std::string text = document(5 * kSegment + 3);
    BOOST_TEST((world.open(world.seal(text, text.size())) == text));
}

BOOST_AUTO_TEST_CASE(neither_bytes_nor_spool_file_hold_the_plain_text) {
    World world;
    const SealedBody small = world.seal(document(1000));
    BOOST_TEST(small.bytes.find("100,101,102") == std::string::npos);
    const SealedBody large = world.seal(document(6 * kSegment));
    const auto file = world.files.content("/spool/" + large.spool_file);
    BOOST_REQUIRE(file);
    BOOST_TEST(file->size() == 6 * kSealedSegment);
    BOOST_TEST(file->find("100,101,102") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_changed_byte_a_cut_a_swap_or_an_addition_is_a_failure) {
    World world;
    const SealedBody whole = world.seal(document(3 * kSegment + 100));
    const std::string first = whole.bytes.substr(0, kSealedSegment);
    const std::string second = whole.bytes.substr(kSealedSegment, kSealedSegment);
    const std::string rest = whole.bytes.substr(2 * kSealedSegment);
    std::string changed = whole.bytes;
    changed[kSealedSegment + 5] = static_cast<char>(changed[kSealedSegment + 5] ^ 1);
    for (const std::string& bytes :
         {changed, first + second, first + rest, second + first + rest, first + first + rest,
          whole.bytes.substr(0, whole.bytes.size() - 1), whole.bytes + "x", std::string(),
          first.substr(0, 10), whole.bytes + rest}) {
        SealedBody body = whole;
        body.bytes = bytes;
        BOOST_TEST(!world.open(body));
    }
    SealedBody resized = whole;
    resized.size -= 1;
    BOOST_TEST(!world.open(resized));
}

BOOST_AUTO_TEST_CASE(a_spool_file_that_is_missing_cut_or_unreadable_is_a_failure) {
    World world;
    const SealedBody large = world.seal(document(6 * kSegment));
    const std::string path = "/spool/" + large.spool_file;
    const std::string bytes = world.files.content(path).value();
    world.files.fail_next(FileCall::read_some);
    BOOST_TEST(!world.open(large));
    world.files.change(path, bytes.substr(0, 5 * kSealedSegment));
    BOOST_TEST(!world.open(large));
    BOOST_REQUIRE(world.files.remove(path));
    BOOST_TEST(!world.open(large));
}

BOOST_AUTO_TEST_CASE(another_keyring_or_another_messages_key_does_not_open) {
    World world;
    const SealedBody one = world.seal("one");
    SealedBody other = world.seal("two");
    World elsewhere;
    elsewhere.keyring = platform::Keyring::generate(world.random);
    BOOST_TEST(!elsewhere.open(one));
    other.bytes = one.bytes;
    BOOST_TEST(!world.open(other));
}

BOOST_AUTO_TEST_CASE(an_envelope_opens_with_the_key_of_its_body) {
    World world;
    BodySealer sealer(world.keyring, world.random, world.spool);
    const std::string envelope = sealer.seal_envelope("about a person");
    BOOST_TEST(sealer.seal_envelope("about a person") != envelope);
    const auto body = sealer.finish();
    BOOST_REQUIRE(body);
    BOOST_TEST(open_envelope(world.keyring, body->data_key, envelope).value() == "about a person");
    BOOST_TEST(!open_envelope(world.keyring, world.seal("x").data_key, envelope));
    BOOST_TEST(!open_envelope(world.keyring, body->data_key, envelope.substr(1)));
    BOOST_TEST(!open_envelope(world.keyring, body->data_key, body->bytes));
    BOOST_TEST(!open_envelope(world.keyring, body->data_key, ""));
}

BOOST_AUTO_TEST_CASE(a_spool_file_that_nobody_kept_is_removed) {
    World world;
    {
        BodySealer sealer(world.keyring, world.random, world.spool);
        BOOST_REQUIRE(sealer.append(document(limits::kSmallBodyBytesMax + 1)));
        BOOST_TEST(world.files.paths().size() == 1U);
        BodySealer moved = std::move(sealer);
        BOOST_REQUIRE(moved.finish());
        BOOST_TEST(world.files.paths().size() == 1U);
    }
    BOOST_TEST(world.files.paths().empty());
}

BOOST_AUTO_TEST_CASE(a_disk_that_fails_at_any_call_gives_a_refusal_and_leaves_nothing) {
    for (std::uint64_t nth = 1;; ++nth) {
        World world;
        bool failed = false;
        {
            BodySealer sealer(world.keyring, world.random, world.spool);
            world.files.fail_call(nth);
            for (int i = 0; i < 6 && !failed; ++i) {
                failed = !sealer.append(document(kSegment));
            }
            const auto body = sealer.finish();
            BOOST_TEST((!failed || !body));  // a failure stays a failure
            failed = failed || !body;
        }
        if (!failed) break;
        BOOST_TEST(world.files.paths().empty());
        BOOST_REQUIRE(nth < 100U);
    }
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_a_refusal) {
    World world;
    world.files.limit_space(kSegment);
    BodySealer sealer(world.keyring, world.random, world.spool);
    const auto appended = sealer.append(document(6 * kSegment));
    BOOST_REQUIRE(!appended);
    BOOST_TEST((appended.error().problem == model::Problem::store_unavailable));
}

BOOST_AUTO_TEST_CASE(a_record_opens_whole_and_in_no_other_form) {
    World world;
    const std::string sealed = seal_record(world.keyring, world.random, "consent record");
    BOOST_TEST(open_record(world.keyring, sealed).value() == "consent record");
    BOOST_TEST(open_record(world.keyring, seal_record(world.keyring, world.random, "")).value() ==
               "");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        BOOST_TEST(!open_record(world.keyring, changed));
        BOOST_TEST(!open_record(world.keyring, sealed.substr(0, i)));
    }
}

BOOST_AUTO_TEST_CASE(sweeping_removes_only_spool_files_that_no_message_names) {
    World world;
    const SealedBody kept = world.seal(document(5 * kSegment));
    const SealedBody orphan = world.seal(document(5 * kSegment));
    world.files.change("/spool/README", "not ours");
    MemoryStore store;
    const StoredMessage message{.key = {.id = model::MessageId("m-1")}};
    BOOST_REQUIRE(store.submit(
        [&](Transaction& transaction) { return transaction.insert_message(message, kept); },
        [](const Result<void>&) {}));
    store.commit_group();
    auto view = store.view();
    BOOST_REQUIRE(view);
    BOOST_TEST(sweep_spool(world.spool, **view).value() == 1U);
    BOOST_TEST(!world.files.exists("/spool/" + orphan.spool_file));
    BOOST_TEST((world.open(kept) == document(5 * kSegment)));
    BOOST_TEST(world.files.exists("/spool/README"));
}

BOOST_AUTO_TEST_CASE(a_spool_file_that_cannot_be_removed_is_said) {
    World world;
    const SealedBody orphan = world.seal(document(5 * kSegment));
    MemoryStore store;
    auto view = store.view();
    BOOST_REQUIRE(view);
    world.files.fail_next(tests::FileCall::remove);
    BOOST_TEST(!sweep_spool(world.spool, **view));
    BOOST_TEST(sweep_spool(world.spool, **view).value() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(delivery_state)

BOOST_AUTO_TEST_CASE(every_state_has_a_name_that_leads_back_to_it) {
    for (int i = 0; i <= static_cast<int>(DeliveryState::dead); ++i) {
        const auto state = static_cast<DeliveryState>(i);
        BOOST_TEST((parse_delivery_state(to_string(state)) == state));
        BOOST_TEST(is_settled(state) == (i >= 2));
    }
    BOOST_TEST((to_string(DeliveryState::dead) == "dead"));
    BOOST_TEST(!parse_delivery_state("lost"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::store
