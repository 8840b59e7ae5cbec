#include "heed/model/vision_transformer.h"

#include <gtest/gtest.h>

#include "heed/model/make_model.h"
#include "heed/model/model_options.h"
#include "tests/model/model_gradients.h"
#include "tests/support/backends.h"

namespace heed {
namespace {

struct Kind {
  ImagePooling pooling;
  PatchPositions positions;
  PatchStem stem = PatchStem::linear;
};

/// A classifier of gray images of 8 by 8 pixels into three classes, small enough to differentiate.
VisionTransformerConfig tiny(const Kind& kind, double dropout = 0) {
  return {.image_size = 8,
          .patch_size = 4,
          .channels = 1,
          .classes = 3,
          .width = 4,
          .hidden = 6,
          .heads = 2,
          .layers = 2,
          .dropout = dropout,
          .stem = kind.stem,
          .positions = kind.positions,
          .pooling = kind.pooling};
}

std::unique_ptr<ImageClassifier> varied(const ModelConfig& config) {
  VariedParameters numbers(5);
  return as_family<ImageClassifier>(make_model(config, numbers, ParameterStore::Purpose::training), "test");
}

/// Images of four patches of sixteen numbers.
NumberBatch images_of(Index count, std::uint64_t seed = 7) {
  return {random_tensor({4 * count, 16}, seed), Segments::uniform(count, 4)};
}

class EveryVisionTransformer : public testing::TestWithParam<Kind> {};
INSTANTIATE_TEST_SUITE_P(Kinds, EveryVisionTransformer,
                         testing::Values(Kind{ImagePooling::class_token, PatchPositions::learned},
                                         Kind{ImagePooling::class_token, PatchPositions::sinusoidal},
                                         Kind{ImagePooling::mean, PatchPositions::learned},
                                         Kind{ImagePooling::mean, PatchPositions::none},
                                         Kind{ImagePooling::class_token, PatchPositions::learned,
                                              PatchStem::convolutions}),
                         [](const auto& kind) {
                           return std::string(enum_name(kind.param.pooling)) + "_" +
                                  std::string(enum_name(kind.param.positions)) + "_" +
                                  std::string(enum_name(kind.param.stem));
                         });

TEST_P(EveryVisionTransformer, has_the_gradients_of_difference_quotients) {
  const auto model = varied(tiny(GetParam()));
  const NumberBatch images = images_of(3);
  expect_gradients_of(model->store(), reference_backend(), {2, 0, 1},
                      [&](Pass& pass) { return model->logits(pass, images); });
}

TEST_P(EveryVisionTransformer, sees_an_image_alike_in_any_company) {
  const auto model = varied(tiny(GetParam()));
  const NumberBatch three = images_of(3);
  Pass pass = Pass::inference(cpu_backend());
  const std::vector<float> all = numbers_of(model->logits(pass, three).value());
  const NumberBatch second{three.numbers.narrow(0, 4, 4).clone(), Segments::uniform(1, 4)};
  EXPECT_EQ(numbers_of(model->logits(pass, second).value()),
            std::vector<float>(all.begin() + 3, all.begin() + 6));
}

TEST_P(EveryVisionTransformer, drops_of_an_image_what_follows_from_its_number_in_any_company) {
  const auto model = varied(tiny(GetParam(), 0.5));
  const NumberBatch both = images_of(2);
  const NumberBatch second{both.numbers.narrow(0, 4, 4).clone(), Segments::uniform(1, 4)};
  const auto logits = [&](const NumberBatch& images, std::vector<Index> numbers) {
    Pass pass = Pass::training(cpu_backend(), {.seed = 3, .update = 1}, std::move(numbers));
    return numbers_of(model->logits(pass, images).value());
  };
  const std::vector<float> among = logits(both, {3, 8}), alone = logits(second, {8}),
                           another = logits(second, {9});
  EXPECT_EQ(alone, std::vector<float>(among.end() - 3, among.end()));
  EXPECT_NE(alone, another);
}

TEST_P(EveryVisionTransformer, tells_places_apart_where_it_is_told_them) {
  const auto model = varied(tiny(GetParam()));
  const NumberBatch image = images_of(1);
  NumberBatch swapped{image.numbers.clone(), image.segments};
  swapped.numbers.narrow(0, 0, 1).copy_elements_of(image.numbers.narrow(0, 3, 1));
  swapped.numbers.narrow(0, 3, 1).copy_elements_of(image.numbers.narrow(0, 0, 1));
  Pass pass = Pass::inference(cpu_backend());
  const Tensor a = model->logits(pass, image).value(), b = model->logits(pass, swapped).value();
  if (GetParam().positions == PatchPositions::none)
    expect_close(a, b, 1e-5);
  else
    EXPECT_GT(std::abs(numbers_of(a)[0] - numbers_of(b)[0]), 1e-4f);
}

TEST(VisionTransformers, refuse_images_of_another_size) {
  const auto model = varied(tiny({ImagePooling::mean, PatchPositions::learned}));
  Pass pass = Pass::inference(cpu_backend());
  const NumberBatch larger{random_tensor({9, 16}, 1), Segments::uniform(1, 9)},
      deeper{random_tensor({4, 48}, 1), Segments::uniform(1, 4)};
  EXPECT_THROW(model->logits(pass, larger), ShapeError);
  EXPECT_THROW(model->logits(pass, deeper), ShapeError);
}

TEST(VisionTransformers, see_images_of_the_datas_size_unless_told_otherwise) {
  ModelOptions options(ImageClassifier::family);
  const Vocabularies digits{.outputs = 10, .images = {.size = 28, .channels = 1}};
  EXPECT_EQ(options.config(digits).sizes().images, (ImageInput{28, 4, 1}));
  EXPECT_EQ(options.config({.outputs = 10}).sizes().images, (ImageInput{32, 4, 3}));
  options.set("image_size", Index{24});
  EXPECT_EQ(options.config(digits).sizes().images, (ImageInput{24, 4, 1}));
  options.unset("image_size");
  options.preset = "base";
  EXPECT_EQ(
      options.config({.outputs = 10}).summary(),
      "12 layers, width 768, hidden 3072, 12 heads, images of 224 by 224 pixels in 196 patches, 10 classes");
}

TEST(VisionTransformers, refuse_choices_that_do_not_fit_each_other) {
  const auto refused = [](auto set) {
    ModelOptions options(ImageClassifier::family);
    set(options);
    return message_of<ConfigError>([&] { options.config({.outputs = 3}); });
  };
  EXPECT_NE(refused([](auto& o) {
              o.set("image_size", Index{30});
            }).find("does not divide into patches of patch_size 4"),
            std::string::npos);
  EXPECT_NE(refused([](auto& o) { o.set("heads", Index{3}); }).find("3 heads"), std::string::npos);
  EXPECT_NE(refused([](auto& o) {
              o.set("width", Index{6}).set("heads", Index{2}).set("positions", PatchPositions::sinusoidal);
            }).find("multiple of 4"),
            std::string::npos);
  EXPECT_NE(refused([](auto& o) {
              o.set("image_size", Index{36}).set("patch_size", Index{6}).set("stem", PatchStem::convolutions);
            }).find("power of 2"),
            std::string::npos);
  EXPECT_NE(refused([](auto& o) { o.preset = "huge"; }).find("mini, tiny, small, base, large"),
            std::string::npos);
}

TEST(VisionTransformers, name_their_parameters) {
  const auto names = names_of(varied(tiny({ImagePooling::class_token, PatchPositions::learned}))->store());
  EXPECT_EQ((std::vector<std::string>(names.begin(), names.begin() + 5)),
            (std::vector<std::string>{"embedding.patches.weight", "embedding.patches.bias",
                                      "embedding.class_token", "embedding.positions.weight",
                                      "encoder.layers.0.self_attention.query.weight"}));
  EXPECT_EQ(names.back(), "output.bias");
}

}  // namespace
}  // namespace heed
