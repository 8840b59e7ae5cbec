#include "heed/alignment/source_attention.h"

#include <gtest/gtest.h>

#include <numeric>

#include "heed/alignment/alignment_head_choice.h"
#include "heed/base/error.h"
#include "heed/base/files.h"
#include "heed/model/recurrent_model.h"
#include "heed/model/transformer.h"
#include "tests/support/backends.h"
#include "tests/support/parameters.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

const std::vector<TokenPair> pairs{{{5, 6, 7, 2}, {8, 9, 2}}, {{6, 2}, {5, 5, 5, 5, 2}}, {{9, 8, 2}, {2}}};

Transformer small_transformer() {
  TransformerConfig config;
  config.source_vocabulary = config.target_vocabulary = 10;
  config.width = 8, config.hidden = 12, config.heads = 2, config.encoder_layers = config.decoder_layers = 2;
  VariedParameters source(3, 0.6f);
  return Transformer(config, source, ParameterStore::Purpose::inference);
}

RecurrentModel small_lstm(RecurrentAttention attention) {
  RecurrentConfig config;
  config.source_vocabulary = config.target_vocabulary = 10;
  config.width = config.hidden = 8;
  config.attention = attention;
  VariedParameters source(3, 0.6f);
  return RecurrentModel(config, source, ParameterStore::Purpose::inference);
}

class SourceAttention : public OnEveryBackend {};

TEST_P(SourceAttention, is_the_same_for_a_pair_alone_and_among_others) {
  const Transformer model = small_transformer();
  for (const AlignmentHead& head :
       {AlignmentHead{}, AlignmentHead{.layer = "decoder.layers.1.cross_attention", .head = 1}}) {
    const auto together = source_attention(model, backend(), pairs, head);
    for (std::size_t p = 0; p < pairs.size(); ++p) {
      const auto alone = source_attention(model, backend(), {pairs[p]}, head).front();
      EXPECT_EQ(alone.weights, together[p].weights) << "pair " << p;
      EXPECT_EQ(alone.targets, std::ssize(pairs[p].target));
      EXPECT_EQ(alone.sources, std::ssize(pairs[p].source));
    }
  }
}

TEST_P(SourceAttention, of_each_target_token_adds_up_to_1) {
  const Transformer transformer = small_transformer();
  const RecurrentModel lstm = small_lstm(RecurrentAttention::luong);
  for (const EncoderDecoder* model :
       {static_cast<const EncoderDecoder*>(&transformer), static_cast<const EncoderDecoder*>(&lstm)})
    for (const AttentionMatrix& matrix : source_attention(*model, backend(), pairs, AlignmentHead{}))
      for (Index target = 0; target < matrix.targets; ++target) {
        double sum = 0;
        for (Index source = 0; source < matrix.sources; ++source)
          sum += static_cast<double>(matrix.at(target, source));
        EXPECT_NEAR(sum, 1, 1e-5);
      }
}

INSTANTIATE_TEST_SUITE_P(Backends, SourceAttention, every_backend(), backend_name);

TEST(SourceAttentionOf, a_model_without_it_is_refused) {
  const RecurrentModel model = small_lstm(RecurrentAttention::none);
  EXPECT_EQ(message_of<ConfigError>([&] { source_attention(model, cpu_backend(), pairs, AlignmentHead{}); }),
            "alignment: the model has no attention to its source; train one with attention");
  EXPECT_FALSE(choose_alignment_head(model, cpu_backend(), pairs));
}

TEST(SourceAttentionOf, a_head_that_the_model_lacks_is_refused) {
  EXPECT_EQ(message_of<CheckpointError>([&] {
              source_attention(small_transformer(), cpu_backend(), pairs, {.layer = "decoder.x", .head = 1});
            }),
            "alignment.json: names head 1 of decoder.x, which the model does not have; was the file copied "
            "from another model?");
}

TEST(MostLookedAt, leaves_eos_out_and_looks_a_row_later_where_shifted) {
  const AttentionMatrix attention{3,
                                  3,
                                  {0.1f, 0.2f, 0.7f,  //
                                   0.5f, 0.3f, 0.2f,  //
                                   0.2f, 0.6f, 0.2f}};
  EXPECT_EQ(most_looked_at(attention, false), (std::vector<Index>{1, 0}));
  EXPECT_EQ(most_looked_at(attention, true), (std::vector<Index>{0, 1}));
  EXPECT_EQ(most_looked_at({2, 1, {1, 1}}, false), (std::vector<Index>{-1}));
}

class StoredAlignmentHead : public WithFolder {};

TEST_F(StoredAlignmentHead, comes_back_and_is_unknown_where_there_is_none) {
  EXPECT_FALSE(load_alignment_head(folder_).known());
  save_alignment_head(
      folder_, {.layer = "decoder.layers.1.cross_attention", .head = 3, .shifted = true, .agreement = 0.5});
  const AlignmentHead head = load_alignment_head(folder_);
  EXPECT_EQ(head.layer, "decoder.layers.1.cross_attention");
  EXPECT_EQ(head.head, 3);
  EXPECT_TRUE(head.shifted);
  write_file(folder_ / "alignment.json", "{\"head\": -1}");
  EXPECT_THROW(load_alignment_head(folder_), CheckpointError);
}

TEST(ChooseAlignmentHead, takes_the_one_that_agrees_best) {
  // Whatever it is, no other head and no other shift agrees better.
  const Transformer model = small_transformer();
  const auto best = choose_alignment_head(model, cpu_backend(), pairs);
  ASSERT_TRUE(best);
  EXPECT_TRUE(best->layer.ends_with("cross_attention"));
  EXPECT_GT(best->agreement, 0);
  EXPECT_LE(best->agreement, 1);
  EXPECT_FALSE(choose_alignment_head(model, cpu_backend(), {}));
}

}  // namespace
}  // namespace heed
