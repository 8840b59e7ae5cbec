#include "heed/service/task_predictors.h"

#include "heed/service/generator.h"
#include "heed/text/one_line.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

class GenerationPredictor : public Predictor {
 public:
  GenerationPredictor(const std::filesystem::path& folder, Backend& backend, const PredictorOptions& options)
      : generator_(folder, backend), config_({.max_tokens = options.max_tokens}) {}

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
      return generator_.generate(line, config_, number).front();
    } catch (const ConfigError& error) {  // it is longer than the context
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
