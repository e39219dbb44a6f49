// What the person's window makes of a checkpoint and of an entry of the access list: a checkpoint
// is opened only where it is written in the one way that was signed; nothing is proven that is not
// in the tree.
#include <string>

#include "adapters/documents/base64.h"
#include "adapters/portal/log_check.h"
#include "tests/fuzz/property.h"

namespace {

using namespace sekisho;
using fuzz::require;
using portal_adapter::Checkpoint;

// Of the published key of RFC 8410 section 10.3, which signed the seeds.
constexpr std::string_view kKey =
    "gateway.example+a8ab1002+ARm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh";
// The tree of the seeds.
constexpr std::string_view kRoot = "QOLlgayNojy26cjVo1JEcBZEiLbXv2AXz+md26549WA=";

void check_note(std::string_view note) {
    const auto checkpoint = portal_adapter::open_checkpoint(note, kKey);
    if (!checkpoint) return;
    require(checkpoint->origin == "gateway.example", "the log's own name");
    require(checkpoint->root.size() == 32, "a root is 32 bytes");
    require(note.starts_with(checkpoint->origin + "\n" + std::to_string(checkpoint->size) + "\n" +
                             documents::to_base64(checkpoint->root) + "\n\n"),
            "there is one way to write a checkpoint");
}

void check_access(std::string_view text) {
    const auto access = documents::parse_json(text);
    if (!access) return;
    const Checkpoint checkpoint{
        .origin = "gateway.example", .size = 2, .root = documents::from_base64(kRoot).value_or("")};
    if (!portal_adapter::trouble_with(*access, checkpoint).empty()) return;
    require(access->string_at("party") == "medical:1319900021", "what is shown is in the log");
    Checkpoint other = checkpoint;
    other.root.front() = static_cast<char>(other.root.front() ^ 1);
    require(!portal_adapter::trouble_with(*access, other).empty(), "and in no other log");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check_note(fuzz::text_of(data, size));
    check_access(fuzz::text_of(data, size));
    return 0;
}
