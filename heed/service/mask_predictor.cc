#include "heed/service/task_predictors.h"

#include <fmt/format.h>

#include "heed/service/mask_filler.h"
#include "heed/text/one_line.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

/// A guess as it stands in a text; as the vocabulary shows it where there is nothing to see of it.
std::string_view shown_guess(const MaskGuess& guess) {
  return is_blank(guess.text) ? guess.token : guess.text;
}

/// "good 0.312, bad 0.207" for each mask, a tab between them.
std::string guesses_text(const FilledText& filled) {
  std::string text;
  for (const auto& guesses : filled.masks) {
    if (!text.empty()) text += '\t';
    std::string list;
    for (const MaskGuess& guess : guesses)
      list += fmt::format("{}{} {:.3f}", list.empty() ? "" : ", ", with_escaped_breaks(shown_guess(guess)),
                          guess.probability);
    text += list;
  }
  return text;
}

class MaskPredictor : public Predictor {
 public:
  MaskPredictor(const std::filesystem::path& folder, Backend& backend, const PredictorOptions& options)
      : filler_(folder, backend), top_(options.top) {}

  std::vector<Prediction> operator()(std::span<const std::string> lines, std::uint64_t first) const override {
    std::vector<Prediction> all;
    for (const std::string& line : lines) {
      const FilledText filled = of_line(line, first + all.size());
      nlohmann::ordered_json masks = nlohmann::ordered_json::array();
      for (const auto& guesses : filled.masks) {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const MaskGuess& guess : guesses)
          list.push_back({{"token", guess.token}, {"text", guess.text}, {"probability", guess.probability}});
        masks.push_back(std::move(list));
      }
      all.push_back({guesses_text(filled), {{"text", filled.text}, {"masks", std::move(masks)}}});
    }
    return all;
  }

 private:
  FilledText of_line(const std::string& line, std::uint64_t number) const {
    try {
      return filler_.fill(line, top_);
    } catch (const DataError& error) {
      throw DataError(message("line ", number + 1, ": ", error.what()));
    }
  }

  MaskFiller filler_;
  Index top_;
};

}  // namespace

std::unique_ptr<Predictor> mask_predictor(const std::filesystem::path& folder, Backend& backend,
                                          const PredictorOptions& options) {
  return std::make_unique<MaskPredictor>(folder, backend, options);
}

}  // namespace heed
