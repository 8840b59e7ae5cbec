#include "heed/tasks/text_generation/dialogue_objective.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "heed/data/dataset_fingerprint.h"
#include "heed/data/decoded_sequences.h"
#include "heed/decoding/language_model_session.h"
#include "heed/decoding/sampling.h"
#include "heed/dialogues/response_scores.h"

namespace heed {
namespace {

// Enough to see a sentence or two; weights that are trained are packed anew for every token.
constexpr Index longest_response = 100;

/// A response of a dialogue with the turns before it.
struct SampledResponse {
  ChatPrompt prompt;
  std::string question, reference;
};

/// The last response of dialogues that are spread over the set, the same at each validation.
std::vector<SampledResponse> sampled_responses(const ValidationDialogues& validation,
                                               const DialogueEncoder& encoder, Index count) {
  std::vector<SampledResponse> all;
  for (const std::size_t number : sample_places(validation.dialogues.size(), count)) {
    const Dialogue& dialogue = validation.dialogues[number];
    const auto last =
        std::find_if(dialogue.rbegin(), dialogue.rend(), std::mem_fn(&Turn::response)).base() - 1;
    const Dialogue before(dialogue.begin(), last);
    try {
      all.push_back({encoder.prompt(before, 1), before.empty() ? "" : before.back().text, last->text});
    } catch (const ConfigError&) {  // it does not fit, as was told
    }
  }
  return all;
}

std::vector<Sample> samples(const LanguageModel& model, Backend& backend, const Tokenizer& tokenizer,
                            const std::vector<SampledResponse>& asked) {
  std::vector<Sample> all;
  for (const SampledResponse& response : asked) {
    const Prompts prompts{response.prompt.tokens};
    LanguageModelSession session(model, backend, prompts);
    const std::vector<Index> lengths{longest_response};
    const std::vector<std::uint64_t> names{0};
    try {
      const auto found = sample(session, prompts, lengths, names, {.top_k = 1, .tokens = search_tokens()});
      all.push_back({{{"turn before", response.question},
                      {"reference", response.reference},
                      {"response", tokenizer.decode(found.front().front().tokens)}}});
    } catch (const ScoreError&) {
      return {};
    }
  }
  return all;
}

class DialogueObjective : public Objective {
 public:
  DialogueObjective(const LanguageModel& model, const Tokenizer& tokenizer,
                    const ValidationDialogues& validation, const TrainingConfig& training)
      : model_(model),
        tokenizer_(tokenizer),
        validation_(validation),
        batch_tokens_(training.batch_tokens),
        samples_(training.samples),
        label_smoothing_(static_cast<float>(training.label_smoothing)) {}

  Loss loss(Pass& pass, const Batch& batch) const override {
    return {response_loss(model_, pass, batch, label_smoothing_),
            static_cast<double>(batch.columns.at(2).tokens.size())};
  }
  std::string_view loss_unit() const override { return "token"; }
  Index tokens(const Batch& batch) const override { return std::ssize(batch.columns.at(0).tokens); }

  Validation validate(Backend& backend) const override {
    const ResponseScores scores =
        score_responses(model_, backend, *validation_.examples.examples, batch_tokens_);
    const bool sound = std::isfinite(scores.loss);
    const double loss = scores.loss_per_token(),
                 right = sound ? scores.exact_match() : std::numeric_limits<double>::quiet_NaN();
    Validation all;
    all.measures = {
        {.name = "loss", .title = "loss", .value = loss, .better = Better::lower, .digits = 4},
        {.name = "perplexity", .title = "perplexity", .value = std::exp(loss), .better = Better::lower},
        {.name = "exact_match", .title = "responses exactly right", .value = right}};
    if (sound) {
      const DialogueEncoder encoder(tokenizer_, validation_.context);
      all.samples = samples(model_, backend, tokenizer_, sampled_responses(validation_, encoder, samples_));
    }
    return all;
  }

  std::vector<std::string_view> measures() const override { return {"loss", "exact_match"}; }
  // While no response is right, the loss alone tells whether anything is learned.
  std::string_view tie_breaker() const override { return "loss"; }
  std::string validation_fingerprint() const override { return fingerprint(*validation_.examples.examples); }
  std::vector<std::string> texts(const Batch& batch) const override {
    return decoded_sequences(batch.columns.at(0), tokenizer_);
  }

 private:
  const LanguageModel& model_;
  const Tokenizer& tokenizer_;
  const ValidationDialogues& validation_;
  Index batch_tokens_, samples_;
  float label_smoothing_;
};

}  // namespace

std::unique_ptr<Objective> dialogue_objective(const LanguageModel& model, const Tokenizer& tokenizer,
                                              const ValidationDialogues& validation,
                                              const TrainingConfig& training) {
  return std::make_unique<DialogueObjective>(model, tokenizer, validation, training);
}

}  // namespace heed
