// OpenSSL objects with one owner each: what identity and the listener hold of certificates and TLS.
#pragma once

#include <memory>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace sekisho::identity {

template <auto Free>
struct FreeBy {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};

inline void free_chain(STACK_OF(X509) * chain) noexcept {
    sk_X509_pop_free(chain, X509_free);
}

using CertificatePtr = std::unique_ptr<X509, FreeBy<X509_free>>;
using RevocationListPtr = std::unique_ptr<X509_CRL, FreeBy<X509_CRL_free>>;
using ChainPtr = std::unique_ptr<STACK_OF(X509), FreeBy<free_chain>>;
using StorePtr = std::unique_ptr<X509_STORE, FreeBy<X509_STORE_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, FreeBy<X509_STORE_CTX_free>>;
using PrivateKeyPtr = std::unique_ptr<EVP_PKEY, FreeBy<EVP_PKEY_free>>;
using BioPtr = std::unique_ptr<BIO, FreeBy<BIO_free_all>>;
using TlsContextPtr = std::unique_ptr<SSL_CTX, FreeBy<SSL_CTX_free>>;
using TlsPtr = std::unique_ptr<SSL, FreeBy<SSL_free>>;

}  // namespace sekisho::identity
