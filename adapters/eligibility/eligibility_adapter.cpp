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

std::unique_ptr<adapters::Adapter> make(peer::AskedSettings settings) {
    return peer::make_asking_adapter(kPeer, std::move(settings));
}
std::unique_ptr<adapters::Adapter> make(FileSettings settings) {
    return make_file_adapter(std::move(settings));
}

}  // namespace

model::Result<Settings> Settings::parse(const documents::Json& object) {
    if (object.find("folder") == nullptr) {
        auto https = peer::AskedSettings::parse(object);
        if (!https) return std::unexpected(https.error());
        return Settings{std::move(*https)};
    }
    documents::ObjectReader reader(object);
    Settings settings{FileSettings::read(reader)};
    if (auto read = reader.finish(); !read) return std::unexpected(read.error());
    return settings;
}

std::unique_ptr<adapters::Adapter> make_adapter(Settings settings) {
    return std::visit([](auto& form) { return make(std::move(form)); }, settings.form);
}

}  // namespace sekisho::eligibility_adapter
