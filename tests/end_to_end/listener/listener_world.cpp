#include "tests/end_to_end/listener/listener_world.h"

#include <boost/test/unit_test.hpp>

#include "routing/plan/plan.h"

namespace sekisho::tests {

namespace {

using listener::Receiving;
using listener::Responder;
using listener::Response;

constexpr std::size_t kEchoBytesMax = 1 << 20;
constexpr std::size_t kLargeBytes = 64 << 20;
const std::string kClinicUri = "urn:sekisho:party:medical:1319900021";
const std::string kHospitalUri = "urn:sekisho:party:medical:1319900013";
const std::string kInsurerUri = "urn:sekisho:party:insurer:139980";

class ScriptedRequest final : public Receiving {
  public:
    ScriptedRequest(ScriptedService& service, std::string target, std::string party)
        : service_(service), target_(std::move(target)), party_(std::move(party)) {}

    ~ScriptedRequest() override {
        if (!served_) ++service_.dropped;
    }

    std::uint64_t body_bytes_max() const override { return kEchoBytesMax; }
    bool takes_a_turn() const override { return target_ == "/held" || target_ == "/echo"; }

    model::Result<void> append(std::string_view piece) override {
        body_.append(piece);
        return {};
    }

    void serve(Responder responder) override {
        served_ = true;
        service_.note_served(target_);
        if (target_ == "/held") return service_.hold(std::move(responder));
        if (target_ == "/elsewhere") return service_.answer_elsewhere(std::move(responder));
        if (target_ == "/forgotten") return;
        std::string text = target_ == "/who" ? party_ : body_;
        if (target_ == "/large") text.assign(kLargeBytes, 'x');
        responder({.status = 200, .content_type = "text/plain", .body = std::move(text)});
    }

