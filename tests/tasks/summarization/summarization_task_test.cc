#include "heed/tasks/summarization/summarization_task.h"

#include "heed/checkpoint/source_lengths.h"
#include "heed/service/open_predictor.h"
#include "heed/service/translator.h"
#include "heed/training/run.h"
#include "tests/support/backends.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"
#include "tests/support/training_witness.h"

namespace heed {
namespace {

/// Texts of letters, in which "about" stands before the two words that matter; the summary is these two.
ParallelCorpus notes(Index count, std::uint64_t seed) {
  ParallelCorpus corpus;
  Random random(seed);
  const auto word = [&] { return std::string(1, static_cast<char>('a' + random.below(20))); };
  for (Index i = 0; i < count; ++i) {
    const std::string subject = word() + " " + word();
    std::string text;
    for (std::uint32_t before = random.below(3); before > 0; --before) text += word() + " ";
    text += "about " + subject;
    for (std::uint32_t behind = 1 + random.below(4); behind > 0; --behind) text += " " + word();
    corpus.pairs.push_back({.source = text, .target = subject});
  }
  corpus.report.read = corpus.report.kept = count;
  return corpus;
}

class Summarization : public WithFolder {
 protected:
  static SummarizationOptions words() {
    SummarizationOptions options;
    options.tokenizer.kind = TokenizerKind::whitespace;
    options.filters.repeats = options.filters.overlap = FilterAction::off;
    options.corpus.length_bucket = 2;
    return options;
  }
  static TrainingOptions quick_run(Index updates = 8) {
    TrainingOptions options = default_options(SummarizationTask());
    options.model.set("width", 32).set("hidden", 64).set("heads", 2).set("dropout", 0.0);
    options.model.set("encoder_layers", 1).set("decoder_layers", 1);
    options.training.batch_tokens = 200, options.training.updates = updates;
    options.training.warmup = 10, options.training.learning_rate = 0.005;
    options.training.validate_every = std::max<Index>(updates / 3, 1), options.training.samples = 1;
    return options;
  }
  static CorpusSources corpora(Index count) {
    CorpusSources sources;
    sources.training.push_back({std::make_shared<CorpusInMemory>(notes(count, 1))});
    sources.validation = std::make_shared<CorpusInMemory>(notes(30, 2));
    return sources;
  }
  TrainingOutcome run(const SummarizationOptions& data, TrainingOptions options,
                      const std::filesystem::path& folder, Witness& witness, Index stop_at = -1) const {
    SummarizationTask task(data, corpora(data.corpus.length_bucket == 2 ? 300 : 60));
    return train(task, options, RunFolder(folder), cpu_backend(), witness, witness.stops_after(stop_at));
  }
};

TEST_F(Summarization, learns_to_copy_what_matters) {
  Witness witness;
  const TrainingOutcome outcome = run(words(), quick_run(400), folder_, witness);
  EXPECT_GE(outcome.final.value("rouge_1"), 80) << "of texts that it has not seen";
  EXPECT_LT(outcome.final.value("loss"), 1);
  EXPECT_FALSE(outcome.final.samples.empty());
  const auto predictor = open_predictor(folder_, cpu_backend(), {});
  const std::vector<std::string> lines{"about c d e f"};
  EXPECT_TRUE((*predictor)(lines, 0).front().details.contains("summary"));
}

TEST_F(Summarization, interrupted_or_killed_after_any_update_goes_on_to_the_same_bytes) {
  expect_same_bytes_however_disturbed(
      folder_,
      [&](const auto& folder, Witness& witness, Index stop_at) {
        return run(words(), quick_run(12), folder, witness, stop_at);
      },
      3);
}

TEST_F(Summarization, reads_the_beginning_of_long_texts_when_it_learns_and_when_it_is_used) {
  SummarizationOptions short_sources = words();
  short_sources.sources.source_tokens = 4;
  Witness witness;
  run(short_sources, quick_run(3), folder_, witness);
  EXPECT_EQ(load_source_lengths(folder_).read, 4);
  EXPECT_EQ(load_source_lengths(folder_).usual, 5);  // EOS among them
  const Translator translator(folder_, cpu_backend());
  const std::vector<std::string> lines{"about c d e", "about c d e f g h i. about a b"};
  const auto found = translator.translate(lines, summarizing());
  EXPECT_EQ(found[0].translations[0].text, found[1].translations[0].text);
  EXPECT_EQ(found[1].parts, 1);
}

TEST_F(Summarization, refuses_to_copy_between_two_vocabularies) {
  SummarizationOptions apart = words();
  apart.tokenizer.joint = false;
  Witness witness;
  EXPECT_EQ(message_of<ConfigError>([&] { run(apart, quick_run(), folder_, witness); }),
            "copy copies tokens of the source, but joint_vocabulary is off; leave one of them away");
}

}  // namespace
}  // namespace heed
