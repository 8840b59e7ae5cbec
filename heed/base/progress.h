#pragma once
#include <iosfwd>
#include <string>
#include <string_view>

#include "heed/base/index.h"
#include "heed/base/stopwatch.h"

namespace heed {

/// How progress is shown.
struct ProgressStyle {
  bool rewrite = false;  // one line that rewrites itself, or lines one after the other
  double interval = 10;  // seconds from one to the next
  Index width = 0;       // characters that a rewritten line may have; 0: any

  /// On a terminal a line that rewrites itself five times a second, elsewhere a plain one every ten seconds.
  static ProgressStyle of_standard_error();
};

/// The line that tells how far long work has come, on standard error unless told otherwise.
///   if (progress.due()) progress.show(...);
class Progress {
 public:
  Progress();
  Progress(std::ostream& out, ProgressStyle style);
  /// Ends a line that is still being rewritten.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Whether it is time to show something again.
  bool due() const { return !shown_ || since_shown_.seconds() >= style_.interval; }
  /// Replaces the line on a terminal, adds one elsewhere.
  void show(std::string_view line);
  /// Prints a line that stays; what was being rewritten appears again below it.
  void print(std::string_view line);
  /// Takes the rewritten line away.
  void clear();

 private:
  std::ostream& out_;
  ProgressStyle style_;
  Stopwatch since_shown_;
  bool shown_ = false;
  std::string current_;  // the line on the terminal, to be rewritten
};

}  // namespace heed
