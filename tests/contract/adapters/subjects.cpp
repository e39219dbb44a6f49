#include "tests/contract/adapters/subjects.h"

#include <algorithm>
#include <dlfcn.h>
#include <stdexcept>

#include "adapters/api/module.h"
#include "adapters/careplan/careplan_adapter.h"
#include "adapters/documents/samples.h"
#include "adapters/eligibility/eligibility_adapter.h"
#include "adapters/emr_sharing/emr_sharing_adapter.h"
#include "adapters/folder/folder_adapter.h"
#include "adapters/loopback/loopback_adapter.h"
#include "adapters/municipal/municipal_adapter.h"
#include "adapters/platform/platform_adapter.h"
#include "adapters/pmh/pmh_adapter.h"
#include "adapters/portal/portal_adapter.h"
#include "adapters/simulation/peers.h"
#include "adapters/webhook/webhook_adapter.h"

namespace sekisho::tests {

namespace {

std::vector<Subject> twice(const std::vector<std::string>& names) {
    std::vector<Subject> subjects;
    for (const std::string& name : names) {
        subjects.push_back({name, Loading::in_process});
        subjects.push_back({name, Loading::module});
    }
    return subjects;
}

std::unique_ptr<adapters::Adapter> make_in_process(const std::string& name,
                                                   const documents::Json& settings) {
    if (name == "platform")
        return platform_adapter::make_adapter(platform_adapter::Settings::parse(settings).value());
    if (name == "municipal")
        return municipal_adapter::make_adapter(
            municipal_adapter::Settings::parse(settings).value());
    if (name == "careplan")
        return careplan_adapter::make_adapter(careplan_adapter::Settings::parse(settings).value());
    if (name == "pmh")
        return pmh_adapter::make_adapter(pmh_adapter::Settings::parse(settings).value());
    if (name == "webhook")
        return webhook_adapter::make_adapter(webhook_adapter::Settings::parse(settings).value());
    if (name == "eligibility")
        return eligibility_adapter::make_adapter(
            eligibility_adapter::Settings::parse(settings).value());
    if (name == "emr-sharing")
        return emr_sharing_adapter::make_adapter(
            emr_sharing_adapter::Settings::parse(settings).value());
    if (name == "portal")
        return portal_adapter::make_adapter(portal_adapter::Settings::parse(settings).value());
    if (name == "folder")
        return folder_adapter::make_adapter(folder_adapter::Settings::parse(settings).value());
    return loopback_adapter::make_adapter(loopback_adapter::Settings::parse(settings).value());
}

// As the gateway does it: bound now, seen by nobody else, never unloaded.
std::unique_ptr<adapters::Adapter> make_by_module(const std::string& name,
                                                  const documents::Json& settings) {
    std::string file = std::string{SEKISHO_BINARY_DIR} + "/modules/sekisho_adapter_" + name + ".so";
    std::ranges::replace(file, '-', '_');
    void* module = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (module == nullptr) throw std::runtime_error(::dlerror());
    const auto entry = reinterpret_cast<sekisho_adapter_v1_entry_function>(
        ::dlsym(module, SEKISHO_ADAPTER_V1_ENTRY));
    if (entry == nullptr) throw std::runtime_error("no entry in " + file);
    auto adapter = adapters::ModuleAdapter::open(entry(), to_text(settings));
    if (!adapter) throw std::runtime_error(adapter.error().detail.en);
    return std::move(*adapter);
}

// One person's card, or those of so many that they need several calls.
Filing a_card_filing(std::string_view id, Content content) {
    documents::LoadSample sample;
    for (int person = 1; content == Content::large && person < 1'200; ++person)
        sample.insured.push_back(std::to_string(1'000'000'000 + person));
    const std::string care_level = content == Content::another ? "23" : "22";
    model::Envelope envelope = a_card_load().with_id(id).with_format("card-json:1");
    envelope.media_type = "application/json";
    return Filing{envelope, documents::a_card_json(sample, care_level)};
}

}  // namespace

std::ostream& operator<<(std::ostream& stream, const Subject& subject) {
    return stream << subject.name
                  << (subject.loading == Loading::module ? " as a module" : " in process");
}

std::vector<Subject> all_subjects() {
    return twice({"platform", "municipal", "careplan", "pmh", "webhook", "portal", "eligibility",
                  "emr-sharing", "folder", "loopback"});
}
std::vector<Subject> delivering_subjects() {
    return twice({"platform", "municipal", "careplan", "pmh", "webhook", "portal", "eligibility",
                  "folder", "loopback"});
}
std::vector<Subject> network_subjects() {
    return twice({"platform", "municipal", "careplan", "pmh", "webhook", "portal", "eligibility"});
}
std::vector<Subject> asking_subjects() {
    return twice({"platform", "eligibility", "emr-sharing"});
}

std::vector<Subject> carrying_any_bytes(std::vector<Subject> subjects) {
    std::erase_if(subjects, [](const Subject& subject) { return subject.name == "pmh"; });
    return subjects;
}

bool logs_in(const Subject& subject) {
    return subject.name == "careplan" || subject.name == "pmh";
}

Filing a_filing(const Subject& subject, std::string_view id, Content content) {
    if (subject.name == "pmh") return a_card_filing(id, content);
    switch (content) {
        case Content::usual:
            break;
        case Content::another:
            return Filing{opinion_envelope(id), "another document"};
        case Content::large:
            return Filing{opinion_envelope(id), std::string(300'000, 'x')};
    }
    return Filing{opinion_envelope(id)};
}

std::unique_ptr<adapters::Adapter> make_adapter(const Subject& subject,
                                                const documents::Json& settings) {
    documents::Json all = settings;
    if (subject.name == "careplan") {  // the demo's account at the simulator
        all.set("user", "sekisho");
        all.set("password_file",
                std::string{SEKISHO_SOURCE_DIR} + "/config/demo/careplan.password");
    }
    if (subject.name == "pmh") {
        all.set("client", "sekisho");
        all.set("secret_file", std::string{SEKISHO_SOURCE_DIR} + "/config/demo/pmh.secret");
    }
    return subject.loading == Loading::module ? make_by_module(subject.name, all)
                                              : make_in_process(subject.name, all);
}

std::unique_ptr<adapters::SimulatedPeer> make_peer(const Subject& subject) {
    return simulation::make_peer(subject.name, {});
}

documents::Json plain_settings(const std::string& url) {
    return documents::Json::object()
        .set("url", url)
        .set("plain_http", documents::Json::boolean(true));
}

adapters::Answer asked(const Subject& subject, adapters::Adapter& adapter,
                       std::chrono::milliseconds within) {
    const auto until = std::chrono::steady_clock::now() + within;
    if (subject.name == "eligibility") return adapter.ask(an_authorised_card_question(), until);
    if (subject.name == "emr-sharing") {
        return adapter.ask(an_authorised_medical_question("medical.shared"), until);
    }
    return adapter.ask(an_authorised_question(), until);
}

}  // namespace sekisho::tests
