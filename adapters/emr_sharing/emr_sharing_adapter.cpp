#include "adapters/emr_sharing/emr_sharing_adapter.h"

#include "adapters/emr_sharing/codec.h"

namespace sekisho::emr_sharing_adapter {

namespace {

constexpr peer::AskedPeer kPeer{.name = "emr-sharing",
                                .peer = "The sharing service of medical records",
                                .peer_ja = "電子カルテ情報共有サービス",
                                .health_path = "/emr-sharing/v1/health",
                                .call_of = call_of,
                                .no_call = "a question is about one person",
                                .read_reply = read_reply};

}  // namespace

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return peer::make_asking_adapter(kPeer, std::move(settings));
}

}  // namespace sekisho::emr_sharing_adapter
