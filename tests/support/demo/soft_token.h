// A PKCS#11 token in software (SoftHSM) in a folder of its own, with one key.
#pragma once

#include <string>

#include "tests/support/temporary_folder.h"

namespace sekisho::tests {

class SoftToken {
  public:
    explicit SoftToken(const std::string& key_file);  // PEM, PKCS#8: imported as `gateway`

    // For the environment of whoever uses it: SOFTHSM2_CONF=…
    std::string environment() const { return "SOFTHSM2_CONF=" + configuration(); }
    std::string configuration() const { return folder_ / "softhsm2.conf"; }
    std::string uri(const std::string& object = "gateway") const;
    static std::string module() { return "/usr/lib/softhsm/libsofthsm2.so"; }
    void change_pin(const std::string& pin) const;  // in the file that the URI names

  private:
    TemporaryFolder folder_;
};

}  // namespace sekisho::tests
