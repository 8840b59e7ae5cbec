#include "heed/serving/translation_stream.h"

#include <atomic>
#include <mutex>
#include <thread>

#include "tests/service/translators.h"

namespace heed {
namespace {

DecodingConfig quick() {
  DecodingConfig config;
  config.beam = 2, config.maximum_extra_length = 6;
  return config;
}

/// Lines of a text that is there already.
LineSource source_of(std::vector<std::string> lines) {
  auto at = std::make_shared<std::size_t>(0);
  auto all = std::make_shared<std::vector<std::string>>(std::move(lines));
  return {.next = [=]() -> std::optional<std::string> {
            if (*at == all->size()) return std::nullopt;
            return (*all)[(*at)++];
          },
          .ready = [](auto) { return true; }};
}

/// Lines that somebody types.
class Typed {
 public:
  void type(std::string line) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
  }
  LineSource source() {
    return {.next = [this]() -> std::optional<std::string> {
              const std::lock_guard lock(mutex_);
              return lines_.at(at_++);
            },
            .ready =
                [this](std::chrono::milliseconds patience) {
                  std::this_thread::sleep_for(std::min(patience, std::chrono::milliseconds(1)));
                  const std::lock_guard lock(mutex_);
                  return at_ < lines_.size();
                }};
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> lines_;
  std::size_t at_ = 0;
};

/// All that a stream gives, and what it throws in the end.
struct Outcome {
  std::vector<std::string> texts;
  std::vector<Index> skipped;
  std::string error;
};

Outcome outcome_of(const Translator& translator, LineSource source, const DecodingConfig& decoding,
                   const StreamOptions& options) {
  Outcome outcome;
  TranslationStream stream(translator, std::move(source), decoding, options);
  try {
    while (const auto line = stream.next()) {
      EXPECT_EQ(line->number, std::ssize(outcome.texts) + 1);
      outcome.texts.push_back(line->translation.translations.at(0).text);
      if (!line->skipped.empty()) outcome.skipped.push_back(line->number);
    }
  } catch (const Error& error) {
    outcome.error = error.what();
  }
  return outcome;
}

class TheStream : public WithTranslator {
 protected:
  static std::vector<std::string> some_lines(Index count) {
    std::vector<std::string> lines;
    for (Index i = 0; i < count; ++i) lines.push_back(i % 13 == 5 ? "" : words(1 + i * 7 % 17));
    return lines;
  }
};

TEST_F(TheStream, gives_the_same_whatever_the_workers_threads_and_batches) {
  const Translator translator = open();
  const std::vector<std::string> lines = some_lines(60);
  DecodingConfig sampling = quick();
  sampling.sample = true;
  for (DecodingConfig config : {quick(), sampling}) {
    std::vector<std::string> expected;
    for (const TranslatedLine& line : translator.translate(lines, config))
      expected.push_back(line.translations[0].text);
    for (const StreamOptions& options :
         {StreamOptions{}, StreamOptions{.workers = 3, .lines_at_once = 7},
          StreamOptions{.workers = 2, .threads = 2, .lines_at_once = 1}, StreamOptions{.workers = 5}})
      for (const Index batch_tokens : {1, 50, 2048}) {
        config.decoding_batch_tokens = batch_tokens;
        const Outcome outcome = outcome_of(translator, source_of(lines), config, options);
        EXPECT_EQ(outcome.texts, expected) << options.workers << " workers, batches of " << batch_tokens;
        EXPECT_EQ(outcome.error, "");
      }
  }
}

TEST_F(TheStream, answers_each_line_before_the_next_is_typed) {
  const Translator translator = open();
  const std::vector<std::string> lines = some_lines(8);
  Typed typed;
  TranslationStream stream(translator, typed.source(), quick(), {.workers = 2});
  for (const std::string& line : lines) {
    typed.type(line);
    EXPECT_EQ(stream.next()->translation.translations[0].text,
              translator.translate(std::span(&line, 1), quick())[0].translations[0].text);
    EXPECT_FALSE(stream.ready());
  }
  // Its reader still waits: the stream ends all the same.
}

TEST_F(TheStream, gives_all_lines_before_one_that_is_not_utf8) {
  const Translator translator = open();
  std::vector<std::string> lines = some_lines(30);
  lines[20] = "M\xFCnchen", lines[25] = "K\xF6ln";
  const auto expected = outcome_of(translator, source_of(some_lines(30)), quick(), {}).texts;
  for (const Index workers : {1, 3}) {
    const Outcome outcome = outcome_of(translator, source_of(lines), quick(), {.workers = workers});
    EXPECT_EQ(outcome.texts, std::vector(expected.begin(), expected.begin() + 20));
    EXPECT_EQ(outcome.error,
              "line 21: byte 2 is not UTF-8; convert the text first (iconv -f latin1 -t utf8, say)");
  }
}

TEST_F(TheStream, skips_lines_that_are_not_utf8_where_it_may) {
  const Translator translator = open();
  std::vector<std::string> lines = some_lines(30), without = lines;
  lines[20] = "M\xFCnchen", lines[29] = "K\xF6ln";
  without[20] = without[29] = "";
  const Outcome outcome = outcome_of(translator, source_of(lines), quick(),
                                     {.workers = 2, .lines_at_once = 8, .invalid = InvalidLines::skip});
  EXPECT_EQ(outcome.texts, outcome_of(translator, source_of(without), quick(), {}).texts);
  EXPECT_EQ(outcome.skipped, (std::vector<Index>{21, 30}));
  EXPECT_EQ(outcome.error, "");
}

TEST_F(TheStream, gives_all_lines_before_its_source_fails) {
  const Translator translator = open();
  LineSource broken = source_of(some_lines(30));
  broken.next = [next = broken.next, count = std::make_shared<int>(0)] {
    require<FileError>(++*count < 12, "the disk is gone");
    return next();
  };
  const Outcome outcome = outcome_of(translator, broken, quick(), {.workers = 2, .lines_at_once = 4});
  EXPECT_EQ(outcome.texts.size(), 11u);
  EXPECT_EQ(outcome.error, "the disk is gone");
}

TEST_F(TheStream, hands_on_what_goes_wrong_in_a_worker) {
  const Translator translator = open();
  DecodingConfig impossible = quick();
  impossible.n_best = 9;
  const Outcome outcome = outcome_of(translator, source_of(some_lines(30)), impossible, {.workers = 3});
  EXPECT_TRUE(outcome.texts.empty());
  EXPECT_TRUE(outcome.error.starts_with("n_best 9 is more than the beam of 2")) << outcome.error;
}

TEST_F(TheStream, reads_no_further_ahead_than_some_blocks) {
  const Translator translator = open();
  std::atomic<Index> read = 0;
  LineSource endless{.next = [&]() -> std::optional<std::string> { return ++read, "fox"; },
                     .ready = [](auto) { return true; }};
  TranslationStream stream(translator, std::move(endless), quick(), {.workers = 2, .lines_at_once = 5});
  for (Index given = 0; given < 50; ++given) {
    ASSERT_TRUE(stream.next());
    EXPECT_LE(read, given + 1 + 20 + 1);
  }
}

TEST_F(TheStream, of_nothing_is_nothing) {
  const Translator translator = open();
  EXPECT_TRUE(outcome_of(translator, source_of({}), quick(), {.workers = 2}).texts.empty());
}

}  // namespace
}  // namespace heed
