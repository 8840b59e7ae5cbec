#include "heed/serving/waiting_texts.h"

#include <gtest/gtest.h>

#include "tests/service/translators.h"

namespace heed {
namespace {

class TheWaitingTexts : public WithTranslator {
 protected:
  /// An order of texts of so many bytes.
  std::shared_ptr<TakenOrder> order(const std::vector<std::size_t>& lengths, Index beam = 1) const {
    auto taken = std::make_shared<TakenOrder>();
    taken->order.translator = translator_;
    taken->order.decoding.beam = beam;
    taken->order.decoding.decoding_batch_tokens = 10;
    for (const std::size_t length : lengths) taken->order.texts.emplace_back(length, 'x');
    return taken;
  }
  static void add(WaitingTexts& waiting, const std::shared_ptr<TakenOrder>& order) {
    std::vector<Index> tokens;
    for (const std::string& text : order->order.texts) tokens.push_back(std::ssize(text));
    waiting.add(order, tokens);
  }
  /// The lengths of the next batch.
  static std::vector<std::size_t> take(WaitingTexts& waiting, Index idle = 1) {
    std::vector<std::size_t> lengths;
    for (const WaitingText& text : waiting.take(idle))
      lengths.push_back(text.from->order.texts[text.text].size());
    return lengths;
  }

  const std::shared_ptr<const Translator> translator_ = std::make_shared<const Translator>(open());
};

using Lengths = std::vector<std::size_t>;

TEST_F(TheWaitingTexts, make_batches_of_all_orders_the_longest_texts_first) {
  WaitingTexts waiting({});
  add(waiting, order({2, 9, 4}));
  add(waiting, order({8, 1, 5}));
  EXPECT_EQ(waiting.texts(), 6);
  EXPECT_EQ(waiting.tokens(), 29);
  EXPECT_EQ(take(waiting), (Lengths{9, 8}));
  EXPECT_EQ(take(waiting), (Lengths{5, 4, 2}));
  EXPECT_EQ(take(waiting), (Lengths{1}));
  EXPECT_TRUE(waiting.empty());
  EXPECT_EQ(waiting.tokens(), 0);
  EXPECT_EQ(take(waiting), Lengths{});
}

TEST_F(TheWaitingTexts, of_a_round_that_has_begun_go_before_longer_ones_that_come_later) {
  WaitingTexts waiting({});
  add(waiting, order({5, 6, 1, 1}));
  EXPECT_EQ(take(waiting), (Lengths{6, 5}));
  add(waiting, order({10, 10, 9}));
  EXPECT_EQ(take(waiting).front(), 1u);
  EXPECT_EQ(take(waiting).front(), 10u);
}

TEST_F(TheWaitingTexts, fill_the_last_batch_of_a_round_with_those_of_the_next_that_are_about_as_long) {
  WaitingTexts waiting({});
  add(waiting, order({6, 5, 3}));
  EXPECT_EQ(take(waiting), (Lengths{6, 5}));
  add(waiting, order({10, 2, 7, 4, 1}));
  EXPECT_EQ(take(waiting), (Lengths{3, 2, 4, 1}));
  EXPECT_EQ(take(waiting), (Lengths{10}));
}

TEST_F(TheWaitingTexts, of_a_book_leave_room_for_a_sentence_that_comes_later) {
  WaitingTexts waiting({.texts = 8, .tokens_of_order = 20, .texts_of_order = 3});
  add(waiting, order(Lengths(12, 5)));  // in rounds of 3
  EXPECT_EQ(waiting.tokens_before(4), 15) << "it would join the first round";
  EXPECT_EQ(take(waiting), (Lengths{5, 5}));
  EXPECT_EQ(waiting.tokens_before(4), 20) << "what is left of the round that has begun, and the next";
  add(waiting, order({4}));
  for (bool taken = false; !taken && !waiting.empty();)
    for (const std::size_t length : take(waiting)) taken = taken || length == 4;
  EXPECT_GE(waiting.texts(), 4) << "the last rounds of the book wait still";
}

TEST_F(TheWaitingTexts, are_shared_out_among_workers_that_have_nothing_to_do) {
  WaitingTexts waiting({});
  add(waiting, order({2, 2, 2, 2}));
  EXPECT_EQ(take(waiting, 2), (Lengths{2, 2}));
  EXPECT_EQ(take(waiting, 1), (Lengths{2, 2}));
}

TEST_F(TheWaitingTexts, share_a_batch_with_none_that_is_decoded_in_another_way) {
  WaitingTexts waiting({});
  add(waiting, order({3, 1}, 1));
  add(waiting, order({4, 2}, 2));
  add(waiting, order({2}, 1));
  EXPECT_EQ(take(waiting), (Lengths{3, 2, 1}));
  EXPECT_EQ(take(waiting), (Lengths{4, 2}));
}

TEST_F(TheWaitingTexts, of_a_large_order_leave_room_for_a_small_one_that_comes_later) {
  WaitingTexts waiting({.tokens_of_order = 20});
  add(waiting, order(Lengths(50, 10)));
  add(waiting, order({3}));
  EXPECT_EQ(take(waiting), (Lengths{10}));
  EXPECT_EQ(take(waiting), (Lengths{10}));
  EXPECT_EQ(take(waiting).front(), 3u);
}

TEST_F(TheWaitingTexts, of_a_full_round_wait_for_the_next) {
  WaitingTexts waiting({.texts = 2, .tokens = 100});
  add(waiting, order({1, 2, 3, 4}));
  EXPECT_EQ(take(waiting).front(), 2u);
  WaitingTexts by_tokens({.texts = 100, .tokens = 5});
  add(by_tokens, order({2, 3, 9, 1}));
  EXPECT_EQ(take(by_tokens).front(), 3u);
}

TEST_F(TheWaitingTexts, go_where_nobody_waits_or_the_deadline_is_past) {
  WaitingTexts waiting({});
  const auto now = ServingClock::now();
  std::stop_source client;
  const auto late = order({1, 2}), gone = order({3}), patient = order({4});
  late->order.patience.deadline = now - std::chrono::milliseconds(1);
  gone->order.patience.gone = client.get_token();
  patient->order.patience.deadline = now + std::chrono::hours(1);
  for (const auto& one : {late, gone, patient}) add(waiting, one);
  EXPECT_EQ(waiting.take_hopeless(now).size(), 2u);
  client.request_stop();
  EXPECT_EQ(waiting.take_hopeless(now).size(), 1u);
  EXPECT_EQ(take(waiting), (Lengths{4}));
  EXPECT_EQ(waiting.tokens(), 0);
}

TEST_F(TheWaitingTexts, let_other_work_be_done_in_its_turn_and_by_itself) {
  WaitingTexts waiting({});
  const auto work = std::make_shared<TakenOrder>();
  work->work = [](std::exception_ptr) {};
  add(waiting, order({1}));
  waiting.add(work, {5});
  waiting.add(work, {5});
  EXPECT_EQ(take(waiting), (Lengths{1}));
  EXPECT_EQ(waiting.take(1).size(), 1u);
  EXPECT_EQ(waiting.take(1).size(), 1u);
  EXPECT_TRUE(waiting.empty());
}

}  // namespace
}  // namespace heed
