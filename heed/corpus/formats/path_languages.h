#pragma once
#include <filesystem>
#include <string>

#include "heed/corpus/read_options.h"

namespace heed {

/// The languages that a path tells: of a name with two, such as en-de.po, both; else that of the
/// translations.
struct PathLanguages {
  std::string first, second;  // as the name has them; `first` is empty unless it has two

  bool empty() const { return second.empty(); }
};

/// What the name of a translation file or the folders around it say of its languages: de.po, app.de.po,
/// app-de.po, ui_de_DE.xlf, de/LC_MESSAGES/app.mo, de/ui/app.po, de.lproj/app.xlf. en-de is German as it is
/// spoken where the options ask for English and German, and English of Germany otherwise.
PathLanguages languages_of_path(const std::filesystem::path& path, const ReadOptions& options);

/// Whether the name of a file or its folder has two languages, as en-fr.tsv and en-fr/train.tsv do, or
/// nothing but one, as fr.tsv and pairs.fr.tsv do, and they are others than those asked for.
bool names_other_languages(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace heed
