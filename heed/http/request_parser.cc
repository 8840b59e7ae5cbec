#include "heed/http/request_parser.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <initializer_list>
#include <optional>
#include <utility>  // which asio of Boost 1.74 lacks

#include "heed/base/error.h"
#include "heed/http/ascii.h"
#include "heed/http/query_string.h"
#include "heed/http/response_head.h"

namespace heed::http {
namespace {

namespace beast = boost::beast;

constexpr std::string_view end_of_head = "\r\n\r\n";
// A chunk's line or the trailers after the last chunk; no client that there is sends so much in either.
constexpr std::size_t longest_chunk_line = 4096;
// No chunked body has less to come than this. Of less that begins a last chunk Beast (1.74) asserts that it
// is not given (parse_chunk_header).

struct Refusal {
  int status = 400;
  std::string reason;
};

/// What Beast lets pass in a head, or would wait for more of: control characters, line ends other than CR LF,
/// folded lines. Of a head that comes in pieces, each byte is looked at once.
std::optional<Refusal> first_fault(std::string_view head, std::size_t from) {
  for (std::size_t i = from; i < head.size(); ++i) {
    const auto c = static_cast<unsigned char>(head[i]);
    const char before = i > 0 ? head[i - 1] : '\0';
    if (before == '\r' && c != '\n') return Refusal{400, "the head has a CR without LF"};
    if (c == '\n' && before != '\r') return Refusal{400, "the head has a LF without CR"};
    if (before == '\n' && (c == ' ' || c == '\t')) return Refusal{400, "a line of the head is folded"};
    if ((c < ' ' && c != '\t' && c != '\r' && c != '\n') || c == 0x7f)
      return Refusal{400, "the head has a control character"};
  }
  return std::nullopt;
}

/// Method, target and version, rather than more or fewer words.
bool has_three_words(std::string_view head) {
  return std::ranges::count(head.substr(0, head.find('\r')), ' ') == 2;
}

Refusal refusal_of(const beast::error_code& error, const RequestLimits& limits) {
  using Fault = beast::http::error;
  if (error == Fault::header_limit)
    return {431, message("the head is longer than ", limits.header_bytes, " bytes")};
  if (error == Fault::body_limit)
    return {413, message("the body is longer than ", limits.body_bytes, " bytes")};
  if (error == Fault::bad_version) return {505, "the version is neither HTTP/1.0 nor HTTP/1.1"};
  return {400, "it is not HTTP: " + error.message()};
}

/// Digits alone: a list of numbers means several lengths.
bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// A host, with its port or not, as RFC 3986 writes it; IPv6 addresses in brackets.
bool is_host(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
           std::string_view("-._~%!$&'()*+,;=:[]").find(c) != std::string_view::npos;
  });
}

/// A target's path and query, of /path?query, http://host/path?query or *.
std::optional<std::pair<std::string_view, std::string_view>> path_and_query(std::string_view target) {
  if (target == "*") return std::pair{target, std::string_view()};
  constexpr std::string_view scheme = "http://";
  std::string_view rest = target;
  if (equal_ignoring_case(target.substr(0, scheme.size()), scheme)) {
    const std::size_t end_of_host = std::min(target.find_first_of("/?", scheme.size()), target.size());
    rest = target.substr(end_of_host);
    if (!rest.starts_with('/')) return std::pair{std::string_view("/"), rest.substr(rest.empty() ? 0 : 1)};
  }
  if (!rest.starts_with('/') || rest.find('#') != std::string_view::npos) return std::nullopt;
  const std::size_t question = std::min(rest.find('?'), rest.size());
  return std::pair{rest.substr(0, question), rest.substr(std::min(question + 1, rest.size()))};
}

}  // namespace

class RequestParser::Parts {
 public:
  explicit Parts(const RequestLimits& limits) : limits_(limits) {
    parser_.header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    parser_.body_limit(limits.body_bytes);
  }

  std::size_t read(std::string_view bytes) {
    if (state == State::head) return read_head(bytes);
    if (state == State::body) return read_body(bytes);
    return 0;
  }

  State state = State::head;
  Refusal refusal;
  Request request;
  bool is_head = false, expects_continue = false;

  auto& parsed() { return parser_.get(); }
  bool keeps_alive() const { return parser_.get().keep_alive(); }
  bool is_1_1() const { return parser_.get().version() >= 11; }
  std::size_t announced_body() const {
    const auto length = parser_.content_length();
    return length ? static_cast<std::size_t>(*length) : 0;
  }
  std::size_t body_bytes() const { return parser_.get().body().size(); }

 private:
  std::size_t refuse(Refusal why) {
    state = State::refused;
    refusal = std::move(why);
    return 0;
  }

  std::size_t read_head(std::string_view bytes) {
    // A line end before a request is left over from the one before it (RFC 9112, section 2.2).
    if (checked_ == 0 && !skipped_ && bytes.starts_with("\r\n")) {
      skipped_ = true;
      return 2;
    }
    if (checked_ == 0 && !skipped_ && bytes == "\r") return 0;  // half of one, perhaps
    const std::size_t blank = bytes.find(end_of_head, std::max(checked_, std::size_t{3}) - 3);
    const bool whole = blank != std::string_view::npos;
    const std::string_view head = bytes.substr(0, whole ? blank + end_of_head.size() : bytes.size());
    if (auto fault = first_fault(head, checked_)) return refuse(*std::move(fault));
    checked_ = head.size();
    if (head.size() > limits_.header_bytes)
      return refuse(refusal_of(beast::http::error::header_limit, limits_));
    if (!whole) return 0;

    beast::error_code error;
    const std::size_t count = parser_.put(boost::asio::buffer(head.data(), head.size()), error);
    if (error == beast::http::error::bad_version && !has_three_words(head))
      return refuse({400, "the request line is not a method, an address and a version"});
    if (error) return refuse(refusal_of(error, limits_));
    if (auto fault = take_head()) return refuse(*std::move(fault));
    state = parser_.is_done() ? State::complete : State::body;
    return count;
  }

