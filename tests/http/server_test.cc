#include "heed/http/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <future>
#include <optional>

#include "heed/base/stopwatch.h"
#include "tests/http/running_server.h"
#include "tests/support/temporary_folder.h"

namespace heed::http {
namespace {

/// Routes that do what a test needs.
class AServer : public WithFolder {
 protected:
  AServer() {
    add("GET", "/quick", Runs::on_io_thread, answering([](Request&) { return Response{.body = "quick"}; }));
    add("POST", "/echo", Runs::in_pool,
        answering([](Request& request) { return Response{.body = request.body}; }));
    add("GET", "/parts", Runs::in_pool, [](Request&, const Reply& reply) {
      reply.begin({.content_type = "text/event-stream", .body = "one "});
      reply.write("two ");
      reply.write("three");
      reply.end();
    });
    add("GET", "/slow", Runs::in_pool, [this](Request& request, const Reply& reply) {
      ++waiting_;
      const std::stop_callback gone(request.client_gone, [this] { ++gone_; });
      release_.get_future_for_all().wait();
      reply.send({.body = "slow"});
    });
    add("GET", "/never", Runs::in_pool, [](Request&, const Reply&) {});
    add("GET", "/breaks", Runs::in_pool,
        [](Request&, const Reply& reply) { reply.begin({.body = "begun"}); });
    add("GET", "/endless", Runs::in_pool, [this](Request& request, const Reply& reply) {
      reply.begin({.body = "x"});
      while (!request.client_gone.stop_requested()) reply.write("x"), ::usleep(1000);
      ++gone_;
    });
  }
  ~AServer() override { release_.open(); }

  /// A gate that several wait at.
  class Gate {
   public:
    std::shared_future<void> get_future_for_all() const { return future_; }
    void open() {
      if (!open_.exchange(true)) promise_.set_value();
    }

   private:
    std::promise<void> promise_;
    std::shared_future<void> future_ = promise_.get_future().share();
    std::atomic<bool> open_ = false;
  };

  void add(const char* method, const char* pattern, Runs runs, Handler handler) {
    routes_.add({.method = method, .pattern = pattern, .handler = std::move(handler), .runs = runs});
  }
  static bool soon(const std::function<bool()>& claim) {
    for (const Stopwatch watch; watch.seconds() < 20; ::usleep(1000))
      if (claim()) return true;
    return false;
  }

