#include "heed/service/translator.h"

#include <algorithm>

#include "heed/checkpoint/model_folder.h"
#include "heed/checkpoint/source_lengths.h"
#include "heed/decoding/scoring.h"
#include "heed/decoding/search_tokens.h"
#include "heed/service/large_model.h"
#include "heed/text/sentences.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

// Longer lines are documents: models are trained on sentences and translate far longer input badly.
constexpr Index longest_sentence = 512;
// Measured for 49 million parameters beside 512, and 256 with a beam of 5: 1.02 to 1.07 of the speed. 2,048
// are hardly faster and take twice the memory.
constexpr Index batch_tokens_of_large_model = 1024;

/// A piece of a line that is translated whole.
struct Part {
  std::size_t line;
  std::vector<Index> tokens;
  std::string gap = {};       // white space between it and the part before it
  bool new_sentence = false;  // it begins one, and is not the line's first part
};

/// A text that the model takes whole, or parts of it that it takes.
void halve(const Translator& translator, std::size_t line, std::string_view text, std::vector<Part>& parts) {
  std::vector<Index> tokens = translator.encode_source(text);
  if (tokens.size() <= 1) return;
  if (static_cast<Index>(tokens.size()) <= translator.longest_source() || count_code_points(text) < 2) {
    parts.push_back({.line = line, .tokens = std::move(tokens), .gap = " "});
    return;
  }
  const auto [head, tail] = halves(text);
  halve(translator, line, head, parts);
  halve(translator, line, tail, parts);
}

/// Models are trained on sentences; of several they leave some out. What is longer than what one learned from
/// is given to it sentence by sentence.
void split(const Translator& translator, std::size_t line, std::string_view text, bool at_sentences,
           std::vector<Part>& parts) {
  const Index usual = translator.usual_source();
  const bool unusual = usual > 0 && std::ssize(translator.encode_source(text)) > usual;
  const auto found = at_sentences && unusual ? sentences(text) : std::vector<Sentence>{{text, {}}};
  std::string_view gap;
  for (const Sentence& sentence : found) {
    const std::size_t first = parts.size();
    halve(translator, line, sentence.text, parts);
    if (parts.size() > first && first > 0 && parts[first - 1].line == line) {
      parts[first].gap = gap;
      parts[first].new_sentence = true;
    }
    gap = sentence.space;
  }
}

/// Byte pieces can spell an end of line; a line of input has one line of output.
std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

Translation translation_of(const Hypothesis& hypothesis, const Tokenizer& tokenizer) {
  Translation t{.text = one_line(tokenizer.decode(hypothesis.tokens)),
                .score = hypothesis.score,
                .log_probability = hypothesis.log_probability,
                .tokens = {},
                .ids = hypothesis.tokens,
                .token_log_probability = hypothesis.token_log_probability,
                .complete = hypothesis.complete()};
  for (const Index token : hypothesis.tokens) t.tokens.push_back(tokenizer.piece(token));
  return t;
}

/// Puts the translation of a further part behind what there is.
void append(Translation& whole, Translation part, std::string_view gap) {
  if (!whole.text.empty() && !part.text.empty()) whole.text += gap.empty() ? space_behind(whole.text) : gap;
  whole.text += part.text;
  whole.score += part.score;
  whole.log_probability += part.log_probability;
  whole.tokens.insert(whole.tokens.end(), part.tokens.begin(), part.tokens.end());
  whole.ids.insert(whole.ids.end(), part.ids.begin(), part.ids.end());
  whole.token_log_probability.insert(whole.token_log_probability.end(), part.token_log_probability.begin(),
                                     part.token_log_probability.end());
  whole.complete = whole.complete && part.complete;
}

// Lines whose targets have so many tokens are scored at once: their logits take some 100 MB.
constexpr Index tokens_scored_at_once = 2048;

void require_fits(std::size_t tokens, Index limit, const std::string& where) {
  require<DataError>(static_cast<Index>(tokens) <= limit, where, " has ", tokens, " tokens, the model knows ",
                     limit, " positions; split it into sentences");
}

bool inside_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

Translator::Translator(const std::filesystem::path& folder, Backend& backend,
                       std::optional<DataType> precision)
    : backend_(&backend),
      model_(load_model_as<EncoderDecoder>(folder, ParameterStore::Purpose::inference,
                                           Placement::prepacked(backend, precision))),
      tokenizers_(load_tokenizers(folder)),
      usual_source_(load_source_lengths(folder).usual) {
  const ModelSizes c = model_->sizes();
  const Index source = tokenizers_.source->vocabulary_size(), target = tokenizers_.target->vocabulary_size();
  require<CheckpointError>(c.inputs == source && c.outputs == target, folder.string(), ": the model has ",
                           c.inputs, " and ", c.outputs, " pieces, its tokenizers ", source, " and ", target,
                           "; they do not belong together");
}

std::vector<Index> Translator::encode_source(std::string_view text) const {
  std::vector<Index> tokens = tokenizers_.source->encode(text);
  tokens.push_back(special::eos);
  return tokens;
}

Index Translator::threads_for_one(Index available) const {
  return model_->store().count() >= large_model ? available : 1;
}

