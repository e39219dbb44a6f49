#include "adapters/eligibility/eligibility_adapter.h"

#include "adapters/eligibility/codec.h"

namespace sekisho::eligibility_adapter {

namespace {

constexpr peer::AskedPeer kPeer{.name = "eligibility",
                                .peer = "The eligibility system",
                                .peer_ja = "オンライン資格確認等システム",
                                .health_path = "/eligibility/v1/health",
                                .call_of = call_of,
                                .no_call = "a question is about one card or one person",
                                .read_reply = read_reply,
                                .documents = peer::DocumentDoor{kDocumentsPath, read_taken}};

}  // namespace

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return peer::make_asking_adapter(kPeer, std::move(settings));
}

}  // namespace sekisho::eligibility_adapter
