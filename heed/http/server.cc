#include "heed/http/server.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <utility>  // which asio of Boost 1.74 lacks

#include "heed/base/error.h"
#include "heed/http/cors.h"
#include "heed/http/handler_pool.h"
#include "heed/http/mailbox.h"
#include "heed/http/response_head.h"

namespace heed::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using Socket = asio::generic::stream_protocol::socket;

constexpr std::size_t read_at_once = 16 * 1024, write_at_once = 64 * 1024;
// Connections that are only told that there are too many.
constexpr std::size_t most_turned_away = 256;

/// GET, HEAD, OPTIONS
std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Clock::duration seconds(double count) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(count));
}

}  // namespace

class Server::Loop {
 public:
  Loop(const ServerOptions& options, const Router& routes, ServerEvents events)
      : options_(options),
        routes_(routes),
        events_(std::move(events)),
        cors_(options.cors_origins),
        signals_(io_),
        grace_(io_),
        pool_(static_cast<std::size_t>(options.handlers), static_cast<std::size_t>(options.connections)) {
    if (options_.unix_socket)
      listen_at_path(*options_.unix_socket);
    else
      listen_at_port();
  }

  void obey_signals() {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) signals_.add(signal);
    wait_for_signal();
  }

  bool run() {
    running_ = true;
    io_.run();
    running_ = false;
    if (options_.unix_socket) ::unlink(options_.unix_socket->c_str());
    return cut_off_ == 0;
  }

  void stop() {
    asio::post(io_, [this] { drain(); });
  }

  const std::string& address() const { return address_; }
  std::uint16_t port() const { return port_; }
  std::size_t open_connections() const { return open_; }
  std::size_t requests_in_flight() const { return in_flight_; }

 private:
  class Connection;
  friend class Connection;

  void listen_at_port();
  void listen_at_path(const std::filesystem::path& path);
  template <class Acceptor>
  asio::awaitable<void> accept(Acceptor& acceptor);
  void take(Socket socket, std::string address);
  bool make_room();
  void drain();
  void end_if_drained();
  void wait_for_signal();

  ServerOptions options_;
  const Router& routes_;
  ServerEvents events_;
  CorsOrigins cors_;
  std::string address_;
  std::uint16_t port_ = 0;
  std::set<Connection*> connections_;
  std::map<std::string, std::size_t, std::less<>> of_address_;
  std::atomic<std::size_t> open_{0}, in_flight_{0};
  std::size_t turned_away_ = 0, waiting_body_bytes_ = 0, cut_off_ = 0;
  std::uint64_t requests_ = 0;
  bool running_ = false, draining_ = false;
  asio::io_context io_{1};  // after what its connections take themselves out of
  asio::signal_set signals_;
  asio::steady_timer grace_;
  std::optional<asio::ip::tcp::acceptor> tcp_;
  std::optional<asio::local::stream_protocol::acceptor> local_;
  HandlerPool pool_;  // goes first: its tasks tell mailboxes, which wake the loop
};

