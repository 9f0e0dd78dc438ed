#include <co/server_error.h>

namespace co {
namespace {

class ServerCategory final : public std::error_category {
  public:
    const char* name() const noexcept override { return "server"; }
    std::string message(int code) const override { return words(static_cast<ServerError>(code)); }

  private:
    static const char* words(ServerError error) {
        switch (error) {
            case ServerError::closed:
                return "closed";
            case ServerError::full:
                return "full";
            case ServerError::timeout:
                return "timeout";
            case ServerError::cancelled:
                return "cancelled";
            case ServerError::no_task_workers:
                return "no task workers";
            case ServerError::no_such_worker:
                return "no such worker";
            case ServerError::queue_full:
                return "queue full";
            case ServerError::in_task_worker:
                return "in a task worker";
            case ServerError::worker_died:
                return "worker died";
            case ServerError::task_failed:
                return "task failed";
            case ServerError::no_answer:
                return "no answer";
            case ServerError::not_running:
                return "not running";
        }
        return "unknown";
    }
};

}  // namespace

const std::error_category& server_category() {
    static const ServerCategory category;
    return category;
}

}  // namespace co
