#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "heed/serving/order.h"

namespace heed {

/// An order that was taken, and who hears of it. Or a piece of work that is none, which a worker does alone.
struct TakenOrder {
  Order order = {};
  std::function<void(std::size_t text, Outcome outcome)> tell = {};
  std::function<void(std::exception_ptr)> work = {};
  ServingClock::time_point since = ServingClock::now();
};

/// A text that waits for a worker.
struct WaitingText {
  std::shared_ptr<TakenOrder> from;
  std::size_t text = 0;  // its number in the order
  Index tokens = 1;      // about
};

/// How texts that wait are put together.
struct RoundLimits {
  Index texts = 2048;
  Index tokens = Index{1} << 18;
  /// Of one order: what is more waits for later rounds, so that a book does not hold up a sentence.
  Index tokens_of_order = Index{1} << 18, texts_of_order = 2048;
};

/// Texts that wait, in rounds. What comes joins the first round that has not begun and has room; a round is
/// worked off whole, its longest texts first, before the next one begins. So nothing waits for longer than
/// the rounds before it take, and batches are of texts of about one length. No threads in here.
class WaitingTexts {
 public:
  explicit WaitingTexts(const RoundLimits& limits) : limits_(limits) {}

  /// Adds the texts of an order with so many tokens each, or the one piece of work that it is.
  void add(const std::shared_ptr<TakenOrder>& order, const std::vector<Index>& tokens);

  /// What `idle` workers that have nothing to do should do first: for one of them, texts of one model and one
  /// way to decode, the longest first, about a batch of them or what is its share. Empty if nothing waits.
  std::vector<WaitingText> take(Index idle);

  /// Takes out those that nobody waits for any more, or whose deadline is past.
  std::vector<WaitingText> take_hopeless(ServingClock::time_point now);
  /// Takes out all.
  std::vector<WaitingText> take_all();

  Index texts() const { return texts_; }
  Index tokens() const { return tokens_; }
  /// Tokens that are worked off before a text of so many tokens is, or with it, if it comes now.
  Index tokens_before(Index tokens) const;
  bool empty() const { return texts_ == 0; }

 private:
  /// Texts that may be translated together, in the order in which they came, or sorted once begun.
  struct Group {
    std::vector<WaitingText> texts;
    Index tokens = 0;
  };
  struct Round {
    std::vector<Group> groups;
    Index texts = 0, tokens = 0;
    bool begun = false;
  };

  static bool together(const WaitingText& a, const WaitingText& b);
  static Group* group_of(Round& round, const WaitingText& text);
  bool has_room(const Round& round, Index tokens) const;
  void put(Round& round, WaitingText text);
  template <class Which>
  std::vector<WaitingText> take_where(const Which& which);
  void fill_up(std::vector<WaitingText>& batch, Index filled, Index share);
  void drop_empty();

  RoundLimits limits_;
  std::deque<Round> rounds_;
  Index texts_ = 0, tokens_ = 0;
};

/// A guess of the tokens of a text of so many bytes, for which it need not be tokenized.
Index tokens_about(std::size_t bytes);

}  // namespace heed
