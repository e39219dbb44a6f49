#include "adapters/simulation/day/day_book.h"

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace sekisho::simulation {

namespace {

std::string_view words_of(ReceiptState state) {
    switch (state) {
        case ReceiptState::verified:
            return ", receipt verified";
        case ReceiptState::wrong:
            return ", RECEIPT WRONG";
        case ReceiptState::none:
            break;
    }
    return "";
}

std::string line_of(int number, const Exchange& exchange) {
    std::string line = std::to_string(number);
    line.insert(0, 3 - std::min<std::size_t>(3, line.size()), ' ');
    line += "  " + exchange.flow;
    line.append(exchange.flow.size() < 8 ? 8 - exchange.flow.size() : 1, ' ');
    line += exchange.who + " -> " + exchange.to + ": " + exchange.what;
    line += " | expected " + exchange.expected + " | got " + exchange.got;
    line += words_of(exchange.receipt);
    line += exchange.as_expected ? "" : "  <-- NOT AS EXPECTED";
    return line;
}

}  // namespace

void DayBook::note(const Exchange& exchange) {
    ++count_;
    const std::string line = line_of(count_, exchange);
    if (!exchange.as_expected && wrong_++ == 0) first_wrong_ = line;
    if (verbosity_ == Verbosity::every_line) {
        std::printf("%s\n", line.c_str());
        std::fflush(stdout);
    }
}

int DayBook::finish() const {
    if (wrong_ > 0) std::printf("first that went wrong: %s\n", first_wrong_.c_str());
    std::printf("%d exchanges, %d as expected, %d not\n", count_, count_ - wrong_, wrong_);
    std::fflush(stdout);
    return wrong_ == 0 && count_ > 0 ? 0 : 1;
}

}  // namespace sekisho::simulation
