#include "heed/service/mask_filler.h"

#include <algorithm>
#include <cmath>

#include "heed/checkpoint/model_folder.h"
#include "heed/service/batch_of_one.h"
#include "heed/text/masked_text.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

/// What is around a text: BOS and EOS.
constexpr Index added = 2;

std::vector<Index> with_ends(std::span<const Index> tokens) {
  std::vector<Index> all{special::bos};
  all.insert(all.end(), tokens.begin(), tokens.end());
  all.push_back(special::eos);
  return all;
}

}  // namespace

MaskFiller::MaskFiller(const std::filesystem::path& folder, Backend& backend,
                       std::optional<DataType> precision)
    : backend_(&backend),
      model_(load_model_as<MaskedLanguageModel>(folder, ParameterStore::Purpose::inference,
                                                Placement::prepacked(backend, precision))),
      tokenizers_(load_tokenizers(folder)) {
  const Index tokens = tokenizers_.source->vocabulary_size(), known = model_->sizes().outputs;
  require<CheckpointError>(tokens == known, folder.string(), ": its tokenizer has ", tokens,
                           " entries, but its model ", known, "; copy the whole folder again");
}

std::vector<Index> MaskFiller::tokens_of(std::string_view text) const {
  require_utf8(text, "text");
  const std::vector<Index> tokens = encode_masked(tokenizers_, text);
  const Index limit = model_->sizes().longest_sequence - added;
  require<DataError>(std::ssize(tokens) <= limit, "the text has ", tokens.size(), " tokens, the model sees ",
                     limit, " at once; shorten it");
  return with_ends(tokens);
}

FilledText MaskFiller::fill(std::string_view text, Index top) const {
  std::vector<Index> tokens = tokens_of(text), rows;
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (tokens[i] == special::mask) rows.push_back(static_cast<Index>(i));
  require<DataError>(!rows.empty(), "the text has no ", mask_text, " to fill in; write one for a word");

  Pass pass = Pass::inference(*backend_);
  const Variable logits = model_->logits(pass, batch_of_one(tokens), rows);
  const Index count = std::clamp<Index>(top, 1, logits.size(1));
  const Tensor values = backend_->empty({logits.size(0), count}),
               columns = backend_->empty({logits.size(0), count}, DataType::int32);
  backend_->top_log_probabilities(logits.value(), values, columns);
  const Tensor scores = backend_->to_host(values), likeliest = backend_->to_host(columns);

  FilledText filled;
  for (std::size_t mask = 0; mask < rows.size(); ++mask) {
    auto& guesses = filled.masks.emplace_back();
    for (Index i = 0; i < count; ++i) {
      const Index at = static_cast<Index>(mask) * count + i;
      const Index id = likeliest.data<std::int32_t>()[at];
      guesses.push_back({.token = tokenizers_.source->piece(id),
                         .text = tokenizers_.source->decode(std::span(&id, 1)),
                         .probability = std::exp(static_cast<double>(scores.data()[at]))});
      if (i == 0) tokens[static_cast<std::size_t>(rows[mask])] = id;
    }
  }
  filled.text = tokenizers_.source->decode(tokens);
  return filled;
}

void MaskFiller::score_part(std::span<const Index> tokens, ScoredText& scored) const {
  // As many copies at once as a usual batch has tokens; each has another token masked.
  constexpr Index most_tokens = 4096;
  const std::vector<Index> whole = with_ends(tokens);
  const Index length = std::ssize(whole), count = std::ssize(tokens),
              copies = std::max<Index>(most_tokens / length, 1);
  for (Index first = 0; first < count; first += copies) {
    const Index some = std::min(copies, count - first);
    std::vector<Index> all, rows;
    for (Index i = 0; i < some; ++i) {
      const Index place = first + i + 1;
      rows.push_back(std::ssize(all) + place);
      all.insert(all.end(), whole.begin(), whole.end());
      all[static_cast<std::size_t>(rows.back())] = special::mask;
    }
    Pass pass = Pass::inference(*backend_);
    const Tensor logits =
        model_->logits(pass, {std::move(all), Segments::uniform(some, length)}, rows).value();
    const Tensor normalized = backend_->empty(logits.shape());
    backend_->log_softmax(logits, normalized);
    const Tensor log_probabilities = backend_->to_host(normalized);
    for (Index i = 0; i < some; ++i) {
      const Index token = tokens[static_cast<std::size_t>(first + i)];
      const float score = log_probabilities.data()[i * logits.size(1) + token];
      scored.tokens.push_back(tokenizers_.source->piece(token));
      scored.token_log_probability.push_back(score);
      scored.log_probability += static_cast<double>(score);
      ++scored.predicted;
    }
  }
}

ScoredText MaskFiller::score(std::string_view text) const {
  require_utf8(text, "text");
  const std::vector<Index> tokens = tokenizers_.source->encode(text);
  const Index count = std::ssize(tokens), longest = model_->sizes().longest_sequence - added,
              parts = (count + longest - 1) / longest;
  ScoredText scored;
  scored.bytes = std::ssize(text);
  for (Index part = 0; part < parts; ++part) {
    const Index begin = count * part / parts, end = count * (part + 1) / parts;
    score_part(
        std::span(tokens).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)),
        scored);
  }
  return scored;
}

AttentionOfText MaskFiller::attention(std::string_view text) const {
  const std::vector<Index> tokens = tokens_of(text);
  AttentionOfText seen;
  for (const Index token : tokens)
    seen.tokens.push_back(token == special::mask ? std::string(mask_text) : tokenizers_.source->piece(token));
  Pass pass = Pass::inference(*backend_);
  pass.observe_attention([&](std::string_view layer, const Tensor& weights) {
    const Tensor of_heads = weights.reshape({weights.size(1), weights.size(2), weights.size(3)});
    seen.layers.push_back({std::string(layer), backend_->to_host(of_heads)});
  });
  model_->before_projection(pass, batch_of_one(tokens), {Index{0}});
  return seen;
}

}  // namespace heed
