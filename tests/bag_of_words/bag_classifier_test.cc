#include "heed/bag_of_words/bag_classifier.h"

#include <gtest/gtest.h>

#include "heed/bag_of_words/bag_training.h"
#include "heed/corpus/labeled/labels.h"
#include "heed/text_classifier/classifier_folder.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

const std::vector<LabeledText> films{{"good", "a fine film"},    {"bad", "a dull film"},
                                     {"good", "a fine cast"},    {"bad", "not a fine film , dull"},
                                     {"good", "fine , and fun"}, {"bad", ""}};

class BagClassifiers : public WithFolder {
 protected:
  static BagClassifier trained() { return train_bag(films, films, {}).classifier; }
  std::string damage(const std::string& name, std::string_view from, std::string_view to) const {
    std::filesystem::remove_all(folder_ / "model");
    trained().save(folder_ / "model");
    std::string text = read_file(folder_ / "model" / name);
    text.replace(text.find(from), from.size(), to);
    write_file(folder_ / "model" / name, text);
    return message_of<CheckpointError>([&] { BagClassifier::load(folder_ / "model"); });
  }
};

TEST_F(BagClassifiers, learn_and_say_what_they_learned) {
  const BagClassifier classifier = trained();
  EXPECT_EQ(classifier.labels(), (std::vector<std::string>{"bad", "good"}));
  EXPECT_EQ(evaluate(classifier, films).accuracy(), 1);
  EXPECT_EQ(classifier.most_informative_features(0, 1).at(0).ngram, "dull");
  EXPECT_EQ(classifier.most_informative_features(1, 1).at(0).ngram, "fine");
}

TEST_F(BagClassifiers, are_the_same_when_read_again) {
  const BagClassifier classifier = trained();
  classifier.save(folder_ / "model");
  const std::vector<std::string_view> texts{"a fine film", "", "unseen words alone"};
  EXPECT_EQ(BagClassifier::load(folder_ / "model")(texts), classifier(texts));
}

TEST_F(BagClassifiers, of_the_former_spelling_of_regularization_are_read) {
  const BagClassifier classifier = trained();
  classifier.save(folder_ / "model");
  const ClassifierFolder folder(folder_ / "model");
  const auto choices = folder.choices([](const nlohmann::ordered_json& json, const std::string&) {
    return nlohmann::ordered_json{{"content", json.at("content")},
                                  {"bag", json.at("bag")},
                                  {"regularisation", json.at("regularization")}};
  });
  TensorMap tensors;
  for (const std::string name : {"bias", "inverse_document_frequency", "weight"})
    tensors.emplace(name, folder.tensors().tensor(name));
  save_classifier(folder_ / "old", {ClassifierKind::bag_of_words, folder.labels(), choices},
                  folder.vocabulary(), tensors);
  const std::vector<std::string_view> texts{"a fine film"};
  EXPECT_EQ(BagClassifier::load(folder_ / "old")(texts), classifier(texts));
}

TEST_F(BagClassifiers, that_are_damaged_are_refused) {
  EXPECT_NE(damage("vocabulary.txt", "fine", "kind").find("was not saved together with"), std::string::npos);
  EXPECT_NE(damage("config.json", "\"bad\"", "\"bud\"").find("was not saved together with"),
            std::string::npos)
      << "labels in order, but others";
  EXPECT_NE(damage("config.json", "{", "[").find("is damaged"), std::string::npos);
  EXPECT_NE(damage("config.json", "bag-of-words", "transformer").find("is not a heed classifier"),
            std::string::npos);
  EXPECT_THROW(BagClassifier::load(folder_ / "none"), FileError);
}

TEST_F(BagClassifiers, do_not_overwrite_other_models) {
  file("config.json", R"({"format": "heed", "version": 1, "architecture": "transformer"})");
  EXPECT_NE(message_of<FileError>([&] { trained().save(folder_); }).find("is not overwritten"),
            std::string::npos);
}

TEST_F(BagClassifiers, need_two_classes_and_known_ones) {
  const std::vector<LabeledText> one(12, {"good", "a film"}), other{{"dull", "a film"}};
  EXPECT_NE(message_of<DataError>([&] { train_bag_held_out(one, {}, 1); }).find("nothing to tell apart"),
            std::string::npos);
  EXPECT_NE(message_of<DataError>([&] { train_bag(films, other, {}); }).find("label 'dull'"),
            std::string::npos);
  EXPECT_NE(message_of<DataError>([&] { train_bag_held_out(films, {}, 1); }).find("none can be held out"),
            std::string::npos);
}

TEST(Sst2, is_predicted_from_words_alone) {
  const SharedData folder("cls-sentconv");
  if (!folder.here()) GTEST_SKIP() << folder.missing();
  const std::filesystem::path train[] = {folder / "stsa.binary.train.gz"},
                              valid[] = {folder / "stsa.binary.dev.gz"};
  const TrainedBag trained =
      train_bag(read_labeled(train, {}), read_labeled(valid, {}),
                {.content = BagContent::unigrams, .bag = {}, .regularizations = {0.5}});
  EXPECT_NEAR(trained.best.accuracy, 0.79, 0.01);
  EXPECT_TRUE(trained.best.converged);
}

}  // namespace
}  // namespace heed
