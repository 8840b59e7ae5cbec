#include "heed/model/vision_transformer.h"
#include "tests/model/golden_file.h"
#include "tests/support/backends.h"

namespace heed {
namespace {

struct Kind {
  std::string name;
  ImagePooling pooling;
  PatchPositions positions;
  PatchStem stem = PatchStem::linear;
};

// What tools/make_vision_golden.py gave PyTorch.
const Kind class_token{"class_token", ImagePooling::class_token, PatchPositions::learned},
    mean{"mean", ImagePooling::mean, PatchPositions::sinusoidal},
    convolutions{"convolutions", ImagePooling::class_token, PatchPositions::learned, PatchStem::convolutions};

class PyTorchVision : public testing::TestWithParam<std::tuple<Kind, Backend*>> {
 protected:
  PyTorchVision() {
    config_.pooling = std::get<0>(GetParam()).pooling;
    config_.positions = std::get<0>(GetParam()).positions;
    config_.stem = std::get<0>(GetParam()).stem;
    const Tensor classes = file_.tensor("classes");
    classes_.assign(classes.data<std::int32_t>(), classes.data<std::int32_t>() + classes.count());
  }
  Backend& backend() const { return *std::get<1>(GetParam()); }

  GoldenFile file_{"vision_transformer_" + std::get<0>(GetParam()).name};
  VisionTransformerConfig config_{.image_size = 12,
                                  .patch_size = 4,
                                  .channels = 3,
                                  .classes = 5,
                                  .width = 12,
                                  .hidden = 20,
                                  .heads = 3,
                                  .layers = 2,
                                  .dropout = 0};
  const NumberBatch patches_{file_.tensor("patches"), Segments::uniform(3, 9)};
  std::vector<Index> classes_;
};

std::string name_of_kind(const testing::TestParamInfo<std::tuple<Kind, Backend*>>& info) {
  return std::get<0>(info.param).name +
         (std::get<1>(info.param) == &reference_backend() ? "_reference" : "_cpu");
}
INSTANTIATE_TEST_SUITE_P(Golden, PyTorchVision,
                         testing::Combine(testing::Values(class_token, mean, convolutions), every_backend()),
                         name_of_kind);

// Float sums of some hundred terms through a dozen layers: far below 1e-4, above the 1e-5 of a single kernel.
constexpr double tolerance = 1e-4;

TEST_P(PyTorchVision, gives_the_same_logits) {
  const VisionTransformer model(config_, file_, ParameterStore::Purpose::inference);
  Pass pass = Pass::inference(backend());
  expect_close(model.logits(pass, patches_).value(), file_.tensor("logits"), tolerance);
}

TEST_P(PyTorchVision, gives_the_same_loss_and_gradients) {
  const VisionTransformer model(config_, file_, ParameterStore::Purpose::training);
  EXPECT_EQ(std::ssize(model.store().parameters()), file_.parameters());
  Pass pass = Pass::training(backend(), {});
  const Variable loss = ops::cross_entropy(model.logits(pass, patches_), classes_, 0.1f);
  pass.backward(loss);
  expect_close(loss.value(), file_.tensor("loss"), tolerance);
  for (const auto& [name, parameter] : model.store().parameters()) {
    // Every query's scores are moved alike by a key's bias, so its gradient is zero but for rounding.
    if (name.ends_with("key.bias"))
      EXPECT_LT(size_of_numbers(numbers_of(parameter.gradient())), 1e-4) << name;
    else
      expect_close(parameter.gradient(), file_.tensor("gradients." + name), tolerance, name);
  }
}

}  // namespace
}  // namespace heed
