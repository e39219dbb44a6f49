// The password of the authentication certificate (利用者証明用パスワード): four digits.
//
// It lives in cleansed memory, is not copied and has no way to be printed. Its shape is looked at
// here, before anything is sent: a card counts a password of the wrong length as a wrong try, and
// takes an empty one as the question how many tries are left.
#pragma once

#include <optional>
#include <string>

#include "gateway/platform/secret_bytes.h"
#include "routing/model/problem.h"

namespace sekisho::card {

class Pin {
  public:
    static constexpr std::size_t kDigits = 4;

    // nullopt where these are not exactly four ASCII digits.
    static std::optional<Pin> parse(const platform::SecretBytes& typed);

    // At the end of a command that is being built.
    [[nodiscard]] bool append_to(platform::SecretBytes& command) const {
        return command.append(digits_.bytes());
    }

  private:
    explicit Pin(platform::SecretBytes digits) : digits_(std::move(digits)) {}
    platform::SecretBytes digits_;
};

// What whoever types it is asked, and what is said of another thing typed.
std::string pin_question(int tries_left);
model::Text not_a_pin();

}  // namespace sekisho::card