  private:
    ScriptedService& service_;
    const std::string target_;
    const std::string party_;
    std::string body_;
    bool served_ = false;
};

using Tunnels = std::vector<model::TunnelEnd>;

model::Directory directory(bool clinic_suspended, Tunnels tunnels) {
    return model::Directory{
        {{.id = *model::parse_party_id("medical:1319900021"),
          .suspended = clinic_suspended,
          .certificates = {{.zone = model::ZoneName{"internet"},
                            .san_uri = kClinicUri,
                            .tunnels = std::move(tunnels)}}},
         {.id = *model::parse_party_id("medical:1319900013"),
          .certificates = {{.zone = model::ZoneName{"internet"}, .san_uri = kHospitalUri}}},
         {.id = *model::parse_party_id("insurer:139980"),
          .certificates = {{.zone = model::ZoneName{"public"}, .san_uri = kInsurerUri}}}}};
}

std::shared_ptr<const plan::Snapshot> snapshot(bool clinic_suspended, Tunnels tunnels = {}) {
    auto made = std::make_shared<plan::Snapshot>();
    made->directory = directory(clinic_suspended, std::move(tunnels));
    return made;
}

std::optional<listener::PlainReply> page(std::string_view path) {
    if (path == "/livez") return listener::PlainReply{.body = "alive"};
    return std::nullopt;
}

}  // namespace

std::expected<std::unique_ptr<Receiving>, listener::TurnedAway> ScriptedService::begin(
    const listener::RequestHead& head, const listener::Caller& caller) {
    if (head.method == "HEAD") {
        return std::unexpected(
            listener::TurnedAway{.refusal = {.problem = model::Problem::method_not_allowed},
                                 .headers = {{"Allow", "GET"}}});
    }
    if (head.path == "/refused") {
        return std::unexpected(
            listener::TurnedAway{.refusal = {.problem = model::Problem::not_found}});
    }
    return std::make_unique<ScriptedRequest>(
        *this, head.target, caller.speaker ? model::to_string(caller.speaker->party) : "");
}

void ScriptedService::note_refusal(const model::Speaker& speaker, const model::Refusal& refusal) {
    const locks::Lock lock{mutex_};
    noted_.push_back(model::to_string(speaker.party) + " " +
                     std::string{model::entry_of(refusal.problem).name});
}

std::vector<std::string> ScriptedService::served() const {
    const locks::Lock lock{mutex_};
    return served_;
}

std::vector<std::string> ScriptedService::noted() const {
    const locks::Lock lock{mutex_};
    return noted_;
}

void ScriptedService::note_served(const std::string& target) {
    const locks::Lock lock{mutex_};
    served_.push_back(target);
}

void ScriptedService::hold(Responder responder) {
    const locks::Lock lock{mutex_};
    holding_.emplace(std::move(responder));
    held_.notify_all();
}

void ScriptedService::let_go() {
    std::optional<Responder> responder;
    {
        const locks::Lock lock{mutex_};
        held_.wait_for(mutex_, std::chrono::seconds{5},
                       [this]() SEKISHO_REQUIRES(mutex_) { return holding_.has_value(); });
        if (holding_) responder.emplace(std::move(*holding_));
        holding_.reset();
    }
    if (responder) (*responder)({.status = 200, .content_type = "text/plain", .body = "held"});
}

void ScriptedService::answer_elsewhere(Responder responder) {
    const locks::Lock lock{mutex_};
    threads_.emplace_back([responder = std::move(responder)]() mutable {
        responder({.status = 200, .content_type = "text/plain", .body = "elsewhere"});
    });
}

listener::ConnectionLimits ListenerWorld::short_limits() {
    using std::chrono::milliseconds;
    return {.handshake = milliseconds{400},
            .head = milliseconds{400},
            .body_idle = milliseconds{400},
            .keep_alive = milliseconds{600},
            .write_idle = milliseconds{400},
            .linger = milliseconds{300}};
}

ListenerWorld::ListenerWorld(const Terms& terms)
    : snapshots(snapshot(false, terms.tunnels)), pages(page) {
    pki.add("clinic", "internet", {.uris = {kClinicUri}});
    pki.add("hospital", "internet", {.uris = {kHospitalUri}});
    pki.add("insurer", "public", {.uris = {kInsurerUri}});
    pki.add("nobody", "internet", {.uris = {"urn:sekisho:party:medical:0000000000"}});
    pki.add("misplaced", "internet", {.uris = {kInsurerUri}});
    pki.add("weak", "internet", {.uris = {kClinicUri}, .key = platform::KeyKind::rsa_1024});
    pki.add("expired", "internet", {.uris = {kClinicUri}, .until = std::chrono::hours{-1}});
    pki.add("self", "internet", {.uris = {kClinicUri}, .issuer = TestPki::Issuer::nobody});
    BOOST_REQUIRE(trust.load());
    const listener::ServerCredentials own{.certificate_file = pki.server_certificate_file(),
                                          .key_file = pki.server_key_file()};
    listener::Service* const doors = terms.doors == nullptr ? &service : terms.doors;
    auto opened = listener::Listener::open(
        {.trust = trust, .snapshots = snapshots, .clock = clock, .files = files},
        {{.zone = model::ZoneName{"internet"},
          .credentials = own,
          .service = doors,
          .limits = terms.limits,
          .budget = terms.budget,
          .way = terms.way},
         {.zone = model::ZoneName{"public"},
          .credentials = own,
          .service = doors,
          .limits = terms.limits,
          .budget = terms.budget},
         {.zone = model::ZoneName{"plain"}, .service = &pages, .limits = terms.limits}});
    BOOST_REQUIRE(opened.has_value());
    listener = std::move(*opened);
    for (int i = 0; i < 2; ++i) {
        workers_.emplace_back([this](const std::stop_token& stop) { listener->run_worker(stop); });
    }
}

ListenerWorld::~ListenerWorld() {
    workers_.clear();  // stop and join
}

TlsClient ListenerWorld::connect(const std::string& name, const std::string& zone) {
    return TlsClient::connect(port(zone), {.own = name.empty() ? nullptr : &pki.of(name),
                                           .authority_file = pki.server_authority_file()});
}

std::uint16_t ListenerWorld::port(const std::string& zone) const {
    return listener->port(model::ZoneName{zone});
}

const listener::ZoneCounters& ListenerWorld::counters(const std::string& zone) const {
    for (const auto& counters : listener->counters()) {
        if (counters.zone.text() == zone) return counters;
    }
    return listener->counters().front();
}

void ListenerWorld::suspend_clinic() {
    snapshots.replace(snapshot(true));
}

void ListenerWorld::give_clinic(std::vector<model::TunnelEnd> tunnels) {
    snapshots.replace(snapshot(false, std::move(tunnels)));
}

void ListenerWorld::resume_clinic() {
    snapshots.replace(snapshot(false));
}

void ListenerWorld::wait_for(const std::function<bool()>& holds) {
    const auto until = clock.monotonic() + std::chrono::seconds{5};
    while (!holds() && clock.monotonic() < until) {
        // The listener's own threads bring it about, and tell nobody.
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    BOOST_TEST(holds());
}

std::string get(const std::string& target, const std::string& headers) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
}

std::string post(const std::string& target, const std::string& body) {
    return "POST " + target +
           " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

}  // namespace sekisho::tests
