// The person's window (本人の窓): what the portal asks the gateway for a person who is logged in,
// by the published interface and with the portal's certificate.
//
// Each function is one act of the person and answers for a control call, as JSON: "status" as the
// gateway gave it, with "problem" where it refused, or 0 with "trouble" where it gave nothing.
// Whatever the access list says is believed only where it is proven (log_check.h). Threads: any
// number; a call ends after 15 s.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/documents/json.h"
#include "adapters/http/http_client.h"
#include "adapters/ledger/uplink.h"

namespace sekisho::portal_adapter {

class Window {
  public:
    // Whom to ask, and as whom the portal comes; an empty url: nothing is asked. `log_key_file`:
    // the log's verifier keys as they were handed over beforehand, a vkey a line, read at each
    // look; without it the gateway that is checked is asked for them, which shows nothing to a
    // doubter.
    explicit Window(ledger::UplinkOptions gateway, std::string log_key_file = {})
        : gateway_(std::move(gateway)),
          log_key_file_(std::move(log_key_file)),
          client_(gateway_.client) {}

    bool is_named() const { return !gateway_.gateway_url.empty(); }

    // 誰が見たか: {"status", "pinned", "signed", "origin", "size", "proven", "unproven",
    // "accesses": [{at, kind, party, author, actor, role, purpose, type, index, "trouble"}]};
    // "trouble" is empty for what is proven. Nothing is proven by a checkpoint that none of the
    // keys signed. The newest first, a page of the gateway's; `before` an index, those that stand
    // before it in the log.
    documents::Json accesses(const model::Person& person,
                             std::optional<std::int64_t> before = std::nullopt);

    // {"status", "consents": […]} as the gateway tells them.
    documents::Json consents(const model::Person& person);

    // Takes back a consent of that person: {"status", "id"}. 404 for one that is not the person's;
    // the gateway is not told to end it.
    documents::Json withdraw(const model::Person& person, const std::string& consent);

    // The person's own information, "certification.progress": {"status", "data"}. `id` names the
    // question.
    documents::Json ask(const model::Person& person, const std::string& type,
                        const std::string& id);

  private:
    struct Told {
        int status = 0;
        documents::Json json{};
        std::string body{};
        std::string trouble{};
    };
    Told send(http::Request request);
    Told log_keys();
    Told search(const std::string& what, const documents::Json& asked);
    static documents::Json begun(const Told& told);

    const ledger::UplinkOptions gateway_;
    const std::string log_key_file_;
    http::HttpClient client_;
};

}  // namespace sekisho::portal_adapter
