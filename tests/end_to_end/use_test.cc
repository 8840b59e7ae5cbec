#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// What a trained model is used for.
class HeedModel : public HeedProgram {
 protected:
  HeedModel() { make_model(); }

  static std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }
};

TEST_F(HeedProgram, notices_that_its_model_is_written_over_while_it_translates) {
  make_model();
  for (const char* command : {"translate", "predict"}) {
    const std::string model = content("model/model.safetensors");
    RunningProgram run(folder_, {command, "model"});
    run.write("one hour\n");
    EXPECT_NE(run.read_line(), "");
    std::ofstream(folder_ / "model/model.safetensors", std::ios::binary | std::ios::trunc)
        << std::string(model.size(), 'x');
    run.write("two days\n");
    const Outcome outcome = run.end();
    EXPECT_EQ(outcome.status, 1) << command;
    EXPECT_NE(outcome.err.find("model.safetensors: was c"), std::string::npos) << command << outcome.err;
    write_file(folder_ / "model/model.safetensors", model);
  }
}

TEST_F(HeedProgram, translates_several_sentences_a_line_one_by_one_and_says_so) {
  make_model();
  const std::string lengths = content("model/source_lengths.json");
  EXPECT_NE(lengths.find("\"usual\": "), std::string::npos) << lengths;
  file("long.txt",
       "One hour. Two days. Three weeks. Four months. One hour. Two days. Three weeks. Four months.\none "
       "hour\n");
  const Outcome split = heed("translate model long.txt"), whole = heed("translate model long.txt --no-split");
  EXPECT_NE(split.err.find(
                "1 line was longer than what the model learned from, and translated sentence by sentence"),
            std::string::npos)
      << split.err;
  EXPECT_EQ(whole.err, "");
  EXPECT_EQ(std::ranges::count(split.out, '\n'), 2);
  EXPECT_NE(split.out, whole.out);
}

TEST_F(HeedProgram, keeps_the_languages_that_a_translator_was_told_it_learns) {
  make_model("--source-language en --target-language pt-BR");
  const std::string languages = content("model/languages.json");
  EXPECT_NE(languages.find("\"source\": \"en\""), std::string::npos) << languages;
  EXPECT_NE(languages.find("\"target\": \"pt-BR\""), std::string::npos) << languages;
}

TEST_F(HeedModel, answers_each_line_before_the_next_is_written) {
  RunningProgram translate(folder_, {"translate", "model"});
  translate.write("one hour\n");
  const std::string first = translate.read_line();
  translate.write("\n");
  const std::string second = translate.read_line();
  translate.write("one hour");
  const Outcome rest = translate.end();
  EXPECT_TRUE(first.ends_with('\n')) << first;
  EXPECT_EQ(second, "\n");
  EXPECT_EQ(rest.status, 0) << rest.err;
  EXPECT_EQ(rest.out, first);
}

TEST_F(HeedModel, translates_files_as_it_translates_lines) {
  std::string text;
  for (const std::string& line : lines_of(content("corpus.tsv")))
    text += line.substr(0, line.find('\t')) + "\n";
  file("text.txt", text);
  for (const char* how : {"--beam 1", "--beam 5 --scores", "--sample --seed 3"}) {
    const Outcome whole = heed(message("translate model text.txt ", how));
    const Outcome gzip =
        shell(message("gzip < text.txt | \"$HEED\" translate model ", how, " --lines-at-once 7"));
    EXPECT_EQ(whole.status, 0) << whole.err;
    EXPECT_EQ(lines_of(whole.out).size(), 200u);
    EXPECT_EQ(gzip.out, whole.out) << how;
  }
}

TEST_F(HeedModel, translates_to_the_same_bytes_whatever_the_workers_threads_and_batches) {
  ASSERT_EQ(shell("cut -f1 corpus.tsv > text.txt").status, 0);
  for (const char* how : {"--beam 1 --scores", "--beam 4 --json --n-best 2", "--sample --seed 3"}) {
    const Outcome one = heed(message("translate model text.txt --threads 1 ", how));
    EXPECT_EQ(one.status, 0) << one.err;
    for (const char* team : {"", "--workers 3 --threads 1 --decoding-batch-tokens 60",
                             "--workers 2 --threads 2 --lines-at-once 9",
                             "--threads 2 --decoding-batch-tokens 1", "--workers 4 --lines-at-once 1"})
      EXPECT_EQ(heed(message("translate model text.txt ", how, " ", team)).out, one.out)
          << how << " " << team;
  }
}

