#include "heed/service/network_classifier.h"

#include "heed/bag_of_words/bag_training.h"
#include "heed/service/open_classifier.h"
#include "heed/training/run.h"
#include "tests/support/backends.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"
#include "tests/tasks/text_classification/negations.h"

namespace heed {
namespace {

class NetworkClassifiers : public WithFolder {
 protected:
  std::filesystem::path train(const std::string& architecture = "transformer",
                              const TextPreparation& preparation = {}) const {
    const auto model = folder_ / architecture;
    std::filesystem::remove_all(model);
    TextClassificationTask task({.texts = {}, .preparation = preparation}, negations());
    TrainingOptions run = quick_run(architecture);
    TrainingObserver nobody;
    heed::train(task, run, RunFolder(model), cpu_backend(), nobody, [] { return false; });
    return model;
  }
  std::string damage(const std::string& name, std::string_view from, std::string_view to) const {
    const auto model = train();
    std::string text = read_file(model / name);
    text.replace(text.find(from), from.size(), to);
    write_file(model / name, text);
    return message_of<Error>([&] { open_classifier(model, cpu_backend()); });
  }
};

TEST_F(NetworkClassifiers, give_probabilities_of_labels_and_the_same_each_time) {
  for (const std::string architecture : {"transformer", "rnn", "gru", "lstm"}) {
    const auto model = train(architecture, {.lowercase = true});
    const auto first = open_classifier(model, cpu_backend()), again = open_classifier(model, cpu_backend());
    const std::vector<std::string_view> texts{"NOT good", "not good", "", "unseen"};
    const std::vector<float> p = (*first)(texts);
    EXPECT_EQ(p, (*again)(texts));
    ASSERT_EQ(p.size(), 8u);
    for (std::size_t i = 0; i < p.size(); i += 2) EXPECT_NEAR(p[i] + p[i + 1], 1, 1e-5) << texts[i / 2];
    EXPECT_EQ(p[0], p[2]) << "capitals are small letters";
    EXPECT_EQ(first->labels(), (std::vector<std::string>{"no", "yes"}));
  }
}

TEST_F(NetworkClassifiers, tell_a_text_alike_in_any_company) {
  const auto classifier = open_classifier(train(), cpu_backend());
  const std::vector<std::string_view> one{"not good"}, three{"", "not good", "one word more than the others"};
  const std::vector<float> alone = (*classifier)(one), among = (*classifier)(three);
  EXPECT_EQ(alone[0], among[2]);
  EXPECT_EQ(alone[1], among[3]);
}

TEST_F(NetworkClassifiers, take_any_text_and_read_the_beginning_of_a_long_one) {
  const auto classifier = open_classifier(train("lstm", {.maximum_length = 6}), cpu_backend());
  EXPECT_EQ(classifier->longest_text(), 6);
  const std::string beginning = "not good , slow slow slow";
  std::string endless = beginning;
  for (int i = 0; i < 100000; ++i) endless += " bad";
  const std::vector<std::string_view> texts{"", "\xff\xfe", beginning, endless};
  const std::vector<float> p = (*classifier)(texts);
  EXPECT_EQ(p[4], p[6]) << "what is behind the longest text is not read";
  EXPECT_EQ(classifier->count_longer(texts), 1);
}

TEST_F(NetworkClassifiers, that_are_damaged_are_refused) {
  EXPECT_NE(damage("classes.json", "yes", "yea").find("its checksum differs"), std::string::npos);
  EXPECT_NE(damage("tokenizer.vocab", "good", "kind").find("its checksum differs"), std::string::npos);
  EXPECT_NE(damage("config.json", "\"width\": 16", "\"width\": 32").find("the config asks for"),
            std::string::npos);
  EXPECT_NE(damage("config.json", "{", "[").find("is damaged"), std::string::npos);
  EXPECT_NE(damage("config.json", "text-classification", "translation").find("holds a model for translation"),
            std::string::npos);
  EXPECT_NE(damage("config.json", "\"transformer\"", "\"reformer\"").find("is not known to this heed"),
            std::string::npos);
  const auto model = train();
  std::string bytes = read_file(model / "model.safetensors");
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  write_file(model / "model.safetensors", bytes);
  EXPECT_THROW(open_classifier(model, cpu_backend()), CheckpointError);
  std::filesystem::remove(model / "classes.json");
  EXPECT_THROW(open_classifier(model, cpu_backend()), Error);
}

TEST_F(NetworkClassifiers, are_told_from_bags_of_words_and_from_networks_of_earlier_heeds) {
  const LabeledTexts texts = negations();
  train_bag(texts.training, *texts.validation, {.content = BagContent::bigrams})
      .classifier.save(folder_ / "bag");
  EXPECT_EQ(open_classifier(folder_ / "bag", cpu_backend())->longest_text(), std::nullopt);
  EXPECT_THROW(BagClassifier::load(train()), CheckpointError);
  file("config.json", "{\"format\": \"heed\", \"version\": 1, \"architecture\": \"word-sequence\"}");
  EXPECT_NE(
      message_of<CheckpointError>([&] { open_classifier(folder_, cpu_backend()); }).find("train it again"),
      std::string::npos);
  EXPECT_THROW(open_classifier(folder_ / "nowhere", cpu_backend()), Error);
}

}  // namespace
}  // namespace heed
