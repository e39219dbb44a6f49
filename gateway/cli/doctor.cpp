// `doctor`: how this gateway and its machine stand; and the bundle for who helps.
#include "gateway/cli/commands.h"
#include "gateway/doctor/bundle.h"
#include "gateway/doctor/examination.h"
#include "gateway/doctor/report.h"

namespace sekisho::cli {

int doctor(const Session& session) {
    const World& world = session.world;
    const std::string file = session.options.text("--config");
    const auto examined = doctor::examine(file, world.machine);
    if (session.json()) {
        session.print(doctor::to_json(examined.findings));
    } else {
        session.out() << doctor::to_text(examined.findings);
    }
    if (session.options.has("--bundle")) {
        const std::string bundle = session.options.text("--bundle");
        const auto entries = doctor::bundle_entries({.examined = examined,
                                                     .machine = world.machine,
                                                     .config_file = file,
                                                     .version = SEKISHO_VERSION});
        if (!entries) return session.fail(kUsage, entries.error());
        const auto written = doctor::write_bundle(*world.machine.files, bundle, *entries);
        if (!written) return session.fail(kUsage, written.error());
        if (!session.json()) session.out() << bundle << "\n";
    }
    return doctor::is_sound(examined.findings) ? kOk : kNo;
}

}  // namespace sekisho::cli
