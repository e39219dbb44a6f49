#include "gateway/listener/accounts.h"

#include <algorithm>
#include <utility>

namespace sekisho::listener {

namespace {

using Seconds = std::chrono::duration<double>;

constexpr std::size_t kAccountsBeforeTidying = 1024;
constexpr std::chrono::seconds kTooManyConnectionsRest{10};

}  // namespace

std::optional<Accounts::Overdraft> Accounts::connect(const model::PartyId& party, Monotonic now) {
    const locks::Lock lock{mutex_};
    if (accounts_.size() >= kAccountsBeforeTidying && !accounts_.contains(party)) {
        std::erase_if(accounts_, [&](const auto& entry) {
            return entry.second.connections == 0 && now - entry.second.filled_at > Seconds{60};
        });
    }
    Account& account = account_of(party, now);
    if (account.connections >= budget_.connections_per_party * budget_.weight_of(party)) {
        return overdraft(account, kTooManyConnectionsRest, now);
    }
    ++account.connections;
    return std::nullopt;
}

void Accounts::disconnect(const model::PartyId& party) {
    const locks::Lock lock{mutex_};
    const auto account = accounts_.find(party);
    if (account != accounts_.end() && account->second.connections > 0) {
        --account->second.connections;
    }
}

std::optional<Accounts::Overdraft> Accounts::request(const model::PartyId& party, Monotonic now) {
    const locks::Lock lock{mutex_};
    Account& account = account_of(party, now);
    if (account.requests >= 1 && account.bytes > 0) {
        account.requests -= 1;
        return std::nullopt;
    }
    const double weight = budget_.weight_of(party);
    const double requests_rest =
        (1 - account.requests) / (static_cast<double>(budget_.requests_per_second) * weight);
    const double bytes_rest =
        (1 - account.bytes) / (static_cast<double>(budget_.bytes_per_second) * weight);
    const Seconds rest{std::max({requests_rest, bytes_rest, 0.001})};
    return overdraft(account, std::chrono::ceil<std::chrono::milliseconds>(rest), now);
}

Accounts::Overdraft Accounts::overdraft(Account& account, std::chrono::milliseconds rest,
                                        Monotonic now) {
    const auto before = std::exchange(account.overdrawn_at, now);
    return {.rest = rest, .first = !before || now - *before > std::chrono::minutes{1}};
}

void Accounts::charge(const model::PartyId& party, std::uint64_t bytes) {
    const locks::Lock lock{mutex_};
    const auto account = accounts_.find(party);
    if (account != accounts_.end()) account->second.bytes -= static_cast<double>(bytes);
}

Accounts::Account& Accounts::account_of(const model::PartyId& party, Monotonic now) {
    const double weight = budget_.weight_of(party);
    const double requests_full = static_cast<double>(budget_.requests_per_second) * weight;
    const double bytes_full = static_cast<double>(budget_.bytes_per_second) * weight;
    const auto [found, opened] = accounts_.try_emplace(party);
    Account& account = found->second;
    if (opened) {
        account.requests = requests_full;
        account.bytes = bytes_full;
    } else {
        const double passed = Seconds{now - account.filled_at}.count();
        account.requests = std::min(requests_full, account.requests + passed * requests_full);
        account.bytes = std::min(bytes_full, account.bytes + passed * bytes_full);
    }
    account.filled_at = now;
    return account;
}

}  // namespace sekisho::listener
