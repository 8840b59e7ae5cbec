#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "heed/http/request.h"

namespace heed::http {

/// How large a request may be.
struct RequestLimits {
  std::size_t header_bytes = 16 * 1024;  // of the head: request line and headers
  std::size_t headers = 100;             // their number
  std::size_t body_bytes = 1024 * 1024;
};

/// Reads one HTTP/1.1 request from bytes as they come, strictly: whatever two servers might understand
/// differently is refused, so that nothing can be smuggled past one in front of this one (RFC 9112,
/// sections 2.2, 3.2, 5.1, 6.1 and 11.2). Nothing is read beyond the request's last byte.
class RequestParser {
 public:
  enum class State { head, body, complete, refused };

  explicit RequestParser(const RequestLimits& limits);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  /// Reads what it can and returns how many bytes it is done with; the others must come again, followed by
  /// more, unless it is complete: then they are the next request's. Stops once at the end of the head.
  std::size_t read(std::string_view bytes);

  State state() const;
  /// Why it was refused: the status to answer with and the reason. The connection is to be closed then.
  int status() const;
  const std::string& reason() const;

  /// Of a head that was read: whether the client waits for "100 Continue" before it sends the body.
  bool expects_continue() const;
  /// Bytes of the body that were announced; 0 if it comes in chunks.
  std::size_t announced_body() const;
  /// Bytes of the body so far.
  std::size_t body_bytes() const;
  /// Whether the client may send another request after this one, and whether it understands chunks.
  bool keeps_alive() const;
  bool understands_chunks() const;
  bool is_head() const;

  /// The request, once it is complete. A HEAD is a GET whose body is not sent.
  Request take();

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace heed::http
