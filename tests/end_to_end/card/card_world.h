// The real smart card service with the virtual reader of vsmartcard, and virtual cards on it.
//
// pcscd is started with a configuration of the test's own, cards are the program virtual-jpki-card;
// each is ended by its own process id. Everything is waited for by looking at it again, for a
// bounded time.
#pragma once

#include <PCSC/winscard.h>
#include <boost/test/unit_test.hpp>
#include <map>
#include <string>
#include <vector>

#include "gateway/card/jpki_card.h"
#include "gateway/platform/pcsc_readers.h"
#include "tests/support/demo/demo_gateway.h"

namespace sekisho::tests {

class CardWorld {
  public:
    enum class Slot : std::uint8_t { first, second };

    CardWorld();   // with the service running and two empty readers
    ~CardWorld();  // ends everything

    void start_service();
    void stop_service();  // SIGTERM, as an update of the package does it

    // Returns when the card lies on the reader. The same folder is the same card.
    void insert(const std::vector<std::string>& options = {}, Slot slot = Slot::first);
    void take_off(Slot slot = Slot::first);
    bool has_card(Slot slot = Slot::first);
    bool is_slow() const;  // a slow answer is under way, or was
    static std::string reader(Slot slot = Slot::first);
    static std::string card_file(const std::string& name);

    card::Answer<card::JpkiCard> open(Slot slot = Slot::first) {
        return card::JpkiCard::open(readers, reader(slot));
    }
    // Opens again for a bounded time while another still has the card.
    card::Answer<card::JpkiCard> open_soon(Slot slot = Slot::first);
    card::Answer<std::string> sign(const std::string& text);
    // By the openssl program, with the certificate's key.
    bool verifies(const std::string& certificate_pem, const std::string& text,
                  const std::string& signature) const;

    std::string write(const std::string& name, std::string_view text) const;  // its path
    std::string file(const std::string& name) const { return folder_ / name; }

    platform::PcscReaders readers{{.call = std::chrono::seconds{10}}};

  private:
    TemporaryFolder folder_;
    Child service_;
    std::map<Slot, Child> cards_;
};

// Another program's handle on the card: shared, and without any manners.
class RawHandle {
  public:
    explicit RawHandle(const std::string& reader, DWORD share = SCARD_SHARE_SHARED);
    ~RawHandle();  // leaves the card as it is
    RawHandle(const RawHandle&) = delete;
    RawHandle& operator=(const RawHandle&) = delete;

    LONG connected() const { return connected_; }
    unsigned send(std::string_view command) const;  // the status words; 0: none came
    // Whether it may sign now, by itself: selection of the application, of the key, signature.
    bool can_sign() const;
    bool verify_pin(std::string_view digits) const;

  private:
    SCARDCONTEXT context_ = 0;
    SCARDHANDLE card_ = 0;
    LONG connected_ = 0;
};

card::Pin pin_of(std::string_view digits);

}  // namespace sekisho::tests
