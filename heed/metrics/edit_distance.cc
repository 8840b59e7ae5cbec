#include "heed/metrics/edit_distance.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace heed {
namespace {

constexpr Index tercom_beam = 25;

/// How far the search strays from the diagonal. When one sentence is far longer than the other, far enough
/// for the stretches searched in neighboring rows to touch.
Index beam_width(double slope) {
  if (slope / 2 <= tercom_beam) return tercom_beam;
  return static_cast<Index>(std::ceil(slope / 2 + tercom_beam));
}

/// Errors before each position, and in all.
std::vector<Index> running_sum(const std::vector<Index>& errors) {
  std::vector<Index> sums(errors.size() + 1, 0);
  std::partial_sum(errors.begin(), errors.end(), sums.begin() + 1);
  return sums;
}

}  // namespace

EditDistance::EditDistance(std::span<const Token> hypothesis, std::span<const Token> reference)
    : reference_(reference), rows_(hypothesis.size() + 1) {
  const auto hypothesis_size = static_cast<Index>(hypothesis.size());
  const double slope = static_cast<double>(reference_size()) / static_cast<double>(hypothesis_size);
  const Index beam = beam_width(slope);
  for (Index i = 0; i <= hypothesis_size; ++i) {
    const auto diagonal = static_cast<Index>(std::floor(static_cast<double>(i) * slope));
    const bool whole = i == 0, last = i == hypothesis_size;
    Row& row = rows_[static_cast<std::size_t>(i)];
    row.begin = whole ? 0 : std::max<Index>(0, diagonal - beam);
    row.end = whole || last ? reference_size() + 1 : std::min(reference_size() + 1, diagonal + beam);
  }
  rows_[0].costs.resize(reference.size() + 1);
  std::iota(rows_[0].costs.begin(), rows_[0].costs.end(), 0);
  rows_[0].edits.assign(reference.size() + 1, Edit::insert_reference);
  keep(hypothesis);
}

void EditDistance::keep(std::span<const Token> hypothesis) {
  for (std::size_t i = 0; i < hypothesis.size(); ++i) fill(rows_[i], hypothesis[i], rows_[i + 1]);
}

Index EditDistance::distance(std::span<const Token> hypothesis, Index unchanged) {
  const Row* above = &rows_[static_cast<std::size_t>(unchanged)];
  for (auto i = static_cast<std::size_t>(unchanged); i < hypothesis.size(); ++i) {
    Row& row = scratch_[i % 2];
    row.begin = rows_[i + 1].begin;
    row.end = rows_[i + 1].end;
    fill(*above, hypothesis[i], row);
    above = &row;
  }
  return cost(*above, reference_size());
}

void EditDistance::fill(const Row& above, Token word, Row& row) const {
  const auto size = static_cast<std::size_t>(row.end - row.begin);
  row.costs.resize(size);
  row.edits.resize(size);
  std::int32_t left = unreachable, diagonal = cost(above, row.begin - 1);
  for (Index j = row.begin; j < row.end; ++j) {
    const std::int32_t up = cost(above, j);
    // Of equal costs the first wins. tercom prefers to insert; seen from the reference, that is to drop.
    std::int32_t best = unreachable;
    Edit edit = Edit::unreached;
    const auto consider = [&](std::int32_t candidate, Edit candidate_edit) {
      if (candidate >= best) return;
      best = candidate;
      edit = candidate_edit;
    };
    if (j > 0) {
      const bool same = word == reference_[static_cast<std::size_t>(j - 1)];
      consider(diagonal + (same ? 0 : 1), same ? Edit::none : Edit::substitute);
    }
    consider(up + 1, Edit::drop_hypothesis);
    consider(left + 1, Edit::insert_reference);
    const auto at = static_cast<std::size_t>(j - row.begin);
    row.costs[at] = left = best;
    row.edits[at] = edit;
    diagonal = up;
  }
}

Alignment EditDistance::kept_alignment() const {
  Index i = static_cast<Index>(rows_.size()) - 1, j = reference_size();
  Alignment alignment{.hypothesis_word = std::vector<Index>(reference_.size())};
  std::vector<Index> hypothesis_errors(static_cast<std::size_t>(i), 0),
      reference_errors(reference_.size(), 0);
  while (i > 0 || j > 0) {
    const Row& row = rows_[static_cast<std::size_t>(i)];
    const Edit edit = row.edits[static_cast<std::size_t>(j - row.begin)];
    assert(edit != Edit::unreached);
    const bool reads_hypothesis = edit != Edit::insert_reference;
    const bool reads_reference = edit != Edit::drop_hypothesis;
    if (reads_reference) alignment.hypothesis_word[static_cast<std::size_t>(j - 1)] = i - 1;
    if (reads_reference && edit != Edit::none) reference_errors[static_cast<std::size_t>(j - 1)] = 1;
    if (reads_hypothesis && edit != Edit::none) hypothesis_errors[static_cast<std::size_t>(i - 1)] = 1;
    i -= reads_hypothesis;
    j -= reads_reference;
  }
  alignment.hypothesis_errors = running_sum(hypothesis_errors);
  alignment.reference_errors = running_sum(reference_errors);
  return alignment;
}

}  // namespace heed
