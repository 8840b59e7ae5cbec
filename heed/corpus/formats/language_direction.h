#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "heed/corpus/formats/path_languages.h"
#include "heed/corpus/read_options.h"
#include "heed/corpus/text_pair.h"
#include "heed/text/language_codes.h"

namespace heed {

/// A file that a user named or that lay in a folder that one did.
struct TranslationFile {
  TranslationFile(std::filesystem::path where, bool itself = true) : path(std::move(where)), named(itself) {}

  std::filesystem::path path;
  bool named;
};

/// How the languages of a file go with those asked for. What a file does not say of itself, its path does. A
/// file that was named and says nothing anywhere is taken at the user's word; nobody gave such a word for one
/// that was found in a folder.
class LanguageDirection {
 public:
  LanguageDirection(const TranslationFile& file, const ReadOptions& options);

  /// Of what follows: the languages of the texts and of their translations as the file says them, in codes or
  /// names; empty where it does not.
  void set(std::string_view from, std::string_view to);

  enum class Fit { straight, swapped, other, unknown };
  Fit fit() const { return fit_; }
  /// Whether they are those asked for, one way round or the other.
  bool wanted() const { return fit_ == Fit::straight || fit_ == Fit::swapped; }
  /// Whether the languages are those asked for because the user says so.
  bool assumed() const { return assumed_; }
  /// The languages of the texts that `set` was last told of, for people.
  std::string text() const;
  /// The language of the translations; empty if nothing says it.
  const std::string& to() const { return to_; }
  const std::string& file() const { return file_; }
  /// A text and its translation in the direction asked for.
  TextPair turned(TextPair pair) const;

 private:
  enum class Answer { no, unknown, yes };

  static Answer serves(LanguageMatcher& wanted, const std::string& language);

  std::string file_;
  bool named_;
  PathLanguages path_;
  LanguageMatcher source_, target_;
  std::string said_from_, said_to_;  // by the file
  std::string from_, to_;            // by file or path
  Fit fit_ = Fit::straight;
  bool assumed_ = false;
};

}  // namespace heed
