#include "heed/decoding/term_progress.h"

#include <algorithm>

namespace heed {

Index TermProgress::met() const { return std::ranges::count(met_, true); }

std::vector<Index> TermProgress::continuing() const {
  std::vector<Index> tokens;
  for (const std::size_t number : open_) tokens.push_back(term(number)[static_cast<std::size_t>(place_)]);
  return tokens;
}

std::vector<Index> TermProgress::beginning() const {
  std::vector<Index> tokens;
  for (std::size_t number = 0; number < met_.size(); ++number)
    if (!met_[number]) tokens.push_back(term(number).front());
  return tokens;
}

void TermProgress::add(Index token, bool word_begins) {
  just_met_ = false;
  std::erase_if(open_,
                [&](std::size_t number) { return term(number)[static_cast<std::size_t>(place_)] != token; });
  if (open_.empty()) {
    place_ = 0;
    for (std::size_t number = 0; word_begins && number < met_.size(); ++number)
      if (!met_[number] && term(number).front() == token) open_.push_back(number);
  }
  if (open_.empty()) return;
  ++place_;
  const auto whole =
      std::ranges::find_if(open_, [&](std::size_t number) { return std::ssize(term(number)) == place_; });
  if (whole == open_.end()) return;
  met_[*whole] = just_met_ = true;
  of_met_ += place_;
  // A longer one that begins with it may go on.
  open_.erase(whole);
  if (open_.empty()) place_ = 0;
}

}  // namespace heed
