// The C++ layer on both sides of sekisho_adapter_v1: a C++ Adapter as a module, and a module as a
// C++ Adapter.
//
// Inside a module:
//     extern "C" SEKISHO_MODULE_EXPORT const sekisho_adapter_v1* sekisho_adapter_v1_entry(void) {
//         return sekisho::adapters::export_adapter<&make>();
//     }
// In the host, with the table that the entry function gave (loading it is the host's business):
//     auto adapter = ModuleAdapter::open(table, settings_text);
//
// The authorisation: the host unwraps an Authorized<Envelope> to cross; the inner side wraps it
// again, in module_export.cpp and nowhere else. No exception leaves either side.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "adapters/api/adapter.h"
#include "adapters/api/sekisho_adapter_v1.h"
#include "routing/model/problem.h"

#define SEKISHO_MODULE_EXPORT __attribute__((visibility("default")))

namespace sekisho::adapters {

// Makes an adapter of the JSON text of its settings; a refusal says what is wrong with them.
using AdapterFactory = model::Result<std::unique_ptr<Adapter>> (*)(std::string_view settings);

namespace module_calls {  // the table's functions; create() is made for each factory by
                          // export_adapter

std::int32_t create(AdapterFactory factory, sekisho_text_v1 settings,
                    const sekisho_sink_v1* trouble, sekisho_adapter_instance_v1** instance);
void destroy(sekisho_adapter_instance_v1* instance);
std::int32_t capabilities(sekisho_adapter_instance_v1* instance, sekisho_capabilities_v1* into);
std::int32_t deliver(sekisho_adapter_instance_v1* instance, const sekisho_delivery_v1* delivery,
                     const sekisho_body_v1* body, std::int64_t deadline_ns,
                     sekisho_outcome_v1* into);
std::int32_t ask(sekisho_adapter_instance_v1* instance, const sekisho_envelope_v1* question,
                 std::int64_t deadline_ns, const sekisho_sink_v1* body, sekisho_answer_v1* into);
std::int32_t probe(sekisho_adapter_instance_v1* instance, std::int64_t deadline_ns,
                   sekisho_health_v1* into);

}  // namespace module_calls

template <AdapterFactory Factory>
const sekisho_adapter_v1* export_adapter() {
    static constexpr sekisho_adapter_v1 kTable{
        sizeof(sekisho_adapter_v1),
        SEKISHO_ADAPTER_V1_ABI,
        [](sekisho_text_v1 settings, const sekisho_sink_v1* trouble,
           sekisho_adapter_instance_v1** instance) -> std::int32_t {
            return module_calls::create(Factory, settings, trouble, instance);
        },
        &module_calls::destroy,
        &module_calls::capabilities,
        &module_calls::deliver,
        &module_calls::ask,
        &module_calls::probe};
    return &kTable;
}

// A module's adapter in the host. The module must stay loaded as long as this lives.
class ModuleAdapter final : public Adapter {
  public:
    // Refusal attribute_invalid: not this ABI, or settings that the module does not take (its own
    // words).
    static model::Result<std::unique_ptr<ModuleAdapter>> open(const sekisho_adapter_v1* table,
                                                              std::string_view settings);
    ~ModuleAdapter() override;
    ModuleAdapter(const ModuleAdapter&) = delete;
    ModuleAdapter& operator=(const ModuleAdapter&) = delete;

    Capabilities capabilities() const override;
    Outcome deliver(const Delivery& delivery, ByteSource& body, Deadline deadline) override;
    Answer ask(const model::Authorized<model::Envelope>& question, Deadline deadline) override;
    Health probe(Deadline deadline) override;

  private:
    ModuleAdapter(const sekisho_adapter_v1* table, sekisho_adapter_instance_v1* instance)
        : table_(table), instance_(instance) {}

    const sekisho_adapter_v1* const table_;
    sekisho_adapter_instance_v1* const instance_;
};

}  // namespace sekisho::adapters
