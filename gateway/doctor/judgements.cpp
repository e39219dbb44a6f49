#include "gateway/doctor/judgements.h"

#include <array>
#include <charconv>
#include <cstdlib>

#include "gateway/doctor/bounds.h"

namespace sekisho::doctor {

namespace {

using model::Instant;
using std::chrono::days;

std::string whole_days(model::Duration span) {
    return std::to_string(std::chrono::floor<days>(span).count());
}

// Functions, not constants: a look that was left behind may need one when the program ends.
model::Text renewing(Renewal renewal) {
    switch (renewal) {
        case Renewal::in_its_file:
            break;
        case Renewal::of_ike:
            return {.ja =
                        "運用者が IKE の認証局に更新を申請し、この機械の管理者が swanctl の x509 "
                        "フォルダーの同じファイルに置いて swanctl --load-all --clear "
                        "を実行してください",
                    .en =
                        "the operator has it renewed by the IKE authority; the administrator of "
                        "this machine puts it into the same file of swanctl's folder x509 and "
                        "runs `swanctl --load-all --clear`"};
        case Renewal::ike_authority:
            return {.ja =
                        "運用者が IKE の認証局から次の認証局証明書を受け取り、この機械の管理者が "
                        "swanctl の x509ca フォルダーに置いて swanctl --load-all --clear "
                        "を実行してください",
                    .en =
                        "the operator gets the authority's next certificate; the administrator "
                        "of this machine puts it into swanctl's folder x509ca and runs `swanctl "
                        "--load-all --clear`"};
        case Renewal::of_ike_peer:
            return {.ja = "運用者が相手の回線担当者に IKE の証明書の更新を頼んでください",
                    .en =
                        "the operator asks whoever runs the peer's line to have its IKE "
                        "certificate renewed"};
    }
    return {
        .ja = "運用者が認証局に更新を申請し、同じファイルに置いて SIGHUP を送ってください",
        .en =
            "the operator has it renewed by its authority, puts it into the same file and sends "
            "SIGHUP"};
}
model::Text fetching_list() {
    return {
        .ja =
            "運用者が認証局の新しい失効リストを取得して置いてください。取得の自動処理も確かめてくだ"
            "さ"
            "い",
        .en =
            "the operator fetches the authority's newest list into this file, and sees why what "
            "fetches it did not"};
}
model::Text setting_clock() {
    return {.ja = "この機械の管理者が chronyd などの時刻同期を確かめてください",
            .en =
                "the administrator of this machine looks at its time service "
                "(chronyd or the like)"};
}

std::optional<int> number_in(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::string foreign_words(std::string_view words) {
    constexpr std::size_t kLongest = 200;
    std::string line;
    for (const char c : words.substr(0, kLongest)) {
        const bool is_ascii = c >= ' ' && c <= '~';
        if (is_ascii) {
            line.push_back(c);
        } else if (!line.ends_with('?')) {
            line.push_back('?');
        }
    }
    return line;
}

Verdict good(model::Text what) {
    return {.state = State::good, .what = std::move(what)};
}

Verdict unknown(const std::string& why, model::Text next) {
    return {.state = State::unknown,
            .what = {.ja = "調べられませんでした: " + why, .en = "could not be looked at: " + why},
            .next = std::move(next)};
}

Verdict judge_expiry(const model::Period& validity, Instant now, Renewal renewal) {
    const std::string from = validity.from ? model::to_rfc3339(*validity.from) : "-";
    const std::string until = validity.until ? model::to_rfc3339(*validity.until) : "-";
    if (!validity.until || *validity.until <= now) {
        return {.state = State::fault,
                .what = {.ja = "有効期限が切れています(" + until + " まで)",
                         .en = "it has expired (" + until + ")"},
                .next = renewing(renewal)};
    }
    if (!validity.from || now < *validity.from) {
        return {.state = State::fault,
                .what = {.ja = "まだ有効ではありません(" + from + " から)",
                         .en = "it is not valid yet (from " + from + ")"},
                .next = {.ja = "運用者がこの機械の時計と証明書を確かめてください",
                         .en = "the operator compares this machine's clock and the certificate"}};
    }
    const auto left = *validity.until - now;
    const std::string in = whole_days(left);
    const model::Text ends{.ja = "あと " + in + " 日で期限が切れます(" + until + ")",
                           .en = "it expires in " + in + " days (" + until + ")"};
    if (left < kExpiryNear) return {.state = State::fault, .what = ends, .next = renewing(renewal)};
    if (left < kExpirySoon) {
        return {.state = State::warning, .what = ends, .next = renewing(renewal)};
    }
    return good({.ja = until + " まで有効(あと " + in + " 日)",
                 .en = "valid until " + until + " (" + in + " days)"});
}

Verdict judge_key_age(Instant written, Instant now) {
    const std::string at = model::to_rfc3339(written);
    const auto left = written + kKeyOld - now;
    if (now < written) {
        return unknown("written at " + at + ", which is to come",
                       {.ja = "この機械の管理者が時計を、運用者がこのファイルの日時を確かめてくだ"
                              "さい",
                        .en = "the administrator of this machine looks at its clock, and the "
                              "operator at the file's time"});
    }
    const model::Text next{
        .ja =
            "運用者が sekisho keys rotate で新しい鍵を作り、検証する相手に公開鍵を知らせてください",
        .en =
            "the operator makes a new one by `sekisho keys rotate`, and tells "
            "those who verify by it"};
    if (left <= model::Duration::zero()) {
        return {.state = State::warning,
                .what = {.ja = at + " に書かれた鍵で、古すぎます",
                         .en = "its file was written at " + at + ", which is too long ago"},
                .next = next};
    }
    if (left < kKeyOldSoon) {
        return {
            .state = State::note,
            .what = {.ja = at + " に書かれました。あと " + whole_days(left) + " 日で古くなります",
                     .en = "written at " + at + "; too old in " + whole_days(left) + " days"},
            .next = next};
    }
    return good({.ja = at + " に書かれました", .en = "written at " + at});
}

Verdict judge_list(const ListDays& list, Instant now, ListReach reach) {
    if (!list.next_update) {
        return {.state = State::fault,
                .what = {.ja = "次回更新日時がなく、失効リストとして使えません",
                         .en = "it does not say when it runs out, and counts for nothing"},
                .next = fetching_list()};
    }
    const std::string from = model::to_rfc3339(list.this_update);
    const std::string until = model::to_rfc3339(*list.next_update);
    if (now < list.this_update) {
        return {.state = State::fault,
                .what = {.ja = "まだ始まっていません(" + from + " から)",
                         .en = "it has not begun (from " + from + ")"},
                .next = setting_clock()};
    }
    if (*list.next_update <= now) {
        const model::Text refused =
            reach == ListReach::all
                ? model::Text{.ja = "この認証局の証明書はすべて拒まれます",
                              .en = "every certificate of this authority is refused"}
                : model::Text{.ja = "この配布点の証明書はすべて拒まれます",
                              .en = "every certificate of this distribution point is refused"};
        return {.state = State::fault,
                .what = {.ja = "期限が切れています(" + until + " まで)。" + refused.ja,
                         .en = "it ran out at " + until + "; " + refused.en},
                .next = fetching_list()};
    }
    if (*list.next_update - now < kListNear) {
        return {.state = State::warning,
                .what = {.ja = until + " に期限が切れます", .en = "it runs out at " + until},
                .next = fetching_list()};
    }
    return good({.ja = from + " 発行、" + until + " まで有効",
                 .en = "of " + from + ", in force until " + until});
}

Verdict judge_superseded_list(const ListDays& list) {
    const std::string until = list.next_update ? model::to_rfc3339(*list.next_update) : "-";
    return {.state = State::note,
            .what = {.ja = "全体の失効リストは有効ではありません(" + until +
                           " まで)。有効なリストのある配布点の証明書だけが確かめられます",
                     .en = "this list of all certificates is not in force (until " + until +
                           "); only those of the distribution points whose lists are can be "
                           "judged"},
            .next = {.ja = "運用者が、認証局がまだ全体のリストを出しているか確かめ、出していなけれ"
                           "ばこのファイルから除いてください",
                     .en = "the operator asks whether the authority still issues it, and if not "
                           "takes it out of this file"}};
}

Verdict judge_mode(unsigned mode, Secret secret) {
    constexpr unsigned kGroup = 0070;
    constexpr unsigned kOthers = 0007;
    constexpr unsigned kPermissions = 0777;
    const bool others = (mode & kOthers) != 0;
    const bool group = (mode & kGroup) != 0;
    if (!others && (!group || secret == Secret::password)) {
        return good({.ja = "ほかの利用者には読めません", .en = "others cannot read it"});
    }
    std::string octal = "0000";
    for (unsigned i = 0, rest = mode & kPermissions; i < 4; ++i, rest /= 8) {
        octal[3 - i] = static_cast<char>('0' + rest % 8);
    }
    const bool is_fault = secret == Secret::keyring || (secret == Secret::key && others);
    return {.state = is_fault ? State::fault : State::warning,
            .what = {.ja = "所有者のほかにも開かれています(" + octal + ")",
                     .en = "it is open to others than its owner (" + octal + ")"},
            .next = {.ja = "運用者が chmod 600 とし、読まれたおそれがあれば取り替えてください",
                     .en = "the operator makes it 0600 (chmod 600), and replaces it if somebody "
                           "may have read it"}};
}

Verdict judge_skew(std::chrono::seconds ahead) {
    const auto size = std::chrono::abs(ahead);
    const std::string seconds = std::to_string(size.count());
    const bool is_ahead = ahead > 0s;
    const model::Text what{.ja = "この機械の時計は相手より " + seconds + " 秒" +
                                 (is_ahead ? "進んで" : "遅れて") + "います",
                           .en = "this machine's clock is " + seconds + " s " +
                                 (is_ahead ? "ahead of" : "behind") + " the peer's"};
    if (size > kSkewFault) return {.state = State::fault, .what = what, .next = setting_clock()};
    if (size > kSkewNoticed)
        return {.state = State::warning, .what = what, .next = setting_clock()};
    return good({.ja = "相手の時計との差は " + seconds + " 秒です",
                 .en = "within " + seconds + " s of the peer's clock"});
}

Verdict judge_keeping(ClockKeeping keeping) {
    switch (keeping) {
        case ClockKeeping::synchronised:
            return good({.ja = "時刻は同期されています", .en = "the clock is synchronised"});
        case ClockKeeping::adrift:
            return {.state = State::warning,
                    .what = {.ja = "カーネルによれば、時刻は同期されていません",
                             .en = "the kernel says that the clock is not synchronised"},
                    .next = setting_clock()};
        case ClockKeeping::unreadable:
            break;
    }
    return unknown("adjtimex", setting_clock());
}

std::optional<Instant> parse_http_date(std::string_view text) {
    constexpr std::size_t kLength = 29;
    constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (text.size() != kLength || !text.ends_with(" GMT") || text.substr(3, 2) != ", ") {
        return std::nullopt;
    }
    unsigned month = 0;
    while (month < kMonths.size() && kMonths[month] != text.substr(8, 3)) ++month;
    const auto day = number_in(text.substr(5, 2));
    const auto year = number_in(text.substr(12, 4));
    const auto hour = number_in(text.substr(17, 2));
    const auto minute = number_in(text.substr(20, 2));
    const auto second = number_in(text.substr(23, 2));
    if (month == kMonths.size() || !day || !year || !hour || !minute || !second) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{month + 1},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    return Instant{std::chrono::sys_days{date} + std::chrono::hours{*hour} +
                   std::chrono::minutes{*minute} + std::chrono::seconds{*second}};
}

Verdict judge_tries(int tries_left) {
    const std::string left = std::to_string(tries_left);
    if (tries_left > kLastTry) {
        return good({.ja = "カードあり。パスワードの残り回数は " + left + " 回です",
                     .en = "a card lies there; its password has " + left + " tries left"});
    }
    if (tries_left == kLastTry) {
        return {.state = State::warning,
                .what = {.ja = "このカードのパスワードは、あと 1 回の誤りで使えなくなります",
                         .en = "one more wrong password blocks this card"},
                .next = {.ja = "窓口の担当者が、本人に番号を確かめてもらってから入力してください",
                         .en = "whoever is at the desk lets the person make sure of the number "
                               "before it is typed"}};
    }
    return {.state = State::warning,
            .what = {.ja = "このカードのパスワードは使えなくなっています",
                     .en = "this card's password is blocked"},
            .next = {.ja = "本人が市区町村の窓口で初期化を受けてください",
                     .en = "the person has it reset at the municipality's counter"}};
}

}  // namespace sekisho::doctor
