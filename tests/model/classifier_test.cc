#include "heed/model/classifier.h"

#include <gtest/gtest.h>

#include "heed/model/make_model.h"
#include "heed/model/model_options.h"
#include "heed/model/recurrent_classifier_config.h"
#include "heed/model/transformer_classifier_config.h"
#include "tests/model/model_gradients.h"
#include "tests/support/backends.h"

namespace heed {
namespace {

struct Kind {
  std::string architecture;
  Pooling pooling;
  bool bidirectional = true;
};

/// A classifier of seven tokens into three classes, small enough to differentiate.
ModelConfig tiny_classifier(const Kind& kind, double dropout = 0) {
  ModelOptions options(Classifier::family);
  options.architecture = kind.architecture;
  options.set("pooling", kind.pooling).set("width", 4).set("hidden", 6).set("dropout", dropout);
  options.set("layers", 2);
  if (kind.architecture == "transformer" || kind.architecture == "bert")
    options.set("heads", 2);
  else
    options.set("bidirectional", kind.bidirectional);
  return options.config({.inputs = 7, .outputs = 3});
}

std::unique_ptr<Classifier> varied(const ModelConfig& config) {
  VariedParameters numbers(5);
  return as_family<Classifier>(make_model(config, numbers, ParameterStore::Purpose::training), "test");
}

TokenBatch three_texts() { return tokens_of({{3, 4, 5, 2}, {6, 2}, {5, 3, 2}}); }

class EveryClassifier : public testing::TestWithParam<Kind> {};
INSTANTIATE_TEST_SUITE_P(
    Kinds, EveryClassifier,
    testing::Values(Kind{"transformer", Pooling::max}, Kind{"transformer", Pooling::mean},
                    Kind{"transformer", Pooling::none}, Kind{"transformer", Pooling::first},
                    Kind{"bert", Pooling::first}, Kind{"bert", Pooling::mean}, Kind{"bert", Pooling::none},
                    Kind{"rnn", Pooling::max}, Kind{"gru", Pooling::mean}, Kind{"lstm", Pooling::last},
                    Kind{"lstm", Pooling::last, false}, Kind{"gru", Pooling::none, false}),
    [](const auto& kind) {
      return kind.param.architecture + "_" + std::string(enum_name(kind.param.pooling)) +
             (kind.param.bidirectional ? "" : "_forwards");
    });

TEST_P(EveryClassifier, has_the_gradients_of_difference_quotients) {
  const auto model = varied(tiny_classifier(GetParam()));
  const TokenBatch texts = three_texts();
  const std::vector<Index> classes = GetParam().pooling == Pooling::none
                                         ? std::vector<Index>{0, 2, 1, 1, 2, 0, 1, 2, 0}
                                         : std::vector<Index>{2, 0, 1};
  expect_gradients_of(model->store(), reference_backend(), classes,
                      [&](Pass& pass) { return model->logits(pass, texts); });
}

TEST_P(EveryClassifier, gives_a_row_for_each_text_or_token) {
  const auto model = varied(tiny_classifier(GetParam()));
  Pass pass = Pass::inference(cpu_backend());
  const Index rows = GetParam().pooling == Pooling::none ? 9 : 3;
  EXPECT_EQ(model->logits(pass, three_texts()).shape(), (Shape{rows, 3}));
  EXPECT_EQ(model->pooling(), GetParam().pooling);
}

TEST_P(EveryClassifier, takes_all_classes_for_as_likely_before_it_is_trained) {
  RandomParameters start(1);
  const auto model = as_family<Classifier>(
      make_model(tiny_classifier(GetParam()), start, ParameterStore::Purpose::training), "test");
  Pass pass = Pass::inference(cpu_backend());
  for (const float logit : numbers_of(model->logits(pass, three_texts()).value())) EXPECT_EQ(logit, 0);
}

TEST_P(EveryClassifier, drops_of_a_text_what_follows_from_its_number_in_any_company) {
  const auto model = varied(tiny_classifier(GetParam(), 0.5));
  const auto logits = [&](const std::vector<std::vector<Index>>& texts, std::vector<Index> numbers) {
    Pass pass = Pass::training(cpu_backend(), {.seed = 3, .update = 1}, std::move(numbers));
    return numbers_of(model->logits(pass, tokens_of(texts)).value());
  };
  const std::vector<float> alone = logits({{3, 4, 5, 2}}, {8}),
                           among = logits({{6, 2}, {3, 4, 5, 2}}, {3, 8}),
                           another = logits({{3, 4, 5, 2}}, {9});
  EXPECT_EQ(alone, std::vector<float>(among.end() - std::ssize(alone), among.end()));
  EXPECT_NE(alone, another);
}

TEST(Classifiers, name_their_parameters) {
  EXPECT_EQ(names_of(varied(tiny_classifier({"gru", Pooling::max, false}))->store()),
            (std::vector<std::string>{"embedding.weight", "encoder.layers.0.input.weight",
                                      "encoder.layers.0.input.bias", "encoder.layers.0.recurrent.weight",
                                      "encoder.layers.0.recurrent.bias", "encoder.layers.1.input.weight",
                                      "encoder.layers.1.input.bias", "encoder.layers.1.recurrent.weight",
                                      "encoder.layers.1.recurrent.bias", "output.weight", "output.bias"}));
  const auto names = names_of(varied(tiny_classifier({"transformer", Pooling::max}))->store());
  EXPECT_EQ(names.front(), "embedding.weight");
  EXPECT_EQ(names.at(1), "encoder.layers.0.self_attention.query.weight");
  EXPECT_EQ(names.at(names.size() - 3), "encoder.norm.bias");
  EXPECT_EQ(names.back(), "output.bias");
}

TEST(Classifiers, have_sizes_that_follow_from_their_data) {
  const ModelConfig config = tiny_classifier({"transformer", Pooling::max});
  EXPECT_EQ(config.sizes().inputs, 7);
  EXPECT_EQ(config.sizes().outputs, 3);
  EXPECT_EQ(config.sizes().longest_sequence, 1024);
  EXPECT_EQ(config.summary(), "2 layers, width 4, hidden 6, 2 heads, max pooling, 3 classes");
  EXPECT_EQ(tiny_classifier({"lstm", Pooling::last}).summary(),
            "2 bidirectional lstm layers, width 4, hidden 6, last pooling, 3 classes");
}

TEST(Classifiers, refuse_choices_that_do_not_fit_each_other) {
  const auto message_for = [](const std::string& architecture, auto set) {
    ModelOptions options(Classifier::family);
    options.architecture = architecture;
    set(options);
    return message_of<ConfigError>([&] { options.config({.inputs = 7, .outputs = 3}); });
  };
  EXPECT_NE(message_for("transformer", [](auto& o) { o.set("heads", 3); }).find("3 heads"),
            std::string::npos);
  EXPECT_NE(message_for("transformer", [](auto& o) { o.set("pooling", Pooling::last); }).find("max or mean"),
            std::string::npos);
  EXPECT_NE(message_for("lstm", [](auto& o) { o.set("hidden", 33); }).find("even"), std::string::npos);
  EXPECT_NE(message_for("lstm", [](auto& o) { o.set("heads", 2); })
                .find("heads is for the architectures transformer, bert"),
            std::string::npos);
  EXPECT_NE(message_of<ConfigError>([] {
              ModelOptions(Classifier::family).config({.inputs = 7, .outputs = 1});
            }).find("classes is 1"),
            std::string::npos);
}

TEST(Classifiers, refuse_a_text_without_a_token) {
  for (const Kind& kind : {Kind{"transformer", Pooling::mean}, Kind{"lstm", Pooling::last}}) {
    const auto model = varied(tiny_classifier(kind));
    Pass pass = Pass::inference(cpu_backend());
    EXPECT_THROW(model->logits(pass, tokens_of({{3, 2}, {}})), ShapeError);
  }
}

}  // namespace
}  // namespace heed
