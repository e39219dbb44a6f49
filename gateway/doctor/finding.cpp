#include "gateway/doctor/finding.h"

#include <algorithm>

namespace sekisho::doctor {

namespace {

struct Name {
    std::string_view en;
    std::string_view ja;
};

// In the order of Area.
constexpr std::array<Name, 10> kAreas{{{"configuration", "設定"},
                                       {"certificates", "証明書と鍵"},
                                       {"revocation", "失効情報"},
                                       {"clock", "時計"},
                                       {"ports", "待ち受け"},
                                       {"tunnel", "トンネル"},
                                       {"cards", "カードリーダー"},
                                       {"store", "データベース"},
                                       {"disk", "ディスクの空き"},
                                       {"adapters", "アダプター"}}};

// In the order of State.
constexpr std::array<Name, 5> kStates{{{"good", "良好"},
                                       {"note", "参考"},
                                       {"warning", "注意"},
                                       {"fault", "障害"},
                                       {"unknown", "不明"}}};

}  // namespace

std::string_view to_string(Area area) {
    return kAreas.at(static_cast<std::size_t>(area)).en;
}

std::string_view japanese_of(Area area) {
    return kAreas.at(static_cast<std::size_t>(area)).ja;
}

std::string_view to_string(State state) {
    return kStates.at(static_cast<std::size_t>(state)).en;
}

std::string_view japanese_of(State state) {
    return kStates.at(static_cast<std::size_t>(state)).ja;
}

Counts count(const Findings& findings) {
    Counts counts{};
    for (const Finding& finding : findings) {
        ++counts.at(static_cast<std::size_t>(finding.verdict.state));
    }
    return counts;
}

State state_of(const Findings& findings) {
    const Counts counts = count(findings);
    for (const State state : {State::fault, State::warning, State::unknown}) {
        if (counts.at(static_cast<std::size_t>(state)) > 0) return state;
    }
    return State::good;
}

bool is_sound(const Findings& findings) {
    return state_of(findings) == State::good;
}

}  // namespace sekisho::doctor
