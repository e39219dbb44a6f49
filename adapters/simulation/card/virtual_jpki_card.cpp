#include "adapters/simulation/card/virtual_jpki_card.h"

#include <algorithm>
#include <array>

namespace sekisho::simulation {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kApplication = "\xD3\x92\xF0\x00\x26\x01\x00\x00\x00\x01"sv;

constexpr std::uint16_t kSignatureCertificate = 0x0001;
constexpr std::uint16_t kSignatureAuthority = 0x0002;
constexpr std::uint16_t kToken = 0x0006;
constexpr std::uint16_t kAuthenticationCertificate = 0x000A;
constexpr std::uint16_t kAuthenticationAuthority = 0x000B;
constexpr std::uint16_t kAuthenticationKey = 0x0017;
constexpr std::uint16_t kAuthenticationPin = 0x0018;
constexpr std::uint16_t kSignatureKey = 0x001A;
constexpr std::uint16_t kSignaturePin = 0x001B;
constexpr auto kUnreadable =
    std::to_array({kAuthenticationKey, kAuthenticationPin, kSignatureKey, kSignaturePin});

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kSignableBytesMax = 245;  // RSA-2048 less the padding

std::uint16_t word(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at]) << 8U |
                                      static_cast<unsigned char>(bytes[at + 1]));
}

std::string status(unsigned words, std::string data = {}) {
    data.push_back(static_cast<char>(words >> 8U));
    data.push_back(static_cast<char>(words & 0xFFU));
    return data;
}

std::string padded(std::string text) {
    text.resize(kTokenBytes, ' ');
    return text;
}

JpkiWanted wanted_around(std::chrono::system_clock::time_point now) {
    constexpr std::chrono::hours kDay{24};
    return {.not_before = now - kDay, .not_after = now + kDay};
}

}  // namespace

JpkiContents make_jpki_contents(std::chrono::system_clock::time_point now) {
    JpkiContents contents = make_signing_contents(now);
    JpkiWanted wanted = wanted_around(now);
    const KeyAndCertificate authority = make_jpki_authority(wanted);
    contents.authentication_authority = authority.certificate;
    wanted.serial = 2;
    contents.authentication = issue_jpki(wanted, authority);
    return contents;
}

JpkiContents make_signing_contents(std::chrono::system_clock::time_point now) {
    JpkiWanted wanted = wanted_around(now);
    wanted.use = JpkiUse::signature;
    wanted.serial = 2;
    JpkiContents contents;
    const KeyAndCertificate authority = make_jpki_authority(wanted);
    contents.signature_authority = authority.certificate;
    contents.signature = issue_jpki(wanted, authority);
    return contents;
}

VirtualJpkiCard::VirtualJpkiCard(JpkiContents contents)
    : contents_(std::move(contents)),
      files_{{kSignatureCertificate, contents_.signature.certificate},
             {kSignatureAuthority, contents_.signature_authority},
             {kToken, padded(contents_.token)},
             {kAuthenticationCertificate, contents_.authentication.certificate},
             {kAuthenticationAuthority, contents_.authentication_authority}},
      authentication_{.value = contents_.authentication_pin,
                      .tries = kAuthenticationTries,
                      .tries_max = kAuthenticationTries},
      signature_{.value = contents_.signature_pin,
                 .tries = kSignatureTries,
                 .tries_max = kSignatureTries} {}

void VirtualJpkiCard::reset() {
    in_application_ = false;
    file_ = 0;
    authentication_.verified = false;
    signature_.verified = false;
}

// Short APDUs of the four cases of ISO/IEC 7816-3.
bool VirtualJpkiCard::parse(std::string_view bytes, Command& command) {
    constexpr std::size_t kHeader = 4;
    if (bytes.size() < kHeader) return false;
    command.instruction = word(bytes, 0);
    command.parameters = word(bytes, 2);
    const std::string_view body = bytes.substr(kHeader);
    const auto length = [](char c) {
        const auto value = static_cast<unsigned char>(c);
        return value == 0 ? std::size_t{256} : std::size_t{value};
    };
    if (body.empty()) return true;
    if (body.size() == 1) {
        command.le = length(body[0]);
        return true;
    }
    const std::size_t size = static_cast<unsigned char>(body[0]);
    if (size == 0 || body.size() < size + 1 || body.size() > size + 2) return false;
    command.data = body.substr(1, size);
    if (body.size() == size + 2) command.le = length(body[size + 1]);
    return true;
}

std::string VirtualJpkiCard::answer(std::string_view bytes) {
    Command command;
    if (!parse(bytes, command)) return status(0x6700);
    switch (command.instruction) {
        case 0x00A4:
            return select(command);
        case 0x00B0:
            return read(command);
        case 0x0020:
            return verify(command);
        case 0x802A:
            return sign(command);
        default:
            return status((command.instruction >> 8U) == 0 ? 0x6D00U : 0x6E00U);
    }
}

std::string VirtualJpkiCard::select(const Command& command) {
    if (command.parameters == 0x040C) {
        if (command.data != kApplication) return status(0x6A82);
        in_application_ = true;
        file_ = 0;
        return status(0x9000);
    }
    if (command.parameters != 0x020C || command.data.size() != 2) return status(0x6A86);
    const std::uint16_t file = word(command.data, 0);
    const bool known =
        files_.contains(file) || std::ranges::find(kUnreadable, file) != kUnreadable.end();
    if (!in_application_ || !known) return status(0x6A82);
    file_ = file;
    return status(0x9000);
}

std::string VirtualJpkiCard::read(const Command& command) const {
    const auto file = files_.find(file_);
    if (file == files_.end()) return status(0x6986);
    if (file_ == kSignatureCertificate && !signature_.verified) return status(0x6982);
    if (command.le == 0) return status(0x6700);
    const std::size_t offset = command.parameters;
    if (offset >= file->second.size()) return status(0x6B00);
    std::string piece = file->second.substr(offset, command.le);
    const bool short_of = piece.size() < command.le;
    return status(short_of ? 0x6282 : 0x9000, std::move(piece));
}

VirtualJpkiCard::Password* VirtualJpkiCard::selected_password() {
    if (file_ == kAuthenticationPin) return &authentication_;
    if (file_ == kSignaturePin) return &signature_;
    return nullptr;
}

std::string VirtualJpkiCard::verify(const Command& command) {
    Password* password = selected_password();
    if (command.parameters != 0x0080) return status(0x6A86);
    if (password == nullptr) return status(0x6A88);
    const auto tries = [password] { return 0x63C0U | static_cast<unsigned>(password->tries); };
    if (command.data.empty()) return status(tries());  // the question how many are left
    if (password->tries == 0) return status(0x6983);
    password->verified = command.data == password->value;
    if (password->verified) {
        password->tries = password->tries_max;
        return status(0x9000);
    }
    --password->tries;
    return status(tries());
}

std::string VirtualJpkiCard::sign(const Command& command) const {
    const bool authenticates = file_ == kAuthenticationKey;
    if (!authenticates && file_ != kSignatureKey) return status(0x6985);
    const Password& password = authenticates ? authentication_ : signature_;
    if (!password.verified) return status(0x6982);
    if (command.parameters != 0x0080) return status(0x6A86);
    if (command.data.empty() || command.data.size() > kSignableBytesMax) return status(0x6700);
    const KeyAndCertificate& pair = authenticates ? contents_.authentication : contents_.signature;
    return status(0x9000, sign_raw(pair, command.data));
}

}  // namespace sekisho::simulation
