#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "heed/corpus/filters/filter_options.h"
#include "heed/corpus/held_out.h"
#include "heed/corpus/pair_sample.h"
#include "heed/corpus/pair_source.h"
#include "heed/data/batches.h"
#include "heed/data/tokenize.h"
#include "heed/tasks/text_pairs/prepared_notes.h"
#include "heed/training/training_observer.h"

namespace heed {

/// What a run learns from and is validated on, ready to be used.
struct PreparedCorpora {
  std::shared_ptr<const Examples> examples;
  std::vector<WeightedCorpus> corpora;  // that the examples come from; none: all weigh 1
  ReadReport report;                    // of the examples
  ParallelCorpus validation;
};

/// Text made into tokenized examples in the run's folder, without ever holding a corpus in memory: besides
/// the pairs to validate on, a sample to learn the tokenizer from and a file of examples, a bit a pair and
/// what the filters remember.
/// Corpora pass by up to three times: to hold pairs out of them, to filter them, to tokenize them. Nothing is
/// read that is not needed: of a run that goes on, the examples are there already.
class CorpusPreparation {
 public:
  /// Pairs that the tokenizer is learned from, at most.
  static constexpr std::size_t usual_sample = 250'000;

  /// Examples lie in `folder`. What is given must outlive this.
  CorpusPreparation(const CorpusSources& sources, const FilterOptions& filters, std::uint64_t seed,
                    std::filesystem::path folder, TrainingObserver& observer,
                    std::size_t sample = usual_sample);

  /// For pairs that are held out of what is learned from: a run that begins writes them into this file. One
  /// that goes on keeps those, by what they say, whatever its corpora are by now.
  void keep_held_out(std::filesystem::path file, bool goes_on);

  /// Learned from what is trained on, or from a sample of it. DataError if there is nothing to learn from.
  Tokenizers learn_tokenizers(const TokenizerConfig& config);
  /// The examples of before, if they were made from the same; or made now; in memory
  /// if they cannot be written.
  PreparedCorpora examples(const Tokenizers& tokenizers, const LengthLimits& limits);

 private:
  void hold_out();
  bool take_kept();
  void keep();
  void warn_of_pairs_learned_from(const Tokenizers& tokenizers, const LengthLimits& limits) const;
  void filter(PairSample* sample);
  std::string fingerprint(const Tokenizers& tokenizers, const LengthLimits& limits) const;
  std::optional<PreparedCorpora> find(const std::string& fingerprint) const;
  PreparedCorpora prepared(Examples examples, PreparedNotes notes) const;
  PreparedNotes tokenize_all(const Tokenizers& tokenizers, const LengthLimits& limits,
                             const TakeExample& take) const;

  const CorpusSources& sources_;
  const FilterOptions& filters_;
  std::uint64_t seed_;
  std::filesystem::path folder_;
  TrainingObserver& observer_;
  std::size_t sample_;
  std::filesystem::path held_out_file_;  // empty: nothing is kept
  bool goes_on_ = false;

  // Of the passes that were made:
  HeldOutRule held_out_;
  ParallelCorpus validation_;
  bool filtered_ = false;
  std::vector<bool> kept_;   // of the pairs that are not held out
  std::vector<Index> ends_;  // of each training source among them
  ReadReport report_;
};

}  // namespace heed
