#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

class HeedTrain : public HeedProgram {
 protected:
  HeedTrain() { make_corpus(); }

  /// The number after "stopped at update ".
  static int stopped_at(const std::string& messages) {
    const std::string before = "stopped at update ";
    const std::size_t at = messages.find(before);
    EXPECT_NE(at, std::string::npos) << messages;
    return at == std::string::npos ? 0 : std::stoi(messages.substr(at + before.size()));
  }
  /// Starts a run without end and sends it a signal after its first update.
  Outcome interrupted(int signal, const std::string& more = "") const {
    std::istringstream words(tiny("--output model --updates 1000000 --validate-every 1000000 " + more));
    RunningProgram run(folder_, {std::istream_iterator<std::string>(words), {}});
    EXPECT_TRUE(run.has_said("update 1 "));
    run.signal(signal);
    return run.end();
  }
  std::vector<nlohmann::json> log(const std::string& name = "log.jsonl") const {
    std::vector<nlohmann::json> lines;
    std::istringstream in(content(name));
    for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
    return lines;
  }
};

TEST_F(HeedTrain, makes_a_model_from_raw_text) {
  const Outcome outcome = heed(tiny("--output model"));
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "");
  for (const char* said :
       {"training: 192 pairs read", "tokenizer: ", "model: ", "update 1 ", "validation at update 4",
        "validation at update 8", "done; the model is in model", "heed predict model"})
    EXPECT_NE(outcome.err.find(said), std::string::npos) << said << "\n" << outcome.err;
  for (const char* name : {"config.json", "model.safetensors", "tokenizer.json", "tokenizer.model",
                           "model_card.md", "training/options.yaml", "training/state-00000004.safetensors",
                           "training/state-00000008.safetensors"})
    EXPECT_TRUE(exists(std::string("model/") + name)) << name;
}

/// MiB after some words: "memory: 93.1 MiB".
double mebibytes_after(const std::string& text, const std::string& words) {
  const std::size_t at = text.rfind(words);
  EXPECT_NE(at, std::string::npos) << words << " is not in " << text;
  if (at == std::string::npos) return 0;
  const double number = std::stod(text.substr(at + words.size()));
  EXPECT_NE(text.substr(at).find("MiB"), std::string::npos) << text;
  return number;
}

TEST_F(HeedTrain, takes_the_memory_that_it_foretold) {
  ASSERT_EQ(heed("data sample --count 3000 --output many.tsv").status, 0);
  const std::string large = "--train-tsv many.tsv --width 128 --hidden 512 --batch-tokens 3000 --updates 12 ";
  const Outcome outcome = heed(tiny(large + "--output model"));
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const std::size_t second = outcome.err.rfind("memory: ");
  const double foretold = mebibytes_after(outcome.err.substr(0, second), "memory: "),
               taken = mebibytes_after(outcome.err, "memory: ");
  EXPECT_NEAR(taken / foretold, 1, 0.15) << outcome.err;

  // With less, batches are cut; the run goes on with its cut batches even where there is more.
  const std::string less = fmt::format("--memory {:.0f}M ", 0.75 * foretold);
  const Outcome cut = heed(tiny(large + less + "--output less"));
  ASSERT_EQ(cut.status, 0) << cut.err;
  EXPECT_NE(cut.err.find("batches of 3000 tokens are cut in"), std::string::npos) << cut.err;
  EXPECT_LT(mebibytes_after(cut.err, "memory: "), 0.75 * foretold * 1.15);
  ASSERT_EQ(heed(tiny(large + less + "--updates 5 --output broken")).status, 0);
  const Outcome gone_on = heed(tiny(large + "--memory 100G --output broken"));
  ASSERT_EQ(gone_on.status, 0) << gone_on.err;
  EXPECT_EQ(gone_on.err.find("begins anew"), std::string::npos) << gone_on.err;
}

TEST_F(HeedTrain, refuses_an_amount_of_memory_that_is_none) {
  expect_failure(tiny("--memory lots --output model"), "is no amount of memory");
  expect_failure(tiny("--memory 1M --output model"), "give more with --memory");
}

