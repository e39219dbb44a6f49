#include "adapters/simulation/card/card_folder.h"

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <unistd.h>

namespace sekisho::simulation {

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in) throw std::runtime_error(path.string() + " cannot be read");
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// For its owner alone from the first byte on.
void write(const fs::path& path, const std::string& text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool written =
        file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (file >= 0) ::close(file);
    if (!written) throw std::runtime_error(path.string() + " cannot be written");
}

void write_pair(const fs::path& folder, const std::string& name, const KeyAndCertificate& pair,
                const std::string& authority) {
    write(folder / (name + "-ca.pem"), pem_of_certificate(authority));
    write(folder / (name + ".key"), pem_of_key(pair));
    write(folder / (name + ".pem"), pem_of_certificate(pair.certificate));
}

KeyAndCertificate read_pair_of(const fs::path& folder, const std::string& name) {
    return read_pair(text_of(folder / (name + ".pem")), text_of(folder / (name + ".key")));
}

JpkiContents read_or_make(const fs::path& path, std::chrono::system_clock::time_point now) {
    if (!fs::exists(path / "authentication.pem")) {
        fs::create_directories(path);
        const JpkiContents made = make_jpki_contents(now);
        write_pair(path, "signature", made.signature, made.signature_authority);
        write_pair(path, "authentication", made.authentication, made.authentication_authority);
        return made;
    }
    JpkiContents contents;
    contents.authentication = read_pair_of(path, "authentication");
    contents.authentication_authority = der_of_certificate(text_of(path / "authentication-ca.pem"));
    contents.signature = read_pair_of(path, "signature");
    contents.signature_authority = der_of_certificate(text_of(path / "signature-ca.pem"));
    return contents;
}

template <class Read>
FoundCard told(const fs::path& folder, Read read) {
    try {
        return read();
    } catch (const std::exception& trouble) {
        return std::unexpected(folder.string() + ": " + trouble.what());
    }
}

}  // namespace

FoundCard card_of_folder(const std::string& folder, std::chrono::system_clock::time_point now) {
    return told(folder, [&] { return read_or_make(folder, now); });
}

FoundCard card_of_pki(const std::string& pki_folder, const std::string& name,
                      std::chrono::system_clock::time_point now) {
    const fs::path path{pki_folder};
    return told(path, [&] {
        JpkiContents contents = make_signing_contents(now);
        contents.authentication = read_pair_of(path, name);
        contents.authentication_authority = der_of_certificate(text_of(path / "jpki-auth-ca.pem"));
        return contents;
    });
}

}  // namespace sekisho::simulation
