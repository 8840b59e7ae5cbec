#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "heed/ngram/arpa_parser.h"
#include "heed/ngram/arpa_writer.h"
#include "heed/ngram/estimation.h"
#include "heed/ngram/fluency.h"
#include "tests/ngram/lecture.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

NgramModel parse(const std::string& text) {
  ArpaParser parser("model.arpa");
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) parser.add(line);
  return std::move(parser).finish();
}

std::string written(const NgramModel& model) {
  std::ostringstream out;
  write_arpa(out, model);
  return out.str();
}

// As another program would write it: remarks, spaces, any order, no weight where it is 1.
const std::string small =
    "made by hand\n\n\\data\\\nngram 1=5\nngram 2=3\n\n\\1-grams:\n-1.5 "
    "<unk>\n-99\t<s>\t-0.25\n-0.5\t</s>\r\n"
    "-0.75\tb\n-1\ta\t-0.5\n\n\\2-grams:\n-0.125\tb </s>\n-0.25\t<s> a\n-inf\ta b\n\n\\end\\\n\n";

double log10_of(const NgramModel& model, const char* sentence) {
  return fluency(model, sentence).log_probability / std::log(10);
}

TEST(Arpa, is_read_as_backing_off_says) {
  const NgramModel model = parse(small);
  EXPECT_EQ(model.order(), 2);
  EXPECT_NEAR(log10_of(model, "a"), -0.25 + (-0.5 - 0.5), 1e-6);
  EXPECT_NEAR(log10_of(model, "b"), (-0.25 - 0.75) - 0.125, 1e-6);
  EXPECT_NEAR(log10_of(model, "new"), (-0.25 - 1.5) - 0.5, 1e-6);
  EXPECT_EQ(fluency(model, "a b").impossible, 1);
}

TEST(Arpa, that_is_written_reads_back_to_the_same_bytes) {
  for (const NgramModel& model : {parse(small), kneser_ney(counted(logs, 4, SentenceMarks::both)).model,
                                  unsmoothed(counted(battery, 3, SentenceMarks::both)),
                                  kneser_ney(counted(logs, 1, SentenceMarks::both)).model})
    EXPECT_EQ(written(parse(written(model))), written(model));
}

TEST(Arpa, of_another_program_may_lack_what_longer_ngrams_end_with) {
  const NgramModel model = parse(
      "\\data\\\nngram 1=4\nngram 2=1\nngram 3=1\n\\1-grams:\n-99\t<s>\t-0.5\n-1\t</s>\n-1\ta\n-1\tb\n"
      "\\2-grams:\n-0.25\t<s> a\t-0.125\n\\3-grams:\n-0.5\t<s> a b\n\\end\\\n");
  EXPECT_NEAR(log10_of(model, "a b"), -0.25 - 0.5 - 1, 1e-6);
}

TEST(Arpa, without_unk_gives_unknown_words_what_kenlm_does) {
  const std::string text =
      "\\data\\\nngram 1=3\nngram 2=1\n\\1-grams:\n-99\t<s>\t-0.5\n-1\t</s>\n-1\ta\n\\2-grams:\n-0.25\t<s> "
      "a\n"
      "\\end\\\n";
  const NgramModel model = parse(text);
  EXPECT_NEAR(log10_of(model, "new"), (-0.5 - 100) - 1, 1e-4);
  EXPECT_EQ(fluency(model, "new").impossible, 0);
  EXPECT_EQ(fluency(model, "new").unknown, 1);
  EXPECT_NEAR(log10_of(parse(written(model)), "new"), (-0.5 - 100) - 1, 1e-4);
  EXPECT_FALSE(ArpaParser("new").lacks_unknown());
}

TEST(Arpa, with_an_unk_of_no_probability_takes_unknown_words_for_impossible) {
  std::string text = small;
  text.replace(text.find("-1.5 <unk>"), 10, "-99 <unk>");
  EXPECT_EQ(fluency(parse(text), "new").impossible, 1);
}

TEST(Arpa, of_other_programs_have_their_own_blanks_signs_and_capitals) {
  const auto with = [](std::initializer_list<std::pair<std::string_view, std::string_view>> changes) {
    std::string text = small;
    for (const auto& [from, to] : changes) text.replace(text.find(from), from.size(), to);
    return written(parse(text));
  };
  const std::string usual = with({});
  EXPECT_EQ(with({{"ngram 1=5", "ngram 1=\t5"},
                  {"ngram 2=3", "  ngram\t2 =  3 \r"},
                  {"\\2-grams:", " \\2-grams: \t"}}),
            usual);
  EXPECT_EQ(with({{"<unk>", "<UNK>"}}), usual);
  EXPECT_EQ(with({{"-0.75\tb", "  -.75  b\t+0"}, {"-0.125\tb", "-1.25e-1\tb"}}), usual);
  EXPECT_EQ(with({{"-0.75\tb", "+0\tb"}}), with({{"-0.75\tb", "0\tb"}}));
  EXPECT_EQ(with({{"-0.5\n", "+0.1\n"}}), with({{"-0.5\n", "0.1\n"}}));
  const NgramModel capital = parse(with({{"<unk>", "<UNK>"}, {"a b\n", "a <UNK>\n"}}));
  EXPECT_EQ(fluency(capital, "a new").impossible, 1) << "it has no probability after a";
  EXPECT_EQ(fluency(capital, "new").unknown, 1);
  EXPECT_EQ(fluency(capital, "new").impossible, 0);
}

