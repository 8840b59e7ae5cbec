#include "heed/data/batch_stream.h"

#include <gtest/gtest.h>

#include <chrono>

#include "heed/base/error.h"
#include "heed/data/examples.h"

namespace heed {
namespace {

std::shared_ptr<const Examples> some_examples(Index count) {
  auto examples = std::make_shared<Examples>();
  for (Index i = 0; i < count; ++i)
    examples->add(
        {std::vector<Index>(static_cast<std::size_t>(2 + i % 13), 4 + i), std::vector<Index>{4 + i, 2}});
  return examples;
}

const BatchOptions options{.batch_tokens = 50, .bucket = 4, .seed = 9};

TEST(BatchStream, gives_the_planned_batches_epoch_after_epoch) {
  const auto examples = some_examples(100);
  BatchStream stream(examples, options);
  for (Index epoch = 0; epoch < 3; ++epoch) {
    const BatchPlan plan = plan_epoch(*examples, epoch, options);
    for (std::size_t i = 0; i < plan.size(); ++i) {
      EXPECT_EQ(stream.position(), (BatchPosition{epoch, static_cast<Index>(i)}));
      const Batch batch = stream.next();
      EXPECT_EQ(batch.position, (BatchPosition{epoch, static_cast<Index>(i)}));
      EXPECT_EQ(batch.batches_in_epoch, static_cast<Index>(plan.size()));
      EXPECT_EQ(batch.examples, plan[i]);
      EXPECT_EQ(batch.columns[0].tokens, make_batch(*examples, plan[i]).columns[0].tokens);
    }
  }
}

TEST(BatchStream, goes_on_from_any_position_as_if_never_stopped) {
  const auto examples = some_examples(100);
  BatchStream whole(examples, options);
  const Index batches = static_cast<Index>(plan_epoch(*examples, 0, options).size());
  for (Index stop = 0; stop < 2 * batches + 2; ++stop) {
    const BatchPosition position = whole.position();
    const Batch expected = whole.next();
    BatchStream resumed(examples, options, position);
    EXPECT_EQ(resumed.position(), position);
    EXPECT_EQ(resumed.next().examples, expected.examples);
    EXPECT_EQ(resumed.position(), whole.position());
  }
}

TEST(BatchStream, takes_the_end_of_an_epoch_for_the_start_of_the_next) {
  const auto examples = some_examples(10);
  const auto batches = static_cast<Index>(plan_epoch(*examples, 0, options).size());
  EXPECT_EQ(BatchStream(examples, options, {0, batches}).next().position, (BatchPosition{1, 0}));
}

TEST(BatchStream, hands_on_what_goes_wrong_in_its_thread) {
  BatchStream beyond(some_examples(10), options, {0, 1000});
  EXPECT_THROW(beyond.next(), DataError);
  EXPECT_THROW(beyond.next(), DataError);
  BatchStream nonsense(some_examples(10), {.batch_tokens = 0});
  EXPECT_THROW(nonsense.next(), ConfigError);
}

TEST(BatchStream, needs_examples) {
  EXPECT_THROW(BatchStream(std::make_shared<Examples>(), options), DataError);
  EXPECT_THROW(BatchStream(nullptr, options), DataError);
  EXPECT_THROW(BatchStream(some_examples(1), options, {-1, 0}), DataError);
}

TEST(BatchStream, ends_at_once_whatever_its_thread_is_at) {
  const auto examples = some_examples(2000);
  for (int i = 0; i < 200; ++i) {
    BatchStream stream(examples, options);
    for (int read = 0; read < i % 20; ++read) stream.next();
    if (i % 50 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));  // its queue is full by then
  }
}

TEST(BatchStream, never_runs_dry_with_a_single_example) {
  BatchStream stream(some_examples(1), options);
  for (Index epoch = 0; epoch < 1000; ++epoch) EXPECT_EQ(stream.next().position, (BatchPosition{epoch, 0}));
}

}  // namespace
}  // namespace heed
