#include "heed/tasks/text_pairs/corpus_preparation.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "heed/base/process_memory.h"
#include "heed/tasks/translation/translation_validation.h"
#include "tests/training/tiny_run.h"

namespace heed {
namespace {

/// A source that counts how often it is read.
class CountedSource final : public PairSource {
 public:
  explicit CountedSource(ParallelCorpus corpus) : source_(std::move(corpus)) {}

  std::unique_ptr<PairReader> open(ReadReport& report) const override {
    ++opened;
    return source_.open(report);
  }
  std::string identity() const override { return source_.identity() + changed; }

  mutable int opened = 0;
  std::string changed;

 private:
  CorpusInMemory source_;
};

class Preparation : public WithFolder {
 protected:
  Preparation() {
    words_.kind = TokenizerKind::whitespace;
    filters_.repeats = filters_.overlap = filters_.copies = FilterAction::off;
    for (const auto& source : parts_) sources_.training.push_back({source});
    sources_.validation = validation_;
  }
  CorpusPreparation preparation(std::size_t sample = CorpusPreparation::usual_sample) {
    return {sources_, filters_, 1, folder_ / "examples", witness_, sample};
  }
  PreparedCorpora prepare() {
    CorpusPreparation corpora = preparation();
    if (!tokenizers_.source) tokenizers_ = corpora.learn_tokenizers(words_);
    return corpora.examples(tokenizers_, limits_);
  }
  int opened() const { return parts_[0]->opened + parts_[1]->opened; }
  static std::vector<std::int32_t> tokens(const Examples& examples) {
    std::vector<std::int32_t> all;
    for (Index i = 0; i < examples.size(); ++i)
      for (Index column = 0; column < examples.columns(); ++column) {
        const auto text = examples.sequence(i, column);
        all.insert(all.end(), text.begin(), text.end());
      }
    return all;
  }

