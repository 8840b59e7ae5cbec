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
  Index other_variants = 0;      // of a text in one language but for the one that is taken
  Index other_forms = 0;         // plurals that go with neither one nor many
  Index unpaired = 0;            // segments of a translation without their source
  Index unpaired_sub_flows = 0;  // texts within codes that are on one side only
  Index unclear_plurals = 0;     // of a catalogue whose Plural-Forms are not understood
  Index other_language = 0;      // entries without one of the two languages
  std::string first_other;       // FR to DE at FILE:LINE
  Index unknown_language = 0;    // of files in folders that do not say their languages
  std::string first_unknown;     // FILE
  Index too_long = 0;            // more tokens than allowed, on either side
  Index unbalanced = 0;          // one side too many times longer than the other
  std::string first_invalid;     // FILE:LINE:BYTE
  std::string first_malformed;   // FILE:LINE: what is wrong
  Index other_files = 0;         // files in folders that hold no pairs in any format that is read
  std::string first_other_file;
  Index foreign_files = 0;  // files in folders that have other languages by their name
  std::string first_foreign_file;
  Index assumed_language = 0;  // kept, of files that were named and do not say their languages
  std::string first_assumed;   // FILE

  /// What a filter dropped, in the order in which filters are asked: the first one to drop a pair counts it.
  struct Filtered {
    std::string why;
    Index count = 0;
  };
  std::vector<Filtered> filtered;

  /// How files were understood where that is not plain to see, each said once.
  std::vector<std::string> notes;
  void note(const std::string& text);

  /// Into which languages texts were translated where the user did not say into which they should be.
  std::vector<std::string> target_languages;

  /// What their files say of drafts, and how often: `drafts` in all.
  struct Status {
    std::string name;
    Index count = 0;
  };
  std::vector<Status> statuses;
  void note_status(std::string_view name, Index count);

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
                      std::pair{std::string_view("other_variants"), &R::other_variants},
                      std::pair{std::string_view("other_forms"), &R::other_forms},
                      std::pair{std::string_view("unpaired"), &R::unpaired},
                      std::pair{std::string_view("unpaired_sub_flows"), &R::unpaired_sub_flows},
                      std::pair{std::string_view("unclear_plurals"), &R::unclear_plurals},
                      std::pair{std::string_view("other_language"), &R::other_language},
                      std::pair{std::string_view("unknown_language"), &R::unknown_language},
                      std::pair{std::string_view("assumed_language"), &R::assumed_language},
                      std::pair{std::string_view("too_long"), &R::too_long},
                      std::pair{std::string_view("unbalanced"), &R::unbalanced},
                      std::pair{std::string_view("other_files"), &R::other_files},
                      std::pair{std::string_view("foreign_files"), &R::foreign_files}};
  }
  /// Where the first of a kind was met, by name.
  static constexpr auto places() {
    using R = ReadReport;
    return std::array{std::pair{std::string_view("first_invalid"), &R::first_invalid},
                      std::pair{std::string_view("first_malformed"), &R::first_malformed},
                      std::pair{std::string_view("first_other"), &R::first_other},
                      std::pair{std::string_view("first_unknown"), &R::first_unknown},
                      std::pair{std::string_view("first_other_file"), &R::first_other_file},
                      std::pair{std::string_view("first_foreign_file"), &R::first_foreign_file},
                      std::pair{std::string_view("first_assumed"), &R::first_assumed}};
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
  /// A line for each kind of skip, one for files without pairs, and what there is to say of languages
  /// that are the user's word or mixed.
  std::vector<std::string> skip_lines() const;
};

}  // namespace heed
