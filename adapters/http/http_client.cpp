#include "adapters/http/http_client.h"

#include <curl/curl.h>

#include "adapters/http/transfer.h"
#include "adapters/locks/condition.h"

namespace sekisho::http {

namespace {

bool is_loopback_http(std::string_view url) {
    if (url.contains('@')) return false;  // a user name could hide another host
    return url.starts_with("http://127.0.0.1:") || url.starts_with("http://[::1]:");
}

struct EasyEnd {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Easy = std::unique_ptr<CURL, EasyEnd>;

bool is_kept_after(const Request& request, const Reply& reply) {
    constexpr int kFirstError = 400;
    const bool is_yes = !request.is_yes || request.is_yes(reply);
    return is_yes && reply.status < kFirstError;
}

}  // namespace

// Bounded: at most `connections_max` handles exist, each with at most one open connection; the last
// one returned is the first one taken, because its connection is the freshest.
class HttpClient::Pool {
  public:
    explicit Pool(std::size_t handles_max) : handles_max_(handles_max == 0 ? 1 : handles_max) {}

    Easy take(Deadline deadline) {
        const locks::Lock lock(mutex_);
        const auto available = [this]() SEKISHO_REQUIRES(mutex_) {
            return !idle_.empty() || made_ < handles_max_;
        };
        if (!returned_.wait_until(mutex_, deadline, available)) return nullptr;
        if (idle_.empty()) {
            Easy made{curl_easy_init()};
            if (made) ++made_;
            return made;
        }
        Easy handle = std::move(idle_.back());
        idle_.pop_back();
        return handle;
    }

    void give_back(Easy handle) {
        {
            const locks::Lock lock(mutex_);
            idle_.push_back(std::move(handle));
        }
        returned_.notify_one();
    }

    // With its connection.
    void drop(Easy handle) {
        handle.reset();
        {
            const locks::Lock lock(mutex_);
            --made_;
        }
        returned_.notify_one();
    }

  private:
    const std::size_t handles_max_;
    locks::Mutex mutex_;
    locks::Condition returned_;
    std::vector<Easy> idle_ SEKISHO_GUARDED_BY(mutex_);
    std::size_t made_ SEKISHO_GUARDED_BY(mutex_) = 0;
};

std::string_view to_string(Trouble trouble) {
    switch (trouble) {
        case Trouble::refused:
            return "refused";
        case Trouble::unreachable:
            return "unreachable";
        case Trouble::timeout:
            return "timeout";
        case Trouble::tls:
            return "tls";
        case Trouble::truncated:
            return "truncated";
        case Trouble::too_large:
            return "too_large";
        case Trouble::body:
            return "body";
    }
    return "unreachable";
}

HttpClient::HttpClient(ClientOptions options)
    : options_(std::move(options)), pool_(std::make_unique<Pool>(options_.connections_max)) {}

HttpClient::~HttpClient() = default;

std::expected<Reply, Failure> HttpClient::send(const Request& request, Deadline deadline) {
    const bool plain = options_.plain_http == PlainHttp::loopback && is_loopback_http(request.url);
    if (!plain && !request.url.starts_with("https://"))
        return std::unexpected(Failure{Trouble::refused, "only https is allowed"});
    Easy handle = pool_->take(deadline);
    if (!handle) return std::unexpected(Failure{Trouble::timeout, "no connection became free"});
    auto result = Transfer{handle.get(), options_, request}.perform(deadline);
    if (!result || is_kept_after(request, *result)) {
        pool_->give_back(std::move(handle));
    } else {
        pool_->drop(std::move(handle));
    }
    return result;
}

}  // namespace sekisho::http
