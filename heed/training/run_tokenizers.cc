#include "heed/training/run_tokenizers.h"

#include "heed/training/fine_tuning.h"
#include "heed/training/run.h"

namespace heed {

void require_taken_over(const TaskRun& run, const Settings& has, const Settings& asked, const Settings& usual,
                        std::string_view what) {
  const std::string where = run.taken_over().string();
  if (run.from.empty())
    require_unchanged(has, asked, nullptr, where, what);
  else
    require_settings_of_model(has, asked, usual, where);
}

Tokenizers run_tokenizers(const TaskRun& run, const TokenizerRequest& request,
                          const std::function<Tokenizers(const TokenizerConfig&)>& learn) {
  Tokenizers tokenizers;
  if (run.taken_over().empty()) {
    tokenizers = learn(request.complete(request.config));
    for (const std::string& note : tokenizers.notes) run.observer.note(note);
  } else {
    tokenizers = load_tokenizers(run.taken_over());
    TokenizerConfig asked = run.from.empty() ? request.complete(request.config) : request.config,
                    usual = request.usual;
    require_taken_over(run, settings_of(tokenizers.config), settings_of(asked), settings_of(usual),
                       "a model's tokenizer");
  }
  if (!run.from.empty()) request.config = tokenizers.config;
  if (!run.resumed) tokenizers.save(run.folder.path());
  return tokenizers;
}

}  // namespace heed
