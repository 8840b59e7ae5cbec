#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// Corpora that cannot be trained on.
class BadCorpus : public HeedProgram {
 protected:
  /// Trains on two files.
  static std::string train(const std::string& source, const std::string& target,
                           const std::string& more = "") {
    return "train --width 16 --hidden 32 --heads 2 --encoder-layers 1 --decoder-layers 1 --updates 2 "
           "--tokenizer whitespace --train-source " +
           source + " --train-target " + target + " --output model " + more;
  }
};

TEST_F(BadCorpus, of_different_line_counts_is_refused_with_both) {
  file("a.txt", "one\ntwo\nthree\n");
  file("b.txt", "eins\nzwei\n");
  expect_failure(
      train("a.txt", "b.txt"),
      "heed: parallel corpus: a.txt and b.txt have 3 and 2 lines; line n of one must be the translation");
}

TEST_F(BadCorpus, that_is_not_utf8_is_refused_with_its_place_or_skipped_and_counted) {
  file("a.txt", "one\ntw\xF6\nthree\nfour\nfive\n");
  file("b.txt", "eins\nzwei\ndrei\nvier\n\n");
  expect_failure(
      train("a.txt", "b.txt"),
      "heed: a.txt:2:3: not UTF-8: 'tw\\xF6'; convert the file, or leave out such lines with --skip-invalid");
  const Outcome outcome = heed(train("a.txt", "b.txt", "--skip-invalid --validation-split 1"));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("1 pair skipped: not UTF-8, first at a.txt:2:3"), std::string::npos)
      << outcome.err;
  EXPECT_NE(outcome.err.find("1 pair skipped: the target side is empty"), std::string::npos) << outcome.err;
}

TEST_F(BadCorpus, that_is_empty_is_refused) {
  file("empty.txt", "");
  file("blank.txt", "\n \n\t\n");
  file("one.txt", "one\n");
  expect_failure(train("empty.txt", "empty.txt"),
                 "heed: training: the corpus has no sentence pair to learn from (0 read)");
  expect_failure(train("blank.txt", "blank.txt"),
                 "heed: training: the corpus has no sentence pair to learn from (3 read)");
  expect_failure(train("one.txt", "one.txt"), "heed: training: there is no sentence pair to validate on");
  expect_failure(train("one.txt", "one.txt", "--valid-source empty.txt --valid-target empty.txt"),
                 "heed: training: there is no sentence pair to validate on");
}

TEST_F(BadCorpus, of_two_pairs_is_enough) {
  file("two.txt", "one\ntwo\n");
  const Outcome outcome = heed(train("two.txt", "two.txt"));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
}