DecodingConfig Translator::with_batch_size(DecodingConfig config) const {
  if (model_->store().count() >= large_model && !config.decoding_batch_tokens)
    config.decoding_batch_tokens = batch_tokens_of_large_model;
  return config;
}

Index Translator::longest_source() const {
  return std::min(longest_sentence, model_->sizes().longest_sequence - 1);
}

std::vector<TranslatedLine> Translator::translate(std::span<const std::string> lines,
                                                  const DecodingConfig& config,
                                                  std::span<const std::uint64_t> numbers) const {
  require<DataError>(numbers.empty() || numbers.size() == lines.size(), "translate: ", lines.size(),
                     " lines have ", numbers.size(), " numbers");
  const auto number = [&](std::size_t i) { return numbers.empty() ? std::uint64_t{i} : numbers[i]; };
  std::vector<Part> parts;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    require_utf8(lines[i], message("line ", number(i) + 1));
    split(*this, i, lines[i], config.split, parts);
  }
  std::vector<std::vector<Index>> sources;
  std::vector<std::uint64_t> names;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    // What is drawn for a line depends on its own number, not on how many parts the lines before it have.
    const bool goes_on = p > 0 && parts[p].line == parts[p - 1].line;
    names.push_back(goes_on ? names.back() + (std::uint64_t{1} << 32) : number(parts[p].line));
    sources.push_back(std::move(parts[p].tokens));
  }
  const auto found = heed::translate(*model_, *backend_, sources, search_tokens(), config, names);

  std::vector<TranslatedLine> results(lines.size());
  for (std::size_t p = 0; p < parts.size(); ++p) {
    TranslatedLine& line = results[parts[p].line];
    const bool goes_on = !line.translations.empty();
    if (goes_on) {
      ++line.parts;
      if (parts[p].new_sentence) ++line.sentences;
      line.translations.resize(std::min(line.translations.size(), found[p].size()));
    }
    for (std::size_t n = 0; n < found[p].size(); ++n) {
      Translation translation = translation_of(found[p][n], *tokenizers_.target);
      if (!goes_on)
        line.translations.push_back(std::move(translation));
      else if (n < line.translations.size())
        append(line.translations[n], std::move(translation), parts[p].gap);
    }
  }
  for (TranslatedLine& line : results)
    if (line.translations.empty()) line.translations.resize(static_cast<std::size_t>(config.n_best));
  return results;
}

std::vector<std::string> Translator::best_translations(std::span<const std::string> lines,
                                                       const DecodingConfig& config) const {
  std::vector<std::string> texts;
  for (TranslatedLine& line : translate(lines, config))
    texts.push_back(std::move(line.translations.front().text));
  return texts;
}

std::vector<std::vector<float>> Translator::score(std::span<const std::string> sources,
                                                  std::span<const std::string> targets,
                                                  std::uint64_t first) const {
  require<DataError>(sources.size() == targets.size(), "score: ", sources.size(), " sources meet ",
                     targets.size(), " targets; give each source its translation");
  std::vector<std::vector<Index>> source_tokens, target_tokens;
  std::vector<std::vector<float>> scores;
  Index waiting = 0;
  const auto score_waiting = [&] {
    for (auto& line : heed::score(*model_, *backend_, source_tokens, target_tokens, special::bos))
      scores.push_back(std::move(line));
    source_tokens.clear(), target_tokens.clear(), waiting = 0;
  };
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const std::string source = message("source line ", first + i + 1),
                      target = message("target line ", first + i + 1);
    require_utf8(sources[i], source);
    require_utf8(targets[i], target);
    source_tokens.push_back(encode_source(sources[i]));
    target_tokens.push_back(tokenizers_.target->encode(targets[i]));
    target_tokens.back().push_back(special::eos);
    require_fits(source_tokens.back().size(), model_->sizes().longest_sequence, source);
    require_fits(target_tokens.back().size(), model_->sizes().longest_sequence, target);
    waiting += std::ssize(target_tokens.back());
    if (waiting >= tokens_scored_at_once) score_waiting();
  }
  if (!source_tokens.empty()) score_waiting();
  return scores;
}

std::pair<std::string, std::string> halves(std::string_view text) {
  constexpr std::size_t none = std::string_view::npos;
  const std::size_t middle = text.size() / 2;
  const auto distance = [&](std::size_t at) { return at > middle ? at - middle : middle - at; };
  std::size_t word = none, sentence = none;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != ' ') continue;
    if (word == none || distance(i) < distance(word)) word = i;
    const bool ends = text[i - 1] == '.' || text[i - 1] == '!' || text[i - 1] == '?';
    if (ends && (sentence == none || distance(i) < distance(sentence))) sentence = i;
  }
  // An end of sentence in the outer quarters would leave too large a rest.
  std::size_t cut = sentence != none && distance(sentence) < text.size() / 4 ? sentence : word;
  if (cut == none) {
    cut = middle;
    while (cut > 0 && inside_character(text[cut])) --cut;
    if (cut == 0)
      for (cut = middle + 1; cut < text.size() && inside_character(text[cut]);) ++cut;
  }
  return {std::string(text.substr(0, cut)), std::string(text.substr(cut))};
}

}  // namespace heed