TEST_F(HeedTrain, reads_options_from_a_file_and_lets_flags_win) {
  file("options.yaml", "updates: 3\nwidth: 24\nvalidate_every: 2\nlabel_smoothing: 0.2\n");
  ASSERT_EQ(heed(tiny("--config options.yaml --output model --updates 5")).status, 0);
  const std::string saved = content("model/training/options.yaml");
  EXPECT_NE(saved.find("\nupdates: 5\n"), std::string::npos) << saved;
  EXPECT_NE(saved.find("\nwidth: 16\n"), std::string::npos) << saved;
  EXPECT_NE(saved.find("\nvalidate_every: 4\n"), std::string::npos) << saved;
  EXPECT_NE(saved.find("\nlabel_smoothing: 0.2\n"), std::string::npos) << saved;
}

TEST_F(HeedTrain, refuses_unknown_options_with_a_suggestion) {
  file("options.yaml", "updates: 3\nlearning_rat: 1\n");
  expect_failure(tiny("--config options.yaml --output model"),
                 "options.yaml:2: unknown key 'learning_rat'; did you mean 'learning_rate'?");
  expect_failure(tiny("--output model --learning-rat 1"),
                 "heed train: unknown flag '--learning-rat'; did you mean '--learning-rate'?", 2);
  expect_failure(tiny("--output model --preset tini"), "--preset: expected one of tiny, small, base, big", 2);
  expect_failure(tiny("--output model --heads 3"), "width 16 does not divide into 3 heads");
  EXPECT_FALSE(exists("model/model.safetensors"));
}

TEST_F(HeedTrain, stopped_by_ctrl_c_saves_and_goes_on_to_the_same_bytes) {
  const Outcome stopped = interrupted(SIGINT);
  EXPECT_EQ(stopped.status, 130);
  const int update = stopped_at(stopped.err);
  EXPECT_NE(stopped.err.find("everything is saved; go on with: heed train --output model\n"),
            std::string::npos)
      << stopped.err;
  EXPECT_FALSE(exists("model/model.safetensors"));  // nothing was validated yet
  EXPECT_TRUE(exists("model/training/state.safetensors"));
  expect_failure("translate model < /dev/null", "holds a config.json but no model.safetensors");

  const std::string limits = " --validate-every 1000000 --updates " + std::to_string(update + 5);
  const Outcome on = heed("train --output model" + limits);
  EXPECT_EQ(on.status, 0) << on.err;
  EXPECT_NE(on.err.find("resuming at update " + std::to_string(update)), std::string::npos) << on.err;
  ASSERT_EQ(heed(tiny("--output unbroken" + limits)).status, 0);
  EXPECT_EQ(content("model/model.safetensors"), content("unbroken/model.safetensors"));
}

TEST_F(HeedTrain, stopped_by_sigterm_saves_too) {
  const Outcome stopped = interrupted(SIGTERM);
  EXPECT_EQ(stopped.status, 143);
  EXPECT_GE(stopped_at(stopped.err), 1);
  EXPECT_TRUE(exists("model/training/state.safetensors"));
}

TEST_F(HeedTrain, stopped_by_what_schedulers_send_saves_too) {
  for (const int signal : {SIGUSR1, SIGUSR2, SIGXCPU, SIGHUP}) {
    std::filesystem::remove_all(folder_ / "model");
    const Outcome stopped = interrupted(signal);
    EXPECT_EQ(stopped.status, 128 + signal);
    EXPECT_GE(stopped_at(stopped.err), 1);
    EXPECT_TRUE(exists("model/training/state.safetensors"));
  }
}

TEST_F(HeedTrain, stopped_by_several_signals_at_once_saves_and_loses_no_state) {
  std::istringstream words(tiny("--output model --updates 1000000 --validate-every 5 --patience 0"));
  RunningProgram run(folder_, {std::istream_iterator<std::string>(words), {}});
  ASSERT_TRUE(run.has_said("validation at update 10:"));
  for (const int signal : {SIGTERM, SIGTERM, SIGINT, SIGHUP}) run.signal(signal);
  const Outcome stopped = run.end();
  EXPECT_GE(stopped_at(stopped.err), 10);
  EXPECT_NE(stopped.err.find("heed: stopping: "), std::string::npos) << stopped.err;
  const Outcome on = heed(tiny("--output model --updates 1000 --minutes 0.001 --validate-every 5"));
  EXPECT_EQ(on.status, 0) << on.err;
  EXPECT_NE(on.err.find("resuming at update "), std::string::npos) << on.err;
  EXPECT_EQ(on.err.find("warning"), std::string::npos) << on.err;
}

