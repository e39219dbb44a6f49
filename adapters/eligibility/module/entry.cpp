// The eligibility adapter as a loadable module.
#include "adapters/api/module.h"
#include "adapters/eligibility/eligibility_adapter.h"
#include "adapters/peer/from_text.h"

extern "C" SEKISHO_MODULE_EXPORT const sekisho_adapter_v1* sekisho_adapter_v1_entry(void) {
    using namespace sekisho;
    return adapters::export_adapter<
        &peer::from_text<eligibility_adapter::Settings, &eligibility_adapter::make_adapter>>();
}
