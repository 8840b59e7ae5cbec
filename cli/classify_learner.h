#pragma once
#include <memory>
#include <optional>
#include <string>

#include "cli/training_console.h"
#include "heed/backend/backend.h"
#include "heed/bag_of_words/bag_training.h"
#include "heed/tasks/text_classification/text_classification_task.h"
#include "heed/training/run.h"

namespace heed {

/// What `heed classify train` can make.
enum class ModelFlag { automatic, unigrams, bigrams, transformer, rnn, gru, lstm, bert };
template <>
struct EnumNames<ModelFlag> {
  static constexpr std::array names{
      std::pair{"auto", ModelFlag::automatic},  std::pair{"unigrams", ModelFlag::unigrams},
      std::pair{"bigrams", ModelFlag::bigrams}, std::pair{"transformer", ModelFlag::transformer},
      std::pair{"rnn", ModelFlag::rnn},         std::pair{"gru", ModelFlag::gru},
      std::pair{"lstm", ModelFlag::lstm},       std::pair{"bert", ModelFlag::bert}};
};

/// What bags alone have.
struct BagFlags {
  std::optional<double> regularization = std::nullopt;
  Index features = 10;

  static constexpr std::string_view title = "Bags of words";
  static constexpr auto fields() {
    using B = BagFlags;
    return std::tuple(
        field("regularization", &B::regularization,
              "strength of the L2 penalty on the weights; if not given, tuned on the validation texts",
              {1e-6, 1e6}),
        field("features", &B::features, "number of most informative n-grams shown for each class", {0, 1e6},
              {"telling"}));
  }
};

/// What classifiers of any kind are to learn with.
struct LearnerOptions {
  BagOptions words{};
  BagFlags bag{};
  TextClassificationOptions text{};
  TrainingOptions network = default_options(TextClassificationTask());
  TrainingLogs logs{};

  std::uint64_t seed() const { return network.training.seed; }
  /// Flags that networks alone have, but for the seed; those of bags and networks are `words` and the seed.
  Settings of_networks();
  /// All that the options file of a network's run names. They refer to this object.
  Settings of_run();
  /// The words' options as a network's tokenizer has them, and the other way round.
  void words_to_network();
  void words_from_network();
};

/// What was learned from texts.
struct Learned {
  std::unique_ptr<TextClassifier> classifier;  // absent if somebody stopped it
  std::string choice;                          // "regularization 0.1": made on validation texts
  std::optional<int> stopped_status{};         // somebody stopped it: what the program is to exit with
};

/// One way to learn texts.
class ClassifierLearner {
 public:
  virtual ~ClassifierLearner() = default;

  /// Learns from the texts, tells how it goes on standard error and what came out on standard output, and
  /// leaves the classifier in a folder.
  virtual Learned learn(const LabeledTexts& texts, const std::filesystem::path& folder) const = 0;
  /// The same for one of many trials, of which nothing stays.
  virtual Learned try_out(const LabeledTexts& texts) const = 0;
};

/// Of a model that is not `automatic`. ConfigError if its options do not fit each other.
std::unique_ptr<ClassifierLearner> make_learner(ModelFlag model, const LearnerOptions& options,
                                                Backend& backend);

/// Whether a model reads words in their order.
bool reads_sequences(ModelFlag model);

}  // namespace heed
