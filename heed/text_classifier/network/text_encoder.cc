#include "heed/text_classifier/network/text_encoder.h"

#include <algorithm>

#include "heed/text/lowercased.h"

namespace heed {

TextEncoder::TextEncoder(std::shared_ptr<const Tokenizer> tokenizer, const TextPreparation& preparation,
                         const ModelSizes& sizes)
    : tokenizer_(std::move(tokenizer)),
      lowercase_(preparation.lowercase),
      reads_bos_(sizes.reads_bos),
      maximum_length_(std::max<Index>(
          std::min(preparation.maximum_length, sizes.longest_sequence - (sizes.reads_bos ? 2 : 1)), 0)) {}

std::vector<Index> TextEncoder::all_tokens(std::string_view text) const {
  return lowercase_ ? tokenizer_->encode(lowercased(text)) : tokenizer_->encode(text);
}

std::vector<Index> TextEncoder::operator()(std::string_view text) const {
  std::vector<Index> tokens = all_tokens(text);
  if (std::ssize(tokens) > maximum_length_) tokens.resize(static_cast<std::size_t>(maximum_length_));
  if (reads_bos_) tokens.insert(tokens.begin(), special::bos);
  tokens.push_back(special::eos);
  return tokens;
}

Index TextEncoder::length(std::string_view text) const { return std::ssize(all_tokens(text)); }

Examples classified_examples(const TextEncoder& encoder, std::span<const std::string_view> texts,
                             std::span<const Index> classes) {
  Examples examples(2);
  for (std::size_t i = 0; i < texts.size(); ++i) examples.add({encoder(texts[i]), classes.subspan(i, 1)});
  return examples;
}

}  // namespace heed
