#include "heed/service/open_predictor.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "heed/checkpoint/model_folder.h"
#include "heed/service/generator.h"
#include "heed/service/mask_filler.h"
#include "heed/service/open_classifier.h"
#include "heed/service/question_answerer.h"
#include "heed/service/translator.h"
#include "heed/text/unicode.h"
#include "heed/text_classifier/classifier_folder.h"
#include "heed/text_classifier/network/text_classes.h"

namespace heed {
namespace {

class TranslationPredictor : public Predictor {
 public:
  TranslationPredictor(const std::filesystem::path& folder, Backend& backend, const PredictorOptions&)
      : translator_(folder, backend) {}

  std::vector<Prediction> operator()(std::span<const std::string> lines, std::uint64_t first) const override {
    std::vector<std::uint64_t> numbers(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) numbers[i] = first + i;
    std::vector<Prediction> all;
    for (const TranslatedLine& line :
         translator_.translate(lines, translator_.with_batch_size({}), numbers)) {
      const Translation& best = line.translations.front();
      all.push_back({best.text,
                     {{"translation", best.text},
                      {"score", best.score},
                      {"log_probability", best.log_probability},
                      {"complete", best.complete},
                      {"tokens", best.tokens},
                      {"token_log_probability", best.token_log_probability}}});
    }
    return all;
  }
  Index threads_for(Index lines, Index available) const override {
    return lines == 1 ? translator_.threads_for_one(available) : available;
  }

 private:
  Translator translator_;
};

/// The text with ends of line as \n and \r, and a backslash as two.
std::string escaped(std::string_view text) {
  std::string line;
  for (const char byte : text) {
    if (byte == '\n')
      line += "\\n";
    else if (byte == '\r')
      line += "\\r";
    else if (byte == '\\')
      line += "\\\\";
    else
      line += byte;
  }
  return line;
}

class GenerationPredictor : public Predictor {
 public:
  GenerationPredictor(const std::filesystem::path& folder, Backend& backend, const PredictorOptions& options)
      : generator_(folder, backend), config_({.max_tokens = options.max_tokens}) {}

  std::vector<Prediction> operator()(std::span<const std::string> lines, std::uint64_t first) const override {
    std::vector<Prediction> all;
    for (const std::string& line : lines) {
      const GeneratedText text = text_after(line, first + all.size());
      all.push_back({escaped(text.text),
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

class ClassPredictor : public Predictor {
 public:
  ClassPredictor(const std::filesystem::path& folder, Backend& backend, const PredictorOptions&)
      : classifier_(open_classifier(folder, backend)) {}

  std::vector<Prediction> operator()(std::span<const std::string> lines, std::uint64_t first) const override {
    for (std::size_t i = 0; i < lines.size(); ++i) require_utf8(lines[i], message("line ", first + i + 1));
    if (lines.empty()) return {};
    const std::vector<std::string_view> texts(lines.begin(), lines.end());
    const std::vector<float> probabilities = (*classifier_)(texts);  // [texts, labels]
    const std::vector<std::string>& labels = classifier_->labels();
    std::vector<Prediction> all;
    for (std::size_t text = 0; text < lines.size(); ++text) {
      const float* of_text = probabilities.data() + text * labels.size();
      const auto best =
          static_cast<std::size_t>(std::max_element(of_text, of_text + labels.size()) - of_text);
      nlohmann::ordered_json by_label = nlohmann::ordered_json::object();
      for (std::size_t i = 0; i < labels.size(); ++i) by_label[labels[i]] = of_text[i];
      all.push_back({labels[best], {{"label", labels[best]}, {"probabilities", by_label}}});
    }
    return all;
  }

 private:
  std::unique_ptr<TextClassifier> classifier_;
};

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
      list += fmt::format("{}{} {:.3f}", list.empty() ? "" : ", ", escaped(shown_guess(guess)),
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

class AnswerPredictor : public Predictor {
 public:
  AnswerPredictor(const std::filesystem::path& folder, Backend& backend, const PredictorOptions&)
      : answerer_(folder, backend) {}

  std::vector<Prediction> operator()(std::span<const std::string> lines, std::uint64_t first) const override {
    std::vector<Prediction> all;
    for (const std::string& line : lines) {
      const auto [question, context] = asked_in(line, message("line ", first + all.size() + 1));
      const AskedText text = answerer_.read(context);
      const std::vector<TextAnswer> answers = answerer_.answer(question, text);
      const TextAnswer best = answers.empty() ? TextAnswer{.none = true, .text = {}} : answers.front();
      all.push_back({escaped(best.text),
                     {{"answer", best.text},
                      {"found", !best.none},
                      {"start", count_code_points(std::string_view(context).substr(0, best.begin))},
                      {"end", count_code_points(std::string_view(context).substr(0, best.end))},
                      {"probability", best.probability}}});
    }
    return all;
  }

 private:
  /// The texts of {"question": ..., "context": ...}. DataError, beginning with `where`, for another line.
  static std::pair<std::string, std::string> asked_in(const std::string& line, const std::string& where) {
    const auto json = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    const auto text = [&](const char* name) {
      const bool there = json.is_object() && json.contains(name) && json.at(name).is_string();
      require<DataError>(there, where,
                         ": expected a JSON object with the texts \"question\" and \"context\"");
      return json.at(name).get<std::string>();
    };
    return {text("question"), text("context")};
  }

  QuestionAnswerer answerer_;
};

using Open = std::unique_ptr<Predictor> (*)(const std::filesystem::path&, Backend&, const PredictorOptions&);

template <class P>
std::unique_ptr<Predictor> open(const std::filesystem::path& folder, Backend& backend,
                                const PredictorOptions& options) {
  return std::make_unique<P>(folder, backend, options);
}

struct Entry {
  std::string_view task;
  Open open;
};

constexpr std::array entries{
    Entry{"translation", open<TranslationPredictor>}, Entry{"text-generation", open<GenerationPredictor>},
    Entry{text_classification, open<ClassPredictor>}, Entry{fill_mask, open<MaskPredictor>},
    Entry{question_answering, open<AnswerPredictor>},
};

}  // namespace

std::string task_of_model(const std::filesystem::path& folder) {
  return holds_bag_of_words(folder) ? std::string(text_classification) : load_task(folder);
}

std::unique_ptr<Predictor> open_predictor(const std::filesystem::path& folder, Backend& backend,
                                          const PredictorOptions& options) {
  const std::string task = task_of_model(folder);
  std::string known;
  for (const Entry& entry : entries) {
    if (entry.task == task) return entry.open(folder, backend, options);
    known += message(known.empty() ? "" : ", ", entry.task);
  }
  throw CheckpointError(message(folder.string(), ": holds a model for ", task,
                                ", but this heed predicts with models for ", known, " only"));
}

}  // namespace heed
