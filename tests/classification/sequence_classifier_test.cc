#include "heed/classification/sequence_classifier.h"

#include <gtest/gtest.h>

#include "heed/bag_of_words/bag_training.h"
#include "heed/base/parallel.h"
#include "heed/classification/load_classifier.h"
#include "heed/classification/sequence_training.h"
#include "heed/metrics/accuracy_and_loss.h"
#include "tests/support/backends.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

/// Whether a film is good depends on what "not" stands before, not on which words there are.
std::vector<LabeledText> negations() {
  const std::vector<std::string> good{"good", "fine", "great", "fun"}, bad{"bad", "dull", "slow", "weak"};
  std::vector<LabeledText> texts;
  for (const std::string& a : good)
    for (const std::string& b : bad) {
      texts.push_back({"yes", a + " , not " + b});
      texts.push_back({"no", "not " + a + " , " + b});
      texts.push_back({"no", b + " , not " + a});
      texts.push_back({"yes", "not " + b + " , " + a});
    }
  return texts;
}

SequenceTask small_task(SequenceEncoder encoder, Pooling pooling) {
  SequenceTask task;
  task.network = {.encoder = encoder, .pooling = pooling, .width = 16, .hidden = 32, .heads = 2};
  task.network.dropout = 0;
  task.training.word_dropout = 0;
  task.training.batch_tokens = 64;
  task.training.epochs = 80;
  task.training.patience = 0;
  task.training.learning_rate = 5e-3;
  task.training.warmup = 20;
  return task;
}

TrainedSequence trained(const SequenceTask& task, Backend& backend = cpu_backend()) {
  const std::vector<LabeledText> texts = negations();
  return train_sequence(texts, texts, task, backend);
}

SequenceTask quick_task(SequenceEncoder encoder = SequenceEncoder::transformer) {
  SequenceTask task = small_task(encoder, Pooling::max);
  task.network.dropout = 0.3;
  task.training.word_dropout = 0.3;
  task.training.epochs = 2;
  return task;
}

struct Kind {
  SequenceEncoder encoder;
  Pooling pooling;
  bool bidirectional = true;
};

class EverySequenceClassifier : public testing::TestWithParam<Kind> {};
INSTANTIATE_TEST_SUITE_P(Kinds, EverySequenceClassifier,
                         testing::Values(Kind{SequenceEncoder::transformer, Pooling::max},
                                         Kind{SequenceEncoder::transformer, Pooling::mean},
                                         Kind{SequenceEncoder::rnn, Pooling::max},
                                         Kind{SequenceEncoder::gru, Pooling::mean},
                                         Kind{SequenceEncoder::lstm, Pooling::last},
                                         Kind{SequenceEncoder::lstm, Pooling::last, false}),
                         [](const auto& kind) {
                           return std::string(enum_name(kind.param.encoder)) + "_" +
                                  std::string(enum_name(kind.param.pooling)) +
                                  (kind.param.bidirectional ? "" : "_forwards");
                         });

TEST_P(EverySequenceClassifier, learns_what_takes_the_order_of_words) {
  SequenceTask task = small_task(GetParam().encoder, GetParam().pooling);
  task.network.bidirectional = GetParam().bidirectional;
  EXPECT_EQ(trained(task).best.accuracy, 1);
}

TEST(SequenceClassifiers, see_what_no_bag_of_words_can) {
  const std::vector<LabeledText> texts = negations();
  const TrainedBag bag = train_bag(texts, texts, {.content = BagContent::unigrams});
  EXPECT_EQ(bag.best.accuracy, 0.5) << "the same words, of either label";
}

TEST(SequenceClassifiers, come_out_the_same_on_any_number_of_threads) {
  const int before = thread_count();
  for (const auto encoder : {SequenceEncoder::transformer, SequenceEncoder::gru}) {
    std::vector<std::vector<float>> found;
    for (const int threads : {1, 2, 5}) {
      set_thread_count(threads);
      const TrainedSequence result = trained(quick_task(encoder));
      found.emplace_back();
      for (const auto& parameter : result.classifier->network().store().parameters())
        for (const float number : numbers_of(parameter.variable.value())) found.back().push_back(number);
    }
    EXPECT_EQ(found[0], found[1]);
    EXPECT_EQ(found[0], found[2]);
  }
  set_thread_count(before);
}

