#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "heed/corpus/formats/found_corpora.h"

namespace heed {

/// A corpus as the commands under heed data take it: PATH..., or --tsv, or --source and --target.
struct CorpusNames {
  std::vector<std::filesystem::path> data{};
  std::filesystem::path tsv{}, source{}, target{};

  static constexpr auto fields() {
    using C = CorpusNames;
    return std::tuple(
        field("tsv", &C::tsv, "instead of PATH: a table of source and target, TSV or CSV, whatever its name"),
        field("source", &C::source, "instead of PATH: source sentences, one per line"),
        field("target", &C::target, "translations of --source, line by line"));
  }
};

/// Adds PATH... to a command: files, folders and patterns.
CLI::Option& add_paths(CLI::App& command, std::vector<std::filesystem::path>& paths);

/// What is named. Wrong usage if it is nothing, or named in two ways.
std::vector<FoundCorpus> find_named(const CorpusNames& names, const ReadOptions& options, ReadReport& report);

/// A corpus as messages call it.
std::string name_of(const FoundCorpus& corpus);

}  // namespace heed