TEST_F(HeedTrain, leaves_an_update_of_many_batches_between_two_of_them) {
  std::istringstream words(tiny("--output model --updates 10 --gradient-accumulation 1000000"));
  RunningProgram run(folder_, {std::istream_iterator<std::string>(words), {}});
  ASSERT_TRUE(run.has_said("memory: "));
  ::usleep(500'000);
  const Stopwatch watch;
  run.signal(SIGTERM);
  const Outcome stopped = run.end();
  EXPECT_LT(watch.seconds(), 10);  // the update would take an hour
  EXPECT_EQ(stopped_at(stopped.err), 0);
}

TEST_F(HeedTrain, outlives_whoever_reads_its_messages) {
  const Outcome outcome = shell("\"$HEED\" " + tiny("--output model") + " 2>&1 | head -1");
  EXPECT_NE(outcome.out.find("training"), std::string::npos) << outcome.out;
  EXPECT_TRUE(exists("model/model_card.md"));
  EXPECT_NE(heed("train --output model").err.find("this run is finished"), std::string::npos);
}

TEST_F(HeedTrain, is_ended_by_ctrl_c_at_once_while_it_reads) {
  RunningProgram run(folder_, {"train", "--train-tsv", "-", "--output", "model", "--updates", "2"});
  run.write("one\teins\n");
  ::usleep(300'000);
  run.signal(SIGINT);
  run.end();
  EXPECT_EQ(run.killed_by(), SIGINT);
  EXPECT_FALSE(exists("model"));
  EXPECT_EQ(heed(tiny("--output model")).status, 0);
}

TEST_F(HeedTrain, lets_what_is_given_now_win_over_the_options_it_began_with) {
  ASSERT_EQ(heed(tiny("--output model --updates 2 --validate-every 2")).status, 0);
  file("more.yaml", "updates: 4\nvalidate_every: 3\n");
  ASSERT_EQ(heed("train --config more.yaml --output model --updates 6").status, 0);
  const std::string saved = content("model/training/options.yaml");
  EXPECT_NE(saved.find("\nupdates: 6\n"), std::string::npos) << saved;
  EXPECT_NE(saved.find("\nvalidate_every: 3\n"), std::string::npos) << saved;
  EXPECT_NE(saved.find("\nwidth: 16\n"), std::string::npos) << saved;
}

TEST_F(HeedTrain, says_that_a_run_is_finished_and_how_to_train_further) {
  make_model();
  const std::string model = content("model/model.safetensors");
  const Outcome again = heed("train --output model");
  EXPECT_EQ(again.status, 0);
  EXPECT_EQ(again.err,
            "model: this run is finished, after 8 updates\n"
            "train further with: heed train --output model --updates 16\n");
  EXPECT_EQ(content("model/model.safetensors"), model);
  const Outcome further = heed("train --output model --updates 10");
  EXPECT_EQ(further.status, 0);
  EXPECT_NE(further.err.find("resuming at update 8"), std::string::npos) << further.err;
  EXPECT_NE(further.err.find("validation at update 10"), std::string::npos) << further.err;
}

TEST_F(HeedTrain, goes_on_with_a_finished_run_when_another_metric_is_to_decide) {
  make_model();
  const Outcome again = heed("train --output model --metric chrf");
  EXPECT_EQ(again.status, 0);
  EXPECT_NE(again.err.find("chrf decides from here on, no longer loss"), std::string::npos) << again.err;
  EXPECT_NE(heed("train --output model").err.find("this run is finished"), std::string::npos);
}

TEST_F(HeedTrain, begins_parts_of_a_run_anew_once) {
  make_model();
  const Outcome reset = heed("train --output model --reset schedule,patience --updates 10");
  EXPECT_EQ(reset.status, 0);
  EXPECT_NE(reset.err.find("begun anew: schedule, patience"), std::string::npos) << reset.err;
  EXPECT_EQ(heed("train --output model --updates 12").err.find("begun anew"), std::string::npos);
  expect_failure(tiny("--output other --reset best"), "holds no run that goes on");
}

TEST_F(HeedTrain, refuses_to_start_a_run_that_goes_on_from_another_model) {
  make_model();
  for (const char* more : {"", " --updates 10"}) {
    expect_failure(std::string("train --output model --from nowhere") + more,
                   "model: the run began with a new model, now --from nowhere is asked for");
  }
  ASSERT_EQ(heed("train --train-tsv corpus.tsv --from model --output further --updates 4").status, 0);
  expect_failure("train --output further --from corpus.tsv --updates 10",
                 "further: the run began with model, now --from corpus.tsv is asked for");
  expect_failure("train --output further --vocabulary-size 77 --updates 10",
                 "the model has vocabulary_size 500, but 77 is asked for");
  EXPECT_EQ(heed("train --output further --from ./model/ --updates 5").status, 0);
}

TEST_F(HeedTrain, says_what_was_given_in_vain) {
  make_model();
  const Outcome again = heed("train --output model --label-smoothing 0.3 --updates 7");
  EXPECT_EQ(again.err.substr(0, again.err.find('\n')),
            "model: this run is finished, after 8 updates; --updates, --label-smoothing changed nothing");
  EXPECT_NE(heed("train --output model --memory 100G --updates 9").err.find("--memory changes nothing"),
            std::string::npos);
  EXPECT_NE(heed(tiny("--output other --valid-tsv corpus.tsv"))
                .err.find("--validation-split changes nothing, since --valid-tsv is given"),
            std::string::npos);
  expect_failure(tiny("--output third --moving-average 0.9 --moving-average-epochs 2"),
                 "set one of them to 0");
}

TEST_F(HeedTrain, goes_on_with_the_pairs_that_it_held_out_of_a_corpus_that_has_shrunk) {
  make_model();
  const std::string held_out = content("model/training/held_out.json");
  ASSERT_EQ(shell("head -120 corpus.tsv > less.tsv && mv less.tsv corpus.tsv").status, 0);
  const Outcome on = heed("train --output model --updates 10 --validation-split 40 --log log.jsonl");
  ASSERT_EQ(on.status, 0) << on.err;
  EXPECT_NE(
      on.err.find("--validation-split changes nothing: a run that goes on keeps what it is validated on"),
      std::string::npos)
      << on.err;
  EXPECT_EQ(on.err.find("has changed: the best model"), std::string::npos) << on.err;
  EXPECT_EQ(content("model/training/held_out.json"), held_out);
}

TEST_F(HeedTrain, takes_names_of_any_bytes) {
  const std::string latin1 = "corpus-\xE9t\xE9.tsv", model = "mod\xE8le";
  std::filesystem::rename(folder_ / "corpus.tsv", folder_ / latin1);
  std::string arguments = tiny("--output '" + model + "' --log 'j\xF4urnal'");
  arguments.replace(arguments.find("corpus.tsv"), 10, "'" + latin1 + "'");
  const Outcome first = heed(arguments);
  ASSERT_EQ(first.status, 0) << first.err;
  // What it goes on with is what it kept of them.
  const Outcome on = heed("train --output '" + model + "' --updates 10");
  ASSERT_EQ(on.status, 0) << on.err;
  EXPECT_EQ(on.err.find("tokenized anew"), std::string::npos) << on.err;
  EXPECT_EQ(on.err.find("warning"), std::string::npos) << on.err;
  EXPECT_GT(log("j\xF4urnal").size(), 10u);
  EXPECT_EQ(heed("report '" + model + "' --output '" + model + ".html'").status, 0);
  EXPECT_TRUE(exists(model + ".html"));
  std::filesystem::rename(folder_ / latin1, folder_ / "corpus.tsv");
  EXPECT_EQ(heed(tiny("--from '" + model + "' --output further")).status, 0);
  EXPECT_EQ(heed("train --output further --from '" + model + "' --updates 9").status, 0);
}

TEST_F(HeedTrain, says_whose_a_path_is_that_a_run_kept_from_before) {
  make_model();
  std::filesystem::create_directory(folder_ / "elsewhere");
  std::filesystem::remove_all(folder_ / "model/training/examples");
  const Outcome lost = shell("cd elsewhere; \"$HEED\" train --output ../model --updates 10");
  EXPECT_EQ(lost.status, 1);
  EXPECT_NE(lost.err.find("corpus.tsv: cannot be opened"), std::string::npos) << lost.err;
  EXPECT_NE(lost.err.find("say where it is now with --train-tsv"), std::string::npos) << lost.err;
  const Outcome found =
      shell("cd elsewhere; \"$HEED\" train --output ../model --updates 10 --train-tsv ../corpus.tsv");
  EXPECT_EQ(found.status, 0) << found.err;
}

TEST_F(HeedTrain, quotes_the_names_in_its_hints) {
  make_corpus();
  const Outcome outcome = heed(tiny("--output 'my model'"));
  EXPECT_NE(outcome.err.find("heed report 'my model'"), std::string::npos) << outcome.err;
  EXPECT_NE(heed("train --output 'my model'").err.find("heed train --output 'my model' --updates 16"),
            std::string::npos);
}

TEST_F(HeedTrain, refuses_to_change_a_models_sizes_and_forgets_that_it_was_asked) {
  make_model();
  expect_failure("train --output model --updates 10 --width 32",
                 "model: the run began with width 16, now 32 is asked for; a model cannot change");
  expect_failure("train --output model --updates 10 --tokenizer bpe",
                 "the run began with tokenizer 'unigram', now 'bpe' is asked for");
  EXPECT_EQ(heed("train --output model --updates 10").status, 0);
}

TEST_F(HeedTrain, keeps_away_from_models_that_are_no_run) {
  make_model();
  std::filesystem::remove_all(folder_ / "model/training");
  expect_failure(tiny("--output model"), "model: holds a model already, and no run to go on with");
}

TEST_F(HeedTrain, logs_what_happens_as_json_lines) {
  ASSERT_EQ(heed(tiny("--output model --log log.jsonl")).status, 0);
  const auto lines = log();
  EXPECT_EQ(lines.front()["schema"], "heed-log");
  EXPECT_EQ(lines.front()["version"], 2);
  EXPECT_EQ(lines.front()["heed"], "0.1.0");
  int updates = 0, validations = 0;
  for (const auto& line : lines) {
    const std::string event = line.value("event", "");
    if (event == "validation") {
      EXPECT_TRUE(line["measures"]["bleu"].is_number());
      ++validations;
    }
    if (event != "update") continue;
    EXPECT_EQ(line["update"], ++updates);
  }
  EXPECT_EQ(updates, 8);
  EXPECT_EQ(validations, 2);
  const auto end = std::find_if(lines.begin(), lines.end(),
                                [](const auto& line) { return line.value("event", "") == "end"; });
  ASSERT_NE(end, lines.end());
  EXPECT_EQ((*end)["reason"], "limit");
  EXPECT_TRUE((*end)["measures"]["bleu"].is_number());
}

TEST_F(HeedTrain, keeps_its_log_in_its_folder_over_all_parts) {
  ASSERT_EQ(heed(tiny("--output model --log log.jsonl --tensorboard board")).status, 0);
  auto copy = log(), own = log("model/training/log.jsonl");
  for (auto* lines : {&copy, &own})
    for (auto& line : *lines) line.erase("time");
  EXPECT_EQ(copy, own);
  ASSERT_EQ(heed("train --output model --updates 10 --log model/training/log.jsonl").status, 0);
  int updates = 0, begins = 0, validation_pairs = 0;
  for (const auto& line : log("model/training/log.jsonl")) {
    const std::string event = line.value("event", "");
    if (event == "update") {
      EXPECT_EQ(line["update"], ++updates);
      EXPECT_GT(line["resident_bytes"], 0);
    }
    if (event == "start") {
      EXPECT_NE(line["command"].get<std::string>().find("--output model"), std::string::npos);
    }
    if (event == "begin") {
      EXPECT_EQ(line["update"], ++begins == 1 ? 0 : 8);
      EXPECT_EQ(line["options"]["width"], 16);
      EXPECT_GT(line["training"]["kept"], 100);
      validation_pairs = line["validation"]["kept"];
    }
    if (event == "validation") {
      EXPECT_EQ(line["by_length"][0]["examples"], validation_pairs);
    }
  }
  EXPECT_EQ(updates, 10);
  EXPECT_EQ(begins, 2);
  int boards = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "board")) {
    EXPECT_NE(read_file(entry.path()).find("validation/bleu"), std::string::npos);
    ++boards;
  }
  EXPECT_EQ(boards, 1);
}

