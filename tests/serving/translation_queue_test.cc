#include "heed/serving/translation_queue.h"

#include <atomic>
#include <latch>
#include <thread>

#include "tests/service/translators.h"

namespace heed {
namespace {

using namespace std::chrono_literals;

DecodingConfig quick(Index beam = 2) {
  DecodingConfig config;
  config.beam = beam, config.maximum_extra_length = 6;
  return config;
}

/// Work that keeps a worker busy until it is let go.
class Obstacle {
 public:
  explicit Obstacle(TranslationQueue& queue) {
    queue.run(1, {}, [begun = begun_, go = go_](std::exception_ptr) {
      begun->count_down();
      go->wait();
    });
    begun_->wait();
  }
  ~Obstacle() { go(); }
  void go() {
    if (!gone_) go_->count_down();
    gone_ = true;
  }

 private:
  std::shared_ptr<std::latch> begun_ = std::make_shared<std::latch>(1), go_ = std::make_shared<std::latch>(1);
  bool gone_ = false;
};

class TheQueue : public WithTranslator {
 protected:
  static std::vector<std::string> some_texts(Index count, Index seed = 0) {
    std::vector<std::string> texts;
    for (Index i = 0; i < count; ++i)
      texts.push_back((i + seed) % 13 == 5 ? "" : words(1 + (i + seed) * 7 % 17));
    return texts;
  }
  /// What a queue has done once it has done all; it takes no more then.
  static QueueFacts facts_in_the_end(TranslationQueue& queue) {
    EXPECT_TRUE(queue.drain(ServingClock::now() + 60s));
    return queue.facts();
  }
  static std::vector<std::string> texts_of(const std::vector<TranslatedLine>& lines) {
    std::vector<std::string> texts;
    for (const TranslatedLine& line : lines) texts.push_back(line.translations.at(0).text);
    return texts;
  }
  Order order(std::vector<std::string> texts, const DecodingConfig& decoding = quick()) const {
    return {.translator = translator_, .texts = std::move(texts), .decoding = decoding};
  }
  std::vector<std::string> alone(const std::vector<std::string>& texts,
                                 const DecodingConfig& decoding = quick()) const {
    return texts_of(translator_->translate(texts, decoding));
  }