/// One connection: its requests are read, answered and logged one after the other.
class Server::Loop::Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Loop& loop, Socket socket, std::string address, bool turned_away)
      : loop_(loop),
        socket_(std::move(socket)),
        address_(std::move(address)),
        turned_away_(turned_away),
        deadline_(loop.io_),
        news_(loop.io_) {
    loop_.connections_.insert(this);
    if (turned_away_)
      ++loop_.turned_away_;
    else
      ++loop_.open_, ++loop_.of_address_[address_];
  }
  ~Connection() {
    if (mailbox_) mailbox_->close();
    loop_.connections_.erase(this);
    reserve_body(0);
    if (turned_away_) {
      --loop_.turned_away_;
    } else {
      --loop_.open_;
      const auto place = loop_.of_address_.find(address_);
      if (--place->second == 0) loop_.of_address_.erase(place);
    }
    if (loop_.running_) loop_.end_if_drained();
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  asio::awaitable<void> serve() {
    const auto self = shared_from_this();
    try {
      if (turned_away_) {
        co_await refuse(503, "there are too many connections; try again soon");
      } else {
        for (bool more = true; more;) more = co_await serve_one();
      }
    } catch (const std::exception& error) {  // no memory, most likely: the others go on
      std::cerr << message("heed: a connection ends: ", error.what(), "\n");
    }
    close();
  }

  /// Since when nothing was asked of it; nothing while it has something to do.
  std::optional<Clock::time_point> idle_since() const { return idle_since_; }

  void close() {
    if (mailbox_) mailbox_->close();
    error_code ignored;
    socket_.close(ignored);
    deadline_.cancel();
    news_.cancel();
  }

 private:
  asio::awaitable<bool> serve_one();
  asio::awaitable<bool> read_body(RequestParser& parser);
  asio::awaitable<bool> answer(Request request, const RequestParser& parser);
  asio::awaitable<bool> write_answer(const RequestParser& parser, Answered& answered);
  asio::awaitable<bool> receive();
  asio::awaitable<bool> write(std::string text);
  asio::awaitable<void> refuse(int status, std::string reason);
  asio::awaitable<void> linger();
  asio::awaitable<bool> wait_for_news();
  void dispatch(const std::shared_ptr<Mailbox>& mailbox);
  void answer_options(Mailbox& mailbox) const;
  void watch_for_end();
  void set_deadline(double count);
  void clear_deadline() {
    deadline_.cancel();
    ++deadlines_;
  }
  bool reserve_body(std::size_t bytes);
  void tell(const Answered& answered) const {
    if (loop_.events_.answered) loop_.events_.answered(answered);
  }
  void read_with(RequestParser& parser) { received_.erase(0, parser.read(received_)); }

  Loop& loop_;
  Socket socket_;
  std::string address_;
  bool turned_away_;
  asio::steady_timer deadline_, news_;
  std::uint64_t deadlines_ = 0;  // set so far: an old one that fires late is nobody's
  bool timed_out_ = false, watching_ = false, first_ = true;
  std::optional<Clock::time_point> idle_since_;
  std::string received_;  // bytes that were not read yet
  std::size_t reserved_ = 0;
  std::shared_ptr<Mailbox> mailbox_;  // of the request that is being answered
};

// Ends what the connection waits for once the time is over.
void Server::Loop::Connection::set_deadline(double count) {
  timed_out_ = false;
  const std::uint64_t mine = ++deadlines_;
  deadline_.expires_after(seconds(count));
  deadline_.async_wait([weak = weak_from_this(), mine](const error_code& error) {
    const auto self = weak.lock();
    if (error || !self || self->deadlines_ != mine) return;
    self->timed_out_ = true;
    error_code ignored;
    self->socket_.cancel(ignored);
    self->news_.cancel();
  });
}

/// Counts bytes of a body towards what all may take. False, and nothing changes, if that is too much.
bool Server::Loop::Connection::reserve_body(std::size_t bytes) {
  const std::size_t others = loop_.waiting_body_bytes_ - reserved_;
  if (bytes > reserved_ && others + bytes > static_cast<std::size_t>(loop_.options_.waiting_body_bytes))
    return false;
  loop_.waiting_body_bytes_ = others + bytes;
  reserved_ = bytes;
  return true;
}

/// Reads some bytes more. False if none come any more, or the time is over.
asio::awaitable<bool> Server::Loop::Connection::receive() {
  const std::size_t before = received_.size();
  received_.resize(before + read_at_once);
  error_code error;
  const std::size_t count =
      co_await socket_.async_read_some(asio::buffer(received_.data() + before, read_at_once),
                                       asio::redirect_error(asio::use_awaitable, error));
  received_.resize(before + count);
  co_return !error && count > 0;
}

