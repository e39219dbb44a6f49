// A card's certificate: what is read, and how it stands before the authorities.
#include <boost/test/unit_test.hpp>
#include <openssl/core_names.h>
#include <openssl/evp.h>

#include "tests/unit/gateway/admission/admission_world.h"

using namespace sekisho;
using namespace std::chrono_literals;
using admission::CardFault;
using admission::CardSerial;
using tests::jpki;
using tests::kToday;
using tests::trust_in;
using tests::with_extension;

namespace {

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };
static_assert(Streamable<std::string> && !Streamable<CardSerial>,
              "a serial must not slip into a log");

const std::string kPolicy{admission::kUserAuthenticationPolicy};

struct Court {
    std::shared_ptr<const admission::JpkiTrust> trust = trust_in({jpki().authority_pem()});

    std::optional<CardFault> fault(const std::string& certificate, model::Instant now = kToday) {
        const auto card = tests::judge(certificate, *trust, now);
        return card ? std::nullopt : std::optional{card.error()};
    }
    std::optional<CardFault> fault_of(const tests::Change& change) {
        return fault(jpki().card(change));
    }
};

identity::PrivateKeyPtr rsa_key(std::size_t bits, unsigned exponent) {
    const std::unique_ptr<EVP_PKEY_CTX, identity::FreeBy<EVP_PKEY_CTX_free>> context{
        EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr)};
    std::array<OSSL_PARAM, 3> wanted{OSSL_PARAM_construct_size_t(OSSL_PKEY_PARAM_RSA_BITS, &bits),
                                     OSSL_PARAM_construct_uint(OSSL_PKEY_PARAM_RSA_E, &exponent),
                                     OSSL_PARAM_construct_end()};
    EVP_PKEY* key = nullptr;
    BOOST_REQUIRE(EVP_PKEY_keygen_init(context.get()) == 1);
    BOOST_REQUIRE(EVP_PKEY_CTX_set_params(context.get(), wanted.data()) == 1);
    BOOST_REQUIRE(EVP_PKEY_generate(context.get(), &key) == 1);
    return identity::PrivateKeyPtr{key};
}

