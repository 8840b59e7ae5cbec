#include "heed/corpus/formats/corpus_sources.h"

#include <algorithm>
#include <string_view>

#include "heed/base/error.h"
#include "heed/base/settings.h"
#include "heed/corpus/formats/found_corpora.h"
#include "heed/io/file_fingerprint.h"

namespace heed {
namespace {

namespace fs = std::filesystem;

/// The options that name one corpus.
struct Named {
  std::string_view part;  // train, valid
  const std::vector<fs::path>& data;
  const fs::path &source, &target, &tsv;

  bool nothing() const { return data.empty() && source.empty() && target.empty() && tsv.empty(); }
};

/// Corpora in files, one after the other.
class CorporaInFiles final : public PairSource {
 public:
  /// `report` says how they were found.
  CorporaInFiles(std::vector<FoundCorpus> corpora, ReadOptions how, ReadReport report)
      : corpora_(std::move(corpora)), how_(std::move(how)), report_(std::move(report)) {}

  std::unique_ptr<PairReader> open(ReadReport& report) const override {
    report += report_;
    return open_corpora(corpora_, how_, report);
  }

  /// Paths, sizes and times of last change.
  std::string identity() const override {
    ReadOptions how = how_;
    std::string text;
    for (const Setting& setting : settings_of(how))
      text += message(setting.name, " ", shown(setting.get()), "\n");
    for (const FoundCorpus& corpus : corpora_)
      for (const fs::path& path : {corpus.path, corpus.target})
        if (!path.empty()) text += file_fingerprint(path);
    return text;
  }

 private:
  std::vector<FoundCorpus> corpora_;
  ReadOptions how_;
  ReadReport report_;
};

bool can_be_read_again(const FoundCorpus& corpus) {
  const auto regular = [](const fs::path& path) { return path != "-" && fs::is_regular_file(path); };
  return regular(corpus.path) && (corpus.target.empty() || regular(corpus.target));
}

std::shared_ptr<const PairSource> source_of(std::vector<FoundCorpus> corpora, const ReadOptions& how,
                                            const ReadReport& found) {
  if (!std::ranges::all_of(corpora, can_be_read_again)) {
    ParallelCorpus corpus{.pairs = {}, .report = found};
    corpus.pairs = read_all(*open_corpora(std::move(corpora), how, corpus.report));
    return std::make_shared<CorpusInMemory>(std::move(corpus));
  }
  ReadReport unused;  // what cannot be opened at all is told now
  if (!corpora.empty()) open_corpus(corpora.front(), how, unused);
  return std::make_shared<CorporaInFiles>(std::move(corpora), how, found);
}

/// What is named, all in one or, of data, a source for each name.
std::vector<std::shared_ptr<const PairSource>> sources_of(const Named& named, const ReadOptions& how,
                                                          bool apart = false) {
  const std::string source = message(named.part, "_source"), target = message(named.part, "_target"),
                    tsv = message(named.part, "_tsv"), data = message(named.part, "_data");
  const bool two = !named.source.empty() || !named.target.empty();
  require<ConfigError>(named.tsv.empty() || !two, tsv, " and ", source, " or ", target,
                       " are both given; give one TSV, or the two files");
  require<ConfigError>(named.data.empty() || (named.tsv.empty() && !two), data, " and ", two ? source : tsv,
                       " are both given; ", data, " takes all files");
  if (!named.tsv.empty()) return {source_of({{PairFormat::table, named.tsv, {}}}, how, {})};
  if (named.data.empty()) {
    require<ConfigError>(!named.source.empty() && !named.target.empty(),
                         named.source.empty() ? source : target, " is missing; give ", source, " and ",
                         target, ", or ", tsv, ", or ", data);
    return {source_of({{PairFormat::lines, named.source, named.target}}, how, {})};
  }
  ReadReport found;
  std::vector<FoundCorpus> corpora = find_corpora(named.data, how, found);
  if (!apart) return {source_of(std::move(corpora), how, found)};
  std::vector<std::shared_ptr<const PairSource>> sources;
  for (std::size_t name = 0; name < named.data.size(); ++name) {
    std::vector<FoundCorpus> of_name;
    std::ranges::copy_if(corpora, std::back_inserter(of_name),
                         [&](const FoundCorpus& corpus) { return corpus.name == name; });
    sources.push_back(source_of(std::move(of_name), how, name == 0 ? found : ReadReport()));
  }
  return sources;
}

void require_usable(const CorpusOptions& o) {
  const std::size_t count = o.train_weights.size();
  if (count == 0) return;
  require<ConfigError>(
      !o.train_data.empty(),
      "train_weights are given, but no train_data; name the corpora that they weigh with it");
  require<ConfigError>(count == o.train_data.size(), "train_weights has ", count,
                       count == 1 ? " number" : " numbers", " and train_data ", o.train_data.size(),
                       o.train_data.size() == 1 ? " name" : " names", "; give a weight for each name");
  for (const double weight : o.train_weights)
    require<ConfigError>(weight > 0 && weight <= 1000, "train_weights: a corpus weighs ", weight,
                         "; give numbers above 0 and up to 1000, or omit the corpus");
}

}  // namespace

CorpusSources corpus_sources(const CorpusOptions& o) {
  require_usable(o);
  const Named training{"train", o.train_data, o.train_source, o.train_target, o.train_tsv};
  const Named validation{"valid", o.valid_data, o.valid_source, o.valid_target, o.valid_tsv};
  CorpusSources sources{.training = {}, .validation = nullptr, .hold_out = o.validation_split};
  for (auto& source : sources_of(training, o.reading(), !o.train_weights.empty()))
    sources.training.push_back({std::move(source)});
  for (std::size_t i = 0; i < o.train_weights.size(); ++i) sources.training[i].weight = o.train_weights[i];
  if (!validation.nothing()) sources.validation = sources_of(validation, o.reading()).front();
  return sources;
}

}  // namespace heed