  Router routes_;
  Gate release_;
  std::atomic<int> waiting_ = 0, gone_ = 0;
};

TEST_F(AServer, answers_one_request_after_the_other_on_a_connection) {
  RunningServer server(routes_);
  HttpClient client(server.port());
  for (int i = 0; i < 3; ++i) {
    const HttpAnswer answer = client.ask("POST", "/echo", "text " + std::to_string(i));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "text " + std::to_string(i));
    EXPECT_EQ(answer.header("Connection"), "keep-alive");
  }
  EXPECT_EQ(server.server().connections(), 1u);
}

TEST_F(AServer, answers_requests_that_come_at_once_in_their_order) {
  RunningServer server(routes_);
  HttpClient client(server.port());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\naGET /quick HTTP/1.1\r\nHost: x\r\n\r\n"
      "\r\nGET /parts HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.receive().body, "a");
  EXPECT_EQ(client.receive().body, "quick");
  EXPECT_EQ(client.receive().body, "one two three");
}

TEST_F(AServer, streams_in_chunks_or_to_the_end_of_the_connection) {
  RunningServer server(routes_);
  HttpClient client(server.port());
  const HttpAnswer chunked = client.ask("GET", "/parts");
  EXPECT_EQ(chunked.body, "one two three");
  EXPECT_EQ(chunked.header("Transfer-Encoding"), "chunked");
  EXPECT_EQ(chunked.header("Ended"), "yes");
  client.send("GET /parts HTTP/1.0\r\n\r\n");
  const HttpAnswer old = client.receive();
  EXPECT_EQ(old.body, "one two three");
  EXPECT_EQ(old.header("Connection"), "close");
}

TEST_F(AServer, answers_head_without_a_body_and_options_with_methods) {
  RunningServer server(routes_);
  HttpClient client(server.port());
  const HttpAnswer head = client.ask("HEAD", "/quick");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Length"), "5");
  const HttpAnswer options = client.ask("OPTIONS", "/echo", "", "Origin: https://a.b\r\n");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("Allow"), "POST, OPTIONS");
  EXPECT_EQ(options.header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(options.header("Access-Control-Allow-Methods"), "GET, POST");
  EXPECT_EQ(client.ask("OPTIONS", "*").status, 204);
  EXPECT_EQ(client.ask("GET", "/quick").body, "quick");
}

TEST_F(AServer, says_what_is_not_there) {
  RunningServer server(routes_);
  HttpClient client(server.port());
  EXPECT_EQ(client.ask("GET", "/nothing").status, 404);
  const HttpAnswer other = client.ask("DELETE", "/quick");
  EXPECT_EQ(other.status, 405);
  EXPECT_EQ(other.header("Allow"), "GET, HEAD, OPTIONS");
}

TEST_F(AServer, tells_a_client_to_go_on_with_its_body) {
  RunningServer server(routes_);
  HttpClient client(server.port());
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  ASSERT_TRUE(soon([&] {
    client.receive(false, 1);
    return client.received().empty();
  }));
  client.send("hi");
  EXPECT_EQ(client.receive().body, "hi");
}

TEST_F(AServer, refuses_what_is_no_request_and_closes) {
  RunningServer server(routes_);
  for (const char* bytes : {"nonsense\r\n\r\n", "GET / HTTP/1.1\nHost: x\n\n", "\x16\x03\x01\x02",
                            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: "
                            "chunked\r\n\r\n0\r\n\r\n"}) {
    HttpClient client(server.port());
    client.send(bytes);
    const HttpAnswer answer = client.receive();
    EXPECT_EQ(answer.status, 400) << bytes;
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(client.ends());
  }
  EXPECT_EQ(HttpClient(server.port()).ask("GET", "/quick").body, "quick");
}

TEST_F(AServer, answers_others_while_many_send_a_byte_now_and_then) {
  RunningServer server(routes_, {.connections = 300});
  std::vector<std::unique_ptr<HttpClient>> slow;
  for (int i = 0; i < 200; ++i) {
    slow.push_back(std::make_unique<HttpClient>(server.port()));
    slow.back()->send("GET /quick HTTP/1.1\r\nHo");
  }
  ASSERT_TRUE(soon([&] { return server.server().connections() == 200; }));
  const Stopwatch watch;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(http_answer(server.port(), "GET", "/quick").body, "quick");
  EXPECT_LT(watch.seconds(), 5);  // some milliseconds where nothing else runs
}

TEST_F(AServer, ends_connections_that_are_too_slow) {
  RunningServer server(routes_, {.header_seconds = 0.2, .body_seconds = 0.2, .keep_alive_seconds = 0.2});
  HttpClient silent(server.port()), head(server.port()), body(server.port()), idle(server.port());
  head.send("GET /quick HTTP/1.1\r\nHo");
  body.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
  EXPECT_EQ(idle.ask("GET", "/quick").status, 200);
  EXPECT_EQ(head.receive().status, 408);
  EXPECT_EQ(body.receive().status, 408);
  EXPECT_TRUE(silent.ends());
  EXPECT_TRUE(idle.ends());
}

TEST_F(AServer, turns_connections_away_at_once_where_there_are_too_many) {
  RunningServer server(routes_, {.connections = 2});
  HttpClient first(server.port()), second(server.port());
  first.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  second.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(soon([&] { return waiting_ == 2; }));
  const HttpAnswer answer = http_answer(server.port(), "GET", "/quick");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("Retry-After"), "1");
  release_.open();
  EXPECT_EQ(first.receive().body, "slow");
  EXPECT_EQ(http_answer(server.port(), "GET", "/quick").body, "quick");  // in place of one that is idle
}

TEST_F(AServer, has_a_limit_for_the_bodies_of_all) {
  RunningServer server(routes_, {.waiting_body_bytes = 1000});
  HttpClient first(server.port());
  first.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nabc");
  ASSERT_TRUE(
      soon([&] { return http_answer(server.port(), "POST", "/echo", std::string(200, 'a')).status == 503; }));
  first.close();
  EXPECT_TRUE(
      soon([&] { return http_answer(server.port(), "POST", "/echo", std::string(200, 'a')).status == 200; }));
}