TEST_F(HeedModel, translates_in_fewer_bits_to_the_same_bytes_whatever_the_workers_threads_and_batches) {
  ASSERT_EQ(shell("cut -f1 corpus.tsv > text.txt").status, 0);
  for (const char* type : {"bfloat16", "int8"}) {
    const std::string how = message("translate model text.txt --scores --precision ", type);
    const Outcome one = heed(how + " --threads 1");
    EXPECT_EQ(one.status, 0) << one.err;
    EXPECT_EQ(lines_of(one.out).size(), 200u);
    EXPECT_NE(one.out, heed("translate model text.txt --scores --precision float32").out);
    for (const char* team : {"--workers 2 --threads 1", "--threads 2 --decoding-batch-tokens 1"})
      EXPECT_EQ(heed(message(how, " ", team)).out, one.out) << type << " " << team;
  }
}

TEST_F(HeedModel, is_quantized_and_translates_in_what_it_is_stored_in) {
  ASSERT_EQ(shell("cut -f1 corpus.tsv | head -40 > s.txt; cut -f2 corpus.tsv | head -40 > t.txt").status, 0);
  const Outcome measured = heed("quantize model -o small --source s.txt --target t.txt --largest-loss 100");
  EXPECT_EQ(measured.status, 0) << measured.err;
  EXPECT_NE(measured.out.find("weights in int8"), std::string::npos) << measured.out;
  EXPECT_LT(std::filesystem::file_size(folder_ / "small/model.safetensors"),
            std::filesystem::file_size(folder_ / "model/model.safetensors") / 2);
  const std::string text = heed("translate small s.txt --beam 1").out;
  EXPECT_EQ(text, heed("translate small s.txt --beam 1 --precision int8").out);
  EXPECT_EQ(lines_of(text).size(), 40u);
  const Outcome again = heed("quantize model -o small --source s.txt --target t.txt");
  EXPECT_EQ(again.status, 1);
  EXPECT_NE(again.err.find("small: holds a model already"), std::string::npos) << again.err;
}

TEST_F(HeedModel, is_not_written_where_quantizing_costs_too_much) {
  // A model that has hardly learned anything chooses between near equals: fewer bits, other translations. Its
  // own are the references, so that there is something to lose.
  ASSERT_EQ(heed(tiny("--output wild --updates 1 --minutes 0 --seed 5")).status, 0);
  ASSERT_EQ(shell("cut -f1 corpus.tsv > s.txt && \"$HEED\" translate wild s.txt --beam 1 > t.txt").status, 0);
  const Outcome refused =
      heed("quantize wild -o small --beam 1 --source s.txt --target t.txt --largest-loss 0");
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.err.find("nothing was written"), std::string::npos) << refused.err;
  EXPECT_FALSE(std::filesystem::exists(folder_ / "small"));
}

TEST_F(HeedModel, of_half_a_measure_is_wrong_usage) {
  const Outcome half = heed("quantize model -o small --source s.txt");
  EXPECT_EQ(half.status, 2);
  EXPECT_NE(half.err.find("--source and --target belong together"), std::string::npos) << half.err;
}

TEST_F(HeedModel, translates_what_comes_before_a_line_that_is_not_utf8) {
  ASSERT_EQ(shell("printf 'one hour\\ntwo hours\\nM\\374nchen\\none hour\\n' > latin1").status, 0);
  const auto good = lines_of(shell("printf 'one hour\\ntwo hours\\n' | \"$HEED\" translate model").out);
  for (const char* team : {"--workers 1", "--workers 2"}) {
    const Outcome refused = heed(message("translate model latin1 ", team));
    EXPECT_EQ(refused.status, 1);
    EXPECT_EQ(lines_of(refused.out), good);
    EXPECT_NE(refused.err.find("heed: line 3: byte 2 is not UTF-8"), std::string::npos) << refused.err;
    const Outcome skipped = heed(message("translate model latin1 --skip-invalid ", team));
    EXPECT_EQ(skipped.status, 0) << skipped.err;
    EXPECT_EQ(lines_of(skipped.out), (std::vector{good[0], good[1], std::string(), good[0]}));
    EXPECT_NE(skipped.err.find("heed: line 3: byte 2 is not UTF-8"), std::string::npos) << skipped.err;
  }
}

