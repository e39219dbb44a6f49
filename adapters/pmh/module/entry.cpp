// The PMH adapter as a loadable module.
#include "adapters/api/module.h"
#include "adapters/peer/from_text.h"
#include "adapters/pmh/pmh_adapter.h"

extern "C" SEKISHO_MODULE_EXPORT const sekisho_adapter_v1* sekisho_adapter_v1_entry(void) {
    using namespace sekisho;
    return adapters::export_adapter<
        &peer::from_text<pmh_adapter::Settings, &pmh_adapter::make_adapter>>();
}
