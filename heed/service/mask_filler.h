#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "heed/model/masked_language_model.h"
#include "heed/service/read_text.h"
#include "heed/text/tokenizers.h"

namespace heed {

/// A token that may stand at a masked place.
struct MaskGuess {
  std::string token;  // as the vocabulary shows it
  std::string text;   // as it stands in a text
  double probability = 0;
};

/// What is known of a text with masks.
struct FilledText {
  std::vector<std::vector<MaskGuess>> masks;  // of each mask, the likeliest first
  std::string text;                           // with the likeliest of each in its place
};

/// Text with "[MASK]" in, the likeliest tokens for it out: a masked language model with its tokenizer. Const
/// and safe to share between threads.
class MaskFiller {
 public:
  /// Opens a model's folder. Products are made in `precision`; none: in what each weight is stored in.
  /// CheckpointError or FileError, saying which file and why, if it holds no such model.
  MaskFiller(const std::filesystem::path& folder, Backend& backend,
             std::optional<DataType> precision = std::nullopt);

  /// The `top` likeliest tokens for each mask of a text; each is guessed without regard to the others.
  /// DataError for a text without a mask, for one that is not UTF-8, and for one of more tokens than the
  /// model sees at once.
  FilledText fill(std::string_view text, Index top = 5) const;

  /// The probability of each token of a text given all others, those after it too: its pseudo-log-likelihood
  /// (Salazar et al., 2020). A text that is longer than the model sees at once is read in parts of about the
  /// same length.
  ScoredText score(std::string_view text) const;

  /// What each head of each layer looks at, with BOS and EOS. DataError as of fill, but for masks.
  AttentionOfText attention(std::string_view text) const;

  const MaskedLanguageModel& model() const { return *model_; }

 private:
  std::vector<Index> tokens_of(std::string_view text) const;
  void score_part(std::span<const Index> tokens, ScoredText& scored) const;

  Backend* backend_;
  std::unique_ptr<MaskedLanguageModel> model_;
  Tokenizers tokenizers_;
};

}  // namespace heed
