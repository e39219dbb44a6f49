// The adapter of the sharing service of medical records as a loadable module.
#include "adapters/api/module.h"
#include "adapters/emr_sharing/emr_sharing_adapter.h"
#include "adapters/peer/from_text.h"

extern "C" SEKISHO_MODULE_EXPORT const sekisho_adapter_v1* sekisho_adapter_v1_entry(void) {
    using namespace sekisho;
    return adapters::export_adapter<
        &peer::from_text<emr_sharing_adapter::Settings, &emr_sharing_adapter::make_adapter>>();
}
