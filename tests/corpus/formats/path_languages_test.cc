#include "heed/corpus/formats/path_languages.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace heed {
namespace {

using Cases = std::vector<std::pair<std::string, std::string>>;

const ReadOptions english_to_german{.source_language = "en", .target_language = "de"};

std::string told(const std::string& path, const ReadOptions& options = english_to_german) {
  const PathLanguages found = languages_of_path(path, options);
  return found.first.empty() ? found.second : found.first + ">" + found.second;
}

TEST(PathLanguages, are_told_by_the_name_of_the_file) {
  for (const auto& [path, language] : Cases{{"fr.po", "fr"},
                                            {"app.fr.po", "fr"},
                                            {"messages.fr.xlf", "fr"},
                                            {"app-fr.po", "fr"},
                                            {"app_fr.po", "fr"},
                                            {"ui_fr_FR.xlf", "fr_FR"},
                                            {"ui-pt-BR.ts", "pt-BR"},
                                            {"zh_Hans_CN.po.gz", "zh_Hans_CN"},
                                            {"my-app-fr.po", "fr"},
                                            {"sr@latin.mo", "sr@latin"},
                                            {"app.es-419.xliff", "es-419"},
                                            {"ast.po", "ast"},
                                            {"fr.messages.po", "fr"},
                                            {"doc_fr.docx.sdlxliff", "fr"},
                                            {"no.po", "no"},
                                            {"site_ger-DE.mqxliff", "ger-DE"}})
    EXPECT_EQ(told(path), language) << path;
}

TEST(PathLanguages, are_told_by_the_folders_around_it) {
  for (const auto& [path, language] : Cases{{"fr/app.po", "fr"},
                                            {"locale/fr_FR/LC_MESSAGES/app.mo", "fr_FR"},
                                            {"fr/ui/app.po", "fr"},
                                            {"fr.lproj/Localizable.xliff", "fr"},
                                            {"fr/app.de.po", "de"},
                                            {"de/es/app.po", "es"}})
    EXPECT_EQ(told(path), language) << path;
}

TEST(PathLanguages, are_none_where_a_word_only_looks_like_one) {
  for (const char* path : {"app.po", "messages.po", "my-app.po", "app.mo", "po/app.po", "sign-off.po",
                           "messages-new.po", "locale/app.xlf", "fr/a/b/app.po", "LC_MESSAGES/app.po", ""})
    EXPECT_EQ(told(path), "") << path;
}

TEST(PathLanguages, are_two_where_both_are_asked_for_and_a_locale_otherwise) {
  EXPECT_EQ(told("en-de.po"), "en>de");
  EXPECT_EQ(told("app.de-en.xlf"), "de>en");
  EXPECT_EQ(told("app_en-de.xlf"), "en>de");
  EXPECT_EQ(told("en-de.po", {.source_language = "fr", .target_language = "en"}), "en-de");
  EXPECT_EQ(told("es-ar.po"), "es-ar");
  EXPECT_EQ(told("fr-es.po"), "fr-es");
}

TEST(PathLanguages, of_a_table_are_others_where_none_of_them_is_asked_for) {
  for (const char* path :
       {"en-fr.tsv", "en-fr/train.tsv", "train.en-fr.tsv", "fr.tsv", "pairs.fr.tsv.gz", "fr_FR.tsv"})
    EXPECT_TRUE(names_other_languages(path, english_to_german)) << path;
  for (const char* path : {"en-de.tsv", "de-en/train.tsv", "de.tsv", "pairs.en.tsv", "de-ch.tsv", "pairs.tsv",
                           "new.tsv", "my-app.tsv", "fr/pairs.tsv"})
    EXPECT_FALSE(names_other_languages(path, english_to_german)) << path;
  EXPECT_FALSE(names_other_languages("fr.tsv", {}));
}

}  // namespace
}  // namespace heed