TEST_F(HeedTrain, goes_on_in_a_log_that_an_earlier_heed_began) {
  ASSERT_EQ(heed(tiny("--output model")).status, 0);
  std::string before;
  for (nlohmann::json line : log("model/training/log.jsonl")) {
    if (line.contains("schema")) line["version"] = 1;
    line.erase("loss_count");
    if (line.contains("measures")) line.update(nlohmann::json(line["measures"]));
    line.erase("measures");
    for (nlohmann::json& group : line.contains("by_length") ? line["by_length"] : line) {
      if (!group.is_object() || !group.contains("measures")) continue;
      group.update(nlohmann::json(group["measures"]));
      group.erase("measures");
    }
    before += line.dump() + "\n";
  }
  file("model/training/log.jsonl", before);
  ASSERT_EQ(heed("train --output model --updates 12 --validate-every 4").status, 0);
  EXPECT_TRUE(content("model/training/log.jsonl").starts_with(before));
  ASSERT_EQ(heed("report model").status, 0);
  const std::string page = content("report.html"), start = "id=\"report\">";
  const std::size_t begin = page.find(start) + start.size();
  const auto report = nlohmann::json::parse(page.substr(begin, page.find("</script>", begin) - begin));
  EXPECT_EQ(report["parts"].size(), 2u);
  ASSERT_EQ(report["validations"].size(), 3u);
  for (const nlohmann::json& validation : report["validations"]) {
    EXPECT_TRUE(validation["measures"]["bleu"].is_number()) << validation;
    EXPECT_TRUE(validation["by_length"][0]["measures"]["chrf"].is_number()) << validation;
  }
}

