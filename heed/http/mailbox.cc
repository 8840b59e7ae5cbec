#include "heed/http/mailbox.h"

#include <utility>

namespace heed::http {
namespace {

// What a client that is too slow for an answer that is written as it comes leaves in memory.
constexpr std::size_t most_unsent = 8 * 1024 * 1024;

/// What the copies of a Reply share; it goes when the last of them does.
class LastCopy : public Exchange {
 public:
  explicit LastCopy(std::shared_ptr<Mailbox> mailbox) : mailbox_(std::move(mailbox)) {}
  ~LastCopy() override { mailbox_->abandon(); }
  LastCopy(const LastCopy&) = delete;
  LastCopy& operator=(const LastCopy&) = delete;

  void send(Response whole) override { mailbox_->send(std::move(whole)); }
  void begin(Response head) override { mailbox_->begin(std::move(head)); }
  bool write(std::string part) override { return mailbox_->write(std::move(part)); }
  void end() override { mailbox_->end(); }
  void came_from(Caller caller) override { mailbox_->came_from(std::move(caller)); }

 private:
  std::shared_ptr<Mailbox> mailbox_;
};

}  // namespace

Mailbox::Mailbox(Request incoming) : request(std::move(incoming)), caller_(request.caller) {
  request.client_gone = gone_.get_token();
}

void Mailbox::open(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

void Mailbox::close() {
  gone_.request_stop();  // without the lock: what it calls may answer
  const std::lock_guard lock(mutex_);
  wake_ = {};
  closed_ = true;
}

void Mailbox::send(Response whole) { put(std::move(whole), false); }

void Mailbox::begin(Response head) { put(std::move(head), true); }

bool Mailbox::write(std::string part) {
  const std::lock_guard lock(mutex_);
  if (!streamed_ || ended_ || closed_) return false;
  more_ += part;
  if (more_.size() > most_unsent) closed_ = true;
  tell();
  return !closed_;
}

void Mailbox::end() {
  const std::lock_guard lock(mutex_);
  if (!streamed_) return;
  ended_ = true;
  tell();
}

void Mailbox::came_from(Caller caller) {
  const std::lock_guard lock(mutex_);
  caller_ = std::move(caller);
}

Caller Mailbox::caller() const {
  const std::lock_guard lock(mutex_);
  return caller_;
}

void Mailbox::abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  tell();
}

bool Mailbox::has_news() const {
  const std::lock_guard lock(mutex_);
  return head_ || !more_.empty() || (ended_ && !told_end_) || cut_off();
}

std::optional<Mailbox::Parts> Mailbox::take() {
  const std::lock_guard lock(mutex_);
  if (!head_ && more_.empty() && cut_off()) return std::nullopt;
  told_end_ = ended_;
  return Parts{std::exchange(head_, std::nullopt), streamed_, std::exchange(more_, {}), ended_};
}

void Mailbox::put(Response response, bool streamed) {
  const std::lock_guard lock(mutex_);
  if (begun_) return;
  begun_ = true, streamed_ = streamed, ended_ = !streamed;
  head_ = std::move(response);
  tell();
}

void Mailbox::tell() {
  if (wake_) wake_();
}

Reply reply_to(std::shared_ptr<Mailbox> mailbox) {
  return Reply(std::make_shared<LastCopy>(std::move(mailbox)));
}

}  // namespace heed::http
