#pragma once
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "heed/comparison/compared_models.h"
#include "heed/comparison/gradient_reach.h"
#include "heed/corpus/text_pair.h"
#include "heed/metrics/bleu.h"
#include "heed/tasks/translation/length_buckets.h"

namespace heed {

/// How the trained models are measured.
struct MeasureOptions {
  std::filesystem::path test_source, test_target, test_tsv;
  Index beam = 5;
  Index shuffle_seed = 1;
  std::optional<Index> gradient_step = std::nullopt;
  BleuTokenization bleu_tokenization = BleuTokenization::mteval_13a;  // as while they were trained

  static constexpr std::string_view title = "Measuring";
  static constexpr auto fields() {
    using M = MeasureOptions;
    return std::tuple(
        field("test_source", &M::test_source, "source sentences of the test set, unseen in training"),
        field("test_target", &M::test_target, "reference translations of --test-source"),
        field("test_tsv", &M::test_tsv, "test set as one tab-separated file, instead of the two"),
        field("beam", &M::beam, "beam size for measured translations", {1, 64}),
        field("shuffle_seed", &M::shuffle_seed, "random seed for shuffling the words of the source", {0}),
        field("gradient_step", &M::gradient_step,
              "position of the target token whose loss is traced back through the source; if not given, the "
              "last that a tenth of the sentences reach",
              {1}));
  }
};

/// A validation on the way: where the model stood after so much work.
struct CurvePoint {
  Index update = 0;
  double seconds = 0;  // of the run so far, validations included
  double loss = 0, bleu = 0;
};

/// What shuffling the words of the sources does to a model.
struct WordOrder {
  double bleu = 0;              // of the shuffled sources' translations
  double loss = 0;              // nats a target token, given the shuffled source
  Index changed = 0, same = 0;  // sources that shuffling changed; of them, those translated as before
};

/// A trained model, and what was measured of it.
struct MeasuredModel {
  ComparedModel model = ComparedModel::transformer;
  std::string folder, summary;  // the latter: sizes, for people
  Index parameters = 0;
  Index updates = 0;
  double seconds = 0;            // of training, validations included
  double target_tokens = 0;      // trained on
  double tokens_per_second = 0;  // target tokens, median over the updates
  double bleu = 0, chrf = 0;
  double loss = 0;  // nats a target token of the reference
  std::vector<TranslationBucket> by_length;
  WordOrder shuffled;
  GradientReach trained, untrained;
  std::vector<CurvePoint> curve;
};

/// Measures the model in a folder. `seed` is what it was trained from.
MeasuredModel measure(ComparedModel model, const std::filesystem::path& folder,
                      const std::vector<TextPair>& test, const MeasureOptions& options, Backend& backend,
                      std::uint64_t seed);

nlohmann::ordered_json as_json(const MeasuredModel& measured);

}  // namespace heed
