#include "heed/http/request_parser.h"

#include <gtest/gtest.h>

namespace heed::http {
namespace {

using namespace std::string_literals;

using State = RequestParser::State;

/// Reads all of the bytes, as a connection does, in pieces of so many.
void feed(RequestParser& parser, std::string_view bytes, std::size_t piece = 1 << 20) {
  std::string waiting;
  while (!bytes.empty()) {
    const std::size_t count = std::min(piece, bytes.size());
    waiting += bytes.substr(0, count);
    bytes.remove_prefix(count);
    while (parser.state() == State::head || parser.state() == State::body) {
      const State before = parser.state();
      const std::size_t done = parser.read(waiting);
      waiting.erase(0, done);
      if (done == 0 && parser.state() == before) break;
    }
  }
}

/// The status with which bytes are refused; 200 where they are a request, 0 where more would have to come.
int status_of(std::string_view bytes, const RequestLimits& limits = {}) {
  int status = -1;
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, bytes.size()}) {
    RequestParser parser(limits);
    feed(parser, bytes, piece);
    const int now = parser.state() == State::refused    ? parser.status()
                    : parser.state() == State::complete ? 200
                                                        : 0;
    EXPECT_TRUE(status == -1 || status == now)
        << "in pieces of " << piece << ": " << now << ", not " << status;
    status = now;
  }
  return status;
}

Request request_of(std::string_view bytes, std::size_t piece = 1 << 20) {
  RequestParser parser({});
  feed(parser, bytes, piece);
  EXPECT_EQ(parser.state(), State::complete) << parser.reason();
  return parser.take();
}

TEST(RequestParser, reads_a_request_however_it_is_cut) {
  const std::string bytes =
      "POST /a%20b/c?q=1&r=%2F HTTP/1.1\r\nHost: localhost:5000\r\nContent-Length: 5\r\nX: y \r\n\r\nhello";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    const Request request = request_of(bytes, piece);
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path, "/a b/c");
    EXPECT_EQ(request.query, "q=1&r=%2F");
    EXPECT_EQ(request.header("x"), "y");
    EXPECT_EQ(request.body, "hello");
  }
}

TEST(RequestParser, reads_chunks_and_leaves_trailers_alone) {
  const std::string bytes =
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1\r\n!\r\n0\r\n"
      "Authorization: Bearer other\r\n\r\n";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    const Request request = request_of(bytes, piece);
    EXPECT_EQ(request.body, "hello!");
    EXPECT_EQ(request.header("authorization"), "");
  }
}

TEST(RequestParser, reads_a_body_of_no_chunks_however_it_is_cut) {
  const std::string bytes = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) EXPECT_EQ(request_of(bytes, piece).body, "");
}

TEST(RequestParser, ignores_one_line_end_before_a_request_however_it_is_cut) {
  const std::string request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  EXPECT_EQ(status_of("\r\n" + request), 200);
  EXPECT_EQ(status_of("\r\n\r\n" + request), 400);
}

TEST(RequestParser, leaves_the_next_request_alone) {
  const std::string first = "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n",
                    second = "GET /2 HTTP/1.1\r\nHost: x\r\n\r\n";
  RequestParser parser({});
  EXPECT_EQ(parser.read(first + second), first.size());
  EXPECT_EQ(parser.state(), State::complete);
}

TEST(RequestParser, takes_a_whole_address_for_its_path) {
  EXPECT_EQ(request_of("GET http://example.org/x?y HTTP/1.1\r\nHost: example.org\r\n\r\n").path, "/x");
  EXPECT_EQ(request_of("GET http://example.org HTTP/1.1\r\nHost: example.org\r\n\r\n").path, "/");
  EXPECT_EQ(request_of("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").path, "*");
}

// What two servers in a row could understand differently (RFC 9112, sections 6.1, 6.3 and 11.2).
TEST(RequestParser, refuses_what_could_be_smuggled_past_a_proxy) {
  const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n", end = "\r\n0\r\n\r\n";
  EXPECT_EQ(status_of(post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"), 400);
  EXPECT_EQ(status_of(post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"), 400);
  EXPECT_EQ(status_of(post + "Content-Length: 5, 5\r\n\r\nhello"), 400);
  EXPECT_EQ(status_of(post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n" + end), 400);
  EXPECT_EQ(status_of(post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n" + end), 400);
  EXPECT_EQ(status_of(post + "Transfer-Encoding: xchunked\r\n" + end), 501);
  EXPECT_EQ(status_of(post + "Transfer-Encoding: gzip, chunked\r\n" + end), 501);
  EXPECT_EQ(status_of(post + "Transfer-Encoding: identity\r\n" + end), 501);
  EXPECT_EQ(status_of(post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n" + end), 400);
  EXPECT_EQ(status_of(post + "Transfer-Encoding : chunked\r\n" + end), 400);
  EXPECT_EQ(status_of(post + "X: y\r\n Transfer-Encoding: chunked\r\n" + end), 400);
  EXPECT_EQ(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n" + end), 400);
  for (const char* length : {"-1", "+5", "0x5", "5 5", "99999999999999999999999", "five", ""})
    EXPECT_EQ(status_of(post + "Content-Length: " + length + "\r\n\r\nhello"), 400) << length;
  for (const char* size : {"-1", "+5", "0x5", "g", "ffffffffffffffffffff"})
    EXPECT_EQ(status_of(post + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\nhello\r\n0\r\n\r\n"), 400)
        << size;
}

TEST(RequestParser, refuses_heads_that_are_none) {
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\n\r\n"), 400);  // no Host
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost : x\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\nHost: x\n\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n"s), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET /% HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET path HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/2.0\r\nHost: x\r\n\r\n"), 505);
  EXPECT_EQ(status_of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n"), 417);
  EXPECT_EQ(status_of("POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"),
            415);
  EXPECT_EQ(status_of("GET / HTTP/1.0\r\n\r\n"), 200);
}

TEST(RequestParser, refuses_what_is_too_large_before_it_is_all_there) {
  const RequestLimits limits{.header_bytes = 500, .headers = 10, .body_bytes = 100};
  const std::string get = "GET / HTTP/1.1\r\nHost: x\r\n", post = "POST / HTTP/1.1\r\nHost: x\r\n";
  EXPECT_EQ(status_of(get + "A: " + std::string(600, 'a'), limits), 431);
  EXPECT_EQ(status_of(std::string(600, 'a'), limits), 431);
  std::string many;
  for (int i = 0; i < 11; ++i) many += "A: b\r\n";
  EXPECT_EQ(status_of(get + many + "\r\n", limits), 431);
  EXPECT_EQ(status_of(post + "Content-Length: 101\r\n\r\n", limits), 413);
  EXPECT_EQ(status_of(post + "Transfer-Encoding: chunked\r\n\r\n65\r\n", limits), 413);
  EXPECT_EQ(status_of(post + "Transfer-Encoding: chunked\r\n\r\n40\r\n" + std::string(64, 'a') + "\r\n40\r\n",
                      limits),
            413);
  EXPECT_EQ(status_of(post + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(9000, 'a'), limits), 400);
}

}  // namespace
}  // namespace heed::http
