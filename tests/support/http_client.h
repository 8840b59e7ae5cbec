#pragma once
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

namespace heed {

/// An answer as it came, with its body taken out of its chunks.
struct HttpAnswer {
  int status = 0;  // 0: none came
  std::string head, body;

  /// The value of a header; empty if it is not there.
  std::string header(const std::string& name) const {
    const std::size_t at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const std::size_t begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
};

/// A connection to a server on this machine that sends whatever bytes it is told to.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  explicit HttpClient(const std::filesystem::path& path) {
    socket_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.string().copy(address.sun_path, sizeof address.sun_path - 1);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~HttpClient() { close(); }
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  bool connected() const { return connected_; }
  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  /// Sends bytes; what the server does not take any more is lost.
  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  /// The next answer, or what there is of it when the connection ends or nothing comes for so long.
  HttpAnswer receive(bool to_head = false, int milliseconds = 20'000) {
    HttpAnswer answer;
    std::size_t end;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos)
      if (!more(milliseconds)) return answer;
    answer.head = received_.substr(0, end + 2);
    received_.erase(0, end + 4);
    answer.status = std::atoi(answer.head.substr(9, 3).c_str());
    if (answer.status == 100) return receive(to_head, milliseconds);
    if (to_head || answer.status == 204) return answer;
    if (answer.header("Transfer-Encoding") == "chunked") {
      read_chunks(answer, milliseconds);
    } else if (const std::string length = answer.header("Content-Length"); !length.empty()) {
      const auto bytes = static_cast<std::size_t>(std::atoll(length.c_str()));
      while (received_.size() < bytes && more(milliseconds)) continue;
      answer.body = received_.substr(0, bytes);
      received_.erase(0, bytes);
    } else {
      while (more(milliseconds)) continue;
      answer.body = std::exchange(received_, {});
    }
    return answer;
  }
  /// Whether the server ends the connection within so long, with nothing more to read.
  bool ends(int milliseconds = 20'000) {
    while (more(milliseconds)) continue;
    return received_.empty() && ended_;
  }
  /// What came and was not taken for an answer.
  const std::string& received() const { return received_; }

  /// Sends a request and gives its answer.
  HttpAnswer ask(std::string_view method, std::string_view target, std::string_view body = {},
                 std::string_view headers = "Content-Type: application/json\r\n") {
    std::string text = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n";
    if (!body.empty() || method == "POST")
      text += std::string(headers) + "Content-Length: " + std::to_string(body.size()) + "\r\n";
    else
      text += headers.starts_with("Content-Type") ? std::string_view() : headers;
    send(text + "\r\n" + std::string(body));
    return receive(method == "HEAD");
  }

 private:
  bool more(int milliseconds) {
    pollfd question{.fd = socket_, .events = POLLIN, .revents = 0};
    if (ended_ || ::poll(&question, 1, milliseconds) != 1) return false;
    std::array<char, 65536> buffer;
    const ssize_t count = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (count > 0) received_.append(buffer.data(), static_cast<std::size_t>(count));
    ended_ = count <= 0;
    return count > 0;
  }
  void read_chunks(HttpAnswer& answer, int milliseconds) {
    for (;;) {
      std::size_t line;
      while ((line = received_.find("\r\n")) == std::string::npos)
        if (!more(milliseconds)) return;
      const auto size = static_cast<std::size_t>(std::strtoull(received_.c_str(), nullptr, 16));
      while (received_.size() < line + 2 + size + 2)
        if (!more(milliseconds)) return;
      answer.body += received_.substr(line + 2, size);
      received_.erase(0, line + 2 + size + 2);
      if (size == 0) {
        answer.head += "Ended: yes\r\n";  // by its last chunk, not by the end of the connection
        return;
      }
    }
  }

  int socket_ = -1;
  bool connected_ = false, ended_ = false;
  std::string received_;
};

/// A request and its answer on a connection of their own.
inline HttpAnswer http_answer(std::uint16_t port, std::string_view method, std::string_view target,
                              std::string_view body = {},
                              std::string_view headers = "Content-Type: application/json\r\n") {
  return HttpClient(port).ask(method, target, body, headers);
}

}  // namespace heed
