#pragma once
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// What became of every pair that was met: nothing is dropped without being counted here.
struct ReadReport {
  Index read = 0;
  Index kept = 0;
  Index empty_source = 0;  // empty or white space only, on the source side or on both
  Index empty_target = 0;
  Index invalid = 0;       // not UTF-8, skipped because that was asked for
  Index malformed = 0;     // damaged in another way, skipped because that was asked for
  Index untranslated = 0;  // entries of a translation file that wait for their translation
  Index drafts = 0;        // translations that their file calls unfinished
  Index fuzzy = 0;         // translations that gettext guessed
  Index obsolete = 0;      // translations of what is no longer in use
  Index not_for_translation = 0;
  Index unclear_plurals = 0;    // of a catalogue whose Plural-Forms are not understood
  Index other_language = 0;     // entries without one of the two languages
  Index too_long = 0;           // more tokens than allowed, on either side
  Index unbalanced = 0;         // one side too many times longer than the other
  std::string first_invalid;    // FILE:LINE:BYTE
  std::string first_malformed;  // FILE:LINE: what is wrong
  Index other_files = 0;        // files in folders that hold no pairs in any format that is read
  std::string first_other_file;

  /// What a filter dropped, in the order in which filters are asked: the first one to drop a pair counts it.
  struct Filtered {
    std::string why;
    Index count = 0;
  };
  std::vector<Filtered> filtered;

  /// How files were understood where that is not plain to see, each said once.
  std::vector<std::string> notes;
  void note(const std::string& text);

  /// All that is counted, by name.
  static constexpr auto counts() {
    using R = ReadReport;
    return std::array{std::pair{std::string_view("read"), &R::read},
                      std::pair{std::string_view("kept"), &R::kept},
                      std::pair{std::string_view("empty_source"), &R::empty_source},
                      std::pair{std::string_view("empty_target"), &R::empty_target},
                      std::pair{std::string_view("invalid"), &R::invalid},
                      std::pair{std::string_view("malformed"), &R::malformed},
                      std::pair{std::string_view("untranslated"), &R::untranslated},
                      std::pair{std::string_view("drafts"), &R::drafts},
                      std::pair{std::string_view("fuzzy"), &R::fuzzy},
                      std::pair{std::string_view("obsolete"), &R::obsolete},
                      std::pair{std::string_view("not_for_translation"), &R::not_for_translation},
                      std::pair{std::string_view("unclear_plurals"), &R::unclear_plurals},
                      std::pair{std::string_view("other_language"), &R::other_language},
                      std::pair{std::string_view("too_long"), &R::too_long},
                      std::pair{std::string_view("unbalanced"), &R::unbalanced},
                      std::pair{std::string_view("other_files"), &R::other_files}};
  }

  /// Adds what became of more pairs; what filters dropped stands behind what others did.
  ReadReport& operator+=(const ReadReport& more);

  struct Skip {
    std::string why;
    Index pairs = 0;
  };

  Index skipped() const { return read - kept; }
  /// The kinds that were met.
  std::vector<Skip> skips() const;
  /// The notes, "29000 pairs read, 28990 kept", then skip_lines.
  std::vector<std::string> lines() const;
  /// A line for each kind of skip, and one for files without pairs.
  std::vector<std::string> skip_lines() const;
};

}  // namespace heed
