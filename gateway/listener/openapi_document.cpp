#include "gateway/listener/openapi_document.h"

namespace sekisho::listener {

namespace {

constexpr std::string_view kDocument = R"openapi({
 "openapi": "3.1.0",
 "info": {
  "title": "Sekisho", "version": "1",
  "summary": "The gateway of the long-term-care information platform",
  "description": "TLS 1.3; the client certificate's party speaks. CloudEvents, RFC 9457, JWS.",
  "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}
 },
 "security": [{"clientCertificate": []}],
 "paths": {
  "/v1/messages": {
   "post": {
    "operationId": "submitMessage",
    "summary": "Submit a document: accepted once it is durable, with a signed receipt",
    "parameters": [
     {"$ref": "#/components/parameters/ce_specversion"},
     {"$ref": "#/components/parameters/ce_id"}, {"$ref": "#/components/parameters/ce_source"},
     {"$ref": "#/components/parameters/ce_type"}, {"$ref": "#/components/parameters/ce_time"},
     {"$ref": "#/components/parameters/ce_author"},
     {"$ref": "#/components/parameters/ce_dataschema"},
     {"$ref": "#/components/parameters/ce_insurer"},
     {"$ref": "#/components/parameters/ce_insured"},
     {"$ref": "#/components/parameters/ce_recipient"},
     {"$ref": "#/components/parameters/ce_purpose"},
     {"$ref": "#/components/parameters/ce_actor"}, {"$ref": "#/components/parameters/ce_role"},
     {"$ref": "#/components/parameters/ce_expirytime"},
     {"$ref": "#/components/parameters/ce_correlationid"},
     {"$ref": "#/components/parameters/ce_businesskey"},
     {"$ref": "#/components/parameters/ce_status"},
     {"$ref": "#/components/parameters/ce_personconsent"},
     {"$ref": "#/components/parameters/AcceptLanguage"}
    ],
    "requestBody": {
     "required": true,
     "content": {
      "*/*": {
       "schema": {
        "type": "string", "format": "binary",
        "description": "Binary mode: the document as it is; Content-Type is its media type"
       }
      },
      "application/cloudevents+json": {"schema": {"$ref": "#/components/schemas/Event"}},
      "application/cloudevents-batch+json": {
       "schema": {"type": "array", "maxItems": 100, "items": {"$ref": "#/components/schemas/Event"}}
      }
     }
    },
    "responses": {
     "202": {
      "description": "Durable now", "headers": {"Location": {"schema": {"type": "string"}}},
      "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Accepted"}}}
     },
     "200": {
      "description": "The same again, with the same answer; or the answers of a batch in its order",
      "content": {
       "application/json": {
        "schema": {
         "oneOf": [
          {"$ref": "#/components/schemas/Accepted"},
          {"type": "array", "items": {"$ref": "#/components/schemas/BatchAnswer"}}
         ]
        }
       }
      }
     },
     "400": {"$ref": "#/components/responses/Problem"},
     "403": {"$ref": "#/components/responses/Problem"},
     "409": {"$ref": "#/components/responses/Problem"},
     "413": {"$ref": "#/components/responses/Problem"},
     "415": {"$ref": "#/components/responses/Problem"},
     "422": {"$ref": "#/components/responses/Problem"},
     "429": {"$ref": "#/components/responses/Problem"},
     "503": {"$ref": "#/components/responses/Problem"}
    },
    "description": "Binary mode: attributes as ce-* headers. Structured: as members."
   }
  },
  "/v1/messages/{id}": {
   "get": {
    "operationId": "messageFate", "summary": "Where a message is, delivery by delivery",
    "parameters": [
     {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
     {
      "name": "source", "in": "query", "schema": {"type": "string"},
      "description": "The sender, for recipients and operators: /medical/N or medical:N"
     },
     {"$ref": "#/components/parameters/AcceptLanguage"}
    ],
    "responses": {
     "200": {
      "description": "Its fate",
      "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Fate"}}}
     },
     "400": {"$ref": "#/components/responses/Problem"},
     "403": {"$ref": "#/components/responses/Problem"},
     "404": {"$ref": "#/components/responses/Problem"},
     "429": {"$ref": "#/components/responses/Problem"},
     "503": {"$ref": "#/components/responses/Problem"}
    }
   }
  },
  "/v1/inbox": {
   "get": {
    "operationId": "collect",
    "summary": "Collect what waits in the caller's mailbox, under a lease",
    "parameters": [
     {
      "name": "max", "in": "query",
      "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}
     },
     {
      "name": "wait", "in": "query",
      "schema": {"type": "integer", "minimum": 0, "maximum": 30, "default": 0},
      "description": "Seconds to wait when there is nothing"
     },
     {"$ref": "#/components/parameters/AcceptLanguage"}
    ],
    "responses": {
     "200": {
      "description": "Events, each with its lease; none is a good answer",
      "content": {
       "application/cloudevents-batch+json":
        {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/CollectedEvent"}}}
      }
     },
     "400": {"$ref": "#/components/responses/Problem"},
     "403": {"$ref": "#/components/responses/Problem"},
     "429": {"$ref": "#/components/responses/Problem"},
     "503": {"$ref": "#/components/responses/Problem"}
    }
   }
  },
  "/v1/inbox/{delivery}/ack": {
   "post": {
    "operationId": "acknowledge", "summary": "The event was taken over; again is the same",
    "parameters": [
     {"name": "delivery", "in": "path", "required": true, "schema": {"type": "string"}},
     {"$ref": "#/components/parameters/AcceptLanguage"}
    ],
    "responses": {
     "204": {"description": "Acknowledged"}, "403": {"$ref": "#/components/responses/Problem"},
     "404": {"$ref": "#/components/responses/Problem"},
     "409": {"$ref": "#/components/responses/Problem"},
     "429": {"$ref": "#/components/responses/Problem"},
     "503": {"$ref": "#/components/responses/Problem"}
    }
   }
  },
  "/v1/inbox/{delivery}/nack": {
   "post": {
    "operationId": "reject",
    "summary": "The event was not taken over: rejected for good, or back to the queue",
    "parameters": [
     {"name": "delivery", "in": "path", "required": true, "schema": {"type": "string"}},
     {"$ref": "#/components/parameters/AcceptLanguage"}
    ],
    "requestBody": {
     "content": {
      "application/json": {
       "schema": {
        "type": "object",
        "properties": {"reason": {"type": "string"},
         "final": {"type": "boolean", "default": false}},
        "additionalProperties": false
       }
      }
     }
    },
    "responses": {
     "204": {"description": "Noted"}, "400": {"$ref": "#/components/responses/Problem"},
     "403": {"$ref": "#/components/responses/Problem"},
     "404": {"$ref": "#/components/responses/Problem"},
     "409": {"$ref": "#/components/responses/Problem"},
     "429": {"$ref": "#/components/responses/Problem"},
     "503": {"$ref": "#/components/responses/Problem"}
    }
   }
  },
  "/v1/queries": {
   "post": {
    "operationId": "ask",
    "summary": "Ask one question about one person; answers are never stored",
    "parameters": [
     {"$ref": "#/components/parameters/ce_specversion"},
     {"$ref": "#/components/parameters/ce_id"}, {"$ref": "#/components/parameters/ce_source"},
     {"$ref": "#/components/parameters/ce_type"}, {"$ref": "#/components/parameters/ce_time"},
     {"$ref": "#/components/parameters/ce_author"},
     {"$ref": "#/components/parameters/ce_dataschema"},
     {"$ref": "#/components/parameters/ce_insurer"},
     {"$ref": "#/components/parameters/ce_insured"},
     {"$ref": "#/components/parameters/ce_recipient"},
     {"$ref": "#/components/parameters/ce_purpose"},
     {"$ref": "#/components/parameters/ce_actor"}, {"$ref": "#/components/parameters/ce_role"},
     {"$ref": "#/components/parameters/ce_expirytime"},
     {"$ref": "#/components/parameters/ce_correlationid"},
     {"$ref": "#/components/parameters/ce_businesskey"},
     {"$ref": "#/components/parameters/ce_status"},
     {"$ref": "#/components/parameters/ce_personconsent"},
     {
      "name": "ce-deadlinems", "in": "header",
      "schema": {"type": "integer", "minimum": 1, "maximum": 10000, "default": 5000},
      "description": "How long the question may take"
     },
     {"$ref": "#/components/parameters/AcceptLanguage"}
    ],
    "requestBody": {
     "content": {"application/cloudevents+json": {"schema": {"$ref": "#/components/schemas/Event"}}}
    },
    "responses": {
     "200": {
      "description": "The answer; nothing found is empty data",
      "content": {"application/cloudevents+json":
        {"schema": {"$ref": "#/components/schemas/Event"}}}
     },
     "400": {"$ref": "#/components/responses/Problem"},
     "403": {"$ref": "#/components/responses/Problem"},
     "413": {"$ref": "#/components/responses/Problem"},
     "415": {"$ref": "#/components/responses/Problem"},
     "502": {"$ref": "#/components/responses/Problem"},
     "429": {"$ref": "#/components/responses/Problem"},
     "503": {"$ref": "#/components/responses/Problem"}
    }
   }
  },
  "/v1/keys": {
   "get": {
    "operationId": "receiptKeys", "summary": "The public keys of receipts",
    "responses": {
     "200": {
      "description": "JSON Web Key Set (RFC 7517)",
      "content": {
       "application/jwk-set+json": {
        "schema": {
         "type": "object", "required": ["keys"],
         "properties": {"keys": {"type": "array", "items": {"type": "object"}}}
        }
       }
      }
     },
     "403": {"$ref": "#/components/responses/Problem"}
    }
   }
  },
  "/v1/openapi.json": {
   "get": {
    "operationId": "description", "summary": "This description",
    "responses": {
     "200": {
      "description": "OpenAPI 3.1",
      "content": {"application/json": {"schema": {"type": "object"}}}
     },
     "403": {"$ref": "#/components/responses/Problem"}
    }
   }
  }
 },
 "components": {
  "securitySchemes": {"clientCertificate": {"type": "mutualTLS"}},
  "parameters": {
   "ce_specversion": {
    "name": "ce-specversion", "in": "header", "required": false,
    "description": "CloudEvents version", "schema": {"const": "1.0"}
   },
   "ce_id": {
    "name": "ce-id", "in": "header", "required": false,
    "description": "With the source, the idempotency key",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._~-]{1,128}$"}
   },
   "ce_source": {
    "name": "ce-source", "in": "header", "required": false,
    "description": "The certificate's party: /medical/1319900013", "schema": {"type": "string"}
   },
   "ce_type": {
    "name": "ce-type", "in": "header", "required": false,
    "description": "jp.sekisho.TYPE; questions: jp.sekisho.query.TYPE",
    "schema": {"type": "string"}
   },
   "ce_time": {
    "name": "ce-time", "in": "header", "required": false,
    "description": "RFC 3339; at most 5 minutes off",
    "schema": {"type": "string", "format": "date-time"}
   },
   "ce_author": {
    "name": "ce-author", "in": "header", "required": false,
    "description": "Whose document it is, when a carrier speaks for another",
    "schema": {"type": "string"}
   },
   "ce_dataschema": {
    "name": "ce-dataschema", "in": "header", "required": false,
    "description": "urn:sekisho:format:NAME:VERSION; required with a document",
    "schema": {"type": "string"}
   },
   "ce_insurer": {
    "name": "ce-insurer", "in": "header", "required": false, "description": "保険者番号",
    "schema": {"type": "string", "pattern": "^[0-9]{6}$"}
   },
   "ce_insured": {
    "name": "ce-insured", "in": "header", "required": false, "description": "被保険者番号",
    "schema": {"type": "string", "pattern": "^([0-9]{10}|H[0-9]{9})$"}
   },
   "ce_recipient": {
    "name": "ce-recipient", "in": "header", "required": false,
    "description": "Party ids, comma-separated; routes decide", "schema": {"type": "string"}
   },
   "ce_purpose": {
    "name": "ce-purpose", "in": "header", "required": false,
    "description": "As the type allows; the first one by default", "schema": {"type": "string"}
   },
   "ce_actor": {
    "name": "ce-actor", "in": "header", "required": false,
    "description": "Opaque staff id; required for questions", "schema": {"type": "string"}
   },
   "ce_role": {
    "name": "ce-role", "in": "header", "required": false,
    "description": "職種; required for questions", "schema": {"type": "string"}
   },
   "ce_expirytime": {
    "name": "ce-expirytime", "in": "header", "required": false,
    "description": "Not delivered after this",
    "schema": {"type": "string", "format": "date-time"}
   },
   "ce_correlationid": {
    "name": "ce-correlationid", "in": "header", "required": false,
    "description": "Free for the sender", "schema": {"type": "string"}
   },
   "ce_businesskey": {
    "name": "ce-businesskey", "in": "header", "required": false,
    "description": "Makes documents sent again one",
    "schema": {"type": "string", "maxLength": 256}
   },
   "ce_status": {
    "name": "ce-status", "in": "header", "required": false, "description": "For care plans",
    "schema": {"enum": ["draft", "agreed"]}
   },
   "ce_personconsent": {
    "name": "ce-personconsent", "in": "header", "required": false,
    "description": "The person's word, where a notice needs it", "schema": {"type": "string"}
   },
   "AcceptLanguage": {
    "name": "Accept-Language", "in": "header", "schema": {"type": "string"},
    "description": "ja (default) or en: the language of problems"
   }
  },
  "responses": {
   "Problem": {
    "description": "Refused: what, where, what to do next and who does it",
    "headers": {"Retry-After": {"schema": {"type": "integer"}, "description": "With 429 and 503"}},
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
   }
  },
  "schemas": {
   "Event": {
    "type": "object", "required": ["specversion", "id", "source", "type"],
    "properties": {
     "specversion": {"const": "1.0"}, "id": {"type": "string"}, "source": {"type": "string"},
     "type": {"type": "string"}, "time": {"type": "string", "format": "date-time"},
     "datacontenttype": {"type": "string"}, "dataschema": {"type": "string"}, "data": {},
     "data_base64": {"type": "string", "contentEncoding": "base64"}
    },
    "additionalProperties": {"type": ["string", "integer", "boolean"]}
   },
   "CollectedEvent": {
    "allOf": [
     {"$ref": "#/components/schemas/Event"},
     {
      "type": "object", "required": ["delivery", "leaseuntil", "data_base64"],
      "properties": {"delivery": {"type": "string"},
       "leaseuntil": {"type": "string", "format": "date-time"}}
     }
    ]
   },
   "DeliveryState": {"enum":
     ["queued", "leased", "delivered", "rejected", "withdrawn", "expired", "dead"]},
   "Delivery": {
    "type": "object", "required": ["recipient", "via", "state"],
    "properties": {
     "recipient": {"type": "string"}, "via": {"type": "string"},
     "state": {"$ref": "#/components/schemas/DeliveryState"}
    }
   },
   "Accepted": {
    "type": "object", "required": ["id", "state", "deliveries", "receipt"],
    "properties": {
     "id": {"type": "string"}, "state": {"const": "accepted"},
     "deliveries": {"type": "array", "items": {"$ref": "#/components/schemas/Delivery"}},
     "receipt": {"type": "string", "description": "JWS compact, ES256"}
    }
   },
   "BatchAnswer": {
    "type": "object", "required": ["status"], "properties": {"status": {"type": "integer"}},
    "anyOf": [{"$ref": "#/components/schemas/Accepted"}, {"$ref": "#/components/schemas/Problem"}]
   },
   "Fate": {
    "type": "object",
    "required": ["id", "source", "type", "state", "accepted", "size", "sha256", "deliveries"],
    "properties": {
     "id": {"type": "string"}, "source": {"type": "string"}, "author": {"type": "string"},
     "type": {"type": "string"},
     "state": {"enum": ["accepted", "delivered", "rejected", "withdrawn", "expired", "dead"]},
     "accepted": {"type": "string", "format": "date-time"}, "size": {"type": "integer"},
     "sha256": {"type": "string"},
     "deliveries": {
      "type": "array",
      "items": {
       "allOf": [
        {"$ref": "#/components/schemas/Delivery"},
        {
         "type": "object",
         "properties": {
          "attempts": {"type": "integer"},
          "history": {
           "type": "array",
           "items": {
            "type": "object", "required": ["at", "state"],
            "properties": {
             "at": {"type": "string", "format": "date-time"},
             "state": {"$ref": "#/components/schemas/DeliveryState"},
             "detail": {"type": "string"}
            }
           }
          }
         }
        }
       ]
      }
     }
    }
   },
   "Problem": {
    "type": "object", "required": ["type", "code", "title", "status", "next"],
    "properties": {
     "type": {"type": "string"}, "code": {"type": "string", "pattern": "^SK-[0-9]{4}$"},
     "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"},
     "next": {"type": "string"},
     "errors": {
      "type": "array",
      "items": {
       "type": "object", "required": ["code"],
       "properties": {
        "file": {"type": "string"}, "line": {"type": "integer"}, "column": {"type": "integer"},
        "field": {"type": "string"}, "code": {"type": "string"}, "title": {"type": "string"},
        "next": {"type": "string"}
       }
      }
     },
     "reasons": {
      "type": "array",
      "items": {
       "type": "object", "required": ["type", "code"],
       "properties": {
        "type": {"type": "string"}, "code": {"type": "string"}, "about": {"type": "string"},
        "title": {"type": "string"}, "next": {"type": "string"}
       }
      }
     }
    }
   }
  }
 }
}
)openapi";

}  // namespace

std::string_view openapi_document() {
    return kDocument;
}

}  // namespace sekisho::listener
