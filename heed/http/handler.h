#pragma once
#include <functional>
#include <memory>
#include <string>

#include "heed/http/request.h"
#include "heed/http/response.h"

namespace heed::http {

/// Where the parts of an answer go: the connection, or a test.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual void send(Response whole) = 0;
  virtual void begin(Response head) = 0;
  virtual bool write(std::string part) = 0;
  virtual void end() = 0;
  virtual void came_from(Caller /*caller*/) {}
};

/// The means to answer one request: from any thread, now or later, by any of its copies, once. A request of
/// which all copies are gone without an answer is answered with 500.
class Reply {
 public:
  explicit Reply(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}

  /// The whole answer.
  void send(Response response) const { exchange_->send(std::move(response)); }

  /// An answer that is written as it comes: status and headers, its body's first part if there is one
  /// already.
  void begin(Response head) const { exchange_->begin(std::move(head)); }
  /// The next part. False if nobody reads it any more: then the work can stop.
  bool write(std::string part) const { return exchange_->write(std::move(part)); }
  /// Nothing follows. An answer that began and was never ended is cut off, so that the client notices.
  void end() const { exchange_->end(); }

  /// Who asks, where that is more than the connection tells: for logs, which are written by another thread.
  void came_from(Caller caller) const { exchange_->came_from(std::move(caller)); }

 private:
  std::shared_ptr<Exchange> exchange_;
};

/// Answers a request, now or later: it may hand the Reply to whoever finishes the work, and return. The
/// request lives as long as a copy of the Reply. What a handler throws becomes an answer (see Router).
using Handler = std::function<void(Request&, const Reply&)>;

/// A handler for answers that are whole when the function returns.
inline Handler answering(std::function<Response(Request&)> answer) {
  return [answer = std::move(answer)](Request& request, const Reply& reply) { reply.send(answer(request)); };
}

}  // namespace heed::http
