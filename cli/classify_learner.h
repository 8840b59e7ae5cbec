#pragma once
#include <memory>
#include <optional>
#include <string>

#include "heed/backend/backend.h"
#include "heed/bag_of_words/bag_training.h"
#include "heed/classification/sequence_training.h"

namespace heed {

/// What `heed classify train` can make.
enum class ModelFlag { automatic, unigrams, bigrams, transformer, rnn, gru, lstm };
template <>
struct EnumNames<ModelFlag> {
  static constexpr std::array names{
      std::pair{"auto", ModelFlag::automatic},  std::pair{"unigrams", ModelFlag::unigrams},
      std::pair{"bigrams", ModelFlag::bigrams}, std::pair{"transformer", ModelFlag::transformer},
      std::pair{"rnn", ModelFlag::rnn},         std::pair{"gru", ModelFlag::gru},
      std::pair{"lstm", ModelFlag::lstm}};
};

/// What bags alone have.
struct BagFlags {
  std::optional<double> regularization = std::nullopt;
  Index telling = 10;

  static constexpr std::string_view title = "Bags of words";
  static constexpr auto fields() {
    using B = BagFlags;
    return std::tuple(
        field("regularization", &B::regularization,
              "strength of the L2 penalty on the weights; if not given, tuned on the validation texts",
              {1e-6, 1e6}),
        field("telling", &B::telling, "number of n-grams to show that speak most for each class", {0, 1e6}));
  }
};

/// What classifiers of any kind are to learn with.
struct LearnerOptions {
  BagOptions words{};
  BagFlags bag{};
  SequenceConfig network{};
  SequenceTraining training{};
  std::uint64_t seed = 1;
};

/// What was learned from texts.
struct Learned {
  std::unique_ptr<TextClassifier> classifier;
  std::string choice;                   // "regularization 0.1": made on validation texts
  std::optional<int> stopped_status{};  // somebody stopped it: what the program is to exit with
};

/// One way to learn texts.
class ClassifierLearner {
 public:
  virtual ~ClassifierLearner() = default;

  /// How much it tells: how it went on standard error and what came out on standard output, or nothing that
  /// stays.
  enum class Talk { all, little };

  /// Without validation texts, a tenth of the others is held out for them.
  virtual Learned learn(std::span<const LabeledText> texts,
                        const std::optional<std::vector<LabeledText>>& validation, Talk talk) const = 0;
};

/// Of a model that is not `automatic`. ConfigError if its options do not fit each other.
std::unique_ptr<ClassifierLearner> make_learner(ModelFlag model, const LearnerOptions& options,
                                                Backend& backend);

/// Whether a model reads words in their order.
bool reads_sequences(ModelFlag model);

}  // namespace heed
