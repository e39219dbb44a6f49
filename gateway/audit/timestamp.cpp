#include "gateway/audit/timestamp.h"

#include <array>
#include <openssl/ts.h>

#include "gateway/platform/crypto.h"
#include "gateway/platform/openssl_owned.h"

namespace sekisho::audit {

using model::Result;
using platform::must;
using platform::octets;
using platform::Owned;

namespace {

using OwnedRequest = Owned<TS_REQ, TS_REQ_free>;
using OwnedResponse = Owned<TS_RESP, TS_RESP_free>;
using OwnedImprint = Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free>;
using OwnedAlgorithm = Owned<X509_ALGOR, X509_ALGOR_free>;
using OwnedVerification = Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;
using OwnedStore = Owned<X509_STORE, X509_STORE_free>;

constexpr std::size_t kNonceBytes = 8;

std::unexpected<model::Refusal> wrong(std::string ja, std::string en) {
    return model::refuse(model::Problem::digest_mismatch, {.ja = "時刻の証明: " + std::move(ja),
                                                           .en = "timestamp: " + std::move(en)});
}

OwnedImprint imprint_of(std::string_view note) {
    const model::Sha256 digest = platform::sha256(note);
    OwnedImprint imprint(TS_MSG_IMPRINT_new());
    const OwnedAlgorithm algorithm(X509_ALGOR_new());
    must(imprint && algorithm, "TS_MSG_IMPRINT_new");
    must(X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
             TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
             TS_MSG_IMPRINT_set_msg(imprint.get(), const_cast<unsigned char*>(digest.data()),
                                    static_cast<int>(digest.size())) == 1,
         "TS_MSG_IMPRINT_set_msg");
    return imprint;
}

std::string to_der(const TS_REQ* request) {
    unsigned char* bytes = nullptr;
    const int size = i2d_TS_REQ(request, &bytes);
    must(size > 0, "i2d_TS_REQ");
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

// The whole of it and nothing behind it; null otherwise.
OwnedResponse parse_response(std::string_view der) {
    const unsigned char* at = octets(der);
    OwnedResponse response(d2i_TS_RESP(nullptr, &at, static_cast<long>(der.size())));
    if (response && at != octets(der) + der.size()) response.reset();
    ERR_clear_error();
    return response;
}

OwnedRequest parse_request(std::string_view der) {
    const unsigned char* at = octets(der);
    OwnedRequest request(d2i_TS_REQ(nullptr, &at, static_cast<long>(der.size())));
    must(request != nullptr, "d2i_TS_REQ");
    return request;
}

// Null where there is no certificate in it.
OwnedStore store_of(const std::string& anchors) {
    OwnedStore store(X509_STORE_new());
    must(store != nullptr, "X509_STORE_new");
    const auto bio = platform::reading(anchors);
    int read = 0;
    while (const platform::OwnedCertificate anchor{
        PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        must(X509_STORE_add_cert(store.get(), anchor.get()) == 1, "X509_STORE_add_cert");
        ++read;
    }
    ERR_clear_error();
    if (read == 0) store.reset();
    return store;
}

Result<model::Instant> time_of(TS_RESP* response) {
    TS_TST_INFO* info = TS_RESP_get_tst_info(response);
    std::tm parts{};
    if (info == nullptr || ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &parts) != 1) {
        ERR_clear_error();
        return wrong("時刻が読めません", "its time cannot be read");
    }
    return model::Instant{std::chrono::seconds{::timegm(&parts)}};
}

// What OpenSSL says last is what matters.
std::string last_error() {
    const char* reason = ERR_reason_error_string(ERR_peek_last_error());
    std::string text = reason == nullptr ? "it does not hold" : reason;
    ERR_clear_error();
    return text;
}

// As of when the chain is judged: now, or when the response says that it was made.
enum class AsOf : std::uint8_t { now, its_own_time };

Result<model::Instant> verify(OwnedVerification demands, std::string_view response,
                              const std::string& anchors, AsOf as_of) {
    OwnedStore store = store_of(anchors);
    if (!store) return wrong("信頼する証明書がありません", "no anchor can be read");
    const OwnedResponse parsed = parse_response(response);
    if (!parsed) return wrong("応答がDERではありません", "the response is no DER of one");
    auto time = time_of(parsed.get());
    if (!time) return time;
    if (as_of == AsOf::its_own_time) {
        const auto seconds =
            std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch());
        X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), seconds.count());
    }
    TS_VERIFY_CTX_add_flags(demands.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE);
    must(TS_VERIFY_CTX_set_store(demands.get(), store.release()) != nullptr,
         "TS_VERIFY_CTX_set_store");
    ERR_clear_error();
    if (TS_RESP_verify_response(demands.get(), parsed.get()) != 1) {
        const std::string why = last_error();
        return wrong(why, why);
    }
    return time;
}

}  // namespace

TimestampRequest timestamp_request(std::string note, platform::Random& random) {
    const OwnedRequest request(TS_REQ_new());
    must(request != nullptr, "TS_REQ_new");
    std::array<std::uint8_t, kNonceBytes> bytes{};
    random.fill(bytes);
    const platform::OwnedBignum number(
        BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    const platform::OwnedInteger nonce(BN_to_ASN1_INTEGER(number.get(), nullptr));
    must(nonce != nullptr, "BN_to_ASN1_INTEGER");
    must(TS_REQ_set_version(request.get(), 1) == 1 &&
             TS_REQ_set_msg_imprint(request.get(), imprint_of(note).get()) == 1 &&
             TS_REQ_set_nonce(request.get(), nonce.get()) == 1 &&
             TS_REQ_set_cert_req(request.get(), 1) == 1,
         "TS_REQ_set");
    return {.der = to_der(request.get()), .note = std::move(note)};
}

Result<model::Instant> check_response(const TimestampRequest& request, std::string_view response,
                                      const std::string& anchors) {
    const OwnedRequest asked = parse_request(request.der);
    OwnedVerification demands(TS_REQ_to_TS_VERIFY_CTX(asked.get(), nullptr));
    must(demands != nullptr, "TS_REQ_to_TS_VERIFY_CTX");
    return verify(std::move(demands), response, anchors, AsOf::now);
}

Result<model::Instant> check_timestamp(std::string_view note, std::string_view response,
                                       const std::string& anchors) {
    OwnedVerification demands(TS_VERIFY_CTX_new());
    const model::Sha256 digest = platform::sha256(note);
    auto* imprint = static_cast<unsigned char*>(OPENSSL_memdup(digest.data(), digest.size()));
    must(demands != nullptr && imprint != nullptr, "TS_VERIFY_CTX_new");
    TS_VERIFY_CTX_add_flags(demands.get(), TS_VFY_IMPRINT);
    must(TS_VERIFY_CTX_set_imprint(demands.get(), imprint, static_cast<long>(digest.size())) !=
             nullptr,
         "TS_VERIFY_CTX_set_imprint");
    return verify(std::move(demands), response, anchors, AsOf::its_own_time);
}

}  // namespace sekisho::audit
