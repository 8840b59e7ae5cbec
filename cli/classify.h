#pragma once
#include <CLI/CLI.hpp>

#include "heed/bag_of_words/bag_classifier.h"

namespace heed {

// Parts of `heed classify`.

/// Adds `heed classify train`.
void add_classify_train(CLI::App& classify);

/// Adds the labeled texts that a subcommand takes.
void add_labeled_files(CLI::App& command, std::vector<std::filesystem::path>& files);

/// Prints the most informative features of each label.
void print_most_informative(const BagClassifier& classifier, Index count);

}  // namespace heed