struct Broken {
  const char *from, *to, *says;
};

TEST(Arpa, that_is_broken_is_refused_with_its_line) {
  for (const auto& [from, to, says] :
       {Broken{"\\data\\\n", "", "no line \\data\\: this is no ARPA file"},
        Broken{"ngram 1=5\n", "", "expected 'ngram 1=' and a number"},
        Broken{"ngram 1=5", "ngram 1=-5", "expected 'ngram 1=' and a number"},
        Broken{"ngram 1=5", "ngram 1=9999999999999", "announces 9999999999999 1-grams, but there are 5"},
        Broken{"ngram 2=3", "ngram 2=4", "announces 4 2-grams, but there are 3; was the file copied whole?"},
        Broken{"-0.75\tb", "-0.75x\tb",
               "model.arpa:11: the logarithm of the probability '-0.75x' is no number"},
        Broken{"-0.75\tb", "nan\tb", "is no number"},
        Broken{"-0.75\tb", "+-0.75\tb", "is no number"},
        Broken{"ngram 1=5", "ngram 1 5", "expected 'ngram 1=' and a number"},
        Broken{"ngram 1=5", "ngram1=5", "expected 'ngram 1=' and a number"},
        Broken{"-0.75\tb", "-0.75\t<UNK>", "the 1-gram '<unk>' is there twice"},
        Broken{"-0.75\tb", "0.75\tb", "is 0.75, but none is above 0"},
        Broken{"-1\ta\t-0.5", "-1\ta\tinf", "not finite"},
        Broken{"-0.75\tb", "-0.75\ta", "the 1-gram 'a' is there twice"},
        Broken{"-0.75\tb", "-0.75", "found 1 columns"},
        Broken{"a b\n", "a c\n", "model.arpa:17: the word 'c' has no 1-gram"},
        Broken{"a b\n", "c b\n", "the word 'c' has no 1-gram"},
        Broken{"a b\n", "b </s>\n", "is there twice"},
        Broken{"a b\n", "a b a b\n", "columns"},
        Broken{"-0.5\t</s>\r\n", "-0.5\tend\n", "no 1-gram </s>"},
        Broken{"\\2-grams:", "\\3-grams:", "found \\3-grams:, expected \\2-grams:"},
        Broken{"\\2-grams:", "\\end\\", "\\end\\ where \\2-grams: are expected"},
        Broken{"\n\\end\\\n", "", "the file ends before \\end\\; was it copied whole?"},
        Broken{"\\end\\\n", "\\end\\\nmore\n", "text after \\end\\"}}) {
    std::string text = small;
    ASSERT_NE(text.find(from), text.npos) << from;
    text.replace(text.find(from), std::string_view(from).size(), to);
    const std::string said = message_of<DataError>([&] { parse(text); });
    EXPECT_NE(said.find(says), std::string::npos) << said;
    EXPECT_TRUE(said.starts_with("model.arpa")) << said;
  }
}

TEST(Arpa, whose_ngrams_continue_nothing_is_refused) {
  const std::string said = message_of<DataError>([] {
    parse(
        "\\data\\\nngram 1=2\nngram 2=0\nngram 3=1\n\\1-grams:\n-1 </s>\n-1 a\n\\2-grams:\n\\3-grams:\n-1 a "
        "a a\n\\end\\\n");
  });
  EXPECT_NE(said.find("model.arpa:10: the 3-gram 'a a a' continues the 2-gram 'a a', which is not there"),
            std::string::npos)
      << said;
}

TEST(Arpa, of_too_high_an_order_is_refused) {
  std::string text = "\\data\\\n";
  for (Index n = 1; n <= NgramTree::max_order + 1; ++n) text += message("ngram ", n, "=1\n");
  EXPECT_NE(message_of<DataError>([&] { parse(text); }).find("n-grams of more than 10 words"),
            std::string::npos);
}

TEST(Arpa, cut_anywhere_is_refused) {
  const std::string whole = small.substr(0, small.rfind("\\end\\"));
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_THROW(parse(whole.substr(0, length)), DataError) << length;
}

}  // namespace
}  // namespace heed
