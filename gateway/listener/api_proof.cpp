// GET /v1/keys and GET /v1/openapi.json: what anyone needs to check and to use the rest.
#include "gateway/listener/api_requests.h"
#include "gateway/listener/openapi_document.h"

namespace sekisho::listener {

Begun begin_keys(const ApiCall& call) {
    return std::make_unique<KeptBody>(
        0, [&exchange = call.world.exchange](const std::string&, Responder responder) {
            responder(json_response(200, exchange.public_keys(), "application/jwk-set+json"));
        });
}

Begun begin_openapi(const ApiCall&) {
    return std::make_unique<KeptBody>(0, [](const std::string&, Responder responder) {
        responder({.status = 200,
                   .content_type = "application/json",
                   .body = std::string{openapi_document()}});
    });
}

}  // namespace sekisho::listener
