#include "heed/comparison/gradient_reach.h"

#include <array>

#include "heed/model/make_model.h"
#include "heed/model/recurrent_config.h"
#include "heed/model/transformer_config.h"
#include "heed/text/tokenizer.h"
#include "tests/model/tiny_model.h"
#include "tests/support/backends.h"
#include "tests/support/guarded_backend.h"

namespace heed {
namespace {

using Sentence = std::vector<Index>;

/// Words apart from each other and from the marks, so that each has a row of its table for itself.
const Sentence source{4, 5, 6, 7, 8}, target{9, 10, 11, 12, 13};
constexpr Index vocabulary = 14, width = 4, step = 4;

ModelConfig transformer() {
  TransformerConfig config = tiny_config();
  config.source_vocabulary = config.target_vocabulary = vocabulary;
  config.tying = Tying::none;
  return config;
}

ModelConfig recurrent(RecurrentCell cell, RecurrentAttention attention) {
  RecurrentConfig config;
  config.cell = cell, config.attention = attention;
  config.source_vocabulary = config.target_vocabulary = vocabulary;
  config.width = width, config.hidden = 6, config.dropout = 0;
  config.tying = Tying::none;
  return config;
}

std::unique_ptr<EncoderDecoder> model_of(const ModelConfig& config) {
  VariedParameters start(3);
  return as_family<EncoderDecoder>(make_model(config, start, ParameterStore::Purpose::training), "test");
}

Examples examples_of(const std::vector<std::pair<Sentence, Sentence>>& pairs) {
  Examples examples(2);
  for (auto [from, to] : pairs) {
    from.push_back(special::eos);
    to.push_back(special::eos);
    examples.add({from, to});
  }
  return examples;
}

/// The loss of target token `step`, from the logits alone.
double loss_of(const EncoderDecoder& model, Backend& backend) {
  Sentence from = source, to{special::bos};
  from.push_back(special::eos);
  to.insert(to.end(), target.begin(), target.begin() + step - 1);
  const Tensor logits = logits_of(model, backend, tokens_of({from}), tokens_of({to}));
  const float* row = logits.data() + (step - 1) * vocabulary;
  double sum = 0;
  for (Index i = 0; i < vocabulary; ++i) sum += std::exp(static_cast<double>(row[i]));
  return std::log(sum) - static_cast<double>(row[target[step - 1]]);
}

/// The norm of the derivative by a word's vector, by difference quotients: of its row of the table, which is
/// multiplied by the root of the width on the way in.
double norm_by_quotients(const EncoderDecoder& model, Backend& backend, const std::string& table,
                         Index token) {
  const Tensor row = parameter_of(model.store(), table).value().narrow(0, token, 1);
  constexpr float moved = 1.0f / 64;
  double sum = 0;
  for (Index i = 0; i < width; ++i) {
    const float at = row.data()[i];
    const auto loss_at = [&](float x) {
      row.data()[i] = x;
      return loss_of(model, backend);
    };
    const double quotient = (loss_at(at + moved) - loss_at(at - moved)) / static_cast<double>(2 * moved);
    row.data()[i] = at;
    sum += quotient * quotient;
  }
  return std::sqrt(sum / static_cast<double>(width));
}

TEST(GradientReach, is_the_norm_of_derivatives_by_words) {
  const std::vector<ModelConfig> configs{transformer(),
                                         recurrent(RecurrentCell::rnn, RecurrentAttention::none),
                                         recurrent(RecurrentCell::lstm, RecurrentAttention::luong),
                                         recurrent(RecurrentCell::gru, RecurrentAttention::bahdanau)};
  Backend& backend = cpu_backend();
  for (const ModelConfig& config : configs) {
    const auto model = model_of(config);
    const GradientReach reach = gradient_reach(*model, backend, examples_of({{source, target}}), step);
    SCOPED_TRACE(config.summary());
    ASSERT_EQ(reach.target.size(), static_cast<std::size_t>(step));
    ASSERT_EQ(reach.source.size(), source.size() + 1);
    const std::array<Index, step> inputs{special::bos, target[0], target[1], target[2]};
    for (std::size_t d = 0; d < inputs.size(); ++d) {
      const double norm =
          norm_by_quotients(*model, backend, "decoder.embedding.weight", inputs[inputs.size() - 1 - d]);
      EXPECT_NEAR(reach.target[d], norm, 2e-3 + 2e-2 * norm) << "target, distance " << d;
    }
    for (std::size_t d = 1; d <= source.size(); ++d) {
      const double norm =
          norm_by_quotients(*model, backend, "encoder.embedding.weight", source[source.size() - d]);
      EXPECT_NEAR(reach.source[d], norm, 2e-3 + 2e-2 * norm) << "source, distance " << d;
    }
  }
}

TEST(GradientReach, is_the_same_on_memory_that_only_kernels_can_access) {
  const ModelConfig config = recurrent(RecurrentCell::lstm, RecurrentAttention::luong);
  const auto reach_on = [&](Backend& backend) {
    VariedParameters start(3);
    const auto model = as_family<EncoderDecoder>(
        make_model(config, start, ParameterStore::Purpose::training, Placement::on(backend)), "test");
    return gradient_reach(*model, backend, examples_of({{source, target}}), step);
  };
  GuardedBackend guarded;
  const GradientReach there = reach_on(guarded), here = reach_on(reference_backend());
  EXPECT_EQ(there.target, here.target);
  EXPECT_EQ(there.source, here.source);
}

TEST(GradientReach, is_the_mean_over_the_sentences_that_are_long_enough) {
  const auto model = model_of(recurrent(RecurrentCell::lstm, RecurrentAttention::none));
  Backend& backend = cpu_backend();
  const Sentence other{13, 12, 11, 10, 9, 4};
  const auto reach = [&](const std::vector<std::pair<Sentence, Sentence>>& pairs) {
    return gradient_reach(*model, backend, examples_of(pairs), step);
  };
  const GradientReach one = reach({{source, target}}), two = reach({{{5, 4}, other}}),
                      both = reach({{source, target}, {{4, 5}, {6, 7}}, {{5, 4}, other}});
  EXPECT_EQ(both.sentences, 2);
  for (std::size_t d = 0; d < both.target.size(); ++d)
    EXPECT_NEAR(both.target[d], (one.target[d] + two.target[d]) / 2, 1e-5);
  EXPECT_EQ(both.source.size(), one.source.size());  // a half of them is enough
}

TEST(GradientReach, leaves_no_gradient_in_the_model) {
  const auto model = model_of(transformer());
  gradient_reach(*model, cpu_backend(), examples_of({{source, target}}), step);
  for (const NamedParameter& parameter : model->store().parameters())
    EXPECT_FALSE(parameter.variable.has_gradient()) << parameter.name;
}

TEST(GradientReach, needs_a_sentence_that_is_long_enough) {
  const auto model = model_of(transformer());
  EXPECT_THROW(gradient_reach(*model, cpu_backend(), examples_of({{source, target}}), 6), DataError);
  EXPECT_THROW(late_step(Examples()), DataError);
  EXPECT_THROW(late_step(examples_of({{{4}, {}}})), DataError);
}

TEST(GradientReach, begins_at_a_step_that_a_tenth_of_the_sentences_reach) {
  std::vector<std::pair<Sentence, Sentence>> pairs;
  for (std::size_t i = 1; i <= 20; ++i) pairs.push_back({{4}, Sentence(i, 5)});
  EXPECT_EQ(late_step(examples_of(pairs)), 18);
  EXPECT_EQ(late_step(examples_of({{{4}, {5, 6, 7}}})), 3);
}

}  // namespace
}  // namespace heed
