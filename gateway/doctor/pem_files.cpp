#include "gateway/doctor/pem_files.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <utility>

#include "gateway/identity/certificate.h"
#include "routing/model/limits.h"

namespace sekisho::doctor {

namespace {

using identity::BioPtr;
using identity::CertificatePtr;
using identity::PrivateKeyPtr;
using identity::RevocationListPtr;

BioPtr reading(const std::string& text) {
    return BioPtr{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

std::unexpected<model::Text> no(std::string ja, std::string en) {
    ERR_clear_error();
    return std::unexpected(model::Text{.ja = std::move(ja), .en = std::move(en)});
}

Read<std::string> bytes_of(platform::Files& files, const std::string& path) {
    auto bytes = files.read(path, model::limits::kRevocationListBytesMax);
    if (!bytes) return std::unexpected(bytes.error().detail);
    return std::move(*bytes);
}

// What a file holds, one object after the other, to its end.
template <class Owned, class Next>
std::vector<Owned> all_of(const std::string& text, Next next) {
    ERR_clear_error();
    const BioPtr bio = reading(text);
    std::vector<Owned> found;
    while (Owned one{next(bio.get())}) found.push_back(std::move(one));
    const unsigned long error = ERR_peek_last_error();
    ERR_clear_error();
    const bool at_end =
        ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
    if (!at_end) found.clear();
    return found;
}

std::string printed(const X509_NAME* name, unsigned long form) {
    const BioPtr bio{BIO_new(BIO_s_mem())};
    X509_NAME_print_ex(bio.get(), name, 0, form);
    char* begin = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &begin);
    return size > 0 ? std::string(begin, static_cast<std::size_t>(size)) : std::string{};
}

}  // namespace

Read<std::vector<CertificatePtr>> read_certificates(platform::Files& files,
                                                    const std::string& path) {
    const auto bytes = bytes_of(files, path);
    if (!bytes) return std::unexpected(bytes.error());
    auto found = all_of<CertificatePtr>(
        *bytes, [](BIO* bio) { return PEM_read_bio_X509(bio, nullptr, nullptr, nullptr); });
    if (found.empty()) return no("PEM の証明書として読めません", "this is no certificate in PEM");
    return found;
}

Read<PrivateKeyPtr> read_key(platform::Files& files, const std::string& path) {
    const auto bytes = bytes_of(files, path);
    if (!bytes) return std::unexpected(bytes.error());
    const BioPtr bio = reading(*bytes);
    // A passphrase is asked of nobody.
    const auto without = [](char*, int, int, void*) { return -1; };
    PrivateKeyPtr key{PEM_read_bio_PrivateKey(bio.get(), nullptr, without, nullptr)};
    if (!key) return no("鍵として読めません", "this is no private key without a passphrase");
    return key;
}

Read<std::vector<RevocationListPtr>> read_lists(platform::Files& files, const std::string& path) {
    const auto bytes = bytes_of(files, path);
    if (!bytes) return std::unexpected(bytes.error());
    auto found = all_of<RevocationListPtr>(
        *bytes, [](BIO* bio) { return PEM_read_bio_X509_CRL(bio, nullptr, nullptr, nullptr); });
    if (found.empty())
        return no("PEM の失効リストとして読めません", "this is no revocation list in PEM");
    return found;
}

std::string name_of(const X509_NAME* name) {
    return printed(name, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
}

std::string ike_name_of(const X509_NAME* name) {
    return printed(name, XN_FLAG_SEP_CPLUS_SPC | ASN1_STRFLGS_UTF8_CONVERT);
}

model::Period validity_of(const X509& certificate) {
    return {.from = identity::instant_of(X509_get0_notBefore(&certificate)),
            .until = identity::instant_of(X509_get0_notAfter(&certificate))};
}

std::optional<unsigned> mode_of(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) return std::nullopt;
    return static_cast<unsigned>(status.st_mode);
}

Verdict unreadable(const model::Text& why) {
    return {.state = State::fault,
            .what = {.ja = "使えません: " + why.ja, .en = "it cannot be used: " + why.en},
            .next = {.ja = "運用者がファイルと、ゲートウェイの利用者の権限を確かめてください",
                     .en = "the operator looks at the file, and at what the gateway's user may "
                           "read"}};
}

}  // namespace sekisho::doctor
