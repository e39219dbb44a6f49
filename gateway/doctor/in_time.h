// A call that is waited for until a moment and no longer.
//
// It runs on a thread of its own (platform/call_thread.h). One that does not come back is left
// behind and must own what it touches. What it throws is caught there: nothing was found then
// either.
#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/platform/call_thread.h"

namespace sekisho::doctor {

inline constexpr std::chrono::milliseconds kLastActPatience{200};

template <class T>
std::optional<T> in_time(std::function<T()> call, std::chrono::milliseconds within) {
    const auto made = std::make_shared<std::optional<T>>();
    platform::CallThread thread{[] {}, kLastActPatience};
    const bool back = thread.run(
        [made, own = std::move(call)] {
            try {
                *made = own();
            } catch (const std::exception&) {
                made->reset();
            }
        },
        std::chrono::steady_clock::now() + within);
    return back ? std::move(*made) : std::nullopt;
}

}  // namespace sekisho::doctor
