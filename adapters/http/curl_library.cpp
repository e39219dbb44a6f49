#include "adapters/http/curl_library.h"

#include <curl/curl.h>

namespace sekisho::http {

CurlLibrary::CurlLibrary() : ready_(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) {}

CurlLibrary::~CurlLibrary() {
    if (ready_) curl_global_cleanup();
}

}  // namespace sekisho::http
