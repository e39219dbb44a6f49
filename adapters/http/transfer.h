// One exchange on one libcurl handle: the state that libcurl's callbacks write to, and the reading
// of its end.
//
// Internal to the room. A Transfer lives on the caller's stack while curl_easy_perform runs, and on
// no other thread.
#pragma once

#include <array>
#include <curl/curl.h>
#include <string>

#include "adapters/http/http_client.h"

namespace sekisho::http {

class Transfer {
  public:
    Transfer(CURL* handle, const ClientOptions& options, const Request& request);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    std::expected<Reply, Failure> perform(Deadline deadline);

  private:
    static CURLcode on_terms(CURL* handle, void* terms, void* self);
    static int on_ready(void* self, char* to, char* from, int to_port, int from_port);
    static std::size_t on_read(char* into, std::size_t size, std::size_t count, void* self);
    static int on_seek(void* self, curl_off_t offset, int origin);
    static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);

    void set_security();
    bool set_headers();
    void set_body();
    std::size_t give(char* into, std::size_t room);
    void take_header(std::string_view line);
    std::expected<Reply, Failure> finish(CURLcode code);
    Failure failure_of(CURLcode code) const;
    bool has_body() const;
    bool has_framing() const;

    CURL* const handle_;
    const ClientOptions& options_;
    const Request& request_;
    curl_slist* header_list_ = nullptr;
    std::array<char, CURL_ERROR_SIZE> error_text_{};
    std::string_view piece_{};   // what remains of the source's last piece
    std::string_view unsent_{};  // what remains of a body given as text
    std::uint64_t sent_ = 0;
    bool body_failed_ = false;
    bool too_large_ = false;
    curl_socket_t kept_ = CURL_SOCKET_BAD;  // of the connection that the handle came with
    bool stale_ = false;                    // the kept connection had unread bytes
    Reply reply_{};
};

}  // namespace sekisho::http
