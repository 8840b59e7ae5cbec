#include "heed/compression/quality_trial.h"
#include "heed/compression/quantization.h"
#include "heed/service/image_labeler.h"
#include "tests/support/backends.h"
#include "tests/support/tensors.h"
#include "tests/tasks/image_classification/shapes_run.h"

namespace heed {
namespace {

TEST_F(WithShapes, decide_by_accuracy_how_a_model_of_images_is_stored) {
  ImageClassificationOptions options;
  options.images.train_images = {draw("training", 60)};
  Witness witness;
  train(options, quick_run(), folder_ / "model", cpu_backend(), witness);
  std::vector<StoredImage> stored;
  std::vector<Index> classes;
  for (Index i = 0; i < 30; ++i) {
    const DrawnShape drawn = drawn_shape(2, i, 16);
    stored.emplace_back(file(std::to_string(i) + ".png", encode_png(drawn.image)));
    classes.push_back(i % 6);
  }
  const ImageInput input = ImageLabeler(folder_ / "model", cpu_backend()).model().input();
  const auto examples = std::make_shared<const ImageExamples>(
      std::make_shared<const SeenImages>(stored, input, ImageFit::stretch, 1 << 20), classes);
  const QualityTrial trial = image_trial(examples, cpu_backend());
  const Quantization result =
      quantize(folder_ / "model", trial, {.type = DataType::int8, .largest_loss = 100}, cpu_backend(),
               [](const std::string&) {});
  EXPECT_TRUE(result.good_enough);
  EXPECT_TRUE(result.types.contains("embedding.patches.weight"));
  EXPECT_NEAR(result.lost, result.before.quality.value("accuracy") - result.after.quality.value("accuracy"),
              1e-9);
}

}  // namespace
}  // namespace heed