TEST_F(BadCorpus, with_sentences_too_long_says_how_many_it_leaves_out) {
  std::string text = "a b c\n";
  for (int i = 0; i < 10'000; ++i) text += "word ";
  text += "\nx y z\na b c d\n";
  file("long.txt", text);
  const Outcome outcome = heed(train("long.txt", "long.txt",
                                     "--valid-source long.txt --valid-target long.txt "
                                     "--filter-overlap off --filter-lengths off --filter-copies off"));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("training: 1 pair skipped: too many tokens"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("validation: 1 pair skipped: too many tokens"), std::string::npos)
      << outcome.err;
  expect_failure(train("long.txt", "long.txt", "--output other --max-length 1 --filter-copies off"),
                 "heed: training: the corpus has no sentence pair left to train on");
}

TEST_F(BadCorpus, of_what_is_validated_on_says_which_filter_leaves_it_out) {
  file("same.txt", "a b c\nx y z\n");
  expect_failure(train("same.txt", "same.txt", "--valid-source same.txt --valid-target same.txt"),
                 "filter_overlap");
}

TEST_F(BadCorpus, that_cannot_be_read_is_named) {
  file("a.txt", "one\ntwo\n");
  file("cut.gz", std::string("\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x03\x4B", 11));
  expect_failure(train("missing.txt", "a.txt"),
                 "heed: missing.txt: cannot be opened: No such file or directory");
  expect_failure(train(".", "a.txt"), "heed: .: cannot be read: Is a directory");
  expect_failure(train("cut.gz", "a.txt"),
                 "heed: cut.gz: the gzip file ends too early; was it copied whole?");
  expect_failure("train --output model",
                 "train_source is missing; give train_source and train_target, or train_tsv, or train_data",
                 2);
  expect_failure(train("a.txt", "a.txt", "--config missing.yaml"), "missing.yaml: cannot be opened");
  expect_failure(train("a.txt", "a.txt", "--config ."), ".: is a folder where a file is expected");
  file("broken.yaml", "updates: [1\n");
  expect_failure(train("a.txt", "a.txt", "--config broken.yaml"), "broken.yaml");
}

TEST_F(BadCorpus, of_binary_bytes_is_refused) {
  std::string bytes;
  for (int i = 0; i < 4096; ++i) bytes += static_cast<char>(i * 37 % 256);
  file("bytes", bytes);
  expect_failure(train("bytes", "bytes"), "bytes:1:");
  file("zip", std::string("PK\x03\x04") + bytes);
  expect_failure(train("zip", "zip"), "heed: zip: is an archive; unpack it and name the files in it");
}

TEST_F(BadCorpus, of_a_table_without_enough_columns_is_refused) {
  file("table.tsv", "one\teins\ntwo\n");
  expect_failure("train --train-tsv table.tsv --output model",
                 "heed: table.tsv:2: 1 column, but column 2 is asked for; say with --separator if columns "
                 "are not separated by tabs");
}

TEST_F(BadCorpus, is_told_before_output_that_cannot_be_written) {
  file("a.txt", "one\ntwo\n");
  expect_failure(train("a.txt", "a.txt", "--output a.txt"),
                 "heed: a.txt/training: cannot be made a folder: ");
  expect_failure(train("a.txt", "a.txt", "--output /proc/heed"),
                 "heed: /proc/heed/training: cannot be made a folder: ");
  expect_failure(train("a.txt", "a.txt", "--log /no/such/folder/log"),
                 "heed: log /no/such/folder/log: cannot be opened: No such file or directory");
}

/// Folders that are no model, and texts that a model cannot use.
class BadModel : public HeedProgram {};

TEST_F(BadModel, is_refused_by_every_command_that_needs_one) {
  make_corpus();
  std::filesystem::create_directories(folder_ / "empty");
  std::filesystem::create_directories(folder_ / "foreign");
  file("foreign/config.json", "{\"model_type\": \"marian\", \"d_model\": 512}");
  for (const char* command :
       {"translate MODEL < corpus.tsv", "predict MODEL < corpus.tsv", "inspect MODEL",
        "inspect MODEL --attention x", "score MODEL --source corpus.tsv --target corpus.tsv"}) {
    const auto with = [&](const std::string& model) {
      std::string line = command;
      return line.replace(line.find("MODEL"), 5, model);
    };
    expect_failure(with("missing"),
                   "heed: missing: there is no such folder; a model is a folder with config.json");
    expect_failure(with("corpus.tsv"), "heed: corpus.tsv: there is no such folder");
    expect_failure(with("empty"), "heed: empty: holds no config.json, so it is not a heed model");
    expect_failure(with("foreign"), "heed: foreign/config.json: is not a heed model");
  }
}

TEST_F(BadModel, that_was_damaged_is_named) {
  make_model();
  const auto translate = [&](const std::string& said) {
    expect_failure("translate model < corpus.tsv", said);
  };
  const std::string config = content("model/config.json"), tensors = content("model/model.safetensors"),
                    tokenizer = content("model/tokenizer.model");
  file("model/config.json", std::string(config).replace(config.find("\"version\": 1"), 12, "\"version\": 9"));
  translate("heed: model/config.json: is of format version 9, this version of heed reads version 1");
  file("model/config.json", std::string(config).replace(config.find("heads"), 5, "haeds"));
  translate("heed: model/config.json: unknown key 'haeds'; did you mean 'heads'?");
  file("model/config.json", config);
  file("model/model.safetensors", tensors.substr(0, tensors.size() / 2));
  translate("model/model.safetensors");
  file("model/model.safetensors", tensors);
  file("model/tokenizer.model", tokenizer.substr(0, 100));
  translate("heed: model/tokenizer.model: not the file that tokenizer.json beside it describes");
  std::filesystem::remove(folder_ / "model/tokenizer.model");
  translate("model/tokenizer.model: cannot be opened: No such file or directory");
  file("model/tokenizer.model", tokenizer);
  EXPECT_EQ(heed("translate model --beam 1 < corpus.tsv").status, 0);
}

TEST_F(BadModel, in_a_runs_state_is_named_and_how_to_begin_anew) {
  make_model();
  const std::string newest = "model/training/state-00000008.safetensors";
  file(newest, "no state");
  const Outcome on = heed("train --output model --updates 9");
  EXPECT_EQ(on.status, 0);
  EXPECT_NE(on.err.find("warning: checkpoint " + newest + ": has 8 bytes, too few"), std::string::npos)
      << on.err;
  EXPECT_NE(on.err.find("resuming from the state of update 4; the file is kept as " + newest + ".damaged"),
            std::string::npos)
      << on.err;

  ASSERT_EQ(shell("for state in model/training/state-*.safetensors; do echo no state >$state; done").status,
            0);
  expect_failure("train --output model --updates 20", newest + ": is not a safetensors file");
  expect_failure("train --output model --updates 20",
                 "remove model/training/state*.safetensors to start over");
  ASSERT_EQ(shell("rm model/training/state*.safetensors").status, 0);
  EXPECT_EQ(heed(tiny("--output model --updates 4")).status, 0);
}

TEST_F(BadModel, is_not_what_bad_text_makes_of_it) {
  make_model();
  const Outcome latin1 = shell("printf 'one hour\nM\\374nchen\n' > latin1; \"$HEED\" translate model latin1");
  EXPECT_EQ(latin1.status, 1);
  EXPECT_NE(latin1.err.find("heed: line 2: byte 2 is not UTF-8; convert the text first"), std::string::npos)
      << latin1.err;
  EXPECT_EQ(heed("translate model < /dev/null").out, "");
  EXPECT_EQ(heed("translate model < /dev/null").status, 0);
  expect_failure("translate model missing.txt",
                 "heed: missing.txt: cannot be opened: No such file or directory");
  expect_failure("translate model .", "heed: .: cannot be read: Is a directory");
  expect_failure("translate model corpus.tsv --beam 3 --n-best 4",
                 "heed translate: --n-best 4 is more than the beam of 3; give --beam 4 or more", 2);
}

TEST_F(BadModel, is_not_blamed_for_pairs_that_do_not_match) {
  make_model();
  file("two.txt", "one\ntwo\n");
  file("three.txt", "eins\nzwei\ndrei\n");
  expect_failure(
      "score model --source two.txt --target three.txt",
      "heed: score: two.txt has 2 lines, three.txt has 3; line n of one must be the translation of line "
      "n of the other");
  expect_failure("inspect model --attention 'one hour' -o /no/such/page.html",
                 "heed: /no/such/page.html: cannot be written: No such file or directory");
  expect_failure("inspect model --attention ' '", "heed: attention: the text has no words to look at");
  expect_failure("data sample --output /no/such/corpus.tsv", "/no/such/corpus.tsv: cannot be written");
}

}  // namespace
}  // namespace heed
