// Authorized<T>: a T that the plan permitted, now, for one recipient.
//
// Only routing/plan can make one (its Authority is the friend; the other friend hands on what was
// made across the module boundary); Adapter::deliver and Adapter::ask accept nothing else. So a
// document that was not decided about cannot leave: it would not compile.
#pragma once

#include <utility>

namespace sekisho::plan {
class Authority;
}

namespace sekisho::adapters {
class ModuleBoundary;
}

namespace sekisho::model {

template <class T>
class Authorized {
  public:
    const T& operator*() const noexcept { return value_; }
    const T* operator->() const noexcept { return &value_; }

  private:
    friend class sekisho::plan::Authority;
    // The C ABI's inner side (adapters/api/module_export.cpp): what crosses it was authorised on
    // the host's side, where an Authorized is unwrapped to cross.
    friend class sekisho::adapters::ModuleBoundary;
    explicit Authorized(T value) : value_(std::move(value)) {}
    T value_;
};

}  // namespace sekisho::model
