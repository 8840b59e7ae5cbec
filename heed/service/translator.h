#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heed/alignment/alignment_head.h"
#include "heed/alignment/word_alignment.h"
#include "heed/decoding/translate.h"
#include "heed/model/encoder_decoder.h"
#include "heed/service/degeneration.h"
#include "heed/service/source_parts.h"
#include "heed/service/steering.h"
#include "heed/text/token_texts.h"
#include "heed/text/tokenizers.h"

namespace heed {

struct Translation {
  std::string text;
  double score = 0;            // what the search ranked by
  double log_probability = 0;  // of the whole translation, in nats
  std::vector<std::string> tokens;
  std::vector<Index> ids;                          // of the tokens
  std::vector<float> token_log_probability;        // of each token and of EOS
  bool complete = true;                            // false: cut off at the length limit
  std::vector<TermOutcome> terms = {};             // that were to appear
  Degeneration degeneration = Degeneration::none;  // of any of its parts
  // Where alignments are asked for:
  std::vector<TextSpan> token_spans = {};  // of the tokens, in the text
  TokenLinks token_links = {};             // of spans in the text to spans in the line that was translated
  WordAlignment words = {};
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
  /// `ensemble` are folders of further models, which decide together with it. CheckpointError for one with
  /// another target vocabulary.
  Translator(const std::filesystem::path& folder, Backend& backend,
             std::optional<DataType> precision = std::nullopt,
             std::span<const std::filesystem::path> ensemble = {});

  /// Translates lines, in their order. `numbers` has one for each line, from 0, which names its random draws
  /// and stands in messages; none: 0, 1 and so on. An empty line has empty translations, as many as any
  /// other; a line that is not UTF-8 is a DataError. `steering` has what is asked of each line's translation;
  /// none: nothing is. A line with a prefix or terms of its own is translated whole: DataError for one that
  /// is too long for that.
  std::vector<TranslatedLine> translate(std::span<const std::string> lines, const DecodingConfig& config,
                                        std::span<const std::uint64_t> numbers = {},
                                        std::span<const Steering> steering = {}) const;

  /// Which word of a text each word of a given translation was made from. DataError as score has it.
  WordAlignment align(std::string_view source, std::string_view target) const;

  /// The text of the best translation of each line.
  std::vector<std::string> best_translations(std::span<const std::string> lines,
                                             const DecodingConfig& config) const;

  /// Log-probabilities, in nats, of the tokens of given translations, EOS last. DataError, with the
  /// line's number counted from `first`, for one that is not UTF-8 or has more tokens than the model takes.
  /// Those of the first model of an ensemble.
  std::vector<std::vector<float>> score(std::span<const std::string> sources,
                                        std::span<const std::string> targets, std::uint64_t first = 0) const;

  /// The first of an ensemble.
  const EncoderDecoder& model() const { return *model_; }
  const Tokenizers& tokenizers() const { return tokenizers_; }
  /// What each token of the target adds to a text; looked up when it is first asked for.
  const TokenTexts& target_texts() const;
  /// Which attention alignments are taken from; unknown: all of it, averaged.
  const AlignmentHead& alignment_head() const { return alignment_head_; }
  Backend& backend() const { return *backend_; }

  /// The tokens of a source sentence with EOS.
  std::vector<Index> encode_source(std::string_view text) const {
    return encode_source(*tokenizers_.source, text);
  }

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
  /// Tokens, without EOS, of a source that are read; what is behind them is left out. 0: all are.
  Index read_source() const { return read_source_; }

 private:
  struct TextsWhenAsked;
  /// A further model of an ensemble.
  struct Member {
    std::unique_ptr<EncoderDecoder> model;
    std::shared_ptr<const Tokenizer> source;
  };

  std::vector<Index> encode_source(const Tokenizer& tokenizer, std::string_view text) const;
  PartRules part_rules(bool at_sentences) const;
  std::vector<std::vector<Hypothesis>> search(const std::vector<SourcePart>& parts,
                                              std::span<const std::uint64_t> names,
                                              const DecodingConfig& config) const;
  std::vector<Translation> translations_of(const SourcePart& part, std::vector<Hypothesis> found,
                                           const DecodingConfig& config) const;
  void rank_by_coverage(const std::vector<SourcePart>& parts, std::vector<std::vector<Hypothesis>>& found,
                        double weight) const;
  void align(const std::vector<SourcePart>& parts, std::vector<std::vector<Translation>>& translations) const;

  Backend* backend_;
  std::unique_ptr<EncoderDecoder> model_;
  Tokenizers tokenizers_;
  Index usual_source_, read_source_;
  AlignmentHead alignment_head_;
  std::shared_ptr<TextsWhenAsked> target_texts_;
  std::vector<Member> ensemble_;
};

}  // namespace heed
