#include "heed/text/sentence_exceptions.h"

#include <gtest/gtest.h>

#include "heed/text/sentences.h"

namespace heed {
namespace {

std::string cut(std::string_view text, std::string_view language) {
  std::string marked;
  for (const Sentence& sentence : sentences(text, language))
    marked += (marked.empty() ? "" : "|") + std::string(sentence.text);
  return marked;
}

TEST(SentenceExceptions, are_abbreviations_of_the_language) {
  EXPECT_EQ(cut("Mr. Smith met Dr. Jones. They left.", "en"), "Mr. Smith met Dr. Jones.|They left.");
  EXPECT_EQ(cut("See Fig. A and e.g. Berlin. Done.", "en"), "See Fig. A and e.g. Berlin.|Done.");
  EXPECT_EQ(cut("Siehe Abb. A, z. B. Haus Nr. Vier im Hof. Ende.", "de"),
            "Siehe Abb. A, z. B. Haus Nr. Vier im Hof.|Ende.");
  EXPECT_EQ(cut("Le Dr. Martin et Mme. Petit. Ils partent.", "fr"),
            "Le Dr. Martin et Mme. Petit.|Ils partent.");
  EXPECT_EQ(cut("El Sr. García y la Dra. Ruiz. Fin.", "es"), "El Sr. García y la Dra. Ruiz.|Fin.");
}

TEST(SentenceExceptions, are_initials_in_any_language) {
  EXPECT_EQ(cut("J. R. R. Tolkien wrote it. He was British.", "en"),
            "J. R. R. Tolkien wrote it.|He was British.");
  EXPECT_EQ(cut("A. С. Пушкин родился. Он поэт.", "ru"), "A. С. Пушкин родился.|Он поэт.");
}

TEST(SentenceExceptions, are_ordinal_numbers_where_they_have_a_full_stop) {
  EXPECT_EQ(cut("Am 3. Oktober war es so. Gut.", "de"), "Am 3. Oktober war es so.|Gut.");
  EXPECT_EQ(cut("Das war 1990. Dann kam er.", "de"), "Das war 1990.|Dann kam er.");
  EXPECT_EQ(cut("He was number 3. October came.", "en"), "He was number 3.|October came.");
}

TEST(SentenceExceptions, never_reach_into_the_next_line) {
  EXPECT_EQ(cut("Written by Dr.\nSmith", "en"), "Written by Dr.|Smith");
}

TEST(SentenceExceptions, need_a_full_stop_at_the_end) {
  for (const char* text : {"", ".", "Dr", "Dr.!", "the end."})
    EXPECT_FALSE(stop_within_sentence(text, "en")) << text;
  for (const char* text : {"Dr.", "(Dr.", "by \"Dr.", "A."})
    EXPECT_TRUE(stop_within_sentence(text, "en")) << text;
  EXPECT_TRUE(stop_within_sentence("NR.", "de-AT"));
  EXPECT_FALSE(stop_within_sentence("Nr.", "xx"));
}

TEST(SentenceExceptions, leave_every_byte_where_it_is) {
  const std::string text = "Am 3. Mai. \n z. B. A. \xFF B.\n\n";
  for (const char* language : {"de", "en", "el", "", "no such language"}) {
    std::string all;
    for (const Sentence& sentence : sentences(text, language))
      all.append(sentence.text).append(sentence.space);
    EXPECT_EQ(all, text) << language;
  }
}

}  // namespace
}  // namespace heed
