#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heed/decoding/translate.h"
#include "heed/model/encoder_decoder.h"
#include "heed/text/tokenizers.h"

namespace heed {

struct Translation {
  std::string text;
  double score = 0;            // what the search ranked by
  double log_probability = 0;  // of the whole translation, in nats
  std::vector<std::string> tokens;
  std::vector<Index> ids;                    // of the tokens
  std::vector<float> token_log_probability;  // of each token and of EOS
  bool complete = true;                      // false: cut off at the length limit
};

/// A line of text and its translations, best first.
struct TranslatedLine {
  std::vector<Translation> translations;
  Index sentences = 1;  // more than one: it was longer than what the model learned from, and each by itself
  Index parts = 1;      // more than its sentences: of these, some were too long for the model, too
};

/// Raw text in, raw text out: a model with its tokenizers. Const and safe to share between threads.
class Translator {
 public:
  /// Opens a model's folder. Products are made in `precision`; none: in what each weight is stored in.
  Translator(const std::filesystem::path& folder, Backend& backend,
             std::optional<DataType> precision = std::nullopt);

  /// Translates lines, in their order. `numbers` has one for each line, from 0, which names its random draws
  /// and stands in messages; none: 0, 1 and so on. An empty line has empty translations, as many as any
  /// other; a line that is not UTF-8 is a DataError.
  std::vector<TranslatedLine> translate(std::span<const std::string> lines, const DecodingConfig& config,
                                        std::span<const std::uint64_t> numbers = {}) const;

  /// The text of the best translation of each line.
  std::vector<std::string> best_translations(std::span<const std::string> lines,
                                             const DecodingConfig& config) const;

  /// Log-probabilities, in nats, of the tokens of given translations, EOS last. DataError, with the
  /// line's number counted from `first`, for one that is not UTF-8 or has more tokens than the model takes.
  std::vector<std::vector<float>> score(std::span<const std::string> sources,
                                        std::span<const std::string> targets, std::uint64_t first = 0) const;

  const EncoderDecoder& model() const { return *model_; }
  const Tokenizers& tokenizers() const { return tokenizers_; }
  Backend& backend() const { return *backend_; }

  /// The tokens of a source sentence with EOS.
  std::vector<Index> encode_source(std::string_view text) const;

  /// Of so many threads, those that one text alone is translated fastest with: the products of a small model
  /// are done before a second thread has woken.
  Index threads_for_one(Index available) const;

  /// The same with the size of batches that suits the model, unless one is given: a large model's weights
  /// come from memory at each step, for more sentences in one go.
  DecodingConfig with_batch_size(DecodingConfig config) const;

  /// Tokens of the longest source that is translated whole.
  Index longest_source() const;
  /// Tokens, with EOS, of the longest source that is like those that the model learned from; 0: not known.
  Index usual_source() const { return usual_source_; }

 private:
  Backend* backend_;
  std::unique_ptr<EncoderDecoder> model_;
  Tokenizers tokenizers_;
  Index usual_source_;
};

/// A text cut in two at the white space nearest to its middle, an end of sentence before all others; in the
/// middle of a word (but never of a character) if there is none.
std::pair<std::string, std::string> halves(std::string_view text);

}  // namespace heed
