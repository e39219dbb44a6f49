#include "adapters/simulation/peers.h"

#include "adapters/careplan/careplan_simulator.h"
#include "adapters/eligibility/eligibility_simulator.h"
#include "adapters/emr_sharing/emr_sharing_simulator.h"
#include "adapters/municipal/municipal_simulator.h"
#include "adapters/platform/platform_simulator.h"
#include "adapters/pmh/pmh_simulator.h"
#include "adapters/portal/portal_simulator.h"
#include "adapters/webhook/webhook_simulator.h"

namespace sekisho::simulation {

std::unique_ptr<adapters::SimulatedPeer> make_peer(std::string_view name,
                                                   const PeerOptions& options) {
    const std::string file = options.state_folder.empty()
                                 ? std::string{}
                                 : options.state_folder + "/" + std::string{name} + ".jsonl";
    const std::string documents_file =
        file.empty() ? std::string{}
                     : options.state_folder + "/" + std::string{name} + "-documents.jsonl";
    if (name == "platform") return std::make_unique<platform_adapter::PlatformSimulator>(file);
    if (name == "municipal")
        return std::make_unique<municipal_adapter::MunicipalSimulator>(
            file, ledger::UplinkOptions{options.gateway_url, options.client});
    if (name == "careplan")
        return std::make_unique<careplan_adapter::CareplanSimulator>(
            file, ledger::UplinkOptions{options.gateway_url, options.client});
    if (name == "pmh") return std::make_unique<pmh_adapter::PmhSimulator>(file);
    if (name == "webhook") return std::make_unique<webhook_adapter::WebhookSimulator>(file);
    if (name == "eligibility")
        return std::make_unique<eligibility_adapter::EligibilitySimulator>(
            eligibility_adapter::SimulatorFiles{
                .cards = file, .documents = documents_file, .connector = options.connector_folder},
            ledger::UplinkOptions{options.gateway_url, options.client});
    if (name == "emr-sharing") return std::make_unique<emr_sharing_adapter::EmrSharingSimulator>();
    if (name == "portal")
        return std::make_unique<portal_adapter::PortalSimulator>(
            file, ledger::UplinkOptions{options.gateway_url, options.client}, options.log_key_file);
    return nullptr;
}

}  // namespace sekisho::simulation
