// What a card answers: any bytes are an answer or none, and no card, whatever it answers, gets a
// PIN twice or more than one certificate's worth of commands.
#include <algorithm>
#include <memory>

#include "gateway/card/jpki_card.h"
#include "routing/model/limits.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using fuzz::require;

constexpr unsigned char kVerify = 0x20;
constexpr std::size_t kVerifyBytes = 9;
// Selections, the token's name, the header, the pieces, the tries, the PIN, the signature.
constexpr std::size_t kCommandsMax = 12 + model::limits::kCardCertificateBytesMax / 256;

struct Heard {
    std::size_t commands = 0;
    std::size_t pins = 0;
};

// A card that answers from the input, in pieces that each begin with their length; at its end
// everything is done well and empty.
class ScriptedSession final : public platform::CardSession {
  public:
    ScriptedSession(std::string_view script, Heard& heard) : script_(script), heard_(heard) {}

    std::expected<std::string, platform::CardFailure> transmit(
        const platform::CardCommand& command) override {
        ++heard_.commands;
        const std::string_view bytes = command.bytes();
        const bool verifies = static_cast<unsigned char>(bytes[1]) == kVerify;
        if (verifies && bytes.size() == kVerifyBytes) ++heard_.pins;
        if (script_.empty()) return std::string{"\x90\x00", 2};
        const std::size_t size =
            std::min<std::size_t>(static_cast<unsigned char>(script_[0]), script_.size() - 1);
        std::string answer{script_.substr(1, size)};
        script_.remove_prefix(size + 1);
        return answer;
    }

  private:
    std::string_view script_;
    Heard& heard_;
};

class ScriptedReaders final : public platform::CardReaders {
  public:
    ScriptedReaders(std::string_view script, Heard& heard) : script_(script), heard_(heard) {}

    std::expected<std::vector<platform::CardReader>, platform::CardFailure> list() override {
        return {};
    }
    std::expected<std::unique_ptr<platform::CardSession>, platform::CardFailure> open(
        const std::string& /*reader*/) override {
        return std::make_unique<ScriptedSession>(script_, heard_);
    }

  private:
    std::string_view script_;
    Heard& heard_;
};

void look_at_pieces(std::string_view text) {
    if (const auto response = card::parse_response(text)) {
        std::string again = response->data;
        again.push_back(static_cast<char>(response->status >> 8U));
        again.push_back(static_cast<char>(response->status & 0xFFU));
        require(again == text, "an answer is its data and its status words");
        require(response->data.size() <= card::kResponseDataMax, "its data is bounded");
        const auto tries = card::tries_of(response->status);
        require(!tries || (*tries >= 0 && *tries <= 15), "tries are a nibble");
    }
    if (const auto size = card::certificate_size(text)) {
        require(*size >= card::kDerHeaderBytes && *size <= model::limits::kCardCertificateBytesMax,
                "a certificate's length is bounded");
    }
    (void)card::token_of(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    look_at_pieces(text);
    Heard heard;
    ScriptedReaders readers{text, heard};
    auto opened = card::JpkiCard::open(readers, "reader");
    if (!opened) return 0;
    if (const auto certificate = opened->certificate()) {
        require(card::certificate_size(certificate->substr(0, card::kDerHeaderBytes)) ==
                    certificate->size(),
                "a certificate is as long as it says");
    }
    platform::SecretBytes typed;
    require(typed.append("1234"), "four digits fit");
    auto pin = card::Pin::parse(typed);
    const auto signature = opened->sign({}, std::move(*pin), card::LastTry::may_be_used);
    require(!signature || signature->size() == card::kSignatureBytes, "a signature is whole");
    require(heard.pins <= 1, "a PIN is sent once");
    require(heard.commands <= kCommandsMax, "commands are bounded");
    return 0;
}