/// Writes all of a text, so fast that no client that reads at all fails.
asio::awaitable<bool> Server::Loop::Connection::write(std::string text) {
  for (std::size_t at = 0; at < text.size(); at += write_at_once) {
    set_deadline(loop_.options_.write_seconds);
    error_code error;
    co_await asio::async_write(socket_,
                               asio::buffer(text.data() + at, std::min(write_at_once, text.size() - at)),
                               asio::redirect_error(asio::use_awaitable, error));
    clear_deadline();
    if (error) co_return false;
  }
  co_return true;
}

/// One request and its answer. Whether another may follow.
asio::awaitable<bool> Server::Loop::Connection::serve_one() {
  const ServerOptions& options = loop_.options_;
  if (received_.empty()) {
    if (loop_.draining_) co_return false;
    idle_since_ = Clock::now();
    set_deadline(first_ ? options.header_seconds : options.keep_alive_seconds);
    const bool more = co_await receive();
    idle_since_.reset();
    if (!more) co_return false;
  }
  first_ = false;
  RequestParser parser({.header_bytes = static_cast<std::size_t>(options.header_bytes),
                        .body_bytes = static_cast<std::size_t>(options.body_bytes)});
  set_deadline(options.header_seconds);
  for (;;) {
    const std::size_t before = received_.size();
    read_with(parser);
    if (parser.state() != RequestParser::State::head) break;
    if (received_.size() != before) continue;  // an empty line was skipped
    if (co_await receive()) continue;
    if (timed_out_) co_await refuse(408, "the request's head did not come in time");
    co_return false;
  }
  if (parser.state() == RequestParser::State::body && !co_await read_body(parser)) co_return false;
  clear_deadline();
  if (parser.state() == RequestParser::State::refused) {
    co_await refuse(parser.status(), parser.reason());
    co_return false;
  }
  const bool more = co_await answer(parser.take(), parser);
  reserve_body(0);
  co_return more;
}

asio::awaitable<bool> Server::Loop::Connection::read_body(RequestParser& parser) {
  constexpr int unavailable = 503;
  const char* const crowded = "too many large requests are being read; try again soon";
  if (!reserve_body(parser.announced_body())) {
    co_await refuse(unavailable, crowded);
    co_return false;
  }
  if (parser.expects_continue() && received_.empty() && !co_await write("HTTP/1.1 100 Continue\r\n\r\n"))
    co_return false;
  set_deadline(loop_.options_.body_seconds);
  for (;;) {
    read_with(parser);
    if (parser.state() != RequestParser::State::body) co_return true;
    if (!reserve_body(std::max(parser.announced_body(), parser.body_bytes()))) {
      co_await refuse(unavailable, crowded);
      co_return false;
    }
    if (co_await receive()) continue;
    if (timed_out_) co_await refuse(408, "the request's body did not come in time");
    co_return false;
  }
}

/// Answers what is no request, or none that can be taken, and lets the client read it before it closes.
asio::awaitable<void> Server::Loop::Connection::refuse(int status, std::string reason) {
  Response response = plain_error(status, reason);
  if (status == 503) response.headers.push_back({"Retry-After", "1"});
  Request nothing;
  Answered answered{
      .request = nothing, .caller = {.address = address_}, .status = status, .bytes = response.body.size()};
  answered.whole = co_await write(response_head(response, {.length = response.body.size()}) +
                                  header_lines(loop_.cors_.headers({})) + "\r\n" + response.body);
  tell(answered);
  if (answered.whole) co_await linger();
}

// A connection that is closed while bytes of the client are unread takes back what was just written.
asio::awaitable<void> Server::Loop::Connection::linger() {
  constexpr double patience = 1;
  constexpr int most_reads = 64;
  error_code error;
  socket_.shutdown(Socket::shutdown_send, error);
  set_deadline(patience);
  for (int i = 0; i < most_reads && co_await receive(); ++i) received_.clear();
  clear_deadline();
}

