// From CloudEvents attributes to an Envelope: text becomes typed values here, once.
//
// Shapes: the table "Messages" of the published interface. Missing, malformed or contradictory
// attributes are refused with the attribute's name as the located field; types and purposes are
// checked against the catalogue, so what comes out has a type that exists, a purpose it allows, and
// the persons its subject demands.
#pragma once

#include "gateway/exchange/arrival.h"
#include "routing/catalogue/catalogue.h"

namespace sekisho::exchange {

model::Result<model::Envelope> read_envelope(const Attributes& attributes,
                                             const model::Speaker& speaker,
                                             const catalogue::Catalogue& catalogue,
                                             model::Intent intent);

}  // namespace sekisho::exchange
