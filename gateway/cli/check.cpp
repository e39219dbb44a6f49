#include "gateway/cli/commands.h"

namespace sekisho::cli {

namespace {

using documents::Json;

Json to_json(const config::ConfigErrors& errors) {
    Json list = Json::array();
    for (const auto& error : errors.errors) {
        list.push(Json::object()
                      .set("file", error.file)
                      .set("line", Json::number(error.line))
                      .set("column", Json::number(error.column))
                      .set("ja", error.text.ja)
                      .set("en", error.text.en));
    }
    return list;
}

std::int64_t count(std::size_t number) {
    return static_cast<std::int64_t>(number);
}

}  // namespace

int check(const Session& session) {
    const auto loaded = config::load(session.options.text("--config"));
    if (!loaded) {
        if (session.json()) {
            session.print(Json::object()
                              .set("ok", Json::boolean(false))
                              .set("errors", to_json(loaded.error())));
            return kNo;
        }
        for (const auto& error : loaded.error().errors)
            session.out() << config::to_text(error) << "\n";
        return kNo;
    }
    const plan::Snapshot& snapshot = *loaded->snapshot;
    if (session.json()) {
        session.print(Json::object()
                          .set("ok", Json::boolean(true))
                          .set("errors", Json::array())
                          .set("revision", Json::number(count(snapshot.revision)))
                          .set("types", Json::number(count(snapshot.catalogue.types().size())))
                          .set("parties", Json::number(count(snapshot.directory.all().size())))
                          .set("routes", Json::number(count(snapshot.routes.routes().size()))));
        return kOk;
    }
    session.out() << "正しい設定です / the configuration is sound: "
                  << snapshot.catalogue.types().size() << " types, "
                  << snapshot.directory.all().size() << " parties, "
                  << snapshot.routes.routes().size() << " routes, revision " << snapshot.revision
                  << "\n";
    return kOk;
}

}  // namespace sekisho::cli
