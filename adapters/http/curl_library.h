// libcurl's process-wide start and end, as an object that main owns.
//
// curl_global_init must happen once, before any thread uses libcurl, and its end after the last
// use. Whoever is main holds one CurlLibrary for the life of the program and builds each HttpClient
// after it; a module loaded at run time holds its own (libcurl counts).
#pragma once

namespace sekisho::http {

class CurlLibrary {
  public:
    CurlLibrary();
    ~CurlLibrary();
    CurlLibrary(const CurlLibrary&) = delete;
    CurlLibrary& operator=(const CurlLibrary&) = delete;

    bool ready() const { return ready_; }

  private:
    bool ready_ = false;
};

}  // namespace sekisho::http
