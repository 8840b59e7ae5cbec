#pragma once
#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "heed/text/tokenizer.h"

namespace sentencepiece {
class SentencePieceProcessor;
}

namespace heed {

/// How pieces are found: by likelihood (Kudo, 2018) or by merging frequent pairs (Sennrich et al., 2016).
enum class SubwordAlgorithm { unigram, bpe };

/// What becomes of white space, and of all else that SentencePiece changes. Exact: every text, whatever bytes
/// it consists of, comes back as it was; what pieces cannot give back is spelled as bytes, ends of lines
/// among it. Needs a model with pieces for bytes, made with normalization "identity", no space put before the
/// text and none taken out of it.
enum class WhiteSpace { as_in_model, exact };

/// What a SentencePiece model is trained to be.
struct SubwordOptions {
  SubwordAlgorithm algorithm = SubwordAlgorithm::unigram;
  Index vocabulary_size = 8000;  // at most; with the special ids and the 256 bytes
  bool byte_fallback = true;     // spell characters that have no piece as bytes: nothing is unknown
  bool split_digits = false;     // every digit is a piece: numbers are copied digit by digit
  double character_coverage =
      0.9995;  // share of the text's characters that get a piece; 1 for small alphabets
  WhiteSpace white_space = WhiteSpace::as_in_model;  // exact needs byte_fallback and identity
  std::string normalization = "nmt_nfkc";  // nmt_nfkc, nfkc, nmt_nfkc_cf (folds case), nfkc_cf, identity
  Index max_sentence_bytes = 16384;        // longer sentences are not learnt from; where exact, they are cut
  int threads = 16;  // part of the result: the same number gives the same model on every machine
};

/// What training a tokenizer made of its input.
struct SubwordReport {
  Index sentences = 0;     // learnt from
  Index too_long = 0;      // left out: more than max_sentence_bytes
  Index unusable = 0;      // left out: nothing to see in it, or a NUL or U+2585, SentencePiece's own mark
  Index with_joiners = 0;  // of those learnt from: with U+200C or U+200D, which the model then keeps
  Index requested_vocabulary = 0;
  Index vocabulary = 0;  // lower than requested if the text has no more to offer

  /// What is worth telling, a line each; empty if all went as asked.
  std::vector<std::string> notes() const;
};

/// SentencePiece models, those trained here and those of other projects. Ids are those of the file if the
/// file has padding, begin, end and unknown at 0 to 3; otherwise these four come first and the other pieces
/// follow in the file's order.
class SentencePieceTokenizer : public Tokenizer {
 public:
  /// From the bytes of a .model file; `name` is what messages call it. CheckpointError if it is none, or has
  /// no pieces for bytes where white space is to be exact.
  SentencePieceTokenizer(std::string_view model, const std::string& name,
                         WhiteSpace white_space = WhiteSpace::as_in_model);
  ~SentencePieceTokenizer() override;

  /// From a .model file.
  static SentencePieceTokenizer open(const std::filesystem::path& path);
  void save(const std::filesystem::path& path) const;

  std::vector<Index> encode(std::string_view text) const override;
  std::vector<std::string> unknown_parts(std::string_view text) const override;
  std::string decode(std::span<const Index> ids) const override;
  std::vector<TextSpan> spans(std::string_view text) const override;
  std::string added_text(Index id) const override;
  std::string piece(Index id) const override;
  std::optional<Index> find(std::string_view piece) const override;
  Index vocabulary_size() const override { return static_cast<Index>(to_model_.size()); }
  std::string serialized() const override;

  /// The id that the .model file itself gives to a piece; nothing for a special id that it lacks. For weights
  /// of other projects, whose rows follow the file.
  std::optional<Index> id_in_model(Index id) const;

 private:
  void map_ids();
  int model_id(Index id) const;  // -1: not in the file
  void map_bytes();
  void append_encoded(std::string_view text, std::vector<Index>& ids) const;
  std::vector<Index> encode_exactly(std::string_view text) const;
  std::string text_of_piece(Index id) const;
  std::string decode_exactly(std::span<const Index> ids) const;

  std::unique_ptr<sentencepiece::SentencePieceProcessor> processor_;
  std::vector<int> to_model_;      // by our ids
  std::vector<Index> from_model_;  // by the file's ids
  std::string name_;
  WhiteSpace white_space_;
  // Where white space is exact:
  std::array<Index, 256> byte_ids_{};
  std::vector<std::string> texts_;  // by our ids: what each decodes to
  bool space_is_a_piece_ = false;
};

/// A trained model and how its training went.
struct TrainedSubwords {
  std::shared_ptr<const SentencePieceTokenizer> tokenizer;
  SubwordReport report;
};

/// Learns pieces from sentences, in memory and silently. The same sentences and options give the same bytes.
/// ConfigError if the vocabulary cannot hold even the characters, DataError if there is nothing to learn
/// from.
TrainedSubwords train_subwords(std::span<const std::string_view> sentences,
                               const SubwordOptions& options = {});

}  // namespace heed
