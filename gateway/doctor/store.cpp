// The database: what it is, whether it reads, and whether what is written beside it reaches a disk.
#include <filesystem>
#include <sys/vfs.h>

#include "gateway/doctor/areas.h"
#include "gateway/doctor/bounds.h"
#include "gateway/doctor/judgements.h"
#include "gateway/doctor/pem_files.h"
#include "gateway/doctor/scratch.h"
#include "gateway/store/gateway_lock.h"
#include "gateway/store/store_look.h"

namespace sekisho::doctor {

namespace {

namespace fs = std::filesystem;

model::Text restoring() {
    return {
        .ja =
            "運用者がゲートウェイを止め、ファイルを控えてから、控えのデータベースに戻してください",
        .en =
            "the operator stops the gateway, keeps a copy of the files, and goes back to a copy "
            "of the database"};
}

void add(Findings& findings, const std::string& subject, Verdict verdict) {
    findings.push_back({.area = Area::store, .subject = subject, .verdict = std::move(verdict)});
}

Verdict faulty(const std::string& ja, const std::string& en, model::Text next) {
    return {.state = State::fault, .what = {.ja = ja, .en = en}, .next = std::move(next)};
}

Verdict judge_version(std::int64_t found) {
    const std::int64_t known = store::known_schema_version();
    const std::string version = std::to_string(found);
    if (found == known) {
        return good({.ja = "版 " + version + " です", .en = "of version " + version});
    }
    const std::string ours = std::to_string(known);
    if (found < known) {
        return {.state = State::note,
                .what = {.ja = "版 " + version + " で、次の起動で版 " + ours + " になります",
                         .en = "of version " + version + "; the next start makes it " + ours},
                .next = {.ja = "運用者は起動の前に控えを取ってください",
                         .en = "the operator keeps a copy before that"}};
    }
    return faulty("版 " + version + " は、このプログラムの版 " + ours + " より新しいものです",
                  "of version " + version + ", newer than this program's " + ours,
                  {.ja = "運用者が合う版の sekisho を使ってください",
                   .en = "the operator uses the sekisho that belongs to it"});
}

Verdict judge_pages(const store::StoreLook& look) {
    switch (look.pages) {
        case store::Pages::sound:
            return good(
                {.ja = "読み通して壊れはありません", .en = "read through, nothing is broken"});
        case store::Pages::not_finished:
            return {.state = State::note,
                    .what = {.ja = "大きいか変わりつつあるため、ここでは読み通していません",
                             .en = "not read through here: too large for that, or changing"},
                    .next = {.ja = "必要なら運用者が sekisho audit verify で全体を調べてください",
                             .en = "where it matters the operator runs `sekisho audit verify`"}};
        case store::Pages::damaged:
            break;
    }
    const std::string damage = foreign_words(look.damage);
    return faulty("壊れています: " + damage, "it is damaged: " + damage, restoring());
}

void look_at_database(Findings& findings, const std::string& path) {
    const auto look = store::look_at_store(path, std::chrono::steady_clock::now() + kStoreCheck);
    if (!look) {
        const model::Text& why = look.error().detail;
        return add(
            findings, path,
            {.state = State::unknown,
             .what = why,
             .next = {.ja = "ゲートウェイの利用者で実行してください。それでも読めなければ、" +
                            restoring().ja,
                      .en = "run it as the gateway's user; should it still not read, " +
                            restoring().en}});
    }
    add(findings, path, judge_version(look->schema_version));
    add(findings, path,
        look->writes_ahead
            ? good({.ja = "WAL です", .en = "it is in WAL mode"})
            : Verdict{.state = State::warning,
                      .what = {.ja = "WAL ではありません", .en = "it is not in WAL mode"},
                      .next = {.ja = "運用者が起動してください。起動すると WAL になります",
                               .en = "the operator starts the gateway, which puts "
                                     "it there"}});
    add(findings, path, judge_pages(*look));
    if (const auto mode = mode_of(path)) add(findings, path, judge_mode(*mode, Secret::key));
}

void look_at_folder(Findings& findings, const std::string& folder) {
    struct statfs status{};
    if (::statfs(folder.c_str(), &status) != 0) {
        return add(
            findings, folder,
            faulty(
                "このフォルダーはありません", "there is no such folder",
                {.ja =
                     "運用者が、ディスクがつながっているか、設定の場所が正しいかを確かめてください",
                 .en = "the operator makes sure that its disk is mounted and that the "
                       "configuration names the right place"}));
    }
    if (const auto local = store::check_file_system(folder); !local) {
        add(findings, folder,
            {.state = State::fault,
             .what = local.error().detail,
             .next = {.ja = "運用者がこの機械自身のディスクに移してください",
                      .en = "the operator moves it to this machine's own disk"}});
    } else {
        add(findings, folder, judge_file_system(static_cast<std::uint32_t>(status.f_type)));
    }
    const auto took = try_disk(folder, kScratchBytes);
    add(findings, folder,
        took ? judge_sync(*took)
             : faulty("書けません: " + took.error(), "it cannot be written to: " + took.error(),
                      {.ja = "運用者が空きと権限を、この機械の管理者がディスクを調べてください",
                       .en = "the operator looks at room and permissions, the administrator of "
                             "this machine at the disk"}));
}

}  // namespace

Findings examine_store(const Premises& premises) {
    Findings findings;
    const config::StoreConfig& store = premises.config->store;
    std::error_code trouble;
    if (!fs::exists(store.path, trouble)) {
        add(findings, store.path,
            {.state = State::note,
             .what = {.ja = "まだありません。最初の起動で作られます",
                      .en = "not there yet; the first start makes it"},
             .next = {.ja = "動いていたゲートウェイなら、運用者がディスクと設定を確かめてください",
                      .en = "of a gateway that has run before, the operator looks at disk and "
                            "configuration"}});
        return findings;
    }
    look_at_folder(findings, fs::path{store.path}.parent_path().string());
    look_at_folder(findings, store.spool_folder);
    look_at_database(findings, store.path);  // last: on a sick disk it may not come back
    return findings;
}

}  // namespace sekisho::doctor
