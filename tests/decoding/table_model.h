#pragma once
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "heed/backend/reference/reference_backend.h"
#include "heed/base/random.h"
#include "heed/decoding/next_token_model.h"

namespace heed {

/// A "model" that looks the logits up: they depend on the sentence's name and on all tokens so far.
class TableModel : public NextTokenModel {
 public:
  using Table = std::function<std::vector<float>(std::uint64_t name, const std::vector<Index>& tokens)>;

  TableModel(const std::vector<std::uint64_t>& names, Table table) : table_(std::move(table)) {
    for (const std::uint64_t name : names) hypotheses_.push_back({name, {}});
  }
  /// A model that has read all of each prompt but its last token.
  TableModel(const std::vector<std::uint64_t>& names, const std::vector<std::vector<Index>>& prompts,
             Table table)
      : table_(std::move(table)) {
    for (std::size_t i = 0; i < names.size(); ++i)
      hypotheses_.push_back({names[i], {prompts[i].begin(), prompts[i].end() - 1}});
  }

  Backend& backend() const override { return reference_backend(); }
  Index hypotheses() const override { return static_cast<Index>(hypotheses_.size()); }
  Index context() const override { return context_; }
  void set_context(Index context) { context_ = context; }
  Tensor next(std::span<const Index> tokens) override {
    rows_.push_back(hypotheses());
    Tensor logits;
    for (std::size_t i = 0; i < hypotheses_.size(); ++i) {
      hypotheses_[i].tokens.push_back(tokens[i]);
      longest_ = std::max(longest_, std::ssize(hypotheses_[i].tokens));
      const auto row = table_(hypotheses_[i].name, hypotheses_[i].tokens);
      const auto width = static_cast<Index>(row.size());
      if (!logits) logits = Tensor({hypotheses(), width});
      std::copy(row.begin(), row.end(), logits.data() + static_cast<Index>(i) * width);
    }
    return logits;
  }
  void keep(std::span<const Index> numbers) override {
    std::vector<Grown> kept;
    for (const Index number : numbers) kept.push_back(hypotheses_[static_cast<std::size_t>(number)]);
    hypotheses_ = std::move(kept);
  }

  /// Hypotheses at each step.
  const std::vector<Index>& rows() const { return rows_; }
  /// Tokens of the longest sequence that was read.
  Index longest() const { return longest_; }

 private:
  struct Grown {
    std::uint64_t name;
    std::vector<Index> tokens;
  };
  std::vector<Grown> hypotheses_;
  Table table_;
  std::vector<Index> rows_;
  Index context_ = std::numeric_limits<Index>::max(), longest_ = 0;
};

/// Random logits for every sentence and history.
inline TableModel::Table random_table(Index vocabulary, std::uint64_t seed) {
  return [=](std::uint64_t name, const std::vector<Index>& tokens) {
    std::uint64_t history = name;
    for (const Index token : tokens) history = history * 31 + static_cast<std::uint64_t>(token) + 1;
    Random random(seed, history);
    std::vector<float> logits(static_cast<std::size_t>(vocabulary));
    for (float& logit : logits) logit = 1.5f * random.normal();
    return logits;
  };
}

/// The log-probabilities of logits, in double.
inline std::vector<double> log_softmax_of(const std::vector<float>& logits) {
  double sum = 0;
  for (const float logit : logits) sum += std::exp(static_cast<double>(logit));
  std::vector<double> result;
  for (const float logit : logits) result.push_back(static_cast<double>(logit) - std::log(sum));
  return result;
}

}  // namespace heed