TEST(SequenceClassifiers, tell_a_text_alike_in_any_company) {
  const TrainedSequence result = trained(quick_task());
  const std::vector<std::string_view> one{"not good"}, three{"", "not good", "one word more than the others"};
  const std::vector<float> alone = (*result.classifier)(one), among = (*result.classifier)(three);
  EXPECT_EQ(alone[0], among[2]);
  EXPECT_EQ(alone[1], among[3]);
}

TEST(SequenceClassifiers, take_any_text) {
  SequenceTask task = quick_task();
  task.network.maximum_words = 6;
  const TrainedSequence result = trained(task);
  EXPECT_EQ(result.classifier->longest_text(), 6);
  std::string endless = "not good , slow slow slow";
  const std::string beginning = endless;
  for (int i = 0; i < 100000; ++i) endless += " bad";
  const std::vector<std::string_view> texts{"", "good", "unseen words", "\xff\xfe", beginning, endless};
  const std::vector<float> p = (*result.classifier)(texts);
  ASSERT_EQ(p.size(), 12u);
  for (std::size_t i = 0; i < p.size(); i += 2) EXPECT_NEAR(p[i] + p[i + 1], 1, 1e-5) << texts[i / 2];
  EXPECT_EQ(p[8], p[10]) << "what is behind the longest text is not read";
}

TEST(SequenceClassifiers, learn_from_texts_with_empty_and_one_word_ones_among_them) {
  const std::vector<LabeledText> texts{{"yes", "good"}, {"no", ""}, {"yes", "good"}, {"no", ""}};
  EXPECT_EQ(train_sequence(texts, texts, small_task(SequenceEncoder::transformer, Pooling::max),
                           reference_backend())
                .best.accuracy,
            1);
}

TEST(SequenceClassifiers, refuse_what_they_cannot_learn_from) {
  const std::vector<LabeledText> one{{"yes", "a film"}, {"yes", "a book"}}, none,
      other{{"perhaps", "a film"}}, wordless{{"yes", ""}, {"no", " "}}, two{{"yes", "a"}, {"no", "b"}};
  const auto message_for = [](const auto& training, const auto& validation) {
    return message_of<DataError>([&] { train_sequence(training, validation, quick_task(), cpu_backend()); });
  };
  EXPECT_NE(message_for(one, one).find("nothing to tell apart"), std::string::npos);
  EXPECT_NE(message_for(none, one).find("no texts to learn from"), std::string::npos);
  EXPECT_NE(message_for(two, none).find("no texts to validate on"), std::string::npos);
  EXPECT_NE(message_for(two, other).find("label 'perhaps'"), std::string::npos);
  EXPECT_NE(message_for(wordless, wordless).find("has a word"), std::string::npos);
}

TEST(SequenceClassifiers, refuse_choices_that_do_not_fit_each_other) {
  SequenceTask task = quick_task();
  task.network.heads = 3;
  EXPECT_NE(message_of<ConfigError>([&] { trained(task); }).find("3 heads"), std::string::npos);
  task = quick_task();
  task.network.pooling = Pooling::last;
  EXPECT_NE(message_of<ConfigError>([&] { trained(task); }).find("max or mean"), std::string::npos);
  task = quick_task(SequenceEncoder::lstm);
  task.network.hidden = 33;
  EXPECT_NE(message_of<ConfigError>([&] { trained(task); }).find("even"), std::string::npos);
}

TEST(SequenceTraining, says_when_its_numbers_are_not_finite) {
  SequenceTask task = quick_task(SequenceEncoder::rnn);
  task.training.epochs = 50;
  task.training.learning_rate = 3e38;
  task.training.clip_norm = 0;
  const std::vector<LabeledText> texts = negations();
  EXPECT_NE(message_of<Error>([&] {
              train_sequence(texts, texts, task, cpu_backend());
            }).find("lower --learning-rate"),
            std::string::npos);
}