TEST_F(HeedTrain, can_be_reported_on_while_it_runs_and_after_it_was_killed) {
  std::istringstream words(tiny("--output model --updates 1000000 --validate-every 1000000"));
  RunningProgram run(folder_, {std::istream_iterator<std::string>(words), {}});
  ASSERT_TRUE(run.has_said("update 1 "));
  ASSERT_EQ(heed("report model --output running.html").status, 0);
  EXPECT_NE(content("running.html").find("\"running\":true"), std::string::npos);
  run.signal(SIGKILL);
  run.end();
  file("model/training/log.jsonl", content("model/training/log.jsonl") + "{\"event\": \"upd");
  const Outcome killed = heed("report model");
  EXPECT_EQ(killed.status, 0) << killed.err;
  EXPECT_NE(killed.err.find("1 lines are not JSON"), std::string::npos) << killed.err;
  EXPECT_NE(content("report.html").find("\"running\":false"), std::string::npos);
  EXPECT_EQ(heed("report model/training/log.jsonl --output file.html").status, 0);
}

TEST_F(HeedTrain, is_not_reported_on_where_there_is_no_log) {
  expect_failure("report .", "holds no log of a run (training/log.jsonl)");
  expect_failure("report corpus.tsv", "corpus.tsv: is not the log of a run");
  expect_failure("report absent.jsonl", "absent.jsonl: cannot be opened");
}

