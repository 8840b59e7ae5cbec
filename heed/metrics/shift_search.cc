#include "heed/metrics/shift_search.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "heed/metrics/edit_distance.h"

namespace heed {
namespace {

// tercom's limits, and sacreBLEU's on the shifts tried for one sentence.
constexpr Index longest_shift = 10, farthest_shift = 50, most_candidates = 1000;

/// A run of hypothesis words that the reference has somewhere.
struct Run {
  Index hypothesis, reference, length;
};

struct Shift {
  Index start, length, target;  // moves words [start, start + length) to before what is word `target`
};

struct Choice {
  Index gain;
  Shift shift;
  // Most saved; then the longest run, from the earliest place, to the earliest place.
  auto rank() const { return std::tuple(gain, shift.length, -shift.start, -shift.target); }
};

std::size_t at(Index i) { return static_cast<std::size_t>(i); }

void perform(const Shift& shift, std::vector<Token>& words) {
  const auto first = words.begin();
  const auto [start, length, target] = shift;
  if (target < start) {
    std::rotate(first + target, first + start, first + start + length);
  } else {
    // A target within the run moves it on by as many words as the target lies after its start.
    const Index beyond = target > start + length ? target : target + length;
    std::rotate(first + start, first + start + length,
                first + std::min(beyond, static_cast<Index>(words.size())));
  }
}

/// One sentence on its way to the reference.
class ShiftSearch {
 public:
  ShiftSearch(std::span<const Token> hypothesis, std::span<const Token> reference)
      : words_(hypothesis.begin(), hypothesis.end()),
        reference_(reference),
        distances_(hypothesis, reference) {}

  Index edits() {
    Index shifts = 0;
    while (const std::optional<Shift> best = best_shift()) {
      perform(*best, words_);
      distances_.keep(words_);
      ++shifts;
    }
    return shifts + distances_.kept_distance();
  }

 private:
  /// The shift that saves most edits; none if no shift saves any or too many have been tried.
  std::optional<Shift> best_shift() {
    best_.reset();
    alignment_ = distances_.kept_alignment();
    for (Index start = 0; start < size(words_) && tried_ < most_candidates; ++start) try_runs_from(start);
    if (tried_ >= most_candidates || !best_ || best_->gain <= 0) return std::nullopt;
    return best_->shift;
  }

  void try_runs_from(Index start) {
    const Index last = std::min(size(reference_) - 1, start + farthest_shift);
    for (Index position = std::max<Index>(0, start - farthest_shift); position <= last; ++position)
      for (Index length = 1; length <= longest_shift && extends({start, position, length}); ++length) {
        if (worth_moving({start, position, length})) try_targets({start, position, length});
        if (tried_ >= most_candidates) return;
      }
  }

  /// Whether the last word of the run exists on both sides and is the same.
  bool extends(const Run& run) const {
    const Index h = run.hypothesis + run.length - 1, r = run.reference + run.length - 1;
    return h < size(words_) && r < size(reference_) && words_[at(h)] == reference_[at(r)];
  }

  /// Only a run that is wrong where it is, and missing where it belongs, and not there already.
  bool worth_moving(const Run& run) const {
    const auto& wrong = alignment_.hypothesis_errors;
    const auto& missing = alignment_.reference_errors;
    const Index there = alignment_.hypothesis_word[at(run.reference)];
    return wrong[at(run.hypothesis)] != wrong[at(run.hypothesis + run.length)] &&
           missing[at(run.reference)] != missing[at(run.reference + run.length)] &&
           (there < run.hypothesis || there >= run.hypothesis + run.length);
  }

  /// Tries the places behind what each word of the reference run, and the one before it, is aligned with.
  void try_targets(const Run& run) {
    Index before = -1;
    for (Index r = run.reference - 1; r < run.reference + run.length; ++r) {
      const Index target = r < 0 ? 0 : alignment_.hypothesis_word[at(r)] + 1;
      if (target != before) try_shift({run.hypothesis, run.length, target});
      before = target;
    }
  }

  void try_shift(const Shift& shift) {
    candidate_ = words_;
    perform(shift, candidate_);
    const Index gain =
        distances_.kept_distance() - distances_.distance(candidate_, std::min(shift.start, shift.target));
    ++tried_;
    const Choice choice{gain, shift};
    if (!best_ || choice.rank() > best_->rank()) best_ = choice;
  }

  static Index size(std::span<const Token> words) { return static_cast<Index>(words.size()); }

  std::vector<Token> words_, candidate_;
  std::span<const Token> reference_;
  EditDistance distances_;
  Alignment alignment_;
  std::optional<Choice> best_;
  Index tried_ = 0;
};

}  // namespace

Index translation_edits(std::span<const Token> hypothesis, std::span<const Token> reference) {
  if (hypothesis.empty() || reference.empty())
    return static_cast<Index>(std::max(hypothesis.size(), reference.size()));
  return ShiftSearch(hypothesis, reference).edits();
}

}  // namespace heed
