#include "heed/decoding/language_model_session.h"

#include <algorithm>

#include "heed/base/error.h"

namespace heed {
namespace {

/// The last tokens, so many at most.
void keep_last(std::vector<Index>& tokens, Index most) {
  if (std::ssize(tokens) > most) tokens.erase(tokens.begin(), tokens.end() - most);
}

}  // namespace

LanguageModelSession::LanguageModelSession(const LanguageModel& model, Backend& backend,
                                           const Prompts& prompts, ContextEnd end)
    : model_(model), end_(end), pass_(Pass::inference(backend)) {
  const Index limit = model.sizes().longest_sequence;
  std::vector<std::vector<Index>> texts;
  for (std::size_t s = 0; s < prompts.size(); ++s) {
    const auto length = std::ssize(prompts[s]);
    require<ConfigError>(length >= 1, "prompt ", s, " has no token; it needs one at least");
    require<ConfigError>(end == ContextEnd::slide || length <= limit, "prompt ", s, " has ", length,
                         " tokens, the model's context ", limit,
                         "; shorten the prompt, or let the context slide");
    texts.emplace_back(prompts[s].begin(), prompts[s].end() - 1);
    keep_last(texts.back(), limit - 1);
  }
  read(std::move(texts));
}

Index LanguageModelSession::context() const {
  return end_ == ContextEnd::slide ? NextTokenModel::context() : model_.sizes().longest_sequence;
}

void LanguageModelSession::read(std::vector<std::vector<Index>> texts) {
  std::vector<Index> tokens, lengths;
  for (const auto& text : texts) {
    tokens.insert(tokens.end(), text.begin(), text.end());
    lengths.push_back(std::ssize(text));
  }
  state_ = model_.start(std::ssize(texts));
  if (!tokens.empty()) model_.decode(pass_, TokenBatch::packed(std::move(tokens), lengths), *state_);
  if (end_ == ContextEnd::slide) read_ = std::move(texts);
}

void LanguageModelSession::slide() {
  const Index limit = model_.sizes().longest_sequence;
  if (std::ranges::none_of(read_, [&](const auto& text) { return std::ssize(text) >= limit; })) return;
  std::vector<std::vector<Index>> texts = std::move(read_);
  for (auto& text : texts)
    if (std::ssize(text) >= limit) keep_last(text, limit / 2);
  read(std::move(texts));
}

Variable LanguageModelSession::step(std::span<const Index> tokens) {
  if (end_ == ContextEnd::slide) {
    slide();
    for (std::size_t s = 0; s < tokens.size(); ++s) read_[s].push_back(tokens[s]);
  }
  return model_.decode(pass_, TokenBatch::step(tokens), *state_);
}

Tensor LanguageModelSession::next(std::span<const Index> tokens) {
  return model_.projection()(step(tokens)).value();
}

TopK LanguageModelSession::top(std::span<const Index> tokens, Index k) {
  const Variable x = step(tokens);
  const Linear& projection = model_.projection();
  k = std::min(k, projection.weight().size(0));
  const TopK best = new_top_k(backend(), x.size(0), k);
  backend().linear_top_log_probabilities(x.value(), projection.weight().value(), projection.bias().value(),
                                         best.log_probabilities, best.tokens);
  return best;
}

void LanguageModelSession::keep(std::span<const Index> numbers) {
  state_->keep(numbers);
  if (end_ == ContextEnd::stop) return;
  std::vector<std::vector<Index>> kept;
  for (const Index number : numbers) kept.push_back(read_[static_cast<std::size_t>(number)]);
  read_ = std::move(kept);
}

}  // namespace heed
