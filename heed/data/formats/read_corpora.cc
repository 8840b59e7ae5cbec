#include "heed/data/formats/read_corpora.h"

#include <string_view>

#include "heed/base/error.h"
#include "heed/data/formats/found_corpora.h"

namespace heed {
namespace {

/// The options that name one corpus.
struct Named {
  std::string_view part;  // train, valid
  const std::vector<std::filesystem::path>& data;
  const std::filesystem::path &source, &target, &tsv;

  bool nothing() const { return data.empty() && source.empty() && target.empty() && tsv.empty(); }
};

ParallelCorpus read(const Named& named, const ReadOptions& how) {
  const std::string source = message(named.part, "_source"), target = message(named.part, "_target"),
                    tsv = message(named.part, "_tsv"), data = message(named.part, "_data");
  const bool two = !named.source.empty() || !named.target.empty();
  require<ConfigError>(named.tsv.empty() || !two, tsv, " and ", source, " or ", target,
                       " are both given; give one TSV, or the two files");
  require<ConfigError>(named.data.empty() || (named.tsv.empty() && !two), data, " and ", two ? source : tsv,
                       " are both given; ", data, " takes all files");
  if (!named.tsv.empty()) return read_tsv(named.tsv, how);
  if (!named.data.empty()) {
    ParallelCorpus corpus;
    corpus.pairs = read_all(*open_pairs(named.data, how, corpus.report));
    return corpus;
  }
  require<ConfigError>(!named.source.empty() && !named.target.empty(), named.source.empty() ? source : target,
                       " is missing; give ", source, " and ", target, ", or ", tsv, ", or ", data);
  return read_parallel(named.source, named.target, how);
}

}  // namespace

Corpora read_corpora(const CorpusOptions& o, std::uint64_t seed) {
  const Named training{"train", o.train_data, o.train_source, o.train_target, o.train_tsv};
  const Named validation{"valid", o.valid_data, o.valid_source, o.valid_target, o.valid_tsv};
  Corpora corpora;
  corpora.training = read(training, o.reading());
  corpora.validation =
      validation.nothing() ? hold_out(corpora.training, o.hold_out, seed) : read(validation, o.reading());
  return corpora;
}

}  // namespace heed
