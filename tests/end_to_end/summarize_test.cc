#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// From made-up notes to summaries, as docs/summarization.md has it.
class SummarizingProgram : public HeedProgram {
 protected:
  static std::string train(const std::string& more) {
    return "train --task summarization --width 16 --hidden 32 --heads 2 --encoder-layers 1 --decoder-layers "
           "1 "
           "--vocabulary-size 400 --batch-tokens 600 --warmup 3 --learning-rate 0.01 --validate-every 4 "
           "--validation-split 20 --updates 8 " +
           more;
  }
};

TEST_F(SummarizingProgram, learns_to_summarize_and_measures_it) {
  ASSERT_EQ(heed("data sample --task summarization --count 200 --output notes.tsv").status, 0);
  const Outcome trained = heed(train("--train-tsv notes.tsv --output model"));
  ASSERT_EQ(trained.status, 0) << trained.err;
  const auto config = nlohmann::json::parse(content("model/config.json"));
  EXPECT_EQ(config["task"], "summarization");
  EXPECT_EQ(config["model"]["copy"], true);
  ASSERT_EQ(shell("cut -f1 notes.tsv > texts.txt; cut -f2 notes.tsv > subjects.txt").status, 0);
  const Outcome found = heed("summarize model texts.txt");
  EXPECT_EQ(found.status, 0) << found.err;
  EXPECT_EQ(std::ranges::count(found.out, '\n'), 200);
  file("found.txt", found.out);
  const Outcome measured = heed("evaluate found.txt --metric rouge --stem --reference subjects.txt");
  EXPECT_EQ(measured.status, 0) << measured.err;
  for (const char* name : {"ROUGE-1|nrefs:1|stem:porter", "ROUGE-2|", "ROUGE-L|"})
    EXPECT_NE(measured.out.find(name), std::string::npos) << measured.out;
}

TEST_F(SummarizingProgram, summarizes_texts_of_any_kind) {
  ASSERT_EQ(heed("data sample --task summarization --count 100 --output notes.tsv").status, 0);
  ASSERT_EQ(heed(train("--source-tokens 20 --train-tsv notes.tsv --output model")).status, 0);
  ASSERT_EQ(shell("{ echo; echo '🦊 \u65e5\u672c'; head -c 1000000 /dev/zero | tr '\\0' 'x'; echo; echo "
                  "'Hello all.'; } > odd.txt")
                .status,
            0);
  const Outcome found = heed("summarize model odd.txt");
  EXPECT_EQ(found.status, 0) << found.err;
  EXPECT_EQ(std::ranges::count(found.out, '\n'), 4);
  const Outcome predicted = heed("predict model odd.txt --json");
  EXPECT_EQ(predicted.status, 0) << predicted.err;
  EXPECT_NE(predicted.out.find("\"summary\""), std::string::npos) << predicted.out;
}

TEST_F(SummarizingProgram, says_what_is_wrong_with_its_data) {
  file("empty.tsv", "");
  EXPECT_EQ(heed(train("--train-tsv empty.tsv --output model")).status, 1);
  file("one.tsv", "only a text\nand another\n");
  EXPECT_EQ(heed(train("--train-tsv one.tsv --output model")).status, 1);
  ASSERT_EQ(heed("data sample --task summarization --count 50 --output notes.tsv").status, 0);
  expect_failure(train("--train-tsv notes.tsv --output model --no-joint-vocabulary"),
                 "copy copies tokens of the source, but joint_vocabulary is off");
  expect_failure("data sample --task summarization --source-locale fr",
                 "--source-locale, --target-locale and --kinds are for --task translation alone", 2);
}

}  // namespace
}  // namespace heed
