#include "adapters/peer/secret_file.h"

#include <fstream>
#include <iterator>

namespace sekisho::peer {

std::optional<std::string> read_secret(const std::string& file) {
    constexpr std::size_t kBytesMax = 1024;
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>{stream}, {}};
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    const bool usable = stream && !text.empty() && text.size() <= kBytesMax && !text.contains('\n');
    return usable ? std::optional{std::move(text)} : std::nullopt;
}

std::expected<std::string, TokenTrouble> SecretFile::read(TokenTime now) const {
    auto secret = read_secret(file_);
    if (!secret) return no_token("login: the " + name_ + " file cannot be read");
    if (*secret == refused_ && now < rest_until_)
        return no_token("login: refused a moment ago, not tried again yet");
    return std::move(*secret);
}

void SecretFile::rest(std::string secret, TokenTime now) {
    refused_ = std::move(secret);
    rest_until_ = now + kRefusedSecretRest;
}

}  // namespace sekisho::peer
