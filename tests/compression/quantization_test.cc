#include "heed/compression/quantization.h"

#include "heed/base/files.h"
#include "heed/safetensors/safetensors.h"
#include "tests/service/translators.h"

namespace heed {
namespace {

class TheQuantization : public WithTranslator {
 protected:
  TheQuantization() : translator_(open()) {
    write_file(folder_ / "model_card.md", "# A card\n");
    std::vector<TextPair> pairs;
    for (Index i = 1; i < 8; ++i) pairs.push_back({words(i), words(i + 1)});
    set_ = make_validation_set(std::move(pairs), translator_.tokenizers(), 100);
  }

  Quantization run(const QuantizationOptions& options) {
    const QualityTrial trial =
        translation_trial(translator_.tokenizers(), set_, {.beam = 5, .samples = 0}, cpu_backend());
    return quantize(folder_, trial, options, cpu_backend(),
                    [&](const std::string& note) { notes_ += note + '\n'; });
  }

  Translator translator_;
  ValidationSet set_;
  std::string notes_;
};

TEST_F(TheQuantization, stores_all_weights_in_fewer_bits_where_that_costs_little) {
  const Quantization result = run({.type = DataType::int8, .largest_loss = 100});
  EXPECT_TRUE(result.good_enough);
  EXPECT_EQ(result.types, all_in(DataType::int8, weights_of_products(folder_, cpu_backend())));
  EXPECT_TRUE(result.types.contains("embedding.weight"));
  EXPECT_TRUE(result.types.contains("decoder.layers.1.cross_attention.value.weight"));
  EXPECT_FALSE(result.types.contains("encoder.layers.0.feed_forward_norm.weight"));
  EXPECT_LT(result.after.bytes, 0.35 * result.before.bytes);
  EXPECT_NEAR(result.after.quality.value("loss"), result.before.quality.value("loss"), 0.05);
}

TEST_F(TheQuantization, keeps_in_more_bits_what_costs_most_until_nothing_is_left_to_keep) {
  const Quantization result =
      run({.type = DataType::int8, .largest_loss = -101});  // more than there is to lose
  EXPECT_FALSE(result.good_enough);
  EXPECT_EQ(result.types, all_in(DataType::bfloat16, weights_of_products(folder_, cpu_backend())));
  const std::size_t weights = result.types.size();
  for (const std::size_t kept : {weights / 8, weights / 4, weights / 2, weights})
    EXPECT_NE(notes_.find(message("the ", kept, " of ", weights, " weights")), std::string::npos) << notes_;
}

TEST_F(TheQuantization, is_not_good_enough_where_another_measure_than_the_deciding_one_calls_it_ruined) {
  // BLEU is nearly nothing before and after; what is lost of it tells nothing.
  double chrf = 100, bleu = 0;
  const QualityTrial trial{.measure = [&](const Model&) -> MeasuredQuality {
                             Validation all;
                             all.measures = {{.name = "bleu", .title = "BLEU", .value = bleu},
                                             {.name = "chrf", .title = "chrF", .value = chrf}};
                             chrf = 9.8, bleu = 0.06;
                             return {all, 1};
                           },
                           .quick_loss = [](const Model&) { return 1.0; },
                           .deciding = "bleu"};
  const Quantization result = quantize(folder_, trial, {}, cpu_backend(), [](const std::string&) {});
  EXPECT_EQ(result.ruined, std::vector<std::string>{"chrf"});
  EXPECT_LT(result.lost, 0);
  EXPECT_FALSE(result.good_enough);
}

TEST_F(TheQuantization, writes_a_model_that_translates_as_it_was_measured) {
  const auto smaller = folder_ / "smaller";
  save_quantized(folder_, smaller, all_in(DataType::int8, weights_of_products(folder_, cpu_backend())));
  EXPECT_EQ(read_file(smaller / "model_card.md"), "# A card\n");
  const Translator opened(smaller, cpu_backend()), direct(folder_, cpu_backend(), DataType::int8);
  const std::vector<std::string> lines{words(3), words(9)};
  const auto given = opened.translate(lines, {}), wanted = direct.translate(lines, {});
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(given[i].translations.front().text, wanted[i].translations.front().text);
    EXPECT_NEAR(given[i].translations.front().score, wanted[i].translations.front().score, 0.05);
  }
  EXPECT_THROW(save_quantized(folder_, smaller, {}), FileError);
}

TEST_F(TheQuantization, of_a_smaller_model_to_more_bits_can_be_opened) {
  const auto weights = weights_of_products(folder_, cpu_backend());
  save_quantized(folder_, folder_ / "bytes", all_in(DataType::int8, weights));
  save_quantized(folder_ / "bytes", folder_ / "halves", all_in(DataType::bfloat16, weights));
  EXPECT_FALSE(SafetensorsFile(folder_ / "halves" / "model.safetensors").contains("embedding.weight_scale"));
  const std::vector<std::string> lines{words(4)};
  EXPECT_EQ(Translator(folder_ / "halves", cpu_backend()).translate(lines, {}).size(), 1u);
}

TEST_F(TheQuantization, of_a_smaller_model_gives_the_same_again) {
  const auto types = all_in(DataType::int8, weights_of_products(folder_, cpu_backend()));
  save_quantized(folder_, folder_ / "once", types);
  save_quantized(folder_ / "once", folder_ / "twice", types);
  const TensorMap once = SafetensorsFile(folder_ / "once" / "model.safetensors").tensors(),
                  twice = SafetensorsFile(folder_ / "twice" / "model.safetensors").tensors();
  ASSERT_EQ(once.size(), twice.size());
  for (const auto& [name, tensor] : once) {
    if (tensor.type() != DataType::int8) continue;
    for (Index i = 0; i < tensor.count(); ++i)
      ASSERT_EQ(twice.at(name).data<std::int8_t>()[i], tensor.data<std::int8_t>()[i]) << name;
  }
}

}  // namespace
}  // namespace heed