/// Waits until the answer goes on. False if it does not in time, or nobody waits for it.
asio::awaitable<bool> Server::Loop::Connection::wait_for_news() {
  while (!mailbox_->has_news() && !timed_out_ && socket_.is_open()) {
    news_.expires_at(Clock::time_point::max());
    error_code ignored;
    co_await news_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  co_return mailbox_->has_news();
}

// While a request is answered nothing is read. A client that goes shows in that there is nothing to be read.
void Server::Loop::Connection::watch_for_end() {
  if (watching_ || !received_.empty()) return;
  watching_ = true;
  socket_.async_wait(Socket::wait_read, [weak = weak_from_this()](const error_code& error) {
    const auto self = weak.lock();
    if (!self) return;
    self->watching_ = false;
    if (error || !self->mailbox_) return;
    char byte = 0;
    const ssize_t count = ::recv(self->socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (count > 0 || (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))) return;
    self->mailbox_->close();
    self->news_.cancel();
  });
}

void Server::Loop::Connection::answer_options(Mailbox& mailbox) const {
  const auto methods = mailbox.request.path == "*"
                           ? std::vector<std::string>{"GET", "HEAD", "POST", "OPTIONS"}
                           : loop_.routes_.methods(mailbox.request.path);
  if (methods.empty()) throw RequestError(404, "Not found: there is nothing at this address");
  Response response{.status = 204, .content_type = "", .headers = {{"Allow", listed(methods)}}};
  for (Header& header : loop_.cors_.preflight_headers()) response.headers.push_back(std::move(header));
  mailbox.send(std::move(response));
}

void Server::Loop::Connection::dispatch(const std::shared_ptr<Mailbox>& mailbox) {
  Request& request = mailbox->request;
  try {
    if (request.method == "OPTIONS") return answer_options(*mailbox);
    const Route& route = loop_.routes_.find(request);
    const Reply reply = reply_to(mailbox);
    const auto run = [&route, mailbox, reply] { run_handler(route, mailbox->request, reply); };
    if (route.runs == Runs::on_io_thread) return run();
    if (loop_.pool_.submit(run)) return;
    Response response = route.errors(503, "Too many requests wait; try again soon");
    response.headers.push_back({"Retry-After", "1"});
    reply.send(std::move(response));
  } catch (const RequestError& error) {
    Response response = plain_error(error.status(), error.what());
    if (error.status() == 405)
      response.headers.push_back({"Allow", listed(loop_.routes_.methods(request.path))});
    mailbox->send(std::move(response));
  }
}

asio::awaitable<bool> Server::Loop::Connection::answer(Request request, const RequestParser& parser) {
  request.id = ++loop_.requests_;
  request.caller.address = address_;
  request.arrival = Clock::now();
  const auto mailbox = std::make_shared<Mailbox>(std::move(request));
  mailbox->open([weak = weak_from_this(), &io = loop_.io_] {
    asio::post(io, [weak] {
      if (const auto self = weak.lock()) self->news_.cancel();
    });
  });
  mailbox_ = mailbox;
  ++loop_.in_flight_;
  watch_for_end();
  dispatch(mailbox);
  Answered answered{.request = mailbox->request};
  const bool more = co_await write_answer(parser, answered);
  mailbox->close();
  mailbox_.reset();
  --loop_.in_flight_;
  answered.seconds = std::chrono::duration<double>(Clock::now() - mailbox->request.arrival).count();
  answered.caller = mailbox->caller();
  tell(answered);
  const bool next = more && answered.whole;
  co_return next;
}

asio::awaitable<bool> Server::Loop::Connection::write_answer(const RequestParser& parser,
                                                             Answered& answered) {
  const Request& request = mailbox_->request;
  answered.whole = false;
  bool keep = false, chunks = false, begun = false;
  for (;;) {
    set_deadline(loop_.options_.answer_seconds);
    const bool news = co_await wait_for_news();
    clear_deadline();
    std::optional<Mailbox::Parts> parts;
    if (news) parts = mailbox_->take();
    if (!parts) {
      if (begun || request.client_gone.stop_requested()) co_return false;
      // The handler may answer later; that is nobody's any more.
      Response late =
          plain_error(timed_out_ ? 503 : 500, timed_out_ ? "The answer took too long; try again later"
                                                         : "Internal error: there is no answer");
      if (timed_out_) late.headers.push_back({"Retry-After", "5"});
      parts = Mailbox::Parts{.head = std::move(late), .ended = true};
    }
    std::string text;
    if (parts->head) {
      begun = true;
      const Response& head = *parts->head;
      answered.status = head.status;
      const bool bodiless = head.status == 204 || head.status == 304;
      chunks = parts->streamed && parser.understands_chunks();
      keep = parser.keeps_alive() && !loop_.draining_ && (chunks || !parts->streamed);
      HeadOptions how{.chunked = chunks, .keeps_alive = keep};
      if (!parts->streamed && !bodiless) how.length = head.body.size();
      text = response_head(head, how) + header_lines(loop_.cors_.headers(request.header("origin"))) + "\r\n";
      if (parser.is_head() || bodiless) {
        answered.whole = co_await write(std::move(text));
        co_return keep;
      }
      parts->more.insert(0, head.body);
    }
    answered.bytes += parts->more.size();
    text += chunks ? chunk(parts->more) : parts->more;
    if (parts->ended && chunks) text += last_chunk;
    if (!co_await write(std::move(text))) co_return false;
    if (parts->ended) {
      answered.whole = true;
      co_return keep;
    }
  }
}

void Server::Loop::listen_at_port() {
  const std::string where = message("serve: --host ", options_.host, " --port ", options_.port);
  error_code error;
  const auto address =
      asio::ip::make_address(options_.host == "localhost" ? "127.0.0.1" : options_.host, error);
  require<ConfigError>(!error, where, ": the host is no address of IPv4 or IPv6; give 127.0.0.1, say");
  const asio::ip::tcp::endpoint endpoint(address, static_cast<std::uint16_t>(options_.port));
  tcp_.emplace(io_);
  tcp_->open(endpoint.protocol(), error);
  if (!error) tcp_->set_option(asio::socket_base::reuse_address(true), error);
  if (!error) tcp_->bind(endpoint, error);
  if (!error) tcp_->listen(asio::socket_base::max_listen_connections, error);
  require<ConfigError>(!error, where, ": cannot listen there: ", error.message(),
                       "; choose another with --port");
  port_ = tcp_->local_endpoint().port();
  address_ = message("http://", address.is_v6() ? "[" + options_.host + "]" : options_.host, ":", port_);
  asio::co_spawn(io_, accept(*tcp_), asio::detached);
}

void Server::Loop::listen_at_path(const std::filesystem::path& path) {
  const std::string where = message("serve: --unix-socket ", path.string());
  using Local = asio::local::stream_protocol;
  require<ConfigError>(path.string().size() < 108, where,
                       ": the path is longer than a socket's may be, 107 bytes");
  error_code error;
  if (std::filesystem::is_socket(path)) {
    Local::socket other(io_);
    other.connect(Local::endpoint(path.string()), error);
    require<ConfigError>(bool(error), where, ": another program listens there");
    ::unlink(path.c_str());  // of a program that was killed
  }
  local_.emplace(io_);
  local_->open(Local(), error);
  if (!error) local_->bind(Local::endpoint(path.string()), error);
  if (!error) local_->listen(asio::socket_base::max_listen_connections, error);
  require<ConfigError>(!error, where, ": cannot listen there: ", error.message());
  ::chmod(path.c_str(), 0660);  // its owner and group; a proxy is put into the group
  address_ = "unix:" + path.string();
  asio::co_spawn(io_, accept(*local_), asio::detached);
}

template <class Acceptor>
asio::awaitable<void> Server::Loop::accept(Acceptor& acceptor) {
  asio::steady_timer pause(io_);
  while (!draining_) {
    error_code error;
    auto socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (draining_) break;
    if (error) {
      // Out of descriptors, most likely: those that end give theirs back.
      pause.expires_after(std::chrono::milliseconds(50));
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    std::string address = "unix";
    if constexpr (std::is_same_v<Acceptor, asio::ip::tcp::acceptor>) {
      socket.set_option(asio::ip::tcp::no_delay(true), error);
      const auto remote = socket.remote_endpoint(error);
      if (error) continue;
      asio::ip::address caller = remote.address();
      // A socket that listens to IPv6 sees callers over IPv4 as ::ffff:1.2.3.4.
      if (caller.is_v6() && caller.to_v6().is_v4_mapped())
        caller = asio::ip::make_address_v4(asio::ip::v4_mapped, caller.to_v6());
      address = caller.is_loopback() ? "127.0.0.1" : caller.to_string();
    }
    take(Socket(std::move(socket)), std::move(address));
  }
}

/// Whether one connection more may be opened, if need be in place of one that is idle.
bool Server::Loop::make_room() {
  if (open_ < static_cast<std::size_t>(options_.connections)) return true;
  Connection* longest = nullptr;
  for (Connection* connection : connections_)
    if (connection->idle_since() && (!longest || *connection->idle_since() < *longest->idle_since()))
      longest = connection;
  if (longest) longest->close();
  return longest != nullptr;
}

void Server::Loop::take(Socket socket, std::string address) {
  // A proxy on this machine speaks for all of its clients.
  const bool own = address == "unix" || address == "127.0.0.1";
  const auto same = of_address_.find(address);
  const bool crowd = !own && same != of_address_.end() &&
                     same->second >= static_cast<std::size_t>(options_.connections_per_address);
  const bool turned_away = crowd || !make_room();
  if (turned_away && turned_away_ >= most_turned_away) return;
  const auto connection =
      std::make_shared<Connection>(*this, std::move(socket), std::move(address), turned_away);
  asio::co_spawn(
      io_, [connection] { return connection->serve(); }, asio::detached);
}

void Server::Loop::drain() {
  if (draining_) return;
  draining_ = true;
  error_code ignored;
  if (tcp_) tcp_->close(ignored);
  if (local_) local_->close(ignored);
  // Closing one ends it later, so the set stays as it is meanwhile.
  for (Connection* connection : connections_)
    if (connection->idle_since()) connection->close();
  grace_.expires_after(seconds(options_.grace));
  grace_.async_wait([this](const error_code& error) {
    if (error) return;
    cut_off_ = in_flight_;
    for (Connection* connection : connections_) connection->close();
  });
  end_if_drained();
}

/// Once nothing waits for anything, run() returns.
void Server::Loop::end_if_drained() {
  if (!draining_ || !connections_.empty()) return;
  grace_.cancel();
  error_code ignored;
  signals_.cancel(ignored);
}

void Server::Loop::wait_for_signal() {
  signals_.async_wait([this](const error_code& error, int signal) {
    if (error) return;
    wait_for_signal();  // before what may end all waiting
    if (signal == SIGHUP) {
      if (events_.reload) pool_.submit(events_.reload);
    } else if (draining_) {
      ::_exit(128 + signal);
    } else {
      drain();
    }
  });
}

Server::Server(const ServerOptions& options, const Router& routes, ServerEvents events)
    : loop_(std::make_unique<Loop>(options, routes, std::move(events))) {}
Server::~Server() = default;

const std::string& Server::address() const { return loop_->address(); }
std::uint16_t Server::port() const { return loop_->port(); }
void Server::obey_signals() { loop_->obey_signals(); }
bool Server::run() { return loop_->run(); }
void Server::stop() { loop_->stop(); }
std::size_t Server::connections() const { return loop_->open_connections(); }
std::size_t Server::requests_in_flight() const { return loop_->requests_in_flight(); }

}  // namespace heed::http