TEST_F(HeedModel, ends_when_its_output_is_full_though_more_input_may_come) {
  const Outcome outcome = shell(
      "mkfifo more; exec 3<>more; echo one hour >&3; timeout 30 \"$HEED\" translate model more > /dev/full");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("standard output: cannot be written"), std::string::npos) << outcome.err;
}

TEST_F(HeedModel, runs_on_the_instructions_that_cpu_names) {
  const Outcome flag =
      shell("echo one hour | HEED_CPU=nonsense \"$HEED\" translate model --scores --cpu baseline");
  EXPECT_EQ(flag.status, 0) << flag.err;
  EXPECT_EQ(flag.out, shell("echo one hour | HEED_CPU=baseline \"$HEED\" translate model --scores").out);
  expect_failure("translate model corpus.tsv --cpu avx1024", "--cpu: expected one of auto, ", 2);
}

TEST_F(HeedModel, gives_several_translations_with_scores_as_json) {
  const Outcome outcome = shell("printf 'one hour\\n\\n' | \"$HEED\" translate model --json --n-best 3");
  const auto lines = lines_of(outcome.out);
  ASSERT_EQ(lines.size(), 2u) << outcome.err;
  const auto first = nlohmann::json::parse(lines[0]), second = nlohmann::json::parse(lines[1]);
  EXPECT_EQ(first["line"], 1);
  ASSERT_EQ(first["translations"].size(), 3u);
  EXPECT_GE(first["translations"][0]["score"], first["translations"][1]["score"]);
  EXPECT_EQ(first["translations"][0]["tokens"].size() + 1,
            first["translations"][0]["token_log_probability"].size() +
                (first["translations"][0]["complete"] ? 0 : 1));
  EXPECT_EQ(second["line"], 2);
  EXPECT_EQ(second["translations"][0]["text"], "");
}

TEST_F(HeedModel, divides_very_long_lines_and_says_so) {
  const Outcome outcome = shell(
      "yes 'one hour' | head -n 5000 | tr '\\n' ' ' | \"$HEED\" translate model --beam 1 "
      "--maximum-extra-length 1");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(lines_of(outcome.out).size(), 1u);
  EXPECT_NE(outcome.err.find("heed: line 1 is too long for one piece: it was translated in "),
            std::string::npos)
      << outcome.err;
}

TEST_F(HeedModel, evaluates_what_it_translated) {
  ASSERT_EQ(shell("cut -f1 corpus.tsv > source.txt; cut -f2 corpus.tsv > reference.txt").status, 0);
  const Outcome outcome =
      shell("\"$HEED\" translate model source.txt --beam 1 | \"$HEED\" evaluate --reference reference.txt");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("BLEU|nrefs:1|"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("chrF2|nrefs:1|"), std::string::npos) << outcome.out;
  const Outcome perfect = heed("evaluate reference.txt --reference reference.txt --metric exact");
  EXPECT_NE(perfect.out.find(" = 100.00 (200 of 200)"), std::string::npos) << perfect.out;
}

TEST_F(HeedModel, scores_given_pairs_line_by_line) {
  file("source.txt", "one hour\n\ntwo hours\n");
  file("target.txt", "eine Stunde\nzwei Stunden\n\n");
  const Outcome outcome = heed("score model --source source.txt --target target.txt");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  ASSERT_EQ(lines_of(outcome.out).size(), 3u);
  for (const std::string& line : lines_of(outcome.out)) EXPECT_LT(std::stod(line), 0);
  EXPECT_NE(outcome.err.find("3 pairs, "), std::string::npos) << outcome.err;
  const Outcome tokens = heed("score model --source source.txt --target target.txt --tokens");
  const auto json = nlohmann::json::parse(lines_of(tokens.out)[0]);
  double sum = 0;
  for (const double score : json["token_log_probability"]) sum += score;
  EXPECT_NEAR(sum, json["log_probability"], 1e-9);
  EXPECT_NEAR(sum, std::stod(lines_of(outcome.out)[0]), 1e-6);
}

TEST_F(HeedModel, shows_config_and_parameters) {
  const Outcome text = heed("inspect model");
  EXPECT_EQ(text.status, 0) << text.err;
  for (const char* part :
       {"width ", "encoder.layers.0.self_attention.query.weight", "[16, 16]", " parameters in "})
    EXPECT_NE(text.out.find(part), std::string::npos) << part << "\n" << text.out;
  const auto json = nlohmann::json::parse(heed("inspect model --json").out);
  EXPECT_EQ(json["config"]["width"], 16);
  long count = 0;
  for (const auto& parameter : json["parameters"]) count += parameter["count"].get<long>();
  EXPECT_EQ(json["count"], count);
}