  const std::shared_ptr<const Translator> translator_ = std::make_shared<const Translator>(open());
};

TEST_F(TheQueue, gives_many_callers_at_once_what_each_would_have_alone) {
  TranslationQueue queue({.workers = 3, .rounds = {.texts = 40, .tokens_of_order = 30}});
  std::vector<std::thread> callers;
  for (Index caller = 0; caller < 6; ++caller)
    callers.emplace_back([&, caller] {
      for (Index turn = 0; turn < 8; ++turn) {
        DecodingConfig decoding = quick(1 + caller % 3);
        decoding.sample = caller == 5;
        const auto texts = some_texts(1 + (caller * 5 + turn * 3) % 11, caller + turn);
        EXPECT_EQ(texts_of(queue.submit(order(texts, decoding)).get()), alone(texts, decoding));
      }
    });
  for (std::thread& caller : callers) caller.join();
  const QueueFacts facts = facts_in_the_end(queue);
  EXPECT_EQ(facts.waiting_texts, 0);
  EXPECT_EQ(facts.waiting_tokens, 0);
  EXPECT_EQ(facts.failed + facts.hopeless + facts.refused, 0u);
  EXPECT_LT(facts.batches, facts.texts);
}

TEST_F(TheQueue, serves_several_models_at_once) {
  save(folder_ / "other", sizes(), TokenizerKind::unigram, 12);
  const auto other = std::make_shared<const Translator>(folder_ / "other", cpu_backend());
  TranslationQueue queue({.workers = 2});
  const auto texts = some_texts(20);
  Order for_other = order(texts);
  for_other.translator = other;
  auto first = queue.submit(order(texts)), second = queue.submit(for_other);
  const auto expected = texts_of(other->translate(texts, quick()));
  EXPECT_NE(expected, alone(texts));
  EXPECT_EQ(texts_of(first.get()), alone(texts));
  EXPECT_EQ(texts_of(second.get()), expected);
}

TEST_F(TheQueue, puts_texts_of_different_orders_into_one_batch) {
  TranslationQueue queue({.workers = 1});
  Obstacle obstacle(queue);
  std::vector<std::future<std::vector<TranslatedLine>>> futures;
  for (int i = 0; i < 8; ++i) futures.push_back(queue.submit(order({words(3 + i % 2)})));
  obstacle.go();
  for (auto& future : futures) future.get();
  const QueueFacts facts = facts_in_the_end(queue);
  EXPECT_EQ(facts.batches, 1u);
  EXPECT_EQ(facts.texts, 8u);
}

TEST_F(TheQueue, refuses_at_once_what_it_has_no_room_for_and_says_when_it_has) {
  TranslationQueue queue({.workers = 1, .capacity = 20});
  Obstacle obstacle(queue);
  auto taken = queue.submit(order({std::string(60, 'x')}));
  try {
    queue.submit(order({std::string(60, 'x')}));
    FAIL() << "was taken";
  } catch (const QueueFull& full) {
    EXPECT_GE(full.retry_after, 1s);
    EXPECT_TRUE(std::string(full.what()).starts_with("too much waits already: 1 texts; try again in "))
        << full.what();
  }
  auto small = queue.submit(order({"fox"}));
  EXPECT_EQ(queue.facts().refused, 1u);
  obstacle.go();
  taken.get(), small.get();
  EXPECT_NO_THROW(queue.submit(order({std::string(200, 'x')})).get()) << "larger than all by itself";
}

TEST_F(TheQueue, makes_room_by_what_nobody_waits_for) {
  TranslationQueue queue({.workers = 1, .capacity = 20});
  Obstacle obstacle(queue);
  std::stop_source client;
  Order abandoned = order({std::string(60, 'x')});
  abandoned.patience.gone = client.get_token();
  auto gone = queue.submit(std::move(abandoned));
  client.request_stop();
  auto next = queue.submit(order({std::string(60, 'x')}));
  EXPECT_THROW(gone.get(), RequestCancelled);
  obstacle.go();
  EXPECT_EQ(next.get().size(), 1u);
  EXPECT_EQ(queue.facts().hopeless, 1u);
}

TEST_F(TheQueue, translates_nothing_behind_its_deadline) {
  TranslationQueue queue({.workers = 1});
  Obstacle obstacle(queue);
  Order hasty = order({"fox"});
  hasty.patience.deadline = ServingClock::now() + 5ms;
  auto late = queue.submit(hasty);
  std::this_thread::sleep_for(10ms);
  EXPECT_THROW(queue.submit(hasty), DeadlinePassed);
  auto patient = queue.submit(order({"dog"}));
  obstacle.go();
  EXPECT_THROW(late.get(), DeadlinePassed);
  EXPECT_EQ(patient.get().size(), 1u);
  EXPECT_EQ(facts_in_the_end(queue).texts, 1u);
}

TEST_F(TheQueue, refuses_at_once_what_would_wait_for_longer_than_it_may) {
  TranslationQueue queue({.workers = 1});
  queue.submit(order(some_texts(20))).get();  // its speed is known now
  Obstacle obstacle(queue);
  auto much = queue.submit(order(std::vector<std::string>(2000, words(20))));
  Order hasty = order({"fox"});
  hasty.patience.deadline = ServingClock::now() + 1ms;
  EXPECT_THROW(queue.submit(hasty), QueueFull);
}

TEST_F(TheQueue, says_what_is_wrong_with_a_text_of_that_text_alone) {
  TranslationQueue queue({.workers = 2});
  Obstacle obstacle(queue);
  std::vector<std::string> outcomes(5);
  std::latch all(5);
  queue.submit(order({"fox", "M\xFCnchen", "dog", "two", "nine"}), [&](std::size_t text, Outcome outcome) {
    try {
      if (outcome.error) std::rethrow_exception(outcome.error);
      outcomes[text] = outcome.translation.translations.at(0).text;
    } catch (const DataError& error) {
      outcomes[text] = error.what();
    }
    all.count_down();
  });
  auto neighbor = queue.submit(order({"fox"}));
  obstacle.go();
  all.wait();
  const auto expected = alone({"fox", "", "dog", "two", "nine"});
  for (const std::size_t i : {0, 2, 3, 4}) EXPECT_EQ(outcomes[i], expected[i]);
  EXPECT_TRUE(outcomes[1].starts_with("line 2: byte 2 is not UTF-8")) << outcomes[1];
  EXPECT_EQ(texts_of(neighbor.get()), alone({"fox"}));
  EXPECT_EQ(facts_in_the_end(queue).failed, 1u);
}

TEST_F(TheQueue, goes_on_after_work_that_throws) {
  TranslationQueue queue({.workers = 1});
  std::promise<std::string> told;
  queue.run(1, {}, [&](std::exception_ptr error) {
    if (!error) throw DataError("broken");
    try {
      std::rethrow_exception(error);
    } catch (const DataError& why) {
      told.set_value(why.what());
    }
  });
  EXPECT_EQ(told.get_future().get(), "broken");
  EXPECT_EQ(texts_of(queue.submit(order({"fox"})).get()), alone({"fox"}));
}

TEST_F(TheQueue, takes_no_more_while_it_drains) {
  std::future<std::vector<TranslatedLine>> waiting;
  {
    TranslationQueue queue({.workers = 1});
    auto obstacle = std::make_unique<Obstacle>(queue);
    waiting = queue.submit(order({"fox"}));
    EXPECT_FALSE(queue.drain(ServingClock::now() + 5ms));
    EXPECT_THROW(queue.submit(order({"dog"})), ShuttingDown);
    obstacle.reset();
    EXPECT_TRUE(queue.drain(ServingClock::now() + 10s));
  }
  EXPECT_EQ(texts_of(waiting.get()), alone({"fox"}));
}

TEST_F(TheQueue, that_ends_without_waiting_fails_what_no_worker_has_begun) {
  auto queue = std::make_unique<TranslationQueue>(QueueOptions{.workers = 1});
  auto go = std::make_shared<std::latch>(1);
  queue->run(1, {}, [go](std::exception_ptr) { go->wait(); });
  auto waiting = queue->submit(order({"fox"}));
  std::thread later([go] { std::this_thread::sleep_for(20ms), go->count_down(); });
  queue.reset();
  later.join();
  // The worker may have been quicker than the end.
  try {
    EXPECT_EQ(texts_of(waiting.get()), alone({"fox"}));
  } catch (const ShuttingDown&) {
  }
}

TEST_F(TheQueue, keeps_nothing_of_an_order_that_is_done) {
  TranslationQueue queue({.workers = 2});
  auto held = std::make_shared<int>();
  const std::weak_ptr<int> kept = held;
  std::latch told(1);
  queue.submit(order({"fox"}), [&told, held](std::size_t, const Outcome&) { told.count_down(); });
  held.reset();
  told.wait();
  for (int i = 0; i < 2000 && !kept.expired(); ++i) std::this_thread::sleep_for(5ms);
  EXPECT_TRUE(kept.expired());
}

TEST_F(TheQueue, takes_orders_of_nothing) {
  TranslationQueue queue({.workers = 1});
  EXPECT_TRUE(queue.submit(order({})).get().empty());
  EXPECT_EQ(texts_of(queue.submit(order({""})).get()), std::vector<std::string>{""});
}

}  // namespace
}  // namespace heed