TEST(SequenceTraining, stops_when_nothing_gets_better_and_keeps_the_best_epoch) {
  SequenceTask task = small_task(SequenceEncoder::transformer, Pooling::max);
  task.training.patience = 3;
  task.training.epochs = 1000;
  const std::vector<LabeledText> texts = negations();
  std::vector<EpochReport> reports;
  const TrainedSequence result =
      train_sequence(texts, texts, task, cpu_backend(),
                     {.validated = [&](const EpochReport& report) { reports.push_back(report); }});
  ASSERT_LT(reports.size(), 1000u);
  EXPECT_TRUE(reports[static_cast<std::size_t>(result.best.epoch - 1)].best);
  for (std::size_t i = reports.size() - 3; i < reports.size(); ++i)
    EXPECT_LE(reports[i].accuracy, result.best.accuracy);
  EXPECT_EQ(evaluate(*result.classifier, texts).accuracy(), result.best.accuracy);
}

TEST(SequenceTraining, can_be_interrupted_and_gives_what_it_has) {
  const std::vector<LabeledText> texts = negations();
  int asked = 0;
  const TrainedSequence result =
      train_sequence(texts, texts, small_task(SequenceEncoder::transformer, Pooling::max), cpu_backend(),
                     {.interrupted = [&] { return ++asked > 20; }});
  EXPECT_TRUE(result.interrupted);
  ASSERT_TRUE(result.classifier);
  EXPECT_EQ(evaluate(*result.classifier, texts).total(), 64);
}

TEST(SequenceTraining, ends_when_its_time_is_over) {
  SequenceTask task = small_task(SequenceEncoder::gru, Pooling::max);
  task.training.epochs = 1000000;
  task.training.minutes = 1e-4;
  const TrainedSequence result = trained(task);
  EXPECT_FALSE(result.interrupted);
  EXPECT_TRUE(result.classifier);
}

class SequenceClassifierFolders : public WithFolder {
 protected:
  std::string damage(const std::string& name, std::string_view from, std::string_view to) const {
    std::filesystem::remove_all(folder_ / "model");
    trained(quick_task()).classifier->save(folder_ / "model");
    std::string text = read_file(folder_ / "model" / name);
    text.replace(text.find(from), from.size(), to);
    write_file(folder_ / "model" / name, text);
    return message_of<CheckpointError>([&] { load_classifier(folder_ / "model", cpu_backend()); });
  }
};

TEST_F(SequenceClassifierFolders, give_the_same_predictions_when_read_again) {
  for (const auto encoder :
       {SequenceEncoder::transformer, SequenceEncoder::rnn, SequenceEncoder::gru, SequenceEncoder::lstm}) {
    SequenceTask task = quick_task(encoder);
    task.words.lowercase = true;
    const TrainedSequence result = trained(task);
    result.classifier->save(folder_ / "model");  // over the one before
    const auto again = load_classifier(folder_ / "model", cpu_backend());
    const std::vector<std::string_view> texts{"NOT good", "", "unseen"};
    EXPECT_EQ((*again)(texts), (*result.classifier)(texts));
    EXPECT_EQ(again->labels(), result.classifier->labels());
  }
}

TEST_F(SequenceClassifierFolders, that_are_damaged_are_refused) {
  EXPECT_NE(damage("vocabulary.txt", "good", "kind").find("was not saved together with"), std::string::npos);
  EXPECT_NE(damage("config.json", "\"width\": 16", "\"width\": 32").find("was not saved together with"),
            std::string::npos);
  EXPECT_NE(damage("config.json", "{", "[").find("is damaged"), std::string::npos);
  EXPECT_NE(damage("config.json", "word-sequence", "transformer").find("is no classifier"),
            std::string::npos);
  const auto tensors = folder_ / "model" / "model.safetensors";
  std::filesystem::remove_all(folder_ / "model");
  trained(quick_task()).classifier->save(folder_ / "model");
  std::string bytes = read_file(tensors);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  write_file(tensors, bytes);
  EXPECT_THROW(load_classifier(folder_ / "model", cpu_backend()), CheckpointError);
  write_file(tensors, bytes.substr(0, bytes.size() / 2));
  EXPECT_THROW(load_classifier(folder_ / "model", cpu_backend()), CheckpointError);
}

TEST_F(SequenceClassifierFolders, are_known_from_those_of_bags) {
  trained(quick_task()).classifier->save(folder_ / "model");
  EXPECT_NE(message_of<CheckpointError>([&] {
              BagClassifier::load(folder_ / "model");
            }).find("is a classifier of architecture 'word-sequence'"),
            std::string::npos);
}

}  // namespace
}  // namespace heed
