#include "adapters/portal/codec.h"

#include "adapters/peer/verdict.h"

namespace sekisho::portal_adapter {

namespace {

constexpr peer::Dialect kDialect{.peer = "the portal",
                                 .peer_ja = "マイナポータル",
                                 .verdict = "result",
                                 .yes = "ok",
                                 .no = "error",
                                 .code = "errorCode",
                                 .later = "MP-9",
                                 .number = "noticeNumber",
                                 .number_name = "notice"};

}  // namespace

adapters::Outcome read_reply(const adapters::Delivery& delivery, int status,
                             std::string_view body) {
    return peer::read_outcome(kDialect, delivery, status, body);
}

}  // namespace sekisho::portal_adapter