TEST_F(AServer, answers_what_never_waits_while_all_handlers_are_busy) {
  RunningServer server(routes_, {.handlers = 2});
  std::vector<std::unique_ptr<HttpClient>> busy;
  for (int i = 0; i < 5; ++i) {
    busy.push_back(std::make_unique<HttpClient>(server.port()));
    busy.back()->send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  ASSERT_TRUE(soon([&] { return waiting_ == 2; }));
  EXPECT_EQ(http_answer(server.port(), "GET", "/quick").body, "quick");
  release_.open();
  for (const auto& client : busy) EXPECT_EQ(client->receive().body, "slow");
}

TEST_F(AServer, tells_handlers_that_the_client_has_gone) {
  RunningServer server(routes_);
  HttpClient waits(server.port()), reads(server.port());
  waits.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  reads.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(soon([&] { return waiting_ == 1; }));
  waits.close();
  reads.close();
  EXPECT_TRUE(soon([&] { return gone_ == 2; }));
  release_.open();
}

TEST_F(AServer, answers_for_handlers_that_do_not) {
  RunningServer server(routes_, {.answer_seconds = 0.2});
  EXPECT_EQ(http_answer(server.port(), "GET", "/never").status, 500);
  const HttpAnswer late = http_answer(server.port(), "GET", "/slow");
  EXPECT_EQ(late.status, 503);
  EXPECT_NE(late.header("Retry-After"), "");
  HttpClient client(server.port());
  const HttpAnswer broken = client.ask("GET", "/breaks");
  EXPECT_EQ(broken.header("Ended"), "");  // so that nobody takes it for whole
  EXPECT_TRUE(client.ends());
  release_.open();
}

TEST_F(AServer, tells_what_became_of_each_request) {
  std::vector<std::string> told;
  {
    RunningServer server(routes_, {}, {.answered = [&](const Answered& a) {
                           told.push_back(message(a.request.method, " ", a.request.route, " ",
                                                  a.caller.address, " ", a.status, " ", a.bytes));
                         }});
    http_answer(server.port(), "GET", "/quick");
    http_answer(server.port(), "GET", "/nothing");
    http_answer(server.port(), "GET", "/parts");
    HttpClient client(server.port());
    client.send("nonsense\r\n\r\n");
    client.receive();
  }
  ASSERT_EQ(told.size(), 4u);
  EXPECT_EQ(told[0], "GET /quick 127.0.0.1 200 5");
  EXPECT_TRUE(told[1].starts_with("GET  127.0.0.1 404 ")) << told[1];
  EXPECT_EQ(told[2], "GET /parts 127.0.0.1 200 13");
  EXPECT_TRUE(told[3].starts_with("  127.0.0.1 400 ")) << told[3];
}

TEST_F(AServer, answers_what_is_there_before_it_ends) {
  RunningServer server(routes_);
  HttpClient waits(server.port()), idle(server.port());
  waits.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(idle.ask("GET", "/quick").status, 200);
  ASSERT_TRUE(soon([&] { return waiting_ == 1; }));
  auto stopped = std::async(std::launch::async, [&] { return server.stop(); });
  EXPECT_TRUE(idle.ends());
  EXPECT_TRUE(soon([&] { return !HttpClient(server.port()).connected(); }));
  release_.open();
  const HttpAnswer answer = waits.receive();
  EXPECT_EQ(answer.body, "slow");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(stopped.get());
}

TEST_F(AServer, ends_on_a_signal_whether_anybody_is_connected_or_not) {
  for (const bool connected : {false, true}) {
    Server server({.port = 0}, routes_);
    server.obey_signals();
    std::optional<HttpClient> client;
    auto ended = std::async(std::launch::async, [&] { return server.run(); });
    if (connected) {
      EXPECT_EQ(client.emplace(server.port()).ask("GET", "/quick").status, 200);
    }
    ::kill(::getpid(), SIGTERM);
    ASSERT_EQ(ended.wait_for(std::chrono::seconds(20)), std::future_status::ready) << connected;
    EXPECT_TRUE(ended.get());
  }
}

TEST_F(AServer, cuts_off_what_is_not_answered_within_the_grace) {
  RunningServer server(routes_, {.grace = 0.1});
  HttpClient waits(server.port());
  waits.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(soon([&] { return waiting_ == 1; }));
  EXPECT_FALSE(server.stop());
  EXPECT_EQ(gone_, 1);
  EXPECT_TRUE(waits.ends());
  release_.open();
}

TEST_F(AServer, listens_at_a_unix_socket_in_place_of_a_dead_one) {
  const std::filesystem::path path = folder_ / "heed.sock";
  for (int life = 0; life < 2; ++life) {
    RunningServer server(routes_, {.unix_socket = path});
    EXPECT_EQ(HttpClient(path).ask("GET", "/quick").body, "quick");
    EXPECT_EQ(server.server().address(), "unix:" + path.string());
    EXPECT_THROW(Server({.unix_socket = path}, routes_), ConfigError);
    server.stop();
    EXPECT_FALSE(std::filesystem::exists(path));
    // As one that was killed leaves it.
    const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    path.string().copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::close(left);
  }
}

TEST_F(AServer, says_why_it_cannot_listen) {
  RunningServer server(routes_);
  EXPECT_THROW(Server({.port = server.port()}, routes_), ConfigError);
  EXPECT_THROW(Server({.host = "example.org"}, routes_), ConfigError);
  EXPECT_THROW(Server({.unix_socket = "/nowhere/at/all"}, routes_), ConfigError);
  EXPECT_THROW(Server({.cors_origins = {"example.org"}}, routes_), ConfigError);
}

TEST_F(AServer, lets_pages_of_the_origins_that_were_named_read_answers) {
  RunningServer server(routes_, {.cors_origins = {"https://a.b"}});
  const auto allowed = [&](const std::string& origin) {
    return http_answer(server.port(), "GET", "/quick", "", "Origin: " + origin + "\r\n")
        .header("Access-Control-Allow-Origin");
  };
  EXPECT_EQ(allowed("https://a.b"), "https://a.b");
  EXPECT_EQ(allowed("https://evil.b"), "");
}

}  // namespace
}  // namespace heed::http
