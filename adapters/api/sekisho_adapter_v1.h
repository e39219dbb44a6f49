/* sekisho_adapter_v1: how a shared object becomes an adapter of Sekisho. Frozen; a C header that
 * includes nothing of ours.
 *
 * A module exports one function, sekisho_adapter_v1_entry, which gives a table of functions. No
 * exception, no C++ type and no ownership of memory crosses: texts and arrays belong to the caller
 * and live until the call returns; what the module answers is written into the caller's structs or
 * through a sink.
 *
 * Every struct begins with its own size, as the side that made it knows it. A side reads and writes
 * no member beyond that size, so later versions may append members. Unknown bytes are zero.
 *
 * Threads: create and destroy are called from one thread; the other functions from many at once.
 * Each call returns by its deadline. A document may come again with the same source and id and must
 * count once. A module is never unloaded.
 */
#ifndef SEKISHO_ADAPTER_V1_H
#define SEKISHO_ADAPTER_V1_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SEKISHO_ADAPTER_V1_ABI 1u
#define SEKISHO_ADAPTER_V1_ENTRY "sekisho_adapter_v1_entry"

/* What a function returns. Anything but OK means that nothing can be said about the peer: the host
 * tries again. */
enum {
    SEKISHO_ADAPTER_OK = 0,
    SEKISHO_ADAPTER_BAD_ARGUMENT = 1, /* a struct too small, a null, a value that cannot be */
    SEKISHO_ADAPTER_BAD_SETTINGS = 2, /* create: the settings are wrong; the sink was told why */
    SEKISHO_ADAPTER_INTERNAL = 3      /* the module failed */
};

enum { /* sekisho_outcome_v1.fate */
       SEKISHO_FATE_DELIVERED = 0,
       SEKISHO_FATE_RETRY = 1,
       SEKISHO_FATE_REJECTED = 2
};

enum { /* sekisho_answer_v1.fate */
       SEKISHO_ANSWER_ANSWERED = 0,
       SEKISHO_ANSWER_UNAVAILABLE = 1,
       SEKISHO_ANSWER_TIMEOUT = 2,
       SEKISHO_ANSWER_REJECTED = 3
};

enum { /* sekisho_capabilities_v1.posture */
       SEKISHO_POSTURE_ROBUST = 0,
       SEKISHO_POSTURE_TRUSTED_PEER = 1
};

enum { /* sekisho_envelope_v1.intent */
       SEKISHO_INTENT_FILE = 0,
       SEKISHO_INTENT_READ = 1
};

/* UTF-8 without a terminator. An absent optional text has size 0. */
typedef struct sekisho_text_v1 {
    const char* bytes;
    size_t size;
} sekisho_text_v1;

typedef struct sekisho_person_v1 {
    sekisho_text_v1 insurer; /* 保険者番号 */
    sekisho_text_v1 insured; /* 被保険者番号 */
} sekisho_person_v1;

/* Parties are written "medical:1319900013"; times are milliseconds since 1970-01-01T00:00:00Z. */
typedef struct sekisho_envelope_v1 {
    size_t struct_size;
    sekisho_text_v1 id;
    sekisho_text_v1 source;
    sekisho_text_v1 author;
    sekisho_text_v1 type; /* "certification.opinion" */
    sekisho_text_v1 zone;
    sekisho_text_v1 purpose;
    sekisho_text_v1 actor;
    sekisho_text_v1 role;
    sekisho_text_v1 media_type;
    sekisho_text_v1 format;
    sekisho_text_v1 business_key;
    sekisho_text_v1 correlation;
    sekisho_text_v1 trace_parent;
    sekisho_text_v1 person_consent;
    sekisho_text_v1 status;
    sekisho_text_v1 subject; /* of a question that is about no person; written to no log */
    const sekisho_person_v1* persons;
    size_t person_count;
    const sekisho_text_v1* recipients;
    size_t recipient_count;
    int64_t time_ms;
    int64_t expiry_ms; /* when has_expiry is not 0 */
    int32_t has_expiry;
    int32_t intent;
} sekisho_envelope_v1;

typedef struct sekisho_delivery_v1 {
    size_t struct_size;
    const sekisho_envelope_v1* envelope;
    sekisho_text_v1 recipient;
    uint64_t body_bytes;
    uint8_t sha256[32];
    uint32_t attempt; /* from 1 */
} sekisho_delivery_v1;

/* The document, pulled piece by piece. next gives 1 and a piece that lives until the next call, 0
 * at the true end, -1 when the document cannot be read. */
typedef struct sekisho_body_v1 {
    size_t struct_size;
    void* context;
    int32_t (*next)(void* context, const char** bytes, size_t* size);
} sekisho_body_v1;

/* Takes text from the module, piece by piece; anything but 0 means: no more. */
typedef struct sekisho_sink_v1 {
    size_t struct_size;
    void* context;
    int32_t (*write)(void* context, const char* bytes, size_t size);
} sekisho_sink_v1;

/* Texts in answers end with a zero byte; what is longer is cut. No personal data stands in them. */
typedef struct sekisho_outcome_v1 {
    size_t struct_size;
    int32_t fate;
    char detail[512];
    char peer_code[64];
} sekisho_outcome_v1;

typedef struct sekisho_answer_v1 {
    size_t struct_size;
    int32_t fate;
    char media_type[128];
    char detail[512];
} sekisho_answer_v1;

typedef struct sekisho_health_v1 {
    size_t struct_size;
    int32_t reachable;
    char detail[512];
} sekisho_health_v1;

typedef struct sekisho_capabilities_v1 {
    size_t struct_size;
    char name[64];
    char version[64];
    int32_t delivers;
    int32_t answers;
    uint64_t body_bytes_max;
    int32_t posture;
} sekisho_capabilities_v1;

typedef struct sekisho_adapter_instance_v1 sekisho_adapter_instance_v1; /* the module's own */

/* deadline_ns is a time of CLOCK_MONOTONIC in nanoseconds. settings is the text of a JSON object.
 */
typedef struct sekisho_adapter_v1 {
    size_t struct_size;
    uint32_t abi; /* SEKISHO_ADAPTER_V1_ABI */
    int32_t (*create)(sekisho_text_v1 settings, const sekisho_sink_v1* trouble,
                      sekisho_adapter_instance_v1** instance);
    void (*destroy)(sekisho_adapter_instance_v1* instance);
    int32_t (*capabilities)(sekisho_adapter_instance_v1* instance, sekisho_capabilities_v1* into);
    int32_t (*deliver)(sekisho_adapter_instance_v1* instance, const sekisho_delivery_v1* delivery,
                       const sekisho_body_v1* body, int64_t deadline_ns, sekisho_outcome_v1* into);
    int32_t (*ask)(sekisho_adapter_instance_v1* instance, const sekisho_envelope_v1* question,
                   int64_t deadline_ns, const sekisho_sink_v1* body, sekisho_answer_v1* into);
    int32_t (*probe)(sekisho_adapter_instance_v1* instance, int64_t deadline_ns,
                     sekisho_health_v1* into);
} sekisho_adapter_v1;

typedef const sekisho_adapter_v1* (*sekisho_adapter_v1_entry_function)(void);

#ifdef __cplusplus
}
#endif

#endif