  std::vector<std::shared_ptr<CountedSource>> parts_{
      std::make_shared<CountedSource>(reversed_letters(100, 1)),
      std::make_shared<CountedSource>(reversed_letters(50, 2))};
  std::shared_ptr<CountedSource> validation_ = std::make_shared<CountedSource>(reversed_letters(8, 3));
  CorpusSources sources_;
  FilterOptions filters_;
  TokenizerConfig words_;
  LengthLimits limits_;
  Tokenizers tokenizers_;
  Witness witness_;
};

TEST_F(Preparation, gives_the_examples_that_a_corpus_in_memory_gives) {
  const PreparedCorpora prepared = prepare();
  ParallelCorpus all = reversed_letters(100, 1);
  for (TextPair& pair : reversed_letters(50, 2).pairs) all.pairs.push_back(std::move(pair));
  EXPECT_EQ(tokens(*prepared.examples), tokens(tokenize(all, tokenizers_).examples));
  EXPECT_EQ(prepared.report.lines(), std::vector<std::string>{"150 pairs read, 150 kept"});
  EXPECT_EQ(prepared.validation.pairs.size(), 8u);
  EXPECT_TRUE(prepared.corpora.empty());
}

TEST_F(Preparation, reads_no_corpus_again_that_did_not_change) {
  const PreparedCorpora made = prepare();
  const int before = opened() + validation_->opened;
  const PreparedCorpora found = prepare();
  EXPECT_EQ(opened() + validation_->opened, before);
  EXPECT_EQ(tokens(*found.examples), tokens(*made.examples));
  EXPECT_EQ(found.report.lines(), made.report.lines());
  ASSERT_EQ(found.validation.pairs.size(), made.validation.pairs.size());
  EXPECT_EQ(found.validation.pairs[7].target, made.validation.pairs[7].target);
  EXPECT_EQ(witness_.notes.find("anew"), std::string::npos) << witness_.notes;
}

TEST_F(Preparation, is_made_anew_and_says_so_when_anything_changed_that_it_depends_on) {
  prepare();
  const std::vector<std::function<void()>> changes{
      [&] { parts_[1]->changed = "longer"; }, [&] { validation_->changed = "longer"; },
      [&] { limits_.max_length = 3; }, [&] { filters_.max_characters = 5; },
      [&] {
        tokenizers_ = {};
        words_.minimum_count = 20;
      }};
  for (std::size_t change = 0; change < changes.size(); ++change) {
    changes[change]();
    const int before = opened();
    witness_.notes.clear();
    prepare();
    EXPECT_GT(opened(), before) << change;
    EXPECT_NE(witness_.notes.find("tokenized anew"), std::string::npos) << change;
  }
}

TEST_F(Preparation, is_made_anew_where_what_lies_there_is_damaged) {
  const auto expected = tokens(*prepare().examples);
  for (const char* name : {"examples.json", "examples-00000.bin"}) {
    const auto path = folder_ / "examples" / name;
    std::string bytes = read_file(path);
    bytes[bytes.size() / 2] ^= 1;
    write_file(path, bytes.substr(0, bytes.size() - 3));
    witness_.notes.clear();
    EXPECT_EQ(tokens(*prepare().examples), expected);
    EXPECT_NE(witness_.notes.find("the corpora are tokenized anew"), std::string::npos)
        << name << witness_.notes;
  }
}

TEST_F(Preparation, that_was_killed_begins_again) {
  const auto expected = tokens(*prepare().examples);
  std::filesystem::remove(folder_ / "examples/examples.json");  // it is written last
  EXPECT_EQ(tokens(*prepare().examples), expected);
}

TEST_F(Preparation, knows_where_each_corpus_of_several_ends_and_what_it_weighs) {
  sources_.training[1].weight = 0.5;
  limits_.max_length = 4;  // leaves some out
  const PreparedCorpora prepared = prepare();
  ASSERT_EQ(prepared.corpora.size(), 2u);
  EXPECT_EQ(prepared.corpora[0].end,
            tokenize(reversed_letters(100, 1), tokenizers_, limits_).examples.size());
  EXPECT_LT(prepared.corpora[0].end, 100);
  EXPECT_EQ(prepared.corpora[1].end, prepared.examples->size());
  EXPECT_EQ(prepared.corpora[1].weight, 0.5);
  // Another weight needs no other examples.
  const int before = opened();
  sources_.training[0].weight = 3;
  EXPECT_EQ(prepare().corpora[0].weight, 3);
  EXPECT_EQ(opened(), before);
}

TEST_F(Preparation, holds_out_pairs_whose_sources_are_learned_nowhere) {
  sources_.validation = nullptr;
  sources_.hold_out = 20;
  const PreparedCorpora prepared = prepare();
  std::set<std::string> held;
  for (const TextPair& pair : prepared.validation.pairs) held.insert(pair.source);
  Index others = 0;
  for (const auto& part : {reversed_letters(100, 1), reversed_letters(50, 2)})
    for (const TextPair& pair : part.pairs) others += !held.contains(pair.source);
  EXPECT_FALSE(held.empty());
  EXPECT_EQ(prepared.examples->size(), others);
  EXPECT_EQ(prepared.report.read + prepared.validation.report.read, 150);
  // What is held out comes with the examples.
  const int before = opened();
  EXPECT_EQ(prepare().validation.pairs.size(), prepared.validation.pairs.size());
  EXPECT_EQ(opened(), before);
}

/// A run's corpora when it begins and, changed, when it goes on.
class PreparationOfARun : public Preparation {
 protected:
  PreparationOfARun() {
    sources_.validation = nullptr;
    sources_.hold_out = 20;
  }
  PreparedCorpora prepare_for(bool goes_on) {
    CorpusPreparation corpora = preparation();
    corpora.keep_held_out(folder_ / "held_out.json", goes_on);
    if (!tokenizers_.source) tokenizers_ = corpora.learn_tokenizers(words_);
    return corpora.examples(tokenizers_, limits_);
  }
  /// Fewer pairs than before, and some new ones; other numbers are held out of them.
  void change() {
    sources_.training = {{std::make_shared<CountedSource>(reversed_letters(60, 1))},
                         {std::make_shared<CountedSource>(reversed_letters(70, 9))}};
    sources_.hold_out = 40;
  }
  static std::vector<std::string> texts(const ParallelCorpus& corpus) {
    std::vector<std::string> all;
    for (const TextPair& pair : corpus.pairs) all.push_back(pair.source + "|" + pair.target);
    return all;
  }
  /// Examples whose source is validated on.
  Index shared(const PreparedCorpora& prepared) const {
    std::set<std::vector<std::int32_t>> sources;
    const ValidationSet set = make_validation_set(prepared.validation.pairs, tokenizers_, limits_.max_length);
    for (Index i = 0; i < set.examples.size(); ++i) sources.insert(set.examples.sequence(i, 0));
    Index count = 0;
    for (Index i = 0; i < prepared.examples->size(); ++i)
      count += sources.contains(prepared.examples->sequence(i, 0));
    return count;
  }
};

TEST_F(PreparationOfARun, that_goes_on_keeps_its_validation_pairs_whatever_its_corpora_are) {
  const auto before = texts(prepare_for(false).validation);
  ASSERT_GT(before.size(), 5u);
  change();
  for (int i = 0; i < 2; ++i) {  // made anew, and found
    const PreparedCorpora after = prepare_for(true);
    EXPECT_EQ(texts(after.validation), before);
    EXPECT_EQ(shared(after), 0);
  }
  EXPECT_EQ(witness_.notes.find("warning"), std::string::npos) << witness_.notes;
}

TEST_F(PreparationOfARun, that_an_earlier_version_began_has_its_validation_pairs_from_its_examples) {
  const auto before = texts(prepare_for(false).validation);
  std::filesystem::remove(folder_ / "held_out.json");
  change();
  EXPECT_EQ(texts(prepare_for(true).validation), before);
}

TEST_F(PreparationOfARun, says_so_where_its_validation_pairs_are_lost) {
  prepare_for(false);
  std::filesystem::remove(folder_ / "held_out.json");
  std::filesystem::remove_all(folder_ / "examples");
  change();
  prepare_for(true);
  EXPECT_NE(witness_.notes.find("warning: the pairs that the run was validated on are not known any more"),
            std::string::npos)
      << witness_.notes;
}

TEST_F(PreparationOfARun, that_begins_anew_draws_its_validation_pairs_anew) {
  const auto before = texts(prepare_for(false).validation);
  change();
  EXPECT_NE(texts(prepare_for(false).validation), before);
}

TEST_F(PreparationOfARun, counts_the_pairs_to_validate_on_that_it_has_learned_from) {
  prepare_for(false);
  ParallelCorpus others;
  others.pairs = {{"a b", "never seen"}};
  const PreparedCorpora now = prepare_for(true);
  for (Index i = 0; i < 3; ++i) {
    const auto source = now.examples->sequence(i, 0), target = now.examples->sequence(i, 1);
    others.pairs.push_back(
        {tokenizers_.source->decode(std::vector<Index>(source.begin(), source.end() - 1)),
         tokenizers_.target->decode(std::vector<Index>(target.begin(), target.end() - 1))});
  }
  sources_.validation = std::make_shared<CountedSource>(others);
  prepare_for(true);
  EXPECT_NE(witness_.notes.find(" of the 4 pairs to validate on are such that the run has learned from"),
            std::string::npos)
      << witness_.notes;
}

TEST_F(Preparation, learns_its_tokenizer_from_a_sample_of_a_large_corpus) {
  preparation(10).learn_tokenizers(words_);
  EXPECT_NE(witness_.notes.find("training the tokenizer on 10 of 150 pairs"), std::string::npos)
      << witness_.notes;
}

TEST_F(Preparation, in_the_folder_of_a_run_is_used_when_it_goes_on) {
  const auto train = [&](Index stop_at) {
    Witness witness;
    train_model(sources_, tiny_options(), RunFolder(folder_ / "run"), cpu_backend(), witness,
                [&] { return !witness.updates.empty() && witness.updates.back().update == stop_at; });
  };
  train(3);
  const int before = opened() + validation_->opened;
  train(-1);
  EXPECT_EQ(opened() + validation_->opened, before);
}

TEST_F(Preparation, obeys_weights_in_what_an_epoch_shows) {
  RunOptions options = tiny_options();
  options.training.updates = 1000, options.training.epochs = 1, options.training.gradient_accumulation = 1;
  sources_.training[1].weight = 3;
  Witness witness;
  train_model(sources_, options, RunFolder(folder_ / "run"), cpu_backend(), witness, [] { return false; });
  Index examples = 0;
  for (const UpdateReport& update : witness.updates) examples += update.examples;
  EXPECT_EQ(examples, 100 + 3 * 50);
}

/// Pairs of some 800 bytes that are made when they are asked for.
class EndlessText final : public PairSource {
 public:
  explicit EndlessText(Index count) : count_(count) {}

