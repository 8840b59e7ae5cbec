#include "heed/model/outline.h"

#include <gtest/gtest.h>

#include "heed/model/make_model.h"
#include "heed/tensor/storage.h"

namespace heed {
namespace {

ModelConfig config_of(const Architecture& architecture) {
  const auto preset = architecture.presets.empty() ? std::string_view() : architecture.presets.front();
  ModelConfig config(architecture, architecture.defaults(architecture, preset));
  config.fit({.inputs = 50, .outputs = 50, .joint = true});
  return config;
}

TEST(Outline, has_the_parameters_of_the_model) {
  for (const Architecture* architecture : architectures()) {
    const ModelConfig config = config_of(*architecture);
    RandomParameters start(1);
    const auto model = make_model(config, start, ParameterStore::Purpose::training);
    const auto outline = outline_of(config);
    EXPECT_EQ(outline->store().count(), model->store().count()) << architecture->kind;
    const auto &expected = model->store().parameters(), &found = outline->store().parameters();
    ASSERT_EQ(found.size(), expected.size()) << architecture->kind;
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(found[i].name, expected[i].name);
      EXPECT_EQ(found[i].variable.value().shape(), expected[i].variable.value().shape()) << found[i].name;
    }
  }
}

TEST(Outline, takes_no_memory_for_them) {
  for (const Architecture* architecture : architectures()) {
    ModelConfig config = config_of(*architecture);
    // A table of 4 TB, which no machine has.
    config.fit({.inputs = Index{1} << 32, .outputs = Index{1} << 32, .joint = true});
    const std::size_t before = pool_use().in_use;
    const auto outline = outline_of(config);
    EXPECT_GT(outline->store().count(), Index{1} << 32) << architecture->kind;
    EXPECT_LT(pool_use().in_use - before, std::size_t{64} << 20) << architecture->kind;
  }
}

}  // namespace
}  // namespace heed
