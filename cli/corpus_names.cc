#include "cli/corpus_names.h"

#include "cli/usage.h"

namespace heed {

CLI::Option& add_paths(CLI::App& command, std::vector<std::filesystem::path>& paths) {
  return *command
              .add_option("data", paths,
                          "files, folders and patterns: TMX, XLIFF, PO, MO, TS, TSV, CSV, and text in files "
                          "such as corpus.en and corpus.de; plain or compressed")
              ->option_text("PATH...");
}

std::vector<FoundCorpus> find_named(const CorpusNames& names, const ReadOptions& options,
                                    ReadReport& report) {
  const bool either = !names.source.empty() || !names.target.empty(),
             both = !names.source.empty() && !names.target.empty();
  require_usage(int{!names.data.empty()} + int{!names.tsv.empty()} + int{either} == 1 && either == both,
                "give the files of a corpus, or --tsv, or --source and --target");
  require_usage(options.source_column != options.target_column || options.source_column == 0,
                "--source-column and --target-column are both ", options.source_column,
                "; give two different numbers, counted from 1");
  if (both) return {{PairFormat::lines, names.source, names.target}};
  if (!names.tsv.empty()) return {{PairFormat::table, names.tsv, {}}};
  return find_corpora(names.data, options, report);
}

std::string name_of(const FoundCorpus& corpus) {
  return corpus.path.string() + (corpus.target.empty() ? "" : " and " + corpus.target.string());
}

}  // namespace heed
