#pragma once
#include "heed/base/inherited_fields.h"
#include "heed/model/architecture.h"
#include "heed/model/pooling.h"
#include "heed/model/transformer_layer.h"

namespace heed {

/// The sizes and choices of a bidirectional encoder that learns to fill in masked tokens: BERT (Devlin et
/// al., 2019, section 3), whose defaults these are in the smallest of its published sizes.
struct BertConfig {
  Index vocabulary = 0;
  Index width = 128, hidden = 512, layers = 2, heads = 2;
  double dropout = 0.1;
  FeedForwardKind feed_forward = FeedForwardKind::gelu;
  NormOrder norm = NormOrder::post;
  double norm_epsilon = 1e-12;
  Index maximum_positions = 512, token_types = 2;

  ModelSizes sizes() const {
    return {
        .inputs = vocabulary,
        .outputs = vocabulary,
        .width = width,
        .longest_sequence = maximum_positions,
        .reads_bos = true,
    };
  }
  /// The positions become those of the data's context, if these say one.
  void fit(const Vocabularies& vocabularies);
  std::string summary() const;
  ModelFacts facts() const;
  TransformerLayerConfig layer() const;
  /// How all matrices and tables start: N(0, 0.02), as BERT's do.
  static Initializer start() { return normal(0.02f); }

  static constexpr auto fields() {
    using C = BertConfig;
    return std::tuple(
        field("vocabulary", &C::vocabulary, "entries of the vocabulary", {0}),
        field("width", &C::width, "size of the vector of a token", {1, 65536}),
        field("hidden", &C::hidden, "size of the feed-forward network's hidden layer", {1, 1 << 20}),
        field("layers", &C::layers, "number of layers", {1, 1000}),
        field("heads", &C::heads, "attention heads of each layer", {1, 8192}),
        field("dropout", &C::dropout, "dropout rate of every sublayer's result and of the embeddings",
              {0, 0.95}),
        field("feed_forward", &C::feed_forward, "activation of the feed-forward network"),
        field("norm", &C::norm, "layer normalization: post-norm, as in the paper, or pre-norm"),
        field("norm_epsilon", &C::norm_epsilon, "what is added to the variance that is divided by",
              {1e-12, 0.1}),
        field("maximum_positions", &C::maximum_positions,
              "longest sequence, in tokens, BOS and EOS among them; each position has a vector of its own",
              {1, 1 << 20}),
        field("token_types", &C::token_types,
              "types of tokens that have a vector of their own, as those of a question and of the text that "
              "holds its answer (BERT's segments); 0: none",
              {0, 256}));
  }
};

/// The same with a head for classes: of the whole text, or of each token.
struct BertClassifierConfig : BertConfig {
  Index classes = 0;
  Pooling pooling = Pooling::first;

  ModelSizes sizes() const;
  void fit(const Vocabularies& vocabularies);
  std::string summary() const;
  ModelFacts facts() const;

  static constexpr auto fields() {
    using C = BertClassifierConfig;
    return std::tuple_cat(
        inherited_fields<C, BertConfig>(),
        std::tuple(field("classes", &C::classes, "number of classes", {0}),
                   field("pooling", &C::pooling,
                         "how the vectors of tokens become that of the text: that of the first token, "
                         "maximum or mean of each column; none: each token is classified")));
  }
};

/// The sizes of a preset: bert-tiny, bert-mini or bert-small (Turc et al., 2019, table 1). ConfigError for
/// other names.
BertConfig bert_preset(std::string_view name);

/// "bert", a masked language model; and the classifier of this name.
const Architecture& bert_architecture();
const Architecture& bert_classifier_architecture();
inline const Architecture& architecture_of(const BertConfig&) { return bert_architecture(); }
inline const Architecture& architecture_of(const BertClassifierConfig&) {
  return bert_classifier_architecture();
}

/// ConfigError if the numbers do not fit each other.
void validate(const BertConfig& config);
void validate(const BertClassifierConfig& config);

}  // namespace heed
