#include "heed/comparison/compared_models.h"

#include <gtest/gtest.h>

#include "heed/model/transformer_config.h"

namespace heed {
namespace {

Index size_of(ComparedModel model, const ComparedSizes& sizes) {
  return parameter_count(equally_large(model, sizes).config({100, 100, true}));
}

TEST(ComparedModels, are_all_about_as_large_as_the_transformer) {
  const ComparedSizes sizes;
  const auto wanted = static_cast<double>(size_of(ComparedModel::transformer, sizes));
  for (const auto& [name, model] : EnumNames<ComparedModel>::names)
    EXPECT_NEAR(static_cast<double>(size_of(model, sizes)) / wanted, 1, 0.01) << name;
}

TEST(ComparedModels, are_as_near_to_it_as_a_small_size_allows) {
  ComparedSizes tiny;
  tiny.width = tiny.hidden = 2, tiny.heads = tiny.encoder_layers = tiny.decoder_layers = 1;
  for (const auto& [name, model] : EnumNames<ComparedModel>::names)
    EXPECT_GT(size_of(model, tiny), 0) << name;
}

TEST(ComparedModels, count_what_a_model_holds) {
  const ModelConfig config = equally_large(ComparedModel::lstm_luong, {}).config({100, 100, true});
  const ModelConfig wider = equally_large(ComparedModel::lstm_luong, {}).config({101, 101, true});
  EXPECT_EQ(parameter_count(wider) - parameter_count(config), 128 + 1);  // a row of the table, and a bias
}

TEST(ComparedModels, that_know_no_order_have_no_positions) {
  const auto config_of = [](ComparedModel model) {
    return equally_large(model, {}).config({9, 9, true}).as<TransformerConfig>();
  };
  const TransformerConfig bag = config_of(ComparedModel::bag),
                          unordered = config_of(ComparedModel::unordered);
  EXPECT_EQ(bag.encoder_layers, 0);
  EXPECT_EQ(bag.positions, PositionKind::none);
  EXPECT_EQ(unordered.encoder_layers, 4);
  EXPECT_EQ(unordered.positions, PositionKind::none);
}

TEST(ComparedModels, refuse_sizes_that_do_not_fit) {
  ComparedSizes sizes;
  sizes.heads = 3;
  EXPECT_THROW(equally_large(ComparedModel::transformer, sizes).config({9, 9, true}), ConfigError);
  EXPECT_THROW(equally_large(ComparedModel::lstm, sizes), ConfigError);
}

}  // namespace
}  // namespace heed
