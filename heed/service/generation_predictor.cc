#include "heed/service/task_predictors.h"

#include "heed/corpus/dialogues/dialogue_json.h"
#include "heed/service/chat.h"
#include "heed/service/generator.h"
#include "heed/text/one_line.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

/// Goes on with lines or, of a model of dialogues, answers those that they hold as JSON.
class GenerationPredictor : public Predictor {
 public:
  GenerationPredictor(const std::filesystem::path& folder, Backend& backend, const PredictorOptions& options)
      : generator_(folder, backend), config_({.max_tokens = options.max_tokens}) {
    if (generator_.answers_dialogues()) config_.top_k = 1;  // a response as it is measured: the likeliest
  }

  std::vector<Prediction> operator()(std::span<const std::string> lines, std::uint64_t first) const override {
    std::vector<Prediction> all;
    for (const std::string& line : lines) {
      const GeneratedText text = text_after(line, first + all.size());
      all.push_back({with_escaped_breaks(text.text),
                     {{"text", text.text},
                      {"finish_reason", enum_name(text.finish_reason)},
                      {"log_probability", text.log_probability},
                      {"tokens", text.tokens},
                      {"token_log_probability", text.token_log_probability}}});
    }
    return all;
  }
  /// Each text takes long and is written alone.
  Index lines_at_once() const override { return 1; }
  Index threads_for(Index /*lines*/, Index available) const override {
    return generator_.threads_for_one(available);
  }

 private:
  GeneratedText text_after(const std::string& line, std::uint64_t number) const {
    const std::string where = message("line ", number + 1);
    require_utf8(line, where);
    try {
      if (!generator_.answers_dialogues()) return generator_.generate(line, config_, number).front();
      return answer_dialogue(generator_, dialogue_of_json(line), config_, number).texts.front();
    } catch (const std::exception& error) {  // it is longer than the context, or no dialogue
      if (!dynamic_cast<const ConfigError*>(&error) && !dynamic_cast<const DataError*>(&error)) throw;
      throw DataError(message(where, ": ", error.what()));
    }
  }

  Generator generator_;
  GenerationConfig config_;
};

}  // namespace

std::unique_ptr<Predictor> generation_predictor(const std::filesystem::path& folder, Backend& backend,
                                                const PredictorOptions& options) {
  return std::make_unique<GenerationPredictor>(folder, backend, options);
}

}  // namespace heed