  std::unique_ptr<PairReader> open(ReadReport& report) const override {
    return std::make_unique<Reader>(count_, report);
  }
  std::string identity() const override { return message(count_); }

 private:
  class Reader final : public PairReader {
   public:
    Reader(Index count, ReadReport& report) : count_(count), report_(report) {}

    bool next(TextPair& pair) override {
      if (at_ == count_) return false;
      pair.source = pair.target = message("number ", at_++);
      for (char letter = 'a'; letter < 'e'; ++letter) pair.source += ' ' + std::string(100, letter);
      for (char letter = 'k'; letter < 'o'; ++letter) pair.target += ' ' + std::string(100, letter);
      ++report_.read;
      ++report_.kept;
      return true;
    }
    std::string where() const override { return message("line ", at_); }

   private:
    Index count_, at_ = 0;
    ReadReport& report_;
  };

  Index count_;
};

TEST_F(Preparation, holds_no_corpus_in_memory) {
  constexpr Index pairs = 100'000;  // 80 MB
  sources_.training = {{std::make_shared<EndlessText>(pairs)}};
  sources_.validation = nullptr;
  sources_.hold_out = 10;
  CorpusPreparation corpora = preparation(100);
  std::ofstream("/proc/self/clear_refs") << "5\n";  // forgets the peak
  const std::size_t before = peak_resident_bytes();
  tokenizers_ = corpora.learn_tokenizers(words_);
  const PreparedCorpora prepared = corpora.examples(tokenizers_, limits_);
  EXPECT_EQ(prepared.examples->size() + std::ssize(prepared.validation.pairs), pairs);
  EXPECT_LT(peak_resident_bytes() - before, 50u << 20);
}

}  // namespace
}  // namespace heed
