#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "heed/ngram/ngram_model.h"

namespace heed {

/// Text that the subcommands of `heed ngram` count.
struct NgramCorpus {
  std::vector<std::filesystem::path> files;
  bool weights = false;

  /// Adds CORPUS... and --weights.
  void add_to(CLI::App& command);
  /// Calls visit(sentence, weight) for every line that is not blank. An error of visit() is said again with
  /// the place of the line. DataError for what is not UTF-8, and for weights that are none.
  void for_each(const std::function<void(std::string_view sentence, double weight)>& visit) const;
};

/// The model in an ARPA file, plain or compressed. DataError, naming file and line, if it is none.
NgramModel open_ngram_model(const std::filesystem::path& path);

/// A number in six digits at most: 0.4
std::string number_text(double number);

void add_ngram_train(CLI::App& ngram);
void add_ngram_score(CLI::App& ngram);
void add_ngram_generate(CLI::App& ngram);
void add_ngram_table(CLI::App& ngram);
void add_ngram_masks(CLI::App& ngram);
void add_ngram_votes(CLI::App& ngram);
void add_ngram_attention(CLI::App& ngram);

}  // namespace heed
