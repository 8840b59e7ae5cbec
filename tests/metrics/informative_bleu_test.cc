#include "heed/metrics/informative_bleu.h"

#include <gtest/gtest.h>

namespace heed {
namespace {

using T = BleuTokenization;

std::string why(const std::vector<std::string>& references, T tokenization = T::mteval_13a) {
  return why_bleu_says_little(references, tokenization);
}

TEST(Bleu, says_much_of_sentences_of_words) {
  EXPECT_EQ(why({"Ein Hund läuft über die Wiese.", "Zwei Kinder spielen."}), "");
  EXPECT_EQ(why({"나는 오늘 아침에 학교에 갔습니다 ."}), "");
  EXPECT_EQ(why({"ذهب الولد إلى المدرسة في الصباح"}), "");
  // Short ones among long ones do no harm.
  EXPECT_EQ(why({"Open", "Save as", "Close all windows of this program at once?"}), "");
}

TEST(Bleu, says_little_of_texts_without_spaces_unless_characters_are_its_words) {
  for (const char* text : {"今天天气很好,我们去公园。", "東京タワーはとても高いです。", "ວັນນີ້ອາກາດດີ",
                           "วันนี้อากาศดีมาก ไปเที่ยวกัน", "ថ្ងៃនេះអាកាសធាតុល្អ", "ဒီနေ့ရာသီဥတုကောင်းတယ်"}) {
    for (const T tokenization : {T::mteval_13a, T::intl, T::none})
      EXPECT_NE(why({text, "B 2"}, tokenization).find("without spaces"), std::string::npos) << text;
    EXPECT_EQ(why({text, "B 2"}, T::character), "") << text;
  }
  EXPECT_EQ(why({"今天天气很好,我们去公园。"}, T::zh), "");
}

TEST(Bleu, says_little_of_references_of_up_to_three_words) {
  for (const std::vector<std::string>& references : std::vector<std::vector<std::string>>{
           {"Hund", "Katze"}, {"der alte Hund", "die Katze"}, {"positive", "negative", "not bad"}, {""}, {}})
    EXPECT_EQ(why(references).empty(), references.empty() || references[0].empty());
  EXPECT_NE(why({"Hund", "Katze"}).find("four words"), std::string::npos);
}

}  // namespace
}  // namespace heed
