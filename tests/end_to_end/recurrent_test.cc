#include <nlohmann/json.hpp>

#include "heed/base/files.h"
#include "heed/base/random.h"
#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

class Recurrent : public HeedProgram {
 protected:
  /// Letters and the same in the same order, in capitals.
  void write_copies(const std::string& name, int count, std::uint32_t length, std::uint64_t seed) const {
    Random random(seed);
    std::string text;
    for (int i = 0; i < count; ++i) {
      std::string source, target;
      for (std::uint32_t left = length - random.below(3); left > 0; --left) {
        const char letter = static_cast<char>('a' + random.below(8));
        source += (source.empty() ? "" : " ") + std::string(1, letter);
        target += (target.empty() ? "" : " ") + std::string(1, static_cast<char>(letter - 'a' + 'A'));
      }
      text += source + '\t' + target + '\n';
    }
    write_file(folder_ / name, text);
  }
  Outcome train(const std::string& more) const {
    return heed(
        "train --train-tsv copies.tsv --tokenizer whitespace --width 32 --encoder-layers 1 --decoder-layers "
        "1 "
        "--dropout 0 --label-smoothing 0 --batch-tokens 256 --warmup 20 --learning-rate 0.01 "
        "--average-checkpoints 0 "
        "--filter-repeats off --filter-overlap off --filter-copies off --validation-split 16 --metric bleu " +
        more);
  }
  /// What the last validation of a run found.
  double validated(const std::string& folder, const char* measure) const {
    double found = -1;
    std::istringstream in(content(folder + "/training/log.jsonl"));
    for (std::string line; std::getline(in, line);) {
      const auto event = nlohmann::json::parse(line);
      if (event.value("event", "") == "validation") found = event["measures"].value(measure, -1.0);
    }
    return found;
  }
};

TEST_F(Recurrent, models_go_through_every_command) {
  write_copies("copies.tsv", 60, 5, 1);
  for (const char* kind : {"rnn --attention none", "gru --attention luong", "lstm --attention bahdanau"}) {
    const std::string folder(kind, std::string(kind).find(' '));
    const Outcome outcome =
        train("--hidden 16 --updates 4 --validate-every 2 --output " + folder + " --architecture " + kind);
    ASSERT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_NE(content(folder + "/config.json").find("\"architecture\": \"" + folder + "\""),
              std::string::npos);
    const Outcome translated = shell("echo 'a b c' | $HEED translate " + folder);
    EXPECT_EQ(translated.status, 0) << translated.err;
    const Outcome inspected = heed("inspect " + folder + " --attention 'a b c' --output " + folder + ".html");
    EXPECT_EQ(inspected.status, 0) << inspected.err;
    EXPECT_NE(heed("inspect " + folder).out.find("architecture         " + folder), std::string::npos);
    EXPECT_EQ(heed("quantize " + folder + " --to int8 --output " + folder + "-int8").status, 0);
  }
}

TEST_F(Recurrent, runs_go_on_to_the_same_bytes) {
  write_copies("copies.tsv", 60, 5, 1);
  const std::string kind = "--architecture lstm --attention luong --hidden 16 --validate-every 2 ";
  ASSERT_EQ(train(kind + "--updates 6 --output unbroken").status, 0);
  ASSERT_EQ(train(kind + "--updates 3 --output broken").status, 0);
  ASSERT_EQ(train(kind + "--updates 6 --output broken").status, 0);
  EXPECT_EQ(content("broken/model.safetensors"), content("unbroken/model.safetensors"));
  const Outcome other = train("--architecture gru --updates 9 --output broken");
  EXPECT_EQ(other.status, 1);
  EXPECT_NE(other.err.find("the run began with architecture lstm"), std::string::npos) << other.err;
}

TEST_F(Recurrent, with_attention_copy_longer_sequences_than_through_a_single_vector) {
  write_copies("copies.tsv", 1500, 10, 1);
  const auto bleu = [&](const std::string& attention) {
    const Outcome outcome = train(
        "--architecture gru --hidden 32 --precision float32 --updates 300 --validate-every 300 --output " +
        attention + " --attention " + attention);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return validated(attention, "bleu");
  };
  EXPECT_LT(bleu("none"), 40);   // 16 when this was written
  EXPECT_GT(bleu("luong"), 70);  // 92, with as many parameters and 6 % more
}

TEST_F(Recurrent, options_that_do_not_belong_together_are_explained) {
  write_copies("copies.tsv", 60, 5, 1);
  const Outcome attention = train("--attention luong --output model"),
                heads = train("--architecture lstm --heads 2 --output model"),
                unknown = train("--architecture elman --output model");
  EXPECT_NE(attention.status, 0);
  EXPECT_NE(
      attention.err.find(
          "attention is for the architectures rnn, lstm, gru; a model of architecture transformer has none"),
      std::string::npos)
      << attention.err;
  EXPECT_NE(heads.status, 0);
  EXPECT_NE(
      heads.err.find("heads is for the architecture transformer; a model of architecture lstm has none"),
      std::string::npos)
      << heads.err;
  EXPECT_NE(unknown.status, 0);
  EXPECT_NE(unknown.err.find("transformer, rnn, lstm, gru"), std::string::npos) << unknown.err;
  EXPECT_FALSE(std::filesystem::exists(folder_ / "model")) << "refused before anything was done";
}

}  // namespace
}  // namespace heed
