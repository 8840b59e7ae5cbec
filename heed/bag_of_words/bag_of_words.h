#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "heed/bag_of_words/sparse_rows.h"
#include "heed/base/fields.h"
#include "heed/ngram/vocabulary.h"

namespace heed {

/// Which n-grams of a text a bag holds.
enum class BagContent { unigrams, bigrams };  // bigrams: pairs of neighboring words, and the words too
template <>
struct EnumNames<BagContent> {
  static constexpr std::array names{std::pair{"unigrams", BagContent::unigrams},
                                    std::pair{"bigrams", BagContent::bigrams}};
};

struct BagOptions {
  Index minimum_texts = 1;
  std::optional<Index> vocabulary_size = std::nullopt;
  bool sublinear = false;
  bool lowercase = false;

  static constexpr auto fields() {
    using B = BagOptions;
    return std::tuple(
        field("minimum_texts", &B::minimum_texts, "minimum number of texts that an n-gram has to occur in",
              {1}),
        field("vocabulary_size", &B::vocabulary_size,
              "maximum number of n-grams, the most frequent ones; if not given, all", {1, 1e8}),
        field("sublinear", &B::sublinear,
              "sublinear term frequency: an n-gram that occurs n times counts 1 + log n, not n"),
        field("lowercase", &B::lowercase, "convert texts to lower case"));
  }
};

/// Texts as the n-grams in them, in no order: TF-IDF, that is, term frequency times smooth inverse document
/// frequency, log((1 + texts) / (1 + texts with it)) + 1, each row divided by its Euclidean norm. Words are
/// separated by white space.
class BagOfWords {
 public:
  /// Learns n-grams and their frequencies. DataError if the texts have no words, or none that is in
  /// `minimum_texts` of them.
  BagOfWords(BagContent content, const BagOptions& options, std::span<const std::string_view> texts);
  /// As learned before: n-grams and inverse document frequencies by column. The first three columns are
  /// those that every Vocabulary begins with.
  BagOfWords(BagContent content, const BagOptions& options, Vocabulary ngrams, std::vector<float> weights);

  /// A row for each text, [texts, n-grams]; that of a text with no known n-gram is empty.
  SparseRows operator()(std::span<const std::string_view> texts) const;

  BagContent content() const { return content_; }
  const BagOptions& options() const { return options_; }
  const Vocabulary& ngrams() const { return ngrams_; }
  /// Inverse document frequencies, [n-grams].
  std::span<const float> weights() const { return weights_; }

 private:
  BagContent content_;
  BagOptions options_;
  Vocabulary ngrams_;
  std::vector<float> weights_;
};

}  // namespace heed