  std::size_t read_body(std::string_view bytes) {
    std::size_t done = 0;
    while (done < bytes.size() && !parser_.is_done()) {
      const std::string_view rest = bytes.substr(done);
      if (parser_.chunked() && rest.starts_with('0') && rest.size() < last_chunk.size()) break;
      beast::error_code error;
      const std::size_t count = parser_.put(boost::asio::buffer(rest.data(), rest.size()), error);
      done += count;
      if (error == beast::http::error::need_more) {
        if (bytes.size() - done > longest_chunk_line)
          return refuse(
              {400, message("a line between chunks is longer than ", longest_chunk_line, " bytes")});
        break;
      }
      if (error) return refuse(refusal_of(error, limits_));
      if (count == 0) break;
    }
    if (parser_.is_done()) state = State::complete;
    return done;
  }

  /// The request's head from what Beast has read. Trailers come later and are nobody's.
  std::optional<Refusal> take_head() {
    const auto& message_read = parser_.get();
    for (const auto& field : message_read) {
      const auto name = field.name_string(), value = field.value();
      request.headers.push_back({{name.data(), name.size()}, {value.data(), value.size()}});
    }
    if (request.headers.size() > limits_.headers)
      return Refusal{431, message("it has more than ", limits_.headers, " headers")};
    if (auto fault = framing_fault()) return fault;

    const auto method = message_read.method_string(), target = message_read.target();
    is_head = std::string_view(method.data(), method.size()) == "HEAD";
    request.method = is_head ? "GET" : std::string(method.data(), method.size());
    const auto parts = path_and_query({target.data(), target.size()});
    const auto path = parts ? percent_decoded(parts->first) : std::nullopt;
    if (!path)
      return Refusal{400, "the address is neither a path nor http://host/path, or a % in it stands alone"};
    if (path->find('\0') != std::string::npos) return Refusal{400, "the path has a NUL in it"};
    request.path = *path;
    request.query = parts->second;
    return std::nullopt;
  }

  std::size_t count(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        request.headers, [&](const Header& line) { return equal_ignoring_case(line.name, name); }));
  }

  std::optional<Refusal> framing_fault() {
    for (const std::string_view name :
         {"host", "content-length", "transfer-encoding", "content-type", "authorization", "expect"})
      if (count(name) > 1) return Refusal{400, message("the header ", name, " comes twice")};
    if (count("host") == 0 && is_1_1()) return Refusal{400, "the header Host is missing"};
    if (!is_host(request.header("host"))) return Refusal{400, "the header Host is not a host"};
    if (count("content-length") > 0 && !is_number(request.header("content-length")))
      return Refusal{400, "Content-Length is not a number"};
    if (count("transfer-encoding") > 0) {
      if (!is_1_1()) return Refusal{400, "HTTP/1.0 has no Transfer-Encoding"};
      if (count("content-length") > 0)
        return Refusal{400, "it has both Content-Length and Transfer-Encoding"};
      if (!equal_ignoring_case(request.header("transfer-encoding"), "chunked"))
        return Refusal{501, "of transfer codings, heed knows chunked alone"};
    }
    const std::string_view coding = request.header("content-encoding");
    if (!coding.empty() && !equal_ignoring_case(coding, "identity"))
      return Refusal{415, "compressed bodies are not read; send it without Content-Encoding"};
    if (count("expect") > 0) {
      expects_continue = equal_ignoring_case(request.header("expect"), "100-continue");
      if (!expects_continue) return Refusal{417, "of expectations, heed knows 100-continue alone"};
    }
    return std::nullopt;
  }

  RequestLimits limits_;
  beast::http::request_parser<beast::http::string_body> parser_;
  std::size_t checked_ = 0;  // bytes of the head that were looked at
  bool skipped_ = false;
};

RequestParser::RequestParser(const RequestLimits& limits) : parts_(std::make_unique<Parts>(limits)) {}
RequestParser::~RequestParser() = default;

std::size_t RequestParser::read(std::string_view bytes) { return parts_->read(bytes); }
RequestParser::State RequestParser::state() const { return parts_->state; }
int RequestParser::status() const { return parts_->refusal.status; }
const std::string& RequestParser::reason() const { return parts_->refusal.reason; }
bool RequestParser::expects_continue() const { return parts_->expects_continue; }
std::size_t RequestParser::announced_body() const { return parts_->announced_body(); }
std::size_t RequestParser::body_bytes() const { return parts_->body_bytes(); }
bool RequestParser::keeps_alive() const { return parts_->keeps_alive(); }
bool RequestParser::understands_chunks() const { return parts_->is_1_1(); }
bool RequestParser::is_head() const { return parts_->is_head; }

Request RequestParser::take() {
  parts_->request.body = std::move(parts_->parsed().body());
  return std::move(parts_->request);
}

}  // namespace heed::http
