#include "heed/corpus/formats/language_watch.h"

#include "tests/corpus/formats/format_reading.h"

namespace heed {
namespace {

const std::vector<std::string> english{
    "Two young, white males are outside near many bushes.",
    "Several men in hard hats are operating a giant pulley system.",
    "A little girl is climbing into a wooden playhouse.",
    "A man in a blue shirt is standing on a ladder cleaning a window.",
    "Two men are at the stove preparing food for the whole family.",
    "A black dog and a spotted dog are fighting over a stick in the garden.",
    "People are sitting on the grass and listening to the music of a band.",
    "The children have finished their homework and may go outside now.",
    "Nobody knows whether the bridge will be opened before the winter."};
const std::vector<std::string> german{
    "Zwei junge weiße Männer sind im Freien in der Nähe vieler Büsche.",
    "Mehrere Männer mit Schutzhelmen bedienen ein Antriebsradsystem.",
    "Ein kleines Mädchen klettert in ein Spielhaus aus Holz.",
    "Ein Mann in einem blauen Hemd steht auf einer Leiter und putzt ein Fenster.",
    "Zwei Männer stehen am Herd und bereiten Essen für die ganze Familie zu.",
    "Ein schwarzer Hund und ein gefleckter Hund streiten sich im Garten um einen Stock.",
    "Leute sitzen auf dem Rasen und hören der Musik einer Kapelle zu.",
    "Die Kinder sind mit ihren Hausaufgaben fertig und dürfen jetzt nach draußen.",
    "Niemand weiß, ob die Brücke noch vor dem Winter eröffnet wird."};

std::string table(const std::vector<std::string>& sources, const std::vector<std::string>& targets,
                  int times = 1) {
  std::string text;
  for (int i = 0; i < times; ++i)
    for (std::size_t line = 0; line < sources.size(); ++line)
      text += sources[line] + '\t' + targets[line] + '\n';
  return text;
}

std::string lines_of(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += text + '\n';
  return all;
}

class LanguageWatchTest : public Reading {
 protected:
  std::string notes_of(const std::filesystem::path& path) {
    read(path);
    std::string all;
    for (const std::string& note : report.notes) all += note + '\n';
    return all;
  }
};

TEST_F(LanguageWatchTest, says_nothing_of_languages_that_are_as_expected) {
  EXPECT_EQ(notes_of(file("a.tsv", table(english, german))), "");
  options.target_language = "de_AT";
  EXPECT_EQ(notes_of(file("a.tsv", table(english, german, 100))), "");
  options = {};
  EXPECT_EQ(notes_of(file("b.tsv", table(german, english))), "");
}

TEST_F(LanguageWatchTest, notices_swapped_columns) {
  EXPECT_NE(notes_of(file("a.tsv", table(german, english)))
                .find("a.tsv: the sides look swapped: the source is like 'de' and the target like 'en', but "
                      "'en' to 'de' is asked for"),
            std::string::npos);
}

TEST_F(LanguageWatchTest, notices_swapped_files_of_plain_text) {
  file("a.de", lines_of(english));
  EXPECT_NE(notes_of(file("a.en", lines_of(german))).find("the sides look swapped"), std::string::npos);
}

TEST_F(LanguageWatchTest, notices_another_language_than_the_one_that_is_asked_for) {
  options.target_language = "fr";
  EXPECT_NE(notes_of(file("a.tsv", table(english, german)))
                .find("a.tsv: the target looks like 'de', not like 'fr'; is it the right file?"),
            std::string::npos);
  options.target_language = "de";
  EXPECT_NE(notes_of(file("a.tsv", table(german, german))).find("the source looks like 'de', not like 'en'"),
            std::string::npos);
}

TEST_F(LanguageWatchTest, says_nothing_where_little_can_be_told) {
  EXPECT_EQ(notes_of(file("a.tsv", table({german[0]}, {english[0]}))), "");
  options.source_language = "nds";  // which is not recognized, and taken for German or Dutch
  EXPECT_EQ(notes_of(file("a.tsv", table(german, german))), "");
}

TEST_F(LanguageWatchTest, says_nothing_of_languages_that_are_taken_for_each_other) {
  options.source_language = "en";
  options.target_language = "da";
  const std::vector<std::string> norwegian(
      english.size(),
      "To unge menn er ute i nærheten av mange busker, og flere menn med hjelm arbeider der.");
  EXPECT_EQ(notes_of(file("a.tsv", table(english, norwegian))), "");
}

}  // namespace
}  // namespace heed
