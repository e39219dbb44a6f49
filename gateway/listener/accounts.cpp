#include "gateway/listener/accounts.h"

#include <algorithm>
#include <utility>

namespace sekisho::listener {

namespace {

using Seconds = std::chrono::duration<double>;

constexpr std::size_t kAccountsBeforeTidying = 1024;
constexpr std::chrono::seconds kTooManyConnectionsRest{10};

// Of a zone that has no budget of its own.
constexpr std::uint64_t kNoBound = 1'000'000'000'000'000;

}  // namespace

Accounts::Accounts(const model::Budget& budget)
    : budget_(budget),
      zone_rates_{
          .requests = static_cast<double>(budget.requests_per_second_of_zone.value_or(kNoBound)),
          .bytes = static_cast<double>(budget.bytes_per_second_of_zone.value_or(kNoBound))} {}

std::optional<Accounts::Overdraft> Accounts::connect(const model::PartyId& party, Monotonic now) {
    const locks::Lock lock{mutex_};
    if (accounts_.size() >= kAccountsBeforeTidying && !accounts_.contains(party)) {
        std::erase_if(accounts_, [&](const auto& entry) {
            return entry.second.connections == 0 && now - *entry.second.filled_at > Seconds{60};
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
    zone_.fill(zone_rates_, now);
    if (account.has_some() && zone_.has_some()) {
        account.requests -= 1;
        zone_.requests -= 1;
        return std::nullopt;
    }
    const bool of_zone = account.has_some();
    const auto rest = of_zone ? zone_.rest(zone_rates_) : account.rest(rates_of(party));
    Overdraft told = overdraft(account, rest, now);
    told.of_zone = of_zone;
    return told;
}

Accounts::Overdraft Accounts::overdraft(Account& account, std::chrono::milliseconds rest,
                                        Monotonic now) {
    const auto before = std::exchange(account.overdrawn_at, now);
    return {.rest = rest, .first = !before || now - *before > std::chrono::minutes{1}};
}

void Accounts::charge(const model::PartyId& party, std::uint64_t bytes) {
    const locks::Lock lock{mutex_};
    // The zone's debt is one second at most: one party's must not shut out all the others.
    zone_.bytes = std::max(zone_.bytes - static_cast<double>(bytes), -zone_rates_.bytes);
    const auto account = accounts_.find(party);
    if (account != accounts_.end()) account->second.bytes -= static_cast<double>(bytes);
}

Accounts::Rates Accounts::rates_of(const model::PartyId& party) const {
    const double weight = budget_.weight_of(party);
    return {.requests = static_cast<double>(budget_.requests_per_second) * weight,
            .bytes = static_cast<double>(budget_.bytes_per_second) * weight};
}

Accounts::Account& Accounts::account_of(const model::PartyId& party, Monotonic now) {
    Account& account = accounts_[party];
    account.fill(rates_of(party), now);
    return account;
}

// A new account is full.
void Accounts::Account::fill(const Rates& rates, Monotonic now) {
    const double passed = filled_at ? Seconds{now - *filled_at}.count() : 1;
    requests = std::min(rates.requests, requests + passed * rates.requests);
    bytes = std::min(rates.bytes, bytes + passed * rates.bytes);
    filled_at = now;
}

std::chrono::milliseconds Accounts::Account::rest(const Rates& rates) const {
    const Seconds rest{
        std::max({(1 - requests) / rates.requests, (1 - bytes) / rates.bytes, 0.001})};
    return std::chrono::ceil<std::chrono::milliseconds>(rest);
}

}  // namespace sekisho::listener
