// Certificates with the profile of the JPKI (公的個人認証), their keys, and their authorities: made
// when they are asked for, of nobody, and trusted by nobody but who made them.
//
// User authentication: issuer C=JP, O=JPKI, OU=JPKI for user authentication, OU=Japan Agency for
// Local Authority Information Systems; key usage digitalSignature, critical; policy
// 1.2.392.200149.8.5.1.3.30; issuer alternative name C=JP, O=公的個人認証サービス; a subject that
// says nothing of the person. Signature: OU=JPKI for digital signature, nonRepudiation beside,
// policy
// ...1.1.20, and a made-up name in the subject alternative name. All RSA-2048 with SHA-256.
//
// For this room and for tests: where OpenSSL fails these throw std::runtime_error.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace sekisho::simulation {

struct KeyAndCertificate {
    std::shared_ptr<evp_pkey_st> key;
    std::string certificate{};  // DER
};

enum class JpkiUse : std::uint8_t { authentication, signature };

struct JpkiWanted {
    JpkiUse use = JpkiUse::authentication;
    std::uint64_t serial = 1;
    std::chrono::system_clock::time_point not_before{};
    std::chrono::system_clock::time_point not_after{};
};

KeyAndCertificate make_jpki_authority(const JpkiWanted& wanted);
KeyAndCertificate issue_jpki(const JpkiWanted& wanted, const KeyAndCertificate& authority);

std::string pem_of_certificate(const std::string& der);
std::string pem_of_key(const KeyAndCertificate& pair);
// Throws std::runtime_error where these are none.
KeyAndCertificate read_pair(const std::string& certificate_pem, const std::string& key_pem);
std::string der_of_certificate(const std::string& pem);

// A raw RSA operation with PKCS #1 v1.5 padding over whatever is given, as the card does it.
std::string sign_raw(const KeyAndCertificate& pair, std::string_view digest_info);

}  // namespace sekisho::simulation
