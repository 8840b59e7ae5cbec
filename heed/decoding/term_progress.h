#pragma once
#include <span>
#include <vector>

#include "heed/base/index.h"

namespace heed {

using Terms = std::vector<std::vector<Index>>;

/// How far a hypothesis has come with the terms that it must hold: each is met once its tokens stand in a
/// row. A value; the terms must outlive it.
class TermProgress {
 public:
  explicit TermProgress(const Terms& terms) : terms_(&terms), met_(terms.size(), false) {}

  /// The bank of Post and Vilar (2018), section 3.1: tokens of terms that are met, and of the one that is
  /// being written.
  Index tokens() const { return of_met_ + place_; }
  Index met() const;
  bool all_met() const { return met() == std::ssize(*terms_); }
  /// Whether the last token ended a term.
  bool just_met() const { return just_met_; }

  /// The tokens that go on with a term, and those that begin one that is not met.
  std::vector<Index> continuing() const;
  std::vector<Index> beginning() const;
  /// Goes on with a token. One that does not go on with a term leaves it, as if none of it stood there; a
  /// term begins where words do only.
  void add(Index token, bool word_begins);

 private:
  const std::vector<Index>& term(std::size_t number) const { return (*terms_)[number]; }

  const Terms* terms_;
  std::vector<bool> met_;
  std::vector<std::size_t> open_;  // the terms that the last `place_` tokens begin, all alike so far
  Index place_ = 0, of_met_ = 0;
  bool just_met_ = false;
};

}  // namespace heed
