#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "heed/http/handler.h"

namespace heed::http {

/// A request and its answer, as far as it is there: any thread answers, one takes what is new.
class Mailbox : public Exchange {
 public:
  /// What take() gives.
  struct Parts {
    std::optional<Response> head = std::nullopt;  // once
    bool streamed = false;                        // the head's body is not all
    std::string more = {};                        // parts that came since
    bool ended = false;
  };

  explicit Mailbox(Request incoming);

  Request request;  // once its handler has it, this alone: what others want to know they ask here

  /// `wake` is called whenever there is something new, by whichever thread brings it, under a lock: it must
  /// be quick and ask nothing here.
  void open(std::function<void()> wake);
  /// Nobody takes anything any more: the request's client has gone.
  void close();

  void send(Response whole) override;
  void begin(Response head) override;
  bool write(std::string part) override;
  void end() override;
  void came_from(Caller caller) override;
  /// Nobody answers any more: an answer that never began is an error, one that did not end is cut off.
  void abandon();

  Caller caller() const;

  /// Whether take() would give something new.
  bool has_news() const;
  /// What is new; nothing where nothing comes any more.
  std::optional<Parts> take();

 private:
  void put(Response response, bool streamed);
  void tell();
  bool cut_off() const { return closed_ || (abandoned_ && !ended_); }

  std::stop_source gone_;
  mutable std::mutex mutex_;
  std::function<void()> wake_;
  Caller caller_;
  std::optional<Response> head_;
  std::string more_;
  bool begun_ = false, streamed_ = false, ended_ = false, told_end_ = false;
  bool abandoned_ = false, closed_ = false;
};

/// A Reply whose copies answer by the mailbox; once they are all gone, nobody answers any more.
Reply reply_to(std::shared_ptr<Mailbox> mailbox);

}  // namespace heed::http