std::optional<CardFault> parse_fault(std::string_view der) {
    const auto parsed = admission::parse_card_certificate(der);
    return parsed ? std::nullopt : std::optional{parsed.error()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(card_certificate)

BOOST_AUTO_TEST_CASE(one_in_der_is_read) {
    BOOST_TEST(!parse_fault(jpki().card()));
}

BOOST_AUTO_TEST_CASE(nothing_or_something_else_is_malformed) {
    BOOST_TEST((parse_fault("") == CardFault::malformed));
    BOOST_TEST((parse_fault("0") == CardFault::malformed));
    BOOST_TEST((parse_fault(tests::pem_of(jpki().card())) == CardFault::malformed));
    BOOST_TEST((parse_fault(std::string(8193, '0')) == CardFault::malformed));
}

BOOST_AUTO_TEST_CASE(a_byte_behind_it_is_malformed) {
    const std::string der = jpki().card();
    BOOST_TEST((parse_fault(der + '\0') == CardFault::malformed));
    BOOST_TEST((parse_fault(der + der) == CardFault::malformed));
}

BOOST_AUTO_TEST_CASE(a_part_of_it_is_malformed) {
    const std::string der = jpki().card();
    for (std::size_t size = 0; size < der.size(); size += 7) {
        BOOST_TEST((parse_fault(std::string_view{der}.substr(0, size)) == CardFault::malformed));
    }
}

// 30 82 LL LL … in DER; in BER also 30 83 00 LL LL …, and 30 80 … 00 00.
BOOST_AUTO_TEST_CASE(another_encoding_of_the_same_is_malformed) {
    const std::string der = jpki().card();
    BOOST_REQUIRE(der.starts_with("\x30\x82"));
    const std::string longer = std::string{"\x30\x83\x00", 3} + der.substr(2);
    const std::string endless = "\x30\x80" + der.substr(4) + std::string(2, '\0');
    BOOST_TEST((parse_fault(longer) == CardFault::malformed));
    BOOST_TEST((parse_fault(endless) == CardFault::malformed));
}

BOOST_AUTO_TEST_CASE(its_serial_and_issuer_name_the_certificate) {
    const CardSerial serial = tests::a_card().serial;
    BOOST_TEST(serial.serial() == "1001");
    BOOST_TEST(serial.issuer() ==
               "OU=Japan Agency for Local Authority Information Systems,"
               "OU=JPKI for user authentication,O=JPKI,C=JP");
    BOOST_TEST((serial != CardSerial{serial.issuer(), "1002"}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(jpki_trust, Court)

BOOST_AUTO_TEST_CASE(a_fit_card_stands) {
    BOOST_TEST(!fault(jpki().card()));
    BOOST_TEST(!fault_of(with_extension(NID_ext_key_usage, "clientAuth")));
    BOOST_TEST(!fault_of(with_extension(NID_key_usage, "critical,digitalSignature")));
    BOOST_TEST(!fault_of(tests::without_extension(NID_basic_constraints)));
}

BOOST_AUTO_TEST_CASE(a_card_signed_by_sha384_stands) {
    BOOST_TEST(!fault(jpki().card({}, EVP_sha384())));
}

BOOST_AUTO_TEST_CASE(a_forged_card_bears_the_authoritys_name_only) {
    BOOST_TEST((fault(tests::next_generation().card()) == CardFault::forged));
}

BOOST_AUTO_TEST_CASE(a_card_of_which_one_bit_was_changed_is_forged) {
    std::string der = jpki().card();
    der.back() = static_cast<char>(der.back() ^ 1);
    BOOST_TEST((fault(der) == CardFault::forged));
    der = jpki().card();
    const std::size_t name = der.find("TEST0000");
    BOOST_REQUIRE(name != std::string::npos);
    der[name] = 'U';
    BOOST_TEST((fault(der) == CardFault::forged));
}

BOOST_AUTO_TEST_CASE(two_generations_of_one_name_stand_side_by_side) {
    const auto both = trust_in({jpki().authority_pem(), tests::next_generation().authority_pem()});
    const auto first = tests::judge(jpki().card(), *both);
    const auto second = tests::judge(tests::next_generation().card(), *both);
    BOOST_REQUIRE(first);
    BOOST_REQUIRE(second);
    BOOST_TEST(tests::der_of(first->authority.get()) == jpki().authority_der());
    BOOST_TEST(tests::der_of(second->authority.get()) == tests::next_generation().authority_der());
}

BOOST_AUTO_TEST_CASE(a_card_of_another_authority_is_told_so) {
    const auto other = platform::issue({.common_name = "another authority",
                                        .key = platform::KeyKind::rsa_2048,
                                        .not_before = kToday - 24h,
                                        .not_after = kToday + 24h,
                                        .authority = true},
                                       nullptr);
    BOOST_REQUIRE(other);
    trust = trust_in({other->certificate_pem});
    BOOST_TEST((fault(jpki().card()) == CardFault::unknown_authority));
}

BOOST_AUTO_TEST_CASE(without_authorities_nobody_stands) {
    trust = trust_in({});
    BOOST_TEST((fault(jpki().card()) == CardFault::unknown_authority));
}

BOOST_AUTO_TEST_CASE(an_expired_card_is_told_so_from_its_last_second) {
    const std::string card = jpki().card(tests::with_validity(kToday - 48h, kToday));
    BOOST_TEST(!fault(card, kToday - 1s));
    BOOST_TEST(!fault(card, kToday - 1ms));
    BOOST_TEST((fault(card, kToday) == CardFault::expired));
}

BOOST_AUTO_TEST_CASE(a_card_not_yet_valid_is_told_so_until_its_first_second) {
    const std::string card = jpki().card(tests::with_validity(kToday, kToday + 48h));
    BOOST_TEST(!fault(card, kToday));
    BOOST_TEST((fault(card, kToday - 1ms) == CardFault::not_yet_valid));
}

BOOST_AUTO_TEST_CASE(a_generation_that_has_run_out_admits_nobody) {
    const auto& past = tests::past_generation();
    trust = trust_in({past.authority_pem(), jpki().authority_pem()});
    BOOST_TEST((fault(past.card()) == CardFault::authority_not_valid));
    BOOST_TEST(!fault(past.card(), kToday - 36h));
    BOOST_TEST(!fault(jpki().card()));
}

BOOST_AUTO_TEST_CASE(a_signing_certificate_is_refused_before_anything_else) {
    const auto signing = with_extension(NID_key_usage, "critical,digitalSignature,nonRepudiation");
    BOOST_TEST((fault_of(signing) == CardFault::signing_certificate));
    BOOST_TEST((fault(tests::next_generation().card(signing)) == CardFault::signing_certificate));
}

BOOST_AUTO_TEST_CASE(a_card_for_another_purpose_is_told_so) {
    for (const char* usage : {"digitalSignature", "critical,keyEncipherment",
                              "critical,digitalSignature,keyEncipherment",
                              "critical,digitalSignature,cRLSign", "critical,decipherOnly"}) {
        BOOST_TEST_CONTEXT(usage) {
            BOOST_TEST(
                (fault_of(with_extension(NID_key_usage, usage)) == CardFault::wrong_purpose));
        }
    }
    BOOST_TEST((fault_of(tests::without_extension(NID_key_usage)) == CardFault::wrong_purpose));
    BOOST_TEST((fault_of(with_extension(NID_ext_key_usage, "serverAuth,anyExtendedKeyUsage")) ==
                CardFault::wrong_purpose));
}

BOOST_AUTO_TEST_CASE(a_card_of_another_policy_is_told_so) {
    const auto policy = [](const std::string& value) {
        return with_extension(NID_certificate_policies, value);
    };
    BOOST_TEST((fault_of(policy("1.2.392.200149.8.5.1.1.20")) == CardFault::wrong_policy));
    BOOST_TEST((fault_of(policy(kPolicy + ".1")) == CardFault::wrong_policy));
    BOOST_TEST((fault_of(policy("2.5.29.32.0")) == CardFault::wrong_policy));
    BOOST_TEST(
        (fault_of(tests::without_extension(NID_certificate_policies)) == CardFault::wrong_policy));
    BOOST_TEST(!fault_of(policy("critical,1.2.3.4," + kPolicy)));
}

BOOST_AUTO_TEST_CASE(the_policies_of_an_authority_are_its_configurations) {
    trust = trust_in({jpki().authority_pem()}, {.policies = {"1.2.3.4", "1.2.3.5"}});
    BOOST_TEST((fault(jpki().card()) == CardFault::wrong_policy));
    BOOST_TEST(!fault_of(with_extension(NID_certificate_policies, "1.2.3.5")));
}

BOOST_AUTO_TEST_CASE(an_authority_and_an_old_version_are_no_cards) {
    BOOST_TEST((fault_of(with_extension(NID_basic_constraints, "critical,CA:TRUE")) ==
                CardFault::unsuitable));
    BOOST_TEST((fault_of([](X509* x509) { X509_set_version(x509, 0); }) == CardFault::unsuitable));
    BOOST_TEST((fault(jpki().authority_der()) == CardFault::unsuitable));
}

BOOST_AUTO_TEST_CASE(a_demand_that_nobody_understands_is_not_passed_over) {
    const auto demanding = [](X509* x509) {
        const std::unique_ptr<ASN1_OBJECT, identity::FreeBy<ASN1_OBJECT_free>> name{
            OBJ_txt2obj("1.2.3.4.5", 1)};
        const std::unique_ptr<ASN1_OCTET_STRING, identity::FreeBy<ASN1_OCTET_STRING_free>> value{
            ASN1_OCTET_STRING_new()};
        ASN1_OCTET_STRING_set(value.get(), reinterpret_cast<const unsigned char*>("\x05\x00"), 2);
        X509_EXTENSION* extension =
            X509_EXTENSION_create_by_OBJ(nullptr, name.get(), 1, value.get());
        X509_add_ext(x509, extension, -1);
        X509_EXTENSION_free(extension);
    };
    BOOST_TEST((fault_of(demanding) == CardFault::unsuitable));
}

BOOST_AUTO_TEST_CASE(a_key_one_bit_short_is_too_weak) {
    const auto key = rsa_key(2047, 65537);
    BOOST_TEST((fault_of(tests::with_key(key.get())) == CardFault::weak_key));
}

BOOST_AUTO_TEST_CASE(a_key_below_its_authoritys_minimum_is_too_weak) {
    trust = trust_in({jpki().authority_pem()}, {.rsa_bits_min = 3072});
    BOOST_TEST((fault(jpki().card()) == CardFault::weak_key));
}

BOOST_AUTO_TEST_CASE(a_key_with_a_small_exponent_is_too_weak) {
    const auto key = rsa_key(2048, 3);
    BOOST_TEST((fault_of(tests::with_key(key.get())) == CardFault::weak_key));
}

BOOST_AUTO_TEST_CASE(a_key_of_another_kind_is_no_cards) {
    const identity::PrivateKeyPtr key{EVP_EC_gen("P-256")};
    BOOST_TEST((fault_of(tests::with_key(key.get())) == CardFault::weak_key));
}

BOOST_AUTO_TEST_CASE(an_authoritys_signature_by_md5_or_sha1_is_too_weak) {
    BOOST_TEST((fault(jpki().card({}, EVP_md5())) == CardFault::weak_signature));
    BOOST_TEST((fault(jpki().card({}, EVP_sha1())) == CardFault::weak_signature));
}

BOOST_AUTO_TEST_CASE(an_authority_is_read_from_pem_or_der) {
    trust = trust_in({jpki().authority_der()});
    BOOST_REQUIRE(trust);
    BOOST_TEST(!fault(jpki().card()));
}

BOOST_AUTO_TEST_CASE(what_is_not_one_authority_is_named_and_nothing_starts) {
    BOOST_TEST(trust_in({""}) == nullptr);
    BOOST_TEST(trust_in({"-----BEGIN CERTIFICATE-----\nnonsense\n"}) == nullptr);
    BOOST_TEST(trust_in({jpki().authority_pem() + tests::next_generation().authority_pem()}) ==
               nullptr);
    BOOST_TEST(trust_in({jpki().card()}) == nullptr);
    tests::MemoryFiles files;
    const auto absent = admission::JpkiTrust::load(files, {{.file = "/jpki-1.cer"}});
    BOOST_TEST(!absent.has_value());
    files.change("/jpki-1.cer", jpki().card());
    const auto unfit = admission::JpkiTrust::load(files, {{.file = "/jpki-1.cer"}});
    BOOST_REQUIRE(!unfit);
    BOOST_TEST(unfit.error().detail.en.find("/jpki-1.cer") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
