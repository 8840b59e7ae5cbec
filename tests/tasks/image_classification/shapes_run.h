#pragma once
#include <string>

#include "heed/base/random.h"
#include "heed/images/png.h"
#include "heed/nn/patch_embedding.h"
#include "heed/sample/shapes.h"
#include "heed/tasks/image_classification/image_classification_task.h"
#include "heed/training/run.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/training_witness.h"

namespace heed {

/// A test with folders of drawn shapes, and runs that learn them.
class WithShapes : public WithFolder {
 protected:
  /// Draws so many shapes into a folder, numbered from `first`.
  std::filesystem::path draw(const std::string& name, Index count, Index first = 0, Index size = 16) const {
    for (Index i = first; i < first + count; ++i) {
      const DrawnShape drawn = drawn_shape(1, i, size);
      std::filesystem::create_directories(folder_ / name / drawn.label);
      write_file(folder_ / name / drawn.label / (std::to_string(i) + ".png"), encode_png(drawn.image));
    }
    return folder_ / name;
  }

  /// Noise that is brighter in one of the corners, which is the class: no patch tells it by itself.
  std::filesystem::path draw_bright_corners(const std::string& name, Index count, Index first = 0) const {
    constexpr Index size = 16;
    for (Index i = first; i < first + count; ++i) {
      const Index corner = i % 4, left = corner % 2 * size / 2, top = corner / 2 * size / 2;
      Image image = black_image(size, size, 1);
      Random random(5, static_cast<std::uint64_t>(i));
      for (std::uint8_t& sample : image.samples) sample = static_cast<std::uint8_t>(random.below(120));
      for (Index y = 0; y < size / 2; ++y)
        for (Index x = 0; x < size / 2; ++x)
          *image.pixel(left + x, top + y) = static_cast<std::uint8_t>(*image.pixel(left + x, top + y) + 60);
      const auto folder = folder_ / name / std::to_string(corner);
      std::filesystem::create_directories(folder);
      write_file(folder / (std::to_string(i) + ".png"), encode_png(image));
    }
    return folder_ / name;
  }

  static TrainingOptions quick_run() {
    TrainingOptions run = default_options(ImageClassificationTask());
    run.model.set("width", Index{16}).set("hidden", Index{32}).set("heads", Index{2}).set("layers", Index{1});
    run.model.set("dropout", 0.1).set("stem", PatchStem::linear);
    run.training.batch_tokens = 64 * 4;
    run.training.epochs = 2;
    run.training.warmup = 5;
    run.training.precision = TrainingPrecision::float32;
    return run;
  }

  static TrainingOutcome train(const ImageClassificationOptions& images, TrainingOptions run,
                               const std::filesystem::path& folder, Backend& backend, Witness& witness,
                               Index stop_at = -1) {
    ImageClassificationTask task(images);
    return heed::train(task, run, RunFolder(folder), backend, witness, witness.stops_after(stop_at));
  }
};

}  // namespace heed
