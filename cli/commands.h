#pragma once
#include <CLI/CLI.hpp>

namespace heed {

// One function a subcommand, each in its own file: it adds the subcommand, its options and what it runs.
//
//   void add_evaluate(CLI::App& program) {
//     CLI::App* command = program.add_subcommand("evaluate", "compare translations with references");
//     auto options = std::make_shared<EvaluateOptions>();  // lives as long as the command
//     add_settings(*command, settings_of(*options));
//     command->final_callback([options] { evaluate(*options); });
//   }

void add_train(CLI::App& program);
void add_translate(CLI::App& program);
void add_summarize(CLI::App& program);
void add_generate(CLI::App& program);
void add_chat(CLI::App& program);
void add_answer(CLI::App& program);
void add_predict(CLI::App& program);
void add_evaluate(CLI::App& program);
void add_serve(CLI::App& program);
void add_inspect(CLI::App& program);
void add_score(CLI::App& program);
void add_quantize(CLI::App& program);
void add_quickstart(CLI::App& program);
void add_data(CLI::App& program);
void add_ngram(CLI::App& program);
void add_classify(CLI::App& program);
void add_report(CLI::App& program);
void add_compare(CLI::App& program);
void add_learn(CLI::App& program);
void add_doctor(CLI::App& program);

// Subcommands of `heed data`, which add_data adds.
void add_data_sample(CLI::App& data);
void add_data_convert(CLI::App& data);
void add_data_report(CLI::App& data);

/// Adds every subcommand, in the order of the help page.
void add_commands(CLI::App& program);

}  // namespace heed
