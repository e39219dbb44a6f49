#include "adapters/simulation/day/card_counter.h"

#include <array>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/x509.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "adapters/documents/base64.h"
#include "adapters/simulation/card/smart_card_service.h"

namespace sekisho::simulation {

using documents::Json;

namespace {

constexpr std::string_view kPin = "1234";  // of every virtual card
constexpr int kPinDescriptor = 3;
constexpr std::size_t kSocketPathMax = 107;  // of sockaddr_un, without its last NUL

class Pipe {
  public:
    Pipe() {
        if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
    }
    ~Pipe() {
        close(0);
        close(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    int out() const { return ends_[0]; }
    int in() const { return ends_[1]; }
    void close_in() { close(1); }

  private:
    void close(std::size_t end) {
        if (ends_[end] >= 0) ::close(ends_[end]);
        ends_[end] = -1;
    }
    std::array<int, 2> ends_{-1, -1};
};

// Of a path too long for a socket's address, the way from where we stand may not be.
std::string socket_in(const std::string& demo_folder) {
    std::string path = demo_folder + "/run/pcscd/pcscd.comm";
    if (path.size() <= kSocketPathMax) return path;
    std::error_code trouble;
    return std::filesystem::proximate(path, trouble).string();
}

std::string program_beside_this() {
    std::error_code trouble;
    return std::filesystem::read_symlink("/proc/self/exe", trouble).parent_path() / "sekisho";
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
    std::vector<char*> pointers;
    pointers.reserve(words.size() + 1);
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers;
}

std::string all_of(int descriptor) {
    std::string text;
    std::array<char, 4096> piece{};
    for (ssize_t count = 0; (count = ::read(descriptor, piece.data(), piece.size())) > 0;)
        text.append(piece.data(), static_cast<std::size_t>(count));
    return text;
}

// What it wrote on standard output; on standard error alike. nullopt where it cannot be run.
std::optional<std::string> run(std::vector<std::string> words, std::vector<std::string> variables) {
    for (char** own = environ; *own != nullptr; ++own) variables.emplace_back(*own);
    Pipe output;
    Pipe pin;
    if (::write(pin.in(), kPin.data(), kPin.size()) != static_cast<ssize_t>(kPin.size()))
        return std::nullopt;
    pin.close_in();
    posix_spawn_file_actions_t actions{};
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, output.in(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output.in(), STDERR_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, pin.out(), kPinDescriptor);
    pid_t child = -1;
    const int failed = ::posix_spawn(&child, words.front().c_str(), &actions, nullptr,
                                     pointers_to(words).data(), pointers_to(variables).data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) return std::nullopt;
    output.close_in();
    std::string text = all_of(output.out());
    ::waitpid(child, nullptr, 0);
    return text;
}

std::string one_line(std::string text) {
    for (char& c : text) c = c == '\n' ? ' ' : c;
    return text;
}

struct OpenSslEnd {
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIGNUM* number) const { BN_free(number); }
    void operator()(BIO* bio) const { BIO_free_all(bio); }
    void operator()(char* text) const { OPENSSL_free(text); }
};
template <class T>
using Owned = std::unique_ptr<T, OpenSslEnd>;

// RFC 2253, characters beyond ASCII as they are.
std::string issuer_of(const X509* certificate) {
    constexpr unsigned long kForm =
        XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    const Owned<BIO> bio{BIO_new(BIO_s_mem())};
    X509_NAME_print_ex(bio.get(), X509_get_issuer_name(certificate), 0, kForm);
    char* begin = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &begin);
    return {begin, static_cast<std::size_t>(size)};
}

}  // namespace

CardCounter::CardCounter(const std::string& demo_folder)
    : socket_(socket_in(demo_folder)), program_(program_beside_this()) {}

std::expected<Json, std::string> CardCounter::sign(std::size_t reader,
                                                   const Json& challenge) const {
    const auto output = run(
        {program_, "card", "sign", "--json", "--reader", std::string{kVirtualReaders.at(reader)},
         "--id", std::string{challenge.string_at("id").value_or("")}, "--challenge",
         std::string{challenge.string_at("challenge").value_or("")}, "--pin-fd",
         std::to_string(kPinDescriptor)},
        {"PCSCLITE_CSOCK_NAME=" + socket_});
    if (!output) return std::unexpected(program_ + " cannot be run");
    auto evidence = documents::parse_json(*output);
    if (!evidence || !evidence->string_at("signature"))
        return std::unexpected("no signature: " + one_line(*output));
    return std::move(*evidence);
}

Json card_named(std::string_view certificate) {
    const auto der = documents::from_base64(certificate);
    if (!der) return {};
    const auto* cursor = reinterpret_cast<const unsigned char*>(der->data());
    const Owned<X509> parsed{d2i_X509(nullptr, &cursor, static_cast<long>(der->size()))};
    if (!parsed) return {};
    const Owned<BIGNUM> number{ASN1_INTEGER_to_BN(X509_get0_serialNumber(parsed.get()), nullptr)};
    const Owned<char> digits{number ? BN_bn2hex(number.get()) : nullptr};
    if (!digits) return {};
    return Json::object()
        .set("issuer", issuer_of(parsed.get()))
        .set("serial", std::string{digits.get()});
}

}  // namespace sekisho::simulation
