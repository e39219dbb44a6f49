// The catalogue: which information types (情報種別) exist and what the sharing matrix says of each,
// as data.
//
// Built once, at load, from config/catalogue (the rows of the matrix: author, reader by right,
// reader by consent, receiver by filing) and immutable from then on. Rights hang on a party's
// service types and dated attributes; a PartyClass names such a set once ("care-manager": service
// types 43, 32, 33, ...), and the columns of the matrix are party classes. No rule of the matrix
// stands in code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "routing/model/facts.h"
#include "routing/model/identifiers.h"
#include "routing/model/instant.h"
#include "routing/model/party.h"
#include "routing/model/problem.h"
#include "routing/model/protection.h"

namespace sekisho::catalogue {

using ClassName = model::Strong<struct ClassNameTag>;  // "care-manager", "deemed-medical",
                                                       // "insurer", "system:life"

// A column of the matrix. A party belongs when its kind is among `kinds` (empty: any) AND it holds
// one of `service_types` at the moment (empty: none needed) AND, where `deemed` is set, its opt-in
// is in force AND, where `party` is set, it is that very party.
struct PartyClass {
    ClassName name;
    std::vector<model::PartyKind> kinds{};
    std::vector<model::ServiceType> service_types{};
    bool deemed = false;
    std::optional<model::PartyId> party{};
};

enum class Subject : std::uint8_t { none, one, many };  // how many persons a document is about

enum class Grant : std::uint8_t {
    open,           // ○: shared already, no new consent
    consent,        // ◎: shared with the person's consent
    comprehensive,  // ◎ of what no kind of consent names: a comprehensive one covers it (包括同意)
};

// One ○ or ◎ of the matrix. Readers other than the person's own insurer and the portal must be
// registered as responsible for the person; `own_insurer` and `portal` are the two exceptions and
// are named by their class.
struct Reader {
    ClassName who;
    Grant grant = Grant::open;
    bool registered = true;            // must be registered as responsible
    bool by_card = false;              // and that by card, not by document
    bool card_each_visit = false;      // and the card was shown at this very visit (来所のつど)
    bool own_insurer = false;          // only where the party is the person's insurer
    std::vector<model::Role> roles{};  // the human's qualification (職種); empty: any
    bool enabled = true;               // a switch: cells whose reading of the matrix is unsettled
    std::vector<std::string> withheld{};  // members of the records that this reader is not shown
};

struct InformationType {
    model::TypeId id;
    std::string name_ja{};
    Subject subject = Subject::one;
    std::vector<model::Purpose> purposes{};  // the first is the default
    std::vector<ClassName> authors{};
    std::vector<ClassName> carriers{};      // who may carry it for its author, given a mandate
    std::vector<ClassName> filed_to{};      // receivers by filing: no consent involved
    std::vector<ClassName> handed_on_by{};  // of these, carriers with whom it is only on its way
    std::vector<ClassName> never_to{};
    std::vector<Reader> readers{};
    std::optional<model::ConsentKind> consent_kind{};
    std::vector<model::ZoneName> zones{};  // where it may come in; empty: anywhere
    std::vector<model::FormatName>
        formats{};  // accepted dataschema names; empty: not submitted to the gateway
    std::vector<model::DocumentKind> holds{};  // of the kinds its formats tell apart, those it is
    std::optional<model::TypeId> asks_for{};   // of a request: the type that it waits for
    bool gated = false;                        // by the insurer's rollout
    bool queried = false;                      // jp.sekisho.query.<id> exists
    bool internal = false;                     // asked by the gateway for a party, never by it
    bool held_elsewhere = false;               // never stored in the platform: a query is told so
    std::uint64_t body_bytes_max = 0;          // 0: the general limit
    std::uint32_t retention_days = 0;
};

// A network (接続口の区分) whose traffic must be protected by more than TLS.
struct Network {
    model::ZoneName zone;
    std::vector<model::Protection> protected_by{};  // by one of these
};

// Who records consent (同意の取得) besides the person's own insurer, who always may. Empty: nobody.
struct ConsentRules {
    ClassName on_behalf{};      // for the municipality, until it has asked the person itself
    ClassName person{};         // speaks for the person: refuses and withdraws
    bool person_gives = false;  // a switch: whether the person may give it there too
};

class Catalogue {
  public:
    Catalogue() = default;

    // Checks that every class a type or the consent rules name exists, that who hands a type on
    // carries and is given it, that ids and the networks' zones are unique, and that purposes and a
    // network's protections are not empty.
    static model::Result<Catalogue> build(std::vector<PartyClass> classes,
                                          std::vector<InformationType> types,
                                          ConsentRules consent = {},
                                          std::vector<Network> networks = {});

    const InformationType* find(const model::TypeId& id) const;
    bool belongs(const model::Party& party, const ClassName& name, model::Instant at) const;
    bool belongs_to_any(const model::Party& party, const std::vector<ClassName>& names,
                        model::Instant at) const;
    const std::vector<InformationType>& types() const {
        return types_;
    }  // in the order of the data
    const std::vector<PartyClass>& classes() const { return class_rows_; }
    const ConsentRules& consent() const { return consent_; }
    const std::vector<Network>& networks() const { return networks_; }
    // Whether what came in there under that protection may be believed to come from there. A zone
    // without a row needs none.
    bool protects(const model::ZoneName& zone, model::Protection protected_by) const;

  private:
    std::vector<PartyClass> class_rows_;
    std::vector<InformationType> types_;
    ConsentRules consent_;
    std::vector<Network> networks_;
    std::unordered_map<ClassName, std::size_t> class_index_;
    std::unordered_map<model::TypeId, std::size_t> type_index_;
};

}  // namespace sekisho::catalogue
