#pragma once
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "heed/base/fields.h"
#include "heed/data/examples.h"
#include "heed/model/architecture.h"
#include "heed/text/tokenizer.h"

namespace heed {

/// How a classifier's texts become tokens, beside its tokenizer.
struct TextPreparation {
  bool lowercase = false;
  Index maximum_length = 512;

  static constexpr std::string_view title = "Texts";
  static constexpr auto fields() {
    using P = TextPreparation;
    return std::tuple(field("lowercase", &P::lowercase, "convert texts to lower case"),
                      field("maximum_length", &P::maximum_length,
                            "maximum number of tokens read of each text; the rest is cut off", {1, 65000},
                            {"maximum_words"}));
  }
};

/// Texts to the tokens that a classifier reads: BOS where the model reads it, the first tokens of the text,
/// and EOS, so that none is empty.
class TextEncoder {
 public:
  /// No more is read than a model of these sizes takes, whatever the preparation says.
  TextEncoder(std::shared_ptr<const Tokenizer> tokenizer, const TextPreparation& preparation,
              const ModelSizes& sizes);

  /// Tokens that are read of a text, BOS and EOS not counted.
  Index maximum_length() const { return maximum_length_; }
  const Tokenizer& tokenizer() const { return *tokenizer_; }

  std::vector<Index> operator()(std::string_view text) const;
  /// Tokens of the whole text, read or not, without BOS and EOS.
  Index length(std::string_view text) const;

 private:
  std::vector<Index> all_tokens(std::string_view text) const;

  std::shared_ptr<const Tokenizer> tokenizer_;
  bool lowercase_, reads_bos_;
  Index maximum_length_;
};

/// Texts with their classes as examples of two columns: tokens, and one row with the class.
Examples classified_examples(const TextEncoder& encoder, std::span<const std::string_view> texts,
                             std::span<const Index> classes);

}  // namespace heed
