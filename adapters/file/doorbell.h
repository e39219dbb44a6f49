// Waiting until something happens in a folder.
//
// The system tells where it can (inotify); of a folder on a file server it may not, and then only
// time passes: whoever waits looks again in any case. Owned and used by one thread.
#pragma once

#include <chrono>
#include <string>

namespace sekisho::file {

class Doorbell {
  public:
    explicit Doorbell(const std::string& folder);
    ~Doorbell();
    Doorbell(const Doorbell&) = delete;
    Doorbell& operator=(const Doorbell&) = delete;

    // Returns when a file was written or renamed into the folder, at the latest after `most`.
    void wait(std::chrono::milliseconds most) const;

  private:
    int notifier_;
};

}  // namespace sekisho::file