TEST_F(HeedTrain, reads_two_files_plain_or_gzip) {
  ASSERT_EQ(shell("cut -f1 corpus.tsv > source.txt; cut -f2 corpus.tsv | gzip > target.gz").status, 0);
  const std::string sizes = tiny();
  const std::string files = "--train-source source.txt --train-target target.gz --output model";
  const std::string arguments =
      sizes.substr(0, sizes.find("--train-tsv")) + sizes.substr(sizes.find("--vocabulary-size")) + files;
  const Outcome outcome = heed(arguments);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  ASSERT_EQ(heed(tiny("--output from_tsv")).status, 0);
  EXPECT_EQ(content("model/model.safetensors"), content("from_tsv/model.safetensors"));
}

TEST_F(HeedTrain, of_any_task_is_wrong_usage_where_there_is_nothing_to_learn_from) {
  for (const auto& [task, said] :
       {std::pair<std::string, std::string>{"translation", "train_source is missing"},
        {"text-generation", "there is no text to learn from"},
        {"text-classification", "there is nothing to learn from"},
        {"image-classification", "there is nothing to learn from"}}) {
    expect_failure("train --task " + task + " --output model", "heed train: " + said, 2);
    EXPECT_FALSE(exists("model")) << task;
  }
}

TEST_F(HeedTrain, weighs_corpora_and_refuses_weights_that_do_not_fit) {
  ASSERT_EQ(shell("head -100 corpus.tsv > one.tsv; tail -100 corpus.tsv > two.tsv").status, 0);
  const std::string sizes = tiny();
  const std::string two = sizes.substr(0, sizes.find("--train-tsv")) +
                          sizes.substr(sizes.find("--vocabulary-size")) +
                          "--train-data one.tsv two.tsv --output model --train-weights ";
  expect_failure(two + "1", "train_weights has 1 number and train_data 2 names", 2);
  expect_failure(two + "1 -1", "train_weights: a corpus weighs -1; give numbers above 0", 2);
  const auto batches = [&](const std::string& weights) {
    std::filesystem::remove_all(folder_ / "model");
    const std::string said = heed(two + weights).err;
    const std::string before = "update 1  epoch 1 (1/";
    const std::size_t at = said.find(before);
    EXPECT_NE(at, std::string::npos) << said;
    return at == std::string::npos ? 0 : std::stoi(said.substr(at + before.size()));
  };
  EXPECT_GT(batches("3 3"), 2 * batches("1 1"));
}

