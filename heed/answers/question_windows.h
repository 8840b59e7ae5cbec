#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "heed/answers/answer_settings.h"
#include "heed/model/architecture.h"
#include "heed/nn/token_batch.h"
#include "heed/text/token_offsets.h"

namespace heed {

/// A question and a part of its text as a model reads them: BOS, the question, EOS, the part, EOS. Tokens of
/// the part and the EOS behind it are of type 1, those before them of type 0 (Devlin et al., 2019, section
/// 4.2). BOS stands for "no answer in this part".
struct QuestionWindow {
  std::vector<Index> tokens, types;
  Index first = 0;                     // the place of the part's first token among these
  std::vector<PlacedToken> text = {};  // the part's tokens, with their bytes in the whole text

  /// The place of the last token of the part.
  Index last() const { return first + std::ssize(text) - 1; }
};

/// Questions and texts to windows, as many as cover the text.
class QuestionEncoder {
 public:
  /// No window is larger than a model of these sizes reads. ConfigError if one is too small to hold a
  /// question and some text.
  QuestionEncoder(std::shared_ptr<const Tokenizer> tokenizer, const AnswerSettings& settings,
                  const ModelSizes& sizes);

  /// A text to be asked about; it is tokenized once for all questions.
  std::vector<PlacedToken> text(std::string_view text) const {
    return encode_with_offsets(*tokenizer_, text);
  }
  /// At least one, even of an empty text.
  std::vector<QuestionWindow> windows(std::string_view question, const std::vector<PlacedToken>& text) const;

 private:
  std::shared_ptr<const Tokenizer> tokenizer_;
  Index window_, stride_, longest_question_;
};

/// Windows as one batch.
TokenBatch batch_of(std::span<const QuestionWindow* const> windows);

}  // namespace heed
