#include "gateway/doctor/configuration.h"

#include "gateway/doctor/judgements.h"

namespace sekisho::doctor {

Findings findings_of(const std::expected<config::Config, config::ConfigErrors>& loaded,
                     const std::string& file) {
    if (loaded) {
        return {{.area = Area::configuration,
                 .subject = file,
                 .verdict = good({.ja = "正しい設定です", .en = "the configuration is sound"})}};
    }
    Findings findings;
    for (const config::ConfigErrors::Error& error : loaded.error().errors) {
        const std::string place =
            error.file + ":" + std::to_string(error.line) + ":" + std::to_string(error.column);
        findings.push_back(
            {.area = Area::configuration,
             .subject = place,
             .verdict = {.state = State::fault,
                         .what = error.text,
                         .next = {.ja = "運用者がこの行を直し、sekisho check で確かめてください",
                                  .en = "the operator mends this line and runs `sekisho check`"}}});
    }
    return findings;
}

}  // namespace sekisho::doctor
