// A yes or a no inside HTTP 200.
//
// The systems of the platform answer a system error with an HTTP status and an error of their
// business with 200 and JSON. So a 200 is a success only where its body says so plainly, names the
// document and gives the number under which it was taken, and a refusal only where it gives its
// code. What cannot be read means nothing: try again. A message of the peer is never kept, it may
// name a person. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/api/adapter.h"
#include "adapters/documents/json.h"

namespace sekisho::peer {

// A peer's words for it.
struct Dialect {
    std::string_view peer{};     // for the record: "the platform"
    std::string_view peer_ja{};  // "介護情報基盤"
    std::string_view verdict{};  // the member that holds it: "result"
    std::string_view yes{};      // "ok"
    std::string_view no{};       // "error"
    std::string_view code{};     // the member with the code of a no: "errorCode"
    std::string_view later{};    // a no whose code begins so is not final: "KJ-9"; empty: none is
    std::string_view number{};   // the member with the number of a yes: "receiptNumber"
    std::string_view number_name{};  // for the record: "receipt"
};

struct Verdict {
    bool yes = false;
    std::string code{};  // of a no
    documents::Json json{};
};

// nullopt where the answer is not the peer's JSON, or says both or neither.
std::optional<Verdict> read_verdict(const Dialect& dialect, std::string_view body);

bool is_later(const Dialect& dialect, const Verdict& verdict);
bool is_code(std::string_view text);  // capitals, digits and hyphens, at most 32
bool is_own_code(std::string_view code, std::string_view prefix);  // "PMH-" and four digits
bool is_final(int status);  // 400, 413, 415, 422: the document itself will not do

// A rejection by a no with this code, and one by a final status.
adapters::Outcome refused(const Dialect& dialect, const std::string& code);
adapters::Outcome refused_by_status(const Dialect& dialect, int status);

// Whether an answer is about this delivery: it gives back its `source`, its `id` and the `sha256`
// of its bytes (lower-case hex). One that does not may be a late answer to another.
bool names(const documents::Json& answer, const adapters::Delivery& delivery);

// 200 with a yes, a number and the delivery's names: delivered. With a no: rejected with its code,
// or retry where it says later. A final status: rejected. Anything else: retry.
adapters::Outcome read_outcome(const Dialect& dialect, const adapters::Delivery& delivery,
                               int status, std::string_view body);

}  // namespace sekisho::peer
