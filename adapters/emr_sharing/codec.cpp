#include "adapters/emr_sharing/codec.h"

#include <utility>

namespace sekisho::emr_sharing_adapter {

namespace {

constexpr std::string_view kShared = "medical.shared";
constexpr std::string_view kCodePrefix = "ES-";
constexpr peer::Dialect kDialect{.peer = "the sharing service of medical records",
                                 .peer_ja = "電子カルテ情報共有サービス",
                                 .verdict = "result",
                                 .yes = "ok",
                                 .no = "error",
                                 .code = "errorCode",
                                 .later = "ES-9"};

}  // namespace

std::optional<peer::Call> call_of(const model::Envelope& question) {
    if (question.type.text() != kShared) return std::nullopt;
    auto body = peer::person_question(question);
    if (!body) return std::nullopt;
    return peer::Call{kRecordsPath, std::move(*body)};
}

adapters::Answer read_reply(const model::Envelope& question, int status, std::string_view body) {
    const auto yes = peer::read_yes(kDialect, kCodePrefix, status, body);
    if (!yes) return yes.error();
    return peer::read_person_answer(question, *yes, body);
}

}  // namespace sekisho::emr_sharing_adapter
