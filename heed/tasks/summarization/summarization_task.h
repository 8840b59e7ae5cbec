#pragma once
#include "heed/tasks/summarization/summary_validation.h"
#include "heed/tasks/text_pairs/text_pair_task.h"
#include "heed/tasks/text_pairs/validation_search.h"

namespace heed {

/// What a run that learns to summarize can be told of its sources.
struct SummarySources {
  Index source_tokens = 256;

  static constexpr std::string_view title = "Corpus";
  static constexpr auto fields() {
    return std::tuple(field("source_tokens", &SummarySources::source_tokens,
                            "tokens of a source that are read; what is behind is left out", {1, 1 << 20}));
  }
};

struct SummarizationOptions : TextPairOptions {
  ValidationSearch validation = {};
  SummarySources sources = {};
};

/// Texts and their summaries to an encoder-decoder that summarizes, by default one that copies.
class SummarizationTask : public TextPairTask {
 public:
  explicit SummarizationTask(SummarizationOptions options = {},
                             std::optional<CorpusSources> corpora = std::nullopt)
      : TextPairTask(options_, std::move(corpora)), options_(std::move(options)) {
    // What is odd in translations is the rule here: a summary is short, and may stand in its text.
    options_.filters.ratios = options_.filters.copies = options_.filters.lengths = FilterAction::off;
  }

  std::string_view name() const override { return "summarization"; }
  Settings settings() override {
    return settings_of(options_.corpus, options_.filters, options_.tokenizer, options_.validation,
                       options_.sources);
  }
  void set_defaults(TrainingConfig& training, ModelOptions& model) const override;
  std::unique_ptr<Objective> objective(const Model& model, const TrainingConfig& training) const override;
  std::string card_text() const override;

 protected:
  Index source_tokens() const override { return options_.sources.source_tokens; }

 private:
  SummarizationOptions options_;
};

}  // namespace heed
