#include "heed/training/training_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "heed/base/files.h"
#include "heed/base/process_memory.h"
#include "heed/base/quantities.h"
#include "heed/base/settings_yaml.h"
#include "heed/training/corpus_preparation.h"
#include "heed/training/memory_plan.h"
#include "heed/training/model_card.h"

namespace heed {
namespace {

Tokenizers tokenizers_for(CorpusPreparation& corpora, const TokenizerConfig& config,
                          const std::filesystem::path& from, const RunFolder& folder) {
  if (folder.holds_run()) return load_tokenizers(folder.path());
  Tokenizers tokenizers = from.empty() ? corpora.learn_tokenizers(config) : load_tokenizers(from);
  if (!from.empty()) require_tokenizer_of(tokenizers.config, config, from.string());
  tokenizers.save(folder.path());
  return tokenizers;
}

void note_report(TrainingObserver& observer, std::string_view which, const ReadReport& report) {
  for (const std::string& line : report.lines()) observer.note(fmt::format("{}: {}", which, line));
}

/// The validation pairs that have examples; those that are too long are left out of both.
ValidationSet validation_set(ParallelCorpus corpus, const Tokenizers& tokenizers, const LengthLimits& limits,
                             ReadReport& report) {
  report = corpus.report;
  const Index all = std::ssize(corpus.pairs);
  ValidationSet set = make_validation_set(std::move(corpus.pairs), tokenizers, limits.max_length);
  report.too_long += all - std::ssize(set.pairs);
  report.kept -= all - std::ssize(set.pairs);
  return set;
}

/// A run cannot change what its weights depend on: `where` says of which run, `what` what it is.
template <class Config>
void require_unchanged(Config before, Config now, std::span<const std::string_view> free,
                       std::string_view where, std::string_view what) {
  const Settings old_settings = settings_of(before), new_settings = settings_of(now);
  for (std::size_t i = 0; i < old_settings.size(); ++i) {
    const Setting& setting = old_settings[i];
    const std::string was = shown(setting.get()), is = shown(new_settings[i].get());
    if (std::ranges::find(free, setting.name) != free.end()) continue;
    require<ConfigError>(was == is, where, ": the run began with ", setting.name, " ", was, ", now ", is,
                         " is asked for; ", what,
                         " cannot change while it is trained: leave it away, or train in another folder");
  }
}

void require_same_model(const RunFolder& folder, const ModelConfig& config) {
  constexpr std::array<std::string_view, 2> free{"dropout", "hidden_dropout"};
  const ModelConfig before = load_config(folder.path());
  require<ConfigError>(architecture_of(before) == architecture_of(config), folder.path().string(),
                       ": the run began with architecture ", enum_name(architecture_of(before)), ", now ",
                       enum_name(architecture_of(config)),
                       " is asked for; a model cannot change while it is trained: leave it away, or train in "
                       "another folder");
  require_unchanged(before, config, free, folder.path().string(), "a model");
}

void require_same_tokenizers(const RunFolder& folder, const TokenizerConfig& before,
                             const TokenizerConfig& now) {
  require_unchanged(before, now, {}, folder.path().string(), "a model's tokenizer");
}

/// Refuses what no model can be made of, before minutes go into reading corpora.
void require_possible(const RunOptions& options) {
  if (!options.start.from.empty()) return;  // how large it is, the model says that it begins with
  const Index words = options.tokenizer.vocabulary_size.value_or(8000);
  options.model.config(words, words, options.tokenizer.joint);
}

/// Foretells the memory of a run that begins, and says it; into how many parts its batches are cut to fit.
Index plan_memory(const MemoryPlanner& planner, const TrainingConfig& config, TrainingObserver& observer) {
  const auto text = [](std::size_t bytes) { return bytes_text(static_cast<double>(bytes)); };
  // Some is left for others: what is free now may not be so for long.
  const std::size_t bytes = config.memory.empty() ? planner.program() + available_bytes() / 10 * 9
                                                  : parse_bytes(config.memory, "memory");
  const MemoryPlan plan = planner.fitting(config.batch_tokens, bytes);
  std::string parts;
  for (const auto& [name, size] : plan.parts())
    parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", name, text(size));
  observer.note(fmt::format("memory: {} will be needed: {}", text(plan.total()), parts));
  const Index cut = config.batch_tokens / plan.batch_tokens;
  if (cut > 1)
    observer.note(
        fmt::format("to fit into {}, batches of {} tokens are cut in {}; their gradients are added up",
                    text(bytes), config.batch_tokens, cut));
  return cut;
}

}  // namespace

TrainingOutcome train_model(CorpusSources corpora, RunOptions options, const RunFolder& folder,
                            Backend& backend, TrainingObserver& observer,
                            const std::function<bool()>& interrupted) {
  require_possible(options);
  folder.create();
  const FolderLock lock = folder.lock();
  observer.entered(folder.path());
  const bool going_on = folder.holds_run();
  const std::filesystem::path& from = options.start.from;
  CorpusPreparation preparation(corpora, options.filters, options.training.seed, folder.examples(), observer);
  const Tokenizers tokenizers = tokenizers_for(preparation, options.tokenizer, from, folder);
  // A run that goes on has taken over what it needs: the model that it began with may be gone.
  const std::filesystem::path like = from.empty() || !going_on ? from : folder.path();
  const ModelConfig config =
      from.empty() ? options.model.config(tokenizers.source->vocabulary_size(),
                                          tokenizers.target->vocabulary_size(), tokenizers.joint())
                   : config_of_further(load_config(like), options.model, like.string());
  if (!from.empty()) options.tokenizer = tokenizers.config;
  LengthLimits limits{.max_length = options.corpus.max_length, .max_ratio = options.corpus.max_ratio};
  limits.max_length = std::min(limits.max_length, sizes_of(config).longest_sequence - 1);
  if (going_on) {
    require_same_tokenizers(folder, tokenizers.config, options.tokenizer);
    require_same_model(folder, config);
  }

  PreparedCorpora prepared = preparation.examples(tokenizers, limits);
  corpora = {};
  note_report(observer, "training", prepared.report);
  ReadReport validation_report;
  const ValidationSet validation =
      validation_set(std::move(prepared.validation), tokenizers, limits, validation_report);
  note_report(observer, "validation", validation_report);
  const auto& examples = prepared.examples;
  observer.note(fmt::format("tokens: {} source, {} target",
                            count_text(static_cast<double>(examples->source_tokens())),
                            count_text(static_cast<double>(examples->target_tokens()))));

  RandomParameters start(options.training.seed);
  const auto model = make_model(config, start, ParameterStore::Purpose::training, Placement::on(backend));
  if (!from.empty() && !going_on) {
    load_parameters(parameters_file(from), model->store());
    observer.note(fmt::format("weights, sizes and tokenizer are those of {}", from.string()));
  }
  observer.note(fmt::format("model: {} parameters, {}",
                            count_text(static_cast<double>(model->store().count())), summary_of(config)));

  BatchOptions batches{.batch_tokens = options.training.batch_tokens,
                       .bucket = options.corpus.bucket,
                       .seed = options.training.seed,
                       .corpora = prepared.corpora};
  // A run that goes on keeps its batches, however much is free now.
  Index parts = going_on ? folder.read_state().batch_parts : 1;
  if (!going_on && examples->size() > 0)
    parts = plan_memory({*model, backend, *examples, batches, options.training.moving_average > 0},
                        options.training, observer);
  TrainingConfig training = options.training;
  training.batch_tokens = batches.batch_tokens = std::max<Index>(options.training.batch_tokens / parts, 1);
  training.accumulate *= parts;
  Trainer trainer({backend, *model, tokenizers, examples, validation, parts}, training, batches, folder,
                  observer);
  // Not before: what could not be gone on with must not be asked for the next time.
  save_config(folder.path(), config);
  write_file(folder.options_file(), yaml_text(options.settings()));
  observer.began({.update = going_on ? folder.read_state().update : 0,
                  .options = options.settings(),
                  .config = config,
                  .parameters = model->store().count(),
                  .training = prepared.report,
                  .validation = validation_report,
                  .source_tokens = examples->source_tokens(),
                  .target_tokens = examples->target_tokens()});
  const TrainingOutcome outcome = trainer.run(interrupted);
  observer.note(fmt::format("memory: {} at most", bytes_text(static_cast<double>(peak_resident_bytes()))));
  if (outcome.end != TrainingEnd::interrupted)
    write_file(folder.card_file(), model_card(outcome, options, config, *examples));
  return outcome;
}

TrainingOutcome train_model(Corpora corpora, RunOptions options, const RunFolder& folder, Backend& backend,
                            TrainingObserver& observer, const std::function<bool()>& interrupted) {
  CorpusSources sources;
  sources.training.push_back({std::make_shared<CorpusInMemory>(std::move(corpora.training))});
  sources.validation = std::make_shared<CorpusInMemory>(std::move(corpora.validation));
  return train_model(std::move(sources), std::move(options), folder, backend, observer, interrupted);
}

}  // namespace heed
