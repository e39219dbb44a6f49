// GET /v1/log/...: what anyone needs to check the log. For every party; the leaves themselves
// (entry tiles) for operators, since they say who spoke with whom, and a single leaf for those whom
// it names.
#include <charconv>

#include "gateway/audit/leaf_parties.h"
#include "gateway/listener/api_requests.h"
#include "gateway/listener/cloud_events.h"
#include "gateway/listener/query_text.h"
#include "gateway/proof/evidence.h"

namespace sekisho::listener {

namespace {

using model::Problem;
using model::Result;

// A full tile never changes. A part of one is of use only until the next leaves come. What stands
// for now is asked for anew.
constexpr std::string_view kForGood = "private, max-age=31536000, immutable";
constexpr std::string_view kBriefly = "private, max-age=60";
constexpr std::string_view kNow = "no-cache";

Response text_response(std::string body, std::string content_type, std::string_view cached) {
    return {.status = 200,
            .content_type = std::move(content_type),
            .body = std::move(body),
            .headers = {{"Cache-Control", std::string{cached}}}};
}

template <class Read>
Begun answer_with(const ApiCall& call, Read read) {
    return std::make_unique<KeptBody>(
        0,
        [&log = call.world.log, language = language_of(call.head), read = std::move(read)](
            const std::string&, Responder responder) {
            auto answer = read(log);
            responder(answer ? std::move(*answer) : to_response(answer.error(), language));
        },
        KeptBody::Turn::taken);  // a proof reads several hundred hashes
}

Result<std::uint64_t> size_in(const QueryText& query, std::string_view name) {
    constexpr std::uint64_t kMost = 1ULL << 62U;
    const auto found = query.find(name);
    if (found == query.end()) return wrong_attribute(Problem::attribute_missing, name);
    const std::string& text = found->second;
    std::uint64_t value = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (trouble != std::errc{} || end != text.data() + text.size() || value > kMost) {
        return wrong_attribute(Problem::attribute_invalid, name);
    }
    return value;
}

// The two numbers that a question about the tree takes.
Result<std::pair<std::uint64_t, std::uint64_t>> pair_in(const ApiCall& call, std::string_view first,
                                                        std::string_view second) {
    const auto query = read_query(call.head.query, {first, second});
    if (!query) return std::unexpected(query.error());
    const auto one = size_in(*query, first);
    if (!one) return std::unexpected(one.error());
    const auto other = size_in(*query, second);
    if (!other) return std::unexpected(other.error());
    return std::pair{*one, *other};
}

Result<std::string> told_leaf(const proof::PublishedLog& log, const model::PartyId& party,
                              std::uint64_t index) {
    auto leaf = log.leaf(index);
    if (!leaf || party.kind == model::PartyKind::operator_) return leaf;
    if (!audit::is_told(*leaf, party)) return model::refuse(Problem::not_found);
    return leaf;
}

model::Refusal not_stamped() {
    return {.problem = Problem::record_unknown,
            .detail = {.ja = "時刻の証明はまだありません", .en = "there is no timestamp yet"}};
}

}  // namespace

Begun begin_checkpoint(const ApiCall& call) {
    return answer_with(call, [](const proof::PublishedLog& log) -> Result<Response> {
        auto note = log.checkpoint();
        if (!note) return std::unexpected(note.error());
        return text_response(std::move(*note), "text/plain; charset=utf-8", kNow);
    });
}

Begun begin_log_key(const ApiCall& call) {
    return answer_with(call, [](const proof::PublishedLog& log) -> Result<Response> {
        return text_response(log.verifier_keys(), "text/plain; charset=utf-8", kNow);
    });
}

Begun begin_tile(const ApiCall& call) {
    const auto name = audit::parse_tile_name(call.subject);
    if (!name) return turn_away({.problem = Problem::not_found});
    if (!name->row && call.speaker.party.kind != model::PartyKind::operator_) {
        return turn_away({.problem = Problem::not_permitted,
                          .detail = {.ja = "葉そのものは運用者だけが読めます",
                                     .en = "the leaves themselves are for operators"}});
    }
    return answer_with(call, [name = *name](const proof::PublishedLog& log) -> Result<Response> {
        auto bytes = log.tile(name);
        if (!bytes) return std::unexpected(bytes.error());
        return text_response(std::move(*bytes), "application/octet-stream",
                             name.width == audit::kTileWidth ? kForGood : kBriefly);
    });
}

// As `sekisho audit prove` gives it, for `audit verify --evidence`. Whoever is not named learns
// nothing of it: a leaf of others is told like one that is not there. Who asks for such is on
// record.
Begun begin_leaf(const ApiCall& call) {
    const auto query = read_query(call.head.query, {"index"});
    if (!query) return turn_away(query.error());
    const auto index = size_in(*query, "index");
    if (!index) return turn_away(index.error());
    return std::make_unique<KeptBody>(
        0,
        [world = call.world, speaker = call.speaker, language = language_of(call.head),
         index = *index](const std::string&, Responder responder) {
            auto leaf = told_leaf(world.log, speaker.party, index);
            if (!leaf) {
                world.exchange.note_refusal(speaker, leaf.error());
                return responder(to_response(leaf.error(), language));
            }
            const auto evidence = proof::evidence_of(world.log, index, std::move(*leaf));
            responder(evidence ? json_response(200, proof::to_json(*evidence))
                               : to_response(evidence.error(), language));
        },
        KeptBody::Turn::taken);
}

Begun begin_inclusion(const ApiCall& call) {
    const auto asked = pair_in(call, "index", "size");
    if (!asked) return turn_away(asked.error());
    return answer_with(call, [asked = *asked](const proof::PublishedLog& log) -> Result<Response> {
        const auto proof = log.inclusion(asked.first, asked.second);
        if (!proof) return std::unexpected(proof.error());
        return json_response(200, proof::to_json(*proof));
    });
}

Begun begin_consistency(const ApiCall& call) {
    const auto asked = pair_in(call, "from", "to");
    if (!asked) return turn_away(asked.error());
    return answer_with(call, [asked = *asked](const proof::PublishedLog& log) -> Result<Response> {
        const auto proof = log.consistency(asked.first, asked.second);
        if (!proof) return std::unexpected(proof.error());
        return json_response(200, proof::to_json(*proof));
    });
}

Begun begin_timestamp(const ApiCall& call) {
    const proof::Timestamps* timestamps = call.world.timestamps;
    return answer_with(call, [timestamps](const proof::PublishedLog&) -> Result<Response> {
        if (timestamps == nullptr) return std::unexpected(not_stamped());
        const auto latest = timestamps->latest();
        if (!latest) return std::unexpected(not_stamped());
        Response response = json_response(200, proof::to_json(*latest));
        response.headers.push_back({"Cache-Control", std::string{kNow}});
        return response;
    });
}

}  // namespace sekisho::listener
