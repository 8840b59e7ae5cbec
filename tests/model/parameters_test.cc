#include "heed/backend/reference/reference_backend.h"
#include "tests/model/tiny_model.h"

namespace heed {
namespace {

Transformer model_with(const TransformerConfig& config) {
  VariedParameters source(1);
  return Transformer(config, source, ParameterStore::Purpose::training);
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> with_weight_and_bias(const std::vector<std::string>& places) {
  std::vector<std::string> names;
  for (const auto& place : places)
    for (const char* last : {".weight", ".bias"}) names.push_back(place + last);
  return names;
}

TEST(TransformerParameters, have_the_names_of_the_table_in_the_design) {
  TransformerConfig config = tiny_config();
  config.encoder_layers = config.decoder_layers = 1;
  auto expected = with_weight_and_bias(
      {"encoder.layers.0.self_attention.query",   "encoder.layers.0.self_attention.key",
       "encoder.layers.0.self_attention.value",   "encoder.layers.0.self_attention.output",
       "encoder.layers.0.self_attention_norm",    "encoder.layers.0.feed_forward.expand",
       "encoder.layers.0.feed_forward.contract",  "encoder.layers.0.feed_forward_norm",
       "decoder.layers.0.self_attention.query",   "decoder.layers.0.self_attention.key",
       "decoder.layers.0.self_attention.value",   "decoder.layers.0.self_attention.output",
       "decoder.layers.0.self_attention_norm",    "decoder.layers.0.cross_attention.query",
       "decoder.layers.0.cross_attention.key",    "decoder.layers.0.cross_attention.value",
       "decoder.layers.0.cross_attention.output", "decoder.layers.0.cross_attention_norm",
       "decoder.layers.0.feed_forward.expand",    "decoder.layers.0.feed_forward.contract",
       "decoder.layers.0.feed_forward_norm"});
  expected.insert(expected.end(), {"embedding.weight", "decoder.output.bias"});
  EXPECT_EQ(sorted(names_of(model_with(config).store())), sorted(expected));
}

std::vector<std::string> names_added_by(const TransformerConfig& config) {
  const auto before = sorted(names_of(model_with(tiny_config()).store())),
             after = sorted(names_of(model_with(config).store()));
  std::vector<std::string> added;
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(added));
  return added;
}

TEST(TransformerParameters, normalizing_before_adds_a_norm_to_the_end_of_each_side) {
  TransformerConfig config = tiny_config();
  config.norm = NormOrder::pre;
  EXPECT_EQ(names_added_by(config), (std::vector<std::string>{"decoder.norm.bias", "decoder.norm.weight",
                                                              "encoder.norm.bias", "encoder.norm.weight"}));
}

TEST(TransformerParameters, swiglu_adds_a_gate_to_each_layer) {
  TransformerConfig config = tiny_config();
  config.feed_forward = FeedForwardKind::swiglu;
  EXPECT_EQ(names_added_by(config), sorted(with_weight_and_bias({"encoder.layers.0.feed_forward.gate",
                                                                 "decoder.layers.0.feed_forward.gate",
                                                                 "decoder.layers.1.feed_forward.gate"})));
}

TEST(TransformerParameters, learned_positions_add_a_table_to_each_side) {
  TransformerConfig config = tiny_config();
  config.positions = PositionKind::learned;
  EXPECT_EQ(names_added_by(config),
            (std::vector<std::string>{"decoder.positions.weight", "encoder.positions.weight"}));
}

struct Tied {
  Tying tying;
  std::vector<std::string> tables;  // of the source, the target and the output
};

class Tyings : public testing::TestWithParam<Tied> {
 protected:
  Tyings() { config_.tying = GetParam().tying; }
  static Index distinct(std::vector<std::string> tables) {
    std::sort(tables.begin(), tables.end());
    return std::unique(tables.begin(), tables.end()) - tables.begin();
  }
  TransformerConfig config_ = tiny_config();
};

std::string tying_name(const testing::TestParamInfo<Tied>& info) {
  return std::string(enum_name(info.param.tying));
}
INSTANTIATE_TEST_SUITE_P(
    Transformer, Tyings,
    testing::Values(
        Tied{Tying::none, {"encoder.embedding.weight", "decoder.embedding.weight", "decoder.output.weight"}},
        Tied{Tying::source_target, {"embedding.weight", "embedding.weight", "decoder.output.weight"}},
        Tied{Tying::target_output,
             {"encoder.embedding.weight", "decoder.embedding.weight", "decoder.embedding.weight"}},
        Tied{Tying::source_output,
             {"encoder.embedding.weight", "decoder.embedding.weight", "encoder.embedding.weight"}},
        Tied{Tying::all, {"embedding.weight", "embedding.weight", "embedding.weight"}}),
    tying_name);

TEST_P(Tyings, have_as_many_parameters_as_distinct_tables) {
  TransformerConfig all = tiny_config();
  all.tying = Tying::all;
  const Index table = 7 * 4, more = distinct(GetParam().tables) - 1;
  EXPECT_EQ(model_with(config_).store().count(), model_with(all).store().count() + more * table);
}

TEST_P(Tyings, all_uses_of_a_table_leave_their_gradient_in_one_place) {
  // The source says 3, the target 4, and 5 comes next: a row of a table has a gradient if it was looked up,
  // and every row of the output's table has one.
  const Transformer model = model_with(config_);
  Pass pass = Pass::training(reference_backend(), {});
  constexpr Index source = 3, target = 4;
  const std::array<Index, 1> next{5};
  pass.backward(
      ops::cross_entropy(model(pass, TokenBatch::step({source}), TokenBatch::step({target})), next));
  const auto& [source_table, target_table, output_table] =
      std::tie(GetParam().tables[0], GetParam().tables[1], GetParam().tables[2]);
  for (const auto& name : GetParam().tables)
    for (Index row = 0; row < 7; ++row) {
      const auto gradient = numbers_of(parameter_of(model.store(), name).gradient().narrow(0, row, 1));
      const bool used = (name == source_table && row == source) || (name == target_table && row == target) ||
                        name == output_table;
      EXPECT_EQ(size_of_numbers(gradient) > 0, used) << name << " row " << row;
    }
}

}  // namespace
}  // namespace heed
