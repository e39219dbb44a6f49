#include "gateway/proof/evidence.h"

#include <algorithm>
#include <array>

#include "adapters/documents/base64.h"
#include "routing/model/event_type.h"

namespace sekisho::proof {

namespace {

using documents::Json;
using model::Problem;
using model::Result;

std::unexpected<model::Refusal> untrue(std::string ja, std::string en) {
    return model::refuse(Problem::digest_mismatch, {.ja = std::move(ja), .en = std::move(en)});
}

std::unexpected<model::Refusal> unreadable(const std::string& member) {
    return model::refuse(
        Problem::json_malformed,
        {.ja = "証拠の項目 " + member + " がないか、形が違います",
         .en = "the member " + member + " of the evidence is missing or of another form"});
}

Json number(std::uint64_t value) {
    return Json::number(static_cast<std::int64_t>(value));
}

std::optional<std::uint64_t> number_at(const Json& json, std::string_view name) {
    const auto value = json.integer_at(name);
    if (!value || *value < 0) return std::nullopt;
    return static_cast<std::uint64_t>(*value);
}

std::optional<std::vector<model::Sha256>> hashes_at(const Json& json) {
    const Json* list = json.find("hashes");
    if (list == nullptr || !list->is_array()) return std::nullopt;
    std::vector<model::Sha256> hashes;
    for (const Json& item : list->items()) {
        const auto text = item.as_string();
        const auto bytes = text ? documents::from_base64(*text) : std::nullopt;
        model::Sha256 hash{};
        if (!bytes || bytes->size() != hash.size()) return std::nullopt;
        std::ranges::copy(*bytes, hash.begin());
        hashes.push_back(hash);
    }
    return hashes;
}

Result<Evidence::Leaf> parse_leaf(const Json& json) {
    const auto index = number_at(json, "index");
    const auto text = json.string_at("text");
    auto hashes = hashes_at(json);
    if (!index || !text || !hashes) return unreadable("leaf");
    return Evidence::Leaf{
        .index = *index, .text = std::string{*text}, .hashes = std::move(*hashes)};
}

Result<Evidence::Growth> parse_growth(const Json& json) {
    const auto from = number_at(json, "from");
    auto hashes = hashes_at(json);
    if (!from || !hashes) return unreadable("growth");
    return Evidence::Growth{.from = *from, .hashes = std::move(*hashes)};
}

Result<void> check_growth(const Evidence& evidence, const audit::Tree& tree,
                          const audit::Checkpoint& earlier, std::string_view origin) {
    if (earlier.origin != origin) {
        return untrue("保管されたチェックポイントは別の記録のものです",
                      "the checkpoint that was kept is of another log");
    }
    if (!evidence.growth || evidence.growth->from != earlier.tree.size) {
        return untrue("証拠に、保管されたチェックポイントからの成長がありません",
                      "the evidence has no growth from the checkpoint that was kept");
    }
    if (audit::extends(tree, earlier.tree, evidence.growth->hashes)) return {};
    return untrue("記録は、保管されたチェックポイントの続きではありません。書き換えられています",
                  "the log does not go on from the checkpoint that was kept: it was rewritten");
}

std::unexpected<model::Refusal> differ_in(const std::string& claim) {
    return untrue("受領証と葉の " + claim + " が違います", "receipt and leaf differ in " + claim);
}

// As a receipt names it: as the event that was sent.
std::optional<std::string> event_type_in(const Json& leaf) {
    const auto type = leaf.string_at("type");
    if (!type) return std::nullopt;
    return model::event_type(*type);
}

// The parties in a receipt's or a leaf's list, in one order; nothing where there is no such list.
template <class Name>
std::optional<std::vector<std::string>> parties_at(const Json& json, std::string_view member,
                                                   Name name_of) {
    const Json* list = json.find(member);
    if (list == nullptr || !list->is_array()) return std::nullopt;
    std::vector<std::string> parties;
    for (const Json& item : list->items())
        parties.emplace_back(name_of(item).value_or(std::string_view{}));
    std::ranges::sort(parties);
    return parties;
}

// Of very many a leaf keeps how many they are and a digest that binds their ways too.
bool same_recipients(const Json& claims, const Json& leaf) {
    const auto told =
        parties_at(claims, "recipients", [](const Json& item) { return item.as_string(); });
    if (!told) return false;
    const auto recorded = parties_at(leaf, "deliveries",
                                     [](const Json& item) { return item.string_at("recipient"); });
    return recorded ? told == recorded : number_at(leaf, "deliveries_count") == told->size();
}

}  // namespace

Result<Evidence> evidence_of(const PublishedLog& log, std::uint64_t index, std::string text) {
    auto head = log.head();
    if (!head) return std::unexpected(head.error());
    auto inclusion = log.inclusion(index, head->size);
    if (!inclusion) return std::unexpected(inclusion.error());
    return Evidence{
        .checkpoint = std::move(head->note),
        .leaf = Evidence::Leaf{
            .index = index, .text = std::move(text), .hashes = std::move(inclusion->hashes)}};
}

Json to_json(const Evidence& evidence) {
    Json json = Json::object();
    json.set("checkpoint", evidence.checkpoint);
    if (const auto& leaf = evidence.leaf) {
        json.set("leaf", Json::object()
                             .set("index", number(leaf->index))
                             .set("text", leaf->text)
                             .set("hashes", to_json(leaf->hashes)));
    }
    if (const auto& growth = evidence.growth) {
        json.set("growth", Json::object()
                               .set("from", number(growth->from))
                               .set("hashes", to_json(growth->hashes)));
    }
    return json;
}

Result<Evidence> parse_evidence(std::string_view text) {
    const auto json = documents::parse_json(text);
    if (!json) return std::unexpected(json.error());
    const auto checkpoint = json->string_at("checkpoint");
    if (!checkpoint) return unreadable("checkpoint");
    Evidence evidence{.checkpoint = std::string{*checkpoint}};
    if (const Json* leaf = json->find("leaf")) {
        auto parsed = parse_leaf(*leaf);
        if (!parsed) return std::unexpected(parsed.error());
        evidence.leaf = std::move(*parsed);
    }
    if (const Json* growth = json->find("growth")) {
        auto parsed = parse_growth(*growth);
        if (!parsed) return std::unexpected(parsed.error());
        evidence.growth = std::move(*parsed);
    }
    return evidence;
}

Result<audit::Checkpoint> check(const Evidence& evidence,
                                const std::vector<audit::LogVerifier>& verifiers,
                                const std::optional<audit::Checkpoint>& earlier) {
    auto checkpoint = audit::open_checkpoint(evidence.checkpoint, verifiers);
    if (!checkpoint) return checkpoint;
    if (const auto& leaf = evidence.leaf) {
        const auto hash = audit::leaf_hash(leaf->text);
        if (!audit::includes(checkpoint->tree, leaf->index, hash, leaf->hashes)) {
            return untrue("葉はチェックポイントの木に含まれていません",
                          "the leaf is not in the checkpoint's tree");
        }
    }
    if (!earlier && evidence.growth) {
        return untrue(
            "証拠は成長も述べています。保管されたチェックポイントを --since で渡してください",
            "the evidence tells of a growth too: give the checkpoint that was kept by "
            "--since");
    }
    if (!earlier) return checkpoint;
    const auto grown = check_growth(evidence, checkpoint->tree, *earlier, checkpoint->origin);
    if (!grown) return std::unexpected(grown.error());
    return checkpoint;
}

Result<void> check_receipt(const Json& claims, std::string_view origin,
                           const Evidence::Leaf& leaf) {
    if (claims.string_at("logorigin") != origin) {
        return untrue("受領証は別の記録を指しています", "the receipt names another log");
    }
    if (number_at(claims, "log") != leaf.index) {
        return untrue("受領証は別の葉を指しています", "the receipt names another leaf");
    }
    const auto recorded = documents::parse_json(leaf.text);
    if (!recorded || recorded->string_at("kind") != "acceptance") {
        return untrue("葉は受理の記録ではありません", "the leaf records no acceptance");
    }
    constexpr std::array kSame{"id", "source", "author", "sha256"};
    for (const char* name : kSame) {
        if (claims.string_at(name) && claims.string_at(name) == recorded->string_at(name)) continue;
        return differ_in(name);
    }
    for (const char* name : {"size", "routes"}) {
        if (number_at(claims, name) && number_at(claims, name) == number_at(*recorded, name)) {
            continue;
        }
        return differ_in(name);
    }
    if (!same_recipients(claims, *recorded)) return differ_in("recipients");
    const auto type = event_type_in(*recorded);
    if (type && claims.string_at("type") == type) return {};
    return differ_in("type");
}

}  // namespace sekisho::proof
