#include "gateway/listener/tls_context.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include "adapters/tokens/token_key.h"
#include "gateway/identity/certificate.h"
#include "gateway/listener/staple.h"
#include "gateway/listener/visitor.h"

namespace sekisho::listener {

namespace {

using identity::BioPtr;
using identity::CertificatePtr;
using identity::TlsContextPtr;

constexpr std::size_t kCredentialBytesMax = std::size_t{1024} * 1024;
constexpr const char* kGroups = "X25519:P-256:P-384";
constexpr const char* kSuites =
    "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";
constexpr const char* kClientSignatures =
    "ecdsa_secp256r1_sha256:ecdsa_secp384r1_sha384:"
    "rsa_pss_rsae_sha256:rsa_pss_rsae_sha384:rsa_pss_rsae_sha512:"
    "rsa_pss_pss_sha256:rsa_pss_pss_sha384:rsa_pss_pss_sha512";

int judge_chain(X509_STORE_CTX* context, void*) {
    auto* tls = static_cast<SSL*>(
        X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto* visitor = static_cast<Visitor*>(SSL_get_app_data(tls));
    const bool known =
        visitor->see(X509_STORE_CTX_get0_cert(context), X509_STORE_CTX_get0_untrusted(context));
    X509_STORE_CTX_set_error(context,
                             known ? X509_V_OK : X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
    return known ? 1 : 0;
}

void set_clients(SSL_CTX* context, Clients clients) {
    if (clients == Clients::anonymous) {
        SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
        return;
    }
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    SSL_CTX_set_cert_verify_callback(context, judge_chain, nullptr);
}

bool set_terms(SSL_CTX* context, Clients clients) {
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION |
                                     SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    set_clients(context, clients);
    return SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1 &&
           SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1 &&
           SSL_CTX_set_num_tickets(context, 0) == 1 &&
           SSL_CTX_set_max_early_data(context, 0) == 1 &&
           SSL_CTX_set1_groups_list(context, kGroups) == 1 &&
           SSL_CTX_set_ciphersuites(context, kSuites) == 1 &&
           SSL_CTX_set1_client_sigalgs_list(context, kClientSignatures) == 1;
}

// Copies the answer, which OpenSSL frees.
int hand_staple(SSL* tls, void* held) {
    const auto own = identity::read_certificate(SSL_get_certificate(tls)).fingerprint;
    const auto answer = static_cast<const Staple*>(held)->of(own);
    if (!answer) return SSL_TLSEXT_ERR_NOACK;
    void* copy = OPENSSL_memdup(answer->data(), answer->size());
    if (copy == nullptr) return SSL_TLSEXT_ERR_NOACK;
    SSL_set_tlsext_status_ocsp_resp(tls, copy, static_cast<long>(answer->size()));
    return SSL_TLSEXT_ERR_OK;
}

void set_staple(SSL_CTX* context, const Staple* staple) {
    if (staple == nullptr) return;
    SSL_CTX_set_tlsext_status_cb(context, hand_staple);
    SSL_CTX_set_tlsext_status_arg(context, const_cast<Staple*>(staple));
}

bool use_certificates(SSL_CTX* context, const std::string& pem) {
    const BioPtr bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    const CertificatePtr own{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
    if (!own || SSL_CTX_use_certificate(context, own.get()) != 1) return false;
    while (CertificatePtr above{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        if (SSL_CTX_add1_chain_cert(context, above.get()) != 1) return false;
    }
    ERR_clear_error();
    return true;
}

bool use_key(SSL_CTX* context, const tokens::TokenKey& key) {
    return key && SSL_CTX_use_PrivateKey(context, key.get()) == 1 &&
           SSL_CTX_check_private_key(context) == 1;
}

std::unexpected<model::Refusal> unusable(const std::string& file) {
    ERR_clear_error();
    return model::refuse(model::Problem::internal,
                         {.ja = "サーバー証明書または鍵を使えません: " + file,
                          .en = "the server's certificate or key cannot be used: " + file});
}

model::Result<tokens::TokenKey> key_of(platform::Files& files, const ServerCredentials& own) {
    if (tokens::is_token_key(own.key_file)) {
        return tokens::load_token_key(own.key_file, own.token_module);
    }
    const auto pem = files.read(own.key_file, kCredentialBytesMax);
    if (!pem) return unusable(own.key_file);
    const BioPtr bio{BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size()))};
    return tokens::TokenKey{PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr),
                            [](EVP_PKEY* key) { EVP_PKEY_free(key); }};
}

// As it may be told: a URI may hold a PIN.
std::string name_of_key(const ServerCredentials& own) {
    return tokens::is_token_key(own.key_file) ? "pkcs11" : own.key_file;
}

}  // namespace

model::Result<std::shared_ptr<const TlsContext>> TlsContext::load(platform::Files& files,
                                                                  const ServerCredentials& own) {
    const auto certificate = files.read(own.certificate_file, kCredentialBytesMax);
    if (!certificate) return unusable(own.certificate_file);
    const auto key = key_of(files, own);
    if (!key) return std::unexpected(key.error());
    TlsContextPtr context{SSL_CTX_new(TLS_server_method())};
    if (!context || !set_terms(context.get(), own.clients)) return unusable("TLS 1.3");
    if (!use_certificates(context.get(), *certificate)) return unusable(own.certificate_file);
    if (!use_key(context.get(), *key)) return unusable(name_of_key(own));
    set_staple(context.get(), own.staple);
    return std::shared_ptr<const TlsContext>{new TlsContext{std::move(context)}};
}

identity::TlsPtr TlsContext::open(int descriptor, Visitor& visitor) const {
    identity::TlsPtr tls{SSL_new(context_.get())};
    if (!tls || SSL_set_fd(tls.get(), descriptor) != 1) return nullptr;
    SSL_set_app_data(tls.get(), &visitor);
    SSL_set_accept_state(tls.get());
    return tls;
}

}  // namespace sekisho::listener
