// Whether a browser was made to send a request by a page of another site.
//
// A browser shows its client certificate to this gateway whoever's page asks, so a page anywhere
// could record a consent in the name of the office that opened it (CSRF). Browsers say where a
// request comes from: Sec-Fetch-Site (W3C Fetch Metadata) with every request, Origin (Fetch
// standard, RFC 6454) with every one that is no plain GET. Neither can be set by a page. Programs
// send neither and are not meant. Another port or name of the same host is another site here.
#pragma once

#include "gateway/listener/request_head.h"

namespace sekisho::listener {

bool is_cross_site(const RequestHead& head);

}  // namespace sekisho::listener
