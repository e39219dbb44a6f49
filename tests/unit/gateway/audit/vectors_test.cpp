// Vectors of others: what this log computes is what everybody computes. Each was computed anew,
// with another language's SHA-256, from the definitions in RFC 6962 section 2.1 and C2SP
// signed-note.
#include <array>
#include <boost/test/unit_test.hpp>

#include "gateway/audit/checkpoint.h"
#include "gateway/audit/tree_proof.h"
#include "gateway/platform/hex.h"

namespace sekisho::audit {

namespace {

using namespace std::string_view_literals;

// The eight leaves of the Certificate Transparency reference tests (merkle_tree_test), in
// hexadecimal, and the roots of their first so many; the empty tree's first.
constexpr std::array kLeaves{""sv,
                             "00"sv,
                             "10"sv,
                             "2021"sv,
                             "3031"sv,
                             "40414243"sv,
                             "5051525354555657"sv,
                             "606162636465666768696a6b6c6d6e6f"sv};
constexpr std::array kRoots{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"sv,
                            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"sv,
                            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"sv,
                            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"sv,
                            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"sv,
                            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"sv,
                            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"sv,
                            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"sv,
                            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"sv};

// From an index or a size, to a size: the proof's hashes.
struct Proven {
    std::uint64_t from;
    std::uint64_t to;
    std::vector<std::string_view> hashes;
};
const std::vector<Proven> kPaths{
    {0, 1, {}},
    {0,
     8,
     {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
    {5,
     8,
     {"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
    {2, 3, {"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}},
    {1,
     5,
     {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}}};
const std::vector<Proven> kGrowths{
    {1, 1, {}},
    {1,
     8,
     {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
    {6,
     8,
     {"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
    {2,
     5,
     {"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}}};

// Verifier's keys of others: C2SP signed-note's own example, the Go checksum database, and the one
// of that language's note tests.
constexpr std::array kVkeys{
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"sv,
    "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"sv,
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"sv};

std::string leaf_text(std::size_t at) {
    return platform::from_hex_digits(kLeaves.at(at)).value();
}

class KnownRows final : public TreeRows {
  public:
    model::Result<std::vector<model::Sha256>> hashes(unsigned row, std::uint64_t from,
                                                     std::size_t count) override {
        if (row != 0) return model::refuse(model::Problem::internal);
        std::vector<model::Sha256> hashes;
        for (std::size_t i = from; i < from + count; ++i) {
            hashes.push_back(leaf_hash(leaf_text(i)));
        }
        return hashes;
    }
};

std::vector<std::string> in_hex(const std::vector<model::Sha256>& hashes) {
    std::vector<std::string> texts;
    for (const auto& hash : hashes) texts.push_back(model::to_hex(hash));
    return texts;
}

std::vector<std::string> expected(const Proven& proven) {
    return {proven.hashes.begin(), proven.hashes.end()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vectors)

BOOST_AUTO_TEST_CASE(the_roots_of_none_to_eight_leaves_are_the_known_ones) {
    KnownRows rows;
    Frontier frontier;
    for (std::size_t size = 0; size < kRoots.size(); ++size) {
        BOOST_TEST(model::to_hex(frontier.root()) == kRoots.at(size));
        BOOST_TEST(model::to_hex(root_of(rows, size).value()) == kRoots.at(size));
        if (size < kLeaves.size()) frontier.append(leaf_hash(leaf_text(size)));
    }
}

BOOST_AUTO_TEST_CASE(the_audit_paths_are_the_known_ones) {
    KnownRows rows;
    for (const Proven& path : kPaths) {
        BOOST_TEST((in_hex(inclusion_proof(rows, path.from, path.to).value()) == expected(path)),
                   path.from << " in " << path.to);
    }
}

BOOST_AUTO_TEST_CASE(the_consistency_proofs_are_the_known_ones) {
    KnownRows rows;
    for (const Proven& growth : kGrowths) {
        BOOST_TEST(
            (in_hex(consistency_proof(rows, growth.from, growth.to).value()) == expected(growth)),
            growth.from << " to " << growth.to);
    }
}

BOOST_AUTO_TEST_CASE(verifiers_keys_of_others_have_the_ids_that_they_say) {
    for (const std::string_view vkey : kVkeys) {
        const auto key = parse_vkey(vkey);
        BOOST_TEST_REQUIRE(key.has_value(), vkey);
        BOOST_TEST(to_vkey(*key) == vkey);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sekisho::audit