TEST_F(HeedModel, draws_its_attention) {
  const Outcome own = heed("inspect model --attention 'one hour' -o page.html");
  EXPECT_EQ(own.status, 0) << own.err;
  EXPECT_EQ(lines_of(own.out).size(), 1u);
  EXPECT_EQ(own.err, "heed: wrote page.html: open it in a browser\n");
  EXPECT_NE(content("page.html").find("</html>"), std::string::npos);
  EXPECT_EQ(heed("inspect model --attention 'one hour' --translation 'eine Stunde'").out, "eine Stunde\n");
  EXPECT_TRUE(exists("attention.html"));
}

TEST_F(HeedModel, translates_the_same_with_the_plain_kernels_as_far_as_they_agree) {
  const Outcome cpu = shell("echo 'one hour' | \"$HEED\" translate model --scores"),
                reference = shell("echo 'one hour' | \"$HEED\" translate model --scores --backend reference");
  EXPECT_EQ(reference.status, 0) << reference.err;
  EXPECT_NEAR(std::stod(cpu.out), std::stod(reference.out), 1e-3);
}

TEST_F(HeedProgram, quickstart_trains_translates_and_draws_a_page) {
  const Outcome outcome = heed("quickstart --plan small --minutes 0.05 --count 600");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* said : {"exactly right on unseen examples: ", "What next:", "/heed translate quickstart "})
    EXPECT_NE(outcome.out.find(said), std::string::npos) << said << "\n" << outcome.out;
  EXPECT_NE(content("quickstart/attention.html").find("</html>"), std::string::npos);
  EXPECT_EQ(shell("echo 'one hour' | \"$HEED\" translate quickstart").status, 0);
}

TEST_F(HeedProgram, quickstart_chooses_its_plan_by_how_fast_it_trains_and_says_so) {
  const Outcome outcome = heed("quickstart --minutes 0.02 --count 300");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* said : {"would train the large plan for ", "would train the medium plan for ",
                           "the small plan: ", "making 300 sentence pairs", " at most"})
    EXPECT_NE(outcome.err.find(said), std::string::npos) << said << "\n" << outcome.err;
  EXPECT_NE(outcome.out.find("give it more (--minutes 0.04)"), std::string::npos) << outcome.out;
}

TEST_F(HeedProgram, logs_how_training_ended_whichever_command_trains) {
  make_model();
  ASSERT_EQ(shell("cut -f1 corpus.tsv | sed 's/^/text\\t/; 1~2s/^text/line/' > texts.tsv").status, 0);
  for (const auto& [command, run] : std::vector<std::pair<std::string, std::string>>{
           {"", "model"},
           {"quickstart --plan small --minutes 0.02 --count 300", "quickstart"},
           {"compare --models bag --output compared --updates 2 --train-tsv corpus.tsv --test-tsv corpus.tsv "
            "--vocabulary-size 500 --width 16",
            "compared/bag"},
           {"classify train texts.tsv --model transformer --output classifier --updates 2", "classifier"}}) {
    if (!command.empty()) {
      const Outcome outcome = heed(command);
      EXPECT_EQ(outcome.status, 0) << command << "\n" << outcome.err;
    }
    EXPECT_NE(content(run + "/training/log.jsonl").find("\"event\":\"end\""), std::string::npos) << run;
    EXPECT_EQ(heed("report " + run).status, 0);
    EXPECT_NE(content("report.html").find("\"reason\":\"limit\""), std::string::npos) << run;
  }
}

TEST_F(HeedProgram, quickstart_replaces_nothing_but_a_quickstart) {
  std::filesystem::create_directories(folder_ / "mine");
  file("mine/attention.html", "my page");
  expect_failure("quickstart --output mine",
                 "mine: holds something else than a quickstart; choose another --output");
  EXPECT_EQ(content("mine/attention.html"), "my page");
  file("mine/quickstart.txt", "Made by heed quickstart.");
  const Outcome outcome = heed("quickstart --plan small --output mine --minutes 0.01 --count 100");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(content("mine/attention.html"), "my page");
  expect_failure("quickstart --count 10", "heed quickstart: 10 pairs are too few to learn from", 2);
  expect_failure("quickstart --target-locale klingon", "klingon");
  EXPECT_FALSE(exists("quickstart"));
}

}  // namespace
}  // namespace heed
