#include "heed/model/bert.h"

#include "heed/model/bert_classifier.h"
#include "heed/model/model_options.h"
#include "tests/model/model_gradients.h"
#include "tests/support/backends.h"

namespace heed {
namespace {

/// Seven tokens, small enough to differentiate.
template <class Config = BertConfig>
Config tiny_bert(double dropout = 0, NormOrder norm = NormOrder::post) {
  Config config;
  config.vocabulary = 7, config.width = 4, config.hidden = 6, config.layers = 2, config.heads = 2;
  config.dropout = dropout, config.norm = norm, config.maximum_positions = 5;
  return config;
}

template <class M = Bert, class Config>
M varied(const Config& config) {
  VariedParameters numbers(5);
  return M(config, numbers, ParameterStore::Purpose::training);
}

TokenBatch three_texts() {
  TokenBatch batch = tokens_of({{1, 3, 4, 0, 2}, {1, 2}, {1, 0, 2}});
  batch.types = {0, 0, 0, 1, 1, 0, 0, 0, 1, 1};
  return batch;
}

TEST(Bert, has_the_gradients_of_difference_quotients) {
  for (const NormOrder norm : {NormOrder::post, NormOrder::pre})
    for (const Index types : {0, 2}) {
      BertConfig config = tiny_bert(0.2, norm);
      config.token_types = types;
      const Bert model = varied(config);
      TokenBatch batch = three_texts();
      if (types == 0) batch.types = {};
      expect_gradients_of(model.store(), reference_backend(), {6, 3, 5}, [&](Pass& pass) {
        return model.logits(pass, batch, {Index{3}, Index{1}, Index{8}});
      });
    }
}

TEST(Bert, asks_only_for_the_rows_that_are_named) {
  const Bert model = varied(tiny_bert());
  Pass pass = Pass::inference(cpu_backend());
  const Tensor some = model.logits(pass, three_texts(), {Index{8}, Index{3}}).value();
  EXPECT_EQ(some.shape(), (Shape{2, 7}));
  const Tensor other = model.logits(pass, three_texts(), {Index{3}}).value();
  EXPECT_EQ(numbers_of(some.narrow(0, 1, 1)), numbers_of(other));
}

TEST(Bert, fills_in_a_text_alike_whatever_its_neighbors_are) {
  const Bert model = varied(tiny_bert());
  Pass pass = Pass::inference(cpu_backend());
  TokenBatch alone = tokens_of({{1, 0, 2}});
  alone.types = {0, 1, 1};
  EXPECT_EQ(numbers_of(model.logits(pass, alone, {Index{1}}).value()),
            numbers_of(model.logits(pass, three_texts(), {Index{8}}).value()));
}

TEST(Bert, drops_of_a_text_what_follows_from_its_number_in_any_company) {
  const Bert model = varied(tiny_bert(0.5));
  const auto logits = [&](const std::vector<std::vector<Index>>& texts, std::vector<Index> numbers,
                          Index row) {
    Pass pass = Pass::training(cpu_backend(), {.seed = 3, .update = 1}, std::move(numbers));
    return numbers_of(model.logits(pass, tokens_of(texts), {row}).value());
  };
  EXPECT_EQ(logits({{1, 0, 2}}, {8}, 1), logits({{1, 2}, {1, 0, 2}}, {3, 8}, 3));
  EXPECT_NE(logits({{1, 0, 2}}, {8}, 1), logits({{1, 0, 2}}, {9}, 1));
}

TEST(Bert, tells_tokens_of_different_types_apart) {
  const Bert model = varied(tiny_bert());
  TokenBatch plain = three_texts(), first = plain;
  plain.types = {};
  first.types = std::vector<Index>(10, 0);
  Pass pass = Pass::inference(cpu_backend());
  const auto logits = [&](const TokenBatch& batch) {
    return numbers_of(model.logits(pass, batch, {Index{3}}).value());
  };
  EXPECT_EQ(logits(plain), logits(first));
  EXPECT_NE(logits(plain), logits(three_texts()));
}

TEST(Bert, refuses_types_that_it_has_no_vector_for) {
  BertConfig config = tiny_bert();
  TokenBatch batch = three_texts();
  std::vector<Index> types(batch.types.begin(), batch.types.end());
  types.back() = 2;
  batch.types = types;
  Pass pass = Pass::inference(cpu_backend());
  EXPECT_THROW(varied(config).logits(pass, batch, {Index{0}}), ShapeError);
  types.pop_back();
  batch.types = types;
  EXPECT_THROW(varied(config).logits(pass, batch, {Index{0}}), ShapeError);
  config.token_types = 0;
  EXPECT_NE(message_of<ShapeError>([&] {
              varied(config).logits(pass, three_texts(), {Index{0}});
            }).find("token_types"),
            std::string::npos);
}

TEST(Bert, refuses_a_text_of_more_tokens_than_positions) {
  const Bert model = varied(tiny_bert());
  Pass pass = Pass::inference(cpu_backend());
  EXPECT_THROW(model.logits(pass, tokens_of({{1, 3, 3, 3, 3, 2}}), {Index{0}}), DataError);
}

TEST(Bert, calls_the_parts_that_its_heads_share_by_the_same_names) {
  BertClassifierConfig config = tiny_bert<BertClassifierConfig>();
  config.classes = 3;
  std::vector<std::string> fills = names_of(varied(tiny_bert()).store()),
                           classifies = names_of(varied<BertClassifier>(config).store());
  EXPECT_EQ(std::vector<std::string>(fills.end() - 5, fills.end()),
            (std::vector<std::string>{"prediction.dense.weight", "prediction.dense.bias",
                                      "prediction.norm.weight", "prediction.norm.bias", "prediction.bias"}));
  EXPECT_EQ(std::vector<std::string>(classifies.end() - 2, classifies.end()),
            (std::vector<std::string>{"output.weight", "output.bias"}));
  fills.resize(fills.size() - 5), classifies.resize(classifies.size() - 2);
  EXPECT_EQ(fills, classifies);
  EXPECT_EQ(fills.front(), "embedding.weight");
}

TEST(Bert, has_the_sizes_of_its_presets) {
  ModelOptions options(MaskedLanguageModel::family);
  for (const auto& [preset, layers, width, heads] :
       {std::tuple{"bert-tiny", 2, 128, 2}, std::tuple{"bert-mini", 4, 256, 4},
        std::tuple{"bert-small", 4, 512, 8}}) {
    options.preset = preset;
    const BertConfig config = options.config({.inputs = 7, .outputs = 7, .context = 64}).as<BertConfig>();
    EXPECT_EQ(config.layers, layers);
    EXPECT_EQ(config.width, width);
    EXPECT_EQ(config.hidden, 4 * width);
    EXPECT_EQ(config.heads, heads);
    EXPECT_EQ(config.maximum_positions, 64);
  }
  EXPECT_NE(message_of<ConfigError>([] { bert_preset("bert-huge"); }).find("bert-small"), std::string::npos);
}

TEST(Bert, refuses_numbers_that_do_not_fit_each_other) {
  const auto refused = [](auto change) {
    BertConfig config = tiny_bert();
    change(config);
    return message_of<ConfigError>([&] { validate(config); });
  };
  EXPECT_NE(refused([](BertConfig& c) { c.heads = 3; }).find("3 heads"), std::string::npos);
  EXPECT_NE(refused([](BertConfig& c) { c.vocabulary = 0; }).find("vocabulary is 0"), std::string::npos);
  EXPECT_NE(refused([](BertConfig& c) { c.norm_epsilon = 0; }).find("norm_epsilon"), std::string::npos);
  BertClassifierConfig config = tiny_bert<BertClassifierConfig>();
  config.classes = 2, config.pooling = Pooling::last;
  EXPECT_NE(message_of<ConfigError>([&] { validate(config); }).find("take first"), std::string::npos);
}

}  // namespace
}  // namespace heed
