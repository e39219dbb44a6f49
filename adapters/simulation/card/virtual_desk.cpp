#include "adapters/simulation/card/virtual_desk.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <poll.h>
#include <system_error>
#include <thread>

#include "adapters/simulation/card/card_folder.h"
#include "adapters/simulation/card/own_namespaces.h"
#include "adapters/simulation/card/vpcd_line.h"

namespace sekisho::simulation {

namespace {

namespace fs = std::filesystem;

constexpr int kLookAgainMs = 20;
constexpr int kLooksMax = 1000;

void pause_briefly() {
    ::poll(nullptr, 0, kLookAgainMs);
}

std::expected<std::string, std::string> folder_at(const std::string& path) {
    std::error_code trouble;
    fs::create_directories(path, trouble);
    if (!trouble) return fs::canonical(path, trouble).string();
    return std::unexpected(path + " cannot be made");
}

}  // namespace

struct VirtualDesk::Place {
    Place(JpkiContents contents, std::uint16_t port)
        : card(std::move(contents)), thread([this, port](const std::stop_token& stop) {
              while (!stop.stop_requested()) {
                  line.serve({.port = port});
                  pause_briefly();
              }
          }) {}

    VirtualJpkiCard card;
    VpcdLine line{card, {}, {}};
    std::jthread thread;  // goes first
};

VirtualDesk::VirtualDesk(std::unique_ptr<SmartCardService> service)
    : service_(std::move(service)) {}

VirtualDesk::~VirtualDesk() {
    for (const auto& place : places_) place->thread.request_stop();
    service_.reset();  // closes what the cards wait for
}

bool VirtualDesk::is_laid_out() const {
    return std::ranges::all_of(places_, [](const auto& place) { return place->line.is_seen(); });
}

std::expected<std::unique_ptr<VirtualDesk>, std::string> VirtualDesk::open(
    const DeskOptions& options) {
    const auto now = std::chrono::system_clock::now();
    std::vector<JpkiContents> cards;
    for (const char* name : {"card-1", "card-2"}) {
        auto card = card_of_pki(options.pki_folder, name, now);
        if (!card) return std::unexpected(card.error());
        cards.push_back(std::move(*card));
    }
    const auto socket_folder = folder_at(options.socket_folder);
    if (!socket_folder) return std::unexpected(socket_folder.error());
    if (auto wrong = enter_own_namespaces()) return std::unexpected(*wrong);
    auto service = SmartCardService::start(*socket_folder);
    if (!service) return std::unexpected(service.error());
    std::unique_ptr<VirtualDesk> desk{new VirtualDesk(std::move(*service))};
    for (JpkiContents& card : cards) {
        const auto port = SmartCardService::port_of(desk->places_.size());
        desk->places_.push_back(std::make_unique<Place>(std::move(card), port));
    }
    for (int look = 0; look < kLooksMax && !desk->has_ended(); ++look) {
        if (desk->is_laid_out()) return desk;
        pause_briefly();
    }
    return std::unexpected("pcscd does not see the cards");
}

}  // namespace sekisho::simulation
