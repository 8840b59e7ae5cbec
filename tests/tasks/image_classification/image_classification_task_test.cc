#include "heed/tasks/image_classification/image_classification_task.h"

#include "heed/base/parallel.h"
#include "heed/service/image_attention_report.h"
#include "heed/service/image_labeler.h"
#include "heed/service/open_predictor.h"
#include "tests/support/backends.h"
#include "tests/support/guarded_backend.h"
#include "tests/support/tensors.h"
#include "tests/tasks/image_classification/shapes_run.h"

namespace heed {
namespace {

class ImageClassification : public WithShapes {
 protected:
  ImageClassificationOptions shapes(Index count = 96) const {
    ImageClassificationOptions options;
    options.images.train_images = {draw("training", count)};
    options.augmentation.flip = true;
    return options;
  }
  TrainingOutcome run(const ImageClassificationOptions& images, const std::filesystem::path& folder,
                      Index stop_at = -1, Backend& backend = cpu_backend()) const {
    Witness witness;
    return train(images, quick_run(), folder, backend, witness, stop_at);
  }
  std::string refused(const ImageClassificationOptions& images) const {
    return message_of<Error>([&] { run(images, folder_ / "refused"); });
  }
};

TEST_F(ImageClassification, learns_where_images_are_bright_and_tells_it_of_those_that_it_has_not_seen) {
  ImageClassificationOptions images;
  images.images.train_images = {draw_bright_corners("training", 160)};
  images.images.valid_images = {draw_bright_corners("validation", 80, 160)};
  images.augmentation = {};
  TrainingOptions options = quick_run();
  options.model.set("dropout", 0.0);
  options.training.epochs = 15;
  options.training.learning_rate = 3e-3;
  Witness witness;
  const TrainingOutcome outcome = train(images, options, folder_ / "model", cpu_backend(), witness);
  EXPECT_GE(outcome.final.value("accuracy"), 95) << "of four corners";
  const ImageLabeler labeler(folder_ / "model", cpu_backend());
  EXPECT_NEAR(evaluate(labeler, read_labeled_images(images.images.valid_images)).accuracy(),
              outcome.final.value("accuracy") / 100, 1e-9);
  EXPECT_EQ(labeler.labels(), (std::vector<std::string>{"0", "1", "2", "3"}));
}

TEST_F(ImageClassification, interrupted_or_killed_after_any_update_goes_on_to_the_same_bytes) {
  const ImageClassificationOptions images = shapes();
  expect_same_bytes_however_disturbed(
      folder_,
      [&](const auto& folder, Witness& witness, Index stop_at) {
        return train(images, quick_run(), folder, cpu_backend(), witness, stop_at);
      },
      3);
}

TEST_F(ImageClassification, gives_the_same_bytes_on_any_number_of_threads_and_whatever_is_kept_in_memory) {
  const int before = thread_count();
  ImageClassificationOptions images = shapes();
  set_thread_count(1);
  run(images, folder_ / "one");
  set_thread_count(3);
  images.images.image_memory = "1K";
  run(images, folder_ / "three");
  set_thread_count(before);
  EXPECT_EQ(model_bytes(folder_ / "one"), model_bytes(folder_ / "three"));
}

TEST_F(ImageClassification, runs_in_memory_that_only_kernels_can_access) {
  GuardedBackend guarded;
  const ImageClassificationOptions images = shapes(48);
  run(images, folder_ / "there", 3, guarded);
  run(images, folder_ / "there", -1, guarded);
  run(images, folder_ / "here", -1, reference_backend());
  EXPECT_EQ(model_bytes(folder_ / "there"), model_bytes(folder_ / "here"));
  const Image image = drawn_shape(1, 1000, 40).image;
  const ImageLabeler there(folder_ / "here", guarded), here(folder_ / "here", reference_backend());
  const std::vector<Image> seen{there.seen(image)};
  EXPECT_EQ(there(seen), here(seen));
  EXPECT_EQ(image_attention_report(there, image, "x").rollout,
            image_attention_report(here, image, "x").rollout);
}

TEST_F(ImageClassification, goes_on_with_the_images_that_it_held_out_whatever_images_there_are) {
  const ImageClassificationOptions images = shapes();
  run(images, folder_ / "model", 2);
  draw("training", 30, 200);
  Witness witness;
  train(images, quick_run(), folder_ / "model", cpu_backend(), witness);
  EXPECT_NE(witness.notes.find("10 to validate on"), std::string::npos) << witness.notes;
}

TEST_F(ImageClassification, sees_images_as_large_as_they_are_where_they_are_small_squares) {
  run(shapes(), folder_ / "model");
  EXPECT_EQ(ImageLabeler(folder_ / "model", cpu_backend()).model().input(), (ImageInput{16, 4, 3}));
}

TEST_F(ImageClassification, shows_pictures_as_samples) {
  Witness witness;
  train(shapes(), quick_run(), folder_ / "model", cpu_backend(), witness);
  ASSERT_FALSE(witness.validations.empty());
  const std::vector<Sample>& samples = witness.validations.front().result.samples;
  ASSERT_EQ(samples.size(), 6u);
  EXPECT_EQ(samples.front().parts.front().first, "image");
  EXPECT_TRUE(is_png(std::as_bytes(std::span(samples.front().picture))));
}

TEST_F(ImageClassification, trains_a_model_further_with_its_labels) {
  const ImageClassificationOptions images = shapes();
  run(images, folder_ / "first");
  TrainingOptions further = quick_run();
  further.model = ModelOptions(ImageClassifier::family);
  further.start.from = folder_ / "first";
  Witness witness;
  train(images, further, folder_ / "second", cpu_backend(), witness);
  EXPECT_EQ(read_file(folder_ / "first" / "classes.json"), read_file(folder_ / "second" / "classes.json"));
  std::filesystem::rename(folder_ / "training/circle", folder_ / "training/disk");
  EXPECT_NE(message_of<DataError>([&] {
              train(images, further, folder_ / "third", cpu_backend(), witness);
            }).find("its label 'disk' is none of the 6"),
            std::string::npos);
}

TEST_F(ImageClassification, refuses_what_it_cannot_learn_from) {
  ImageClassificationOptions images = shapes(12);
  file("training/circle/broken.png", "no image at all");
  EXPECT_NE(refused(images).find("broken.png: is no image that is read"), std::string::npos);
  std::filesystem::remove(folder_ / "training/circle/broken.png");
  images.images.validation_share = 0.01;
  EXPECT_NE(refused(images).find("of 12 images none can be held out"), std::string::npos);
  images.images.train_images = {folder_ / "training/circle"};
  EXPECT_NE(refused(images).find("has no label"), std::string::npos);
  std::filesystem::create_directories(folder_ / "one");
  std::filesystem::rename(folder_ / "training/circle", folder_ / "one/circle");
  images.images.train_images = images.images.valid_images = {folder_ / "one"};
  EXPECT_NE(refused(images).find("nothing to tell apart"), std::string::npos);
  images.images.train_images.clear();
  EXPECT_NE(refused(images).find("train_images"), std::string::npos);
  images.images.train_images = {folder_ / "one"};
  images.images.image_memory = "much";
  EXPECT_NE(refused(images).find("image_memory"), std::string::npos);
}

TEST_F(ImageClassification, predicts_files_by_name_those_before_one_that_is_broken_too) {
  run(shapes(), folder_ / "model");
  const auto predictor = open_predictor(folder_ / "model", cpu_backend());
  EXPECT_EQ(predictor->input(), Predictor::Input::file);
  std::vector<std::string> files = predictor->files(folder_ / "training/star");
  EXPECT_EQ(files.size(), 16u);
  files.resize(3);
  files.push_back(file("broken.jpg", "no image"));
  std::vector<std::string> labels;
  const std::string said = message_of<DataError>([&] {
    predict_in_order(*predictor, files, 0, [&](const Prediction& each) { labels.push_back(each.text); });
  });
  EXPECT_EQ(labels.size(), 3u);
  EXPECT_NE(said.find("broken.jpg"), std::string::npos);
}

TEST_F(ImageClassification, tells_in_the_card_what_it_learned) {
  run(shapes(), folder_ / "model");
  const std::string card = read_file(folder_ / "model" / "model_card.md");
  EXPECT_NE(card.find("# A model for image-classification"), std::string::npos) << card;
  EXPECT_NE(card.find("6 classes: `circle`, `cross`"), std::string::npos) << card;
}

TEST(AttentionRollout, follows_attention_through_the_layers) {
  // Each row draws half from itself and half from where its heads look.
  const ImageAttentionReport::Map to_first{1, 0, 1, 0}, to_second{0, 1, 0, 1};
  EXPECT_EQ(attention_rollout({{to_first}}, 2), (ImageAttentionReport::Map{1, 0, 0.5, 0.5}));
  EXPECT_EQ(attention_rollout({{to_first, to_second}}, 2),
            (ImageAttentionReport::Map{0.75, 0.25, 0.25, 0.75}));
  EXPECT_EQ(attention_rollout({{to_first}, {to_second}}, 2),
            (ImageAttentionReport::Map{0.75, 0.25, 0.5, 0.5}));
}

}  // namespace
}  // namespace heed
