// Judgements about the machine: addresses, room, disks.
#include <algorithm>
#include <array>

#include "gateway/doctor/bounds.h"
#include "gateway/doctor/judgements.h"

namespace sekisho::doctor {

namespace {

// statfs(2): tmpfs, ramfs
constexpr std::array<std::uint32_t, 2> kMemoryFileSystems{0x01021994, 0x858458F6};

std::string mebibytes(std::uint64_t bytes) {
    return std::to_string(bytes / model::limits::kMebibyte) + " MiB";
}

}  // namespace

Verdict judge_listening(Listening listening, const std::string& detail) {
    const model::Text whose{
        .ja =
            "この機械の管理者が ss -ltnp "
            "でどのプログラムかを調べ、一方を止めるか番号を変えてください",
        .en =
            "the administrator of this machine finds the program by `ss -ltnp`, and stops it or "
            "changes one of the ports"};
    switch (listening) {
        case Listening::ours:
            return good({.ja = "ゲートウェイが応答しています", .en = "the gateway answers"});
        case Listening::ours_outdated:
            return {.state = State::warning,
                    .what = {.ja = "ゲートウェイは、ファイルにあるのとは別の証明書で応答しています",
                             .en = "the gateway answers with another certificate than the file's"},
                    .next = {.ja = "運用者が SIGHUP を送って、新しい証明書を読み込ませてください",
                             .en = "the operator sends SIGHUP, so that it reads the new one"}};
        case Listening::another:
            return {.state = State::fault,
                    .what = {.ja = "別のプログラムがこのアドレスを使っています",
                             .en = "another program has this address"},
                    .next = whose};
        case Listening::silent:
            return {
                .state = State::fault,
                .what = {.ja = "接続は受けられましたが、応答がありません",
                         .en = "a connection is accepted, and nothing is answered"},
                .next = {
                    .ja = "運用者がゲートウェイの状態とログを見てください。別のプログラムであれば" +
                          whose.ja,
                    .en = "the operator looks at the gateway and its log; where it is "
                          "another program, " +
                          whose.en}};
        case Listening::free:
            return good({.ja = "空いています(ゲートウェイは動いていません)",
                         .en = "free; the gateway does not run"});
        case Listening::free_but_runs:
            return {.state = State::fault,
                    .what = {.ja = "ゲートウェイは動いていますが、ここでは誰も応答しません",
                             .en = "the gateway runs, and nobody answers here"},
                    .next = {.ja = "運用者がログを見て、設定を変えたのであれば再起動してください",
                             .en = "the operator looks at the log, and restarts it if the "
                                   "configuration was changed"}};
        case Listening::unbindable:
            break;
    }
    return {
        .state = State::fault,
        .what = {.ja = "このアドレスでは待ち受けできません: " + detail,
                 .en = "this address cannot be listened at: " + detail},
        .next = {
            .ja = "運用者が、アドレスがこの機械にあるか、番号を使う権限があるかを確かめてください",
            .en = "the operator makes sure that the address is this machine's and that "
                  "the gateway's user may use the port"}};
}

Verdict judge_room(const Room& room) {
    std::string left = mebibytes(room.bytes_free) + " / " + mebibytes(room.bytes);
    if (room.inodes > 0) left += ", inode " + std::to_string(room.inodes_free / 1000) + "k";
    const model::Text what{.ja = "空き " + left, .en = "free: " + left};
    const bool counts_inodes = room.inodes > 0;
    const auto below = [&](std::uint64_t bytes, std::uint64_t inodes) {
        return room.bytes_free < bytes || (counts_inodes && room.inodes_free < inodes);
    };
    const model::Text next{
        .ja = "運用者が空きを作ってください。足りない間、ゲートウェイは文書を 503 で断ります",
        .en = "the operator makes room; while there is none the gateway refuses documents (503)"};
    if (below(kRoomFault, kInodesFault)) return {.state = State::fault, .what = what, .next = next};
    if (below(kRoomWarning, kInodesWarning)) {
        return {.state = State::warning, .what = what, .next = next};
    }
    return good(what);
}

Verdict judge_sync(std::chrono::microseconds took) {
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(took).count();
    const std::string in = std::to_string(milliseconds);
    const model::Text what{.ja = "書いて fsync するのに " + in + " ミリ秒かかりました",
                           .en = "written and synced in " + in + " ms"};
    if (took <= kSyncSlow) return good(what);
    return {
        .state = State::warning,
        .what = what,
        .next = {.ja = "この機械の管理者が、ディスクの負荷と故障の兆しを調べてください",
                 .en = "the administrator of this machine looks at the disk's load and health"}};
}

Verdict judge_file_system(std::uint32_t type) {
    if (std::ranges::find(kMemoryFileSystems, type) != kMemoryFileSystems.end()) {
        return {.state = State::warning,
                .what = {.ja = "メモリー上のファイルシステムです。電源が切れるとすべて失われます",
                         .en = "a file system in memory: all of it is lost with the power"},
                .next = {.ja = "運用者がディスクに移してください",
                         .en = "the operator moves it to a disk"}};
    }
    return good({.ja = "この機械のディスクにあります", .en = "on a disk of this machine"});
}

}  // namespace sekisho::doctor
