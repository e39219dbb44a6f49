// The test's side of the page that its gateway has mapped (interposed/controls.h).
#pragma once

#include <string>
#include <vector>

#include "tests/crash/interposed/controls.h"
#include "tests/support/temporary_folder.h"

namespace sekisho::tests {

class ControlPage {
  public:
    ControlPage();
    ~ControlPage();
    ControlPage(const ControlPage&) = delete;
    ControlPage& operator=(const ControlPage&) = delete;

    Controls* operator->() { return controls_; }
    // The gateway is killed when it comes to this point for the nth time from now.
    void kill_at(Point point, Moment moment, std::int64_t nth);
    void disarm() { controls_->point = Point::none; }
    // A gateway that is started now finds every lease of before run out.
    void let_leases_run_out();
    // What a gateway must be started with to obey.
    std::vector<std::string> environment() const;

  private:
    TemporaryFolder folder_;
    Controls* controls_ = nullptr;
};

}  // namespace sekisho::tests