TEST_F(HeedTrain, takes_text_that_is_tokenized_already_and_joins_it_again) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "a b@@ c d\tx@@ y z " + std::to_string(i % 3) + "\n";
  file("words.tsv", text);
  const Outcome outcome =
      heed(tiny("--output model --tokenizer whitespace --undo-bpe-joining --vocabulary-size none "
                "--train-tsv words.tsv --updates 60 --validate-every 60 --batch-tokens 60"));
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(exists("model/tokenizer.vocab"));
  const Outcome translated = shell("echo 'a b@@ c d' | \"$HEED\" translate model");
  EXPECT_EQ(translated.status, 0) << translated.err;
  EXPECT_EQ(translated.out.find("@@"), std::string::npos) << translated.out;
  EXPECT_NE(translated.out.find("xy"), std::string::npos) << translated.out;
}

TEST_F(HeedTrain, tells_by_its_status_that_the_end_could_not_be_saved) {
  const std::string words = "--tokenizer whitespace --vocabulary-size none ";
  ASSERT_EQ(heed(tiny(words + "--output model")).status, 0);
  // Models fit, states do not.
  const auto fits = 3 * std::filesystem::file_size(folder_ / "model/model.safetensors") / 2 / 512;
  const Outcome outcome = shell("ulimit -f " + std::to_string(fits) + "; \"$HEED\" " +
                                tiny(words + "--output small --log log.jsonl"));
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("state-00000008.safetensors: cannot be written: File too large"),
            std::string::npos)
      << outcome.err;
  EXPECT_NE(outcome.err.find("make room and end it with: heed train --output small --log log.jsonl"),
            std::string::npos)
      << outcome.err;
  int failures = 0;
  for (const auto& line : log()) failures += line.value("event", "") == "save_failed";
  EXPECT_EQ(failures, 4);  // updates 0, 4, 8 and the end
  EXPECT_EQ(log().back()["saved"], false);
  EXPECT_EQ(content("small/model.safetensors"), content("model/model.safetensors"));
  EXPECT_EQ(heed(tiny(words + "--output small")).status, 0);
  EXPECT_EQ(content("small/model.safetensors"), content("model/model.safetensors"));
}

TEST_F(HeedTrain, survives_files_that_may_not_grow) {
  // As on a full disk: larger files than 24 blocks of 512 bytes cannot be written, so that no state is.
  const Outcome outcome =
      shell("ulimit -f 24; \"$HEED\" " +
            tiny("--tokenizer whitespace --vocabulary-size none --output model --average-checkpoints 0"));
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.err.find("warning: model/model.safetensors: cannot be written: File too large"),
            std::string::npos)
      << outcome.err;
  EXPECT_NE(outcome.err.find("training/state-00000004.safetensors: cannot be written"), std::string::npos)
      << outcome.err;
  EXPECT_NE(outcome.err.find("validation at update 8"), std::string::npos) << outcome.err;
  const Outcome later =
      heed(tiny("--tokenizer whitespace --vocabulary-size none --output model --average-checkpoints 0"));
  EXPECT_EQ(later.status, 0) << later.err;
}

}  // namespace
}  // namespace heed
