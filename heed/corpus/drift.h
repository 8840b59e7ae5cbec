#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "heed/base/index.h"
#include "heed/corpus/line_traits.h"

namespace heed {

/// How two files that should be each other's translation, line by line, run side by side.
struct Drift {
  /// Lines of the source from `source_line` (from 1) on, whose translations stand `shift` lines further down
  /// in the target; or, unrelated, no more than `widest_shift` lines up or down.
  struct Part {
    Index source_line = 1, shift = 0;
    bool related = true;
  };

  std::vector<Part> parts{};  // the first begins at line 1
  Index source_lines = 0, target_lines = 0;

  /// The first line of the source that does not belong to the line beside it; 0 if there is none. Exact to a
  /// line or two where neighbors differ enough to be told apart.
  Index first_line() const;
  /// "from line 1201 on, line n of a.en belongs to line n + 1 of a.de"; empty if they run side by side.
  std::string text(const std::string& source, const std::string& target) const;
};

/// Tells where line n of one text ceases to be the translation of line n of the other, from lengths, numbers,
/// punctuation and words that both languages share. The likeliest path through all shifts is found as in
/// Viterbi's algorithm, so a few free translations do not alarm it, and a shift must explain some dozens of
/// lines better to be believed; that the files' ends must meet decides where few lines are left. In memory
/// that does not grow with the text.
class DriftDetector {
 public:
  static constexpr Index widest_shift = 32;

  DriftDetector();
  ~DriftDetector();

  /// To be called in turns, as long as both texts have lines.
  void add_source(std::string_view line);
  void add_target(std::string_view line);
  Drift finish();

 private:
  class Path;

  void advance(bool target_ended);
  const LineTraits* target(Index line) const;

  std::vector<LineTraits> sources_, targets_;  // rings: the last lines of each
  Index source_lines_ = 0, target_lines_ = 0, done_ = 0;
  double source_width_ = 0, target_width_ = 0;
  std::unique_ptr<Path> path_;
};

/// Reads both files once. FileError and DataError as LineReader has them.
Drift find_drift(const std::filesystem::path& source, const std::filesystem::path& target);

}  // namespace heed
