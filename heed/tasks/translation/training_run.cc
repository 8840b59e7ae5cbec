#include "heed/tasks/translation/training_run.h"

namespace heed {

TrainingOutcome train_model(CorpusSources corpora, RunOptions options, const RunFolder& folder,
                            Backend& backend, TrainingObserver& observer,
                            const std::function<bool()>& interrupted) {
  TranslationTask task({options.corpus, options.filters, options.tokenizer, options.validation},
                       std::move(corpora));
  TrainingOptions training{options.start, options.model, options.training, options.reset};
  return train(task, training, folder, backend, observer, interrupted);
}

TrainingOutcome train_model(Corpora corpora, RunOptions options, const RunFolder& folder, Backend& backend,
                            TrainingObserver& observer, const std::function<bool()>& interrupted) {
  CorpusSources sources;
  sources.training.push_back({std::make_shared<CorpusInMemory>(std::move(corpora.training))});
  sources.validation = std::make_shared<CorpusInMemory>(std::move(corpora.validation));
  return train_model(std::move(sources), std::move(options), folder, backend, observer, interrupted);
}

}  // namespace heed
