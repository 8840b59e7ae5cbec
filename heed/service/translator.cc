#include "heed/service/translator.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "heed/alignment/source_attention.h"
#include "heed/checkpoint/model_folder.h"
#include "heed/checkpoint/source_lengths.h"
#include "heed/decoding/decoding_session.h"
#include "heed/decoding/ensemble_session.h"
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

TextSpan moved(TextSpan span, Index by) { return {span.begin + by, span.end + by}; }

/// Puts the translation of a further part behind what there is.
void append(Translation& whole, Translation part, std::string_view gap) {
  if (!whole.text.empty() && !part.text.empty()) whole.text += gap.empty() ? space_behind(whole.text) : gap;
  const auto begin = std::ssize(whole.text);
  whole.text += part.text;
  for (const TextSpan& span : part.token_spans) whole.token_spans.push_back(moved(span, begin));
  for (const auto& [target, source] : part.token_links)
    whole.token_links.emplace_back(moved(target, begin), source);
  whole.terms.insert(whole.terms.end(), part.terms.begin(), part.terms.end());
  if (whole.degeneration == Degeneration::none) whole.degeneration = part.degeneration;
  whole.score += part.score;
  whole.log_probability += part.log_probability;
  whole.tokens.insert(whole.tokens.end(), part.tokens.begin(), part.tokens.end());
  whole.ids.insert(whole.ids.end(), part.ids.begin(), part.ids.end());
  whole.token_log_probability.insert(whole.token_log_probability.end(), part.token_log_probability.begin(),
                                     part.token_log_probability.end());
  whole.complete = whole.complete && part.complete;
}

// A source token that nothing looks at would make a score infinite.
constexpr double least_attention = 1e-6;

/// The coverage penalty of Wu et al. (2016), eq. 14, without its weight: how much of the source was looked
/// at.
double coverage(const AttentionMatrix& attention) {
  double penalty = 0;
  for (Index source = 0; source < attention.sources; ++source) {
    double sum = 0;
    for (Index target = 0; target < attention.targets; ++target)
      sum += static_cast<double>(attention.at(target, source));
    penalty += std::log(std::clamp(sum, least_attention, 1.0));
  }
  return penalty;
}

// Lines whose targets have so many tokens are scored at once: their logits take some 100 MB.
constexpr Index tokens_scored_at_once = 2048;

void require_fits(std::size_t tokens, Index limit, const std::string& where) {
  require<DataError>(static_cast<Index>(tokens) <= limit, where, " has ", tokens, " tokens, the model knows ",
                     limit, " positions; split it into sentences");
}

}  // namespace

struct Translator::TextsWhenAsked {
  std::once_flag asked;
  std::unique_ptr<const TokenTexts> texts;
};

Translator::Translator(const std::filesystem::path& folder, Backend& backend,
                       std::optional<DataType> precision, std::span<const std::filesystem::path> ensemble)
    : backend_(&backend),
      model_(load_model_as<EncoderDecoder>(folder, ParameterStore::Purpose::inference,
                                           Placement::prepacked(backend, precision))),
      tokenizers_(load_tokenizers(folder)),
      usual_source_(load_source_lengths(folder).usual),
      read_source_(load_source_lengths(folder).read),
      alignment_head_(load_alignment_head(folder)),
      target_texts_(std::make_shared<TextsWhenAsked>()) {
  const auto require_fits = [](const std::filesystem::path& where, const EncoderDecoder& model,
                               const Tokenizers& tokenizers) {
    const ModelSizes c = model.sizes();
    const Index source = tokenizers.source->vocabulary_size(), target = tokenizers.target->vocabulary_size();
    require<CheckpointError>(c.inputs == source && c.outputs == target, where.string(), ": the model has ",
                             c.inputs, " and ", c.outputs, " pieces, its tokenizers ", source, " and ",
                             target, "; they do not belong together");
  };
  require_fits(folder, *model_, tokenizers_);
  for (const std::filesystem::path& further : ensemble) {
    Member member{load_model_as<EncoderDecoder>(further, ParameterStore::Purpose::inference,
                                                Placement::prepacked(backend, precision)),
                  nullptr};
    const Tokenizers tokenizers = load_tokenizers(further);
    require_fits(further, *member.model, tokenizers);
    require<CheckpointError>(tokenizers.config.kind == tokenizers_.config.kind &&
                                 tokenizers.target->serialized() == tokenizers_.target->serialized(),
                             further.string(), ": its target vocabulary is not that of ", folder.string(),
                             "; the models of an ensemble write the same tokens: train them with one "
                             "tokenizer");
    member.source = tokenizers.source;
    ensemble_.push_back(std::move(member));
  }
}

const TokenTexts& Translator::target_texts() const {
  std::call_once(target_texts_->asked,
                 [&] { target_texts_->texts = std::make_unique<const TokenTexts>(*tokenizers_.target); });
  return *target_texts_->texts;
}

std::vector<Index> Translator::encode_source(const Tokenizer& tokenizer, std::string_view text) const {
  std::vector<Index> tokens = tokenizer.encode(text);
  if (read_source_ > 0 && std::ssize(tokens) > read_source_)
    tokens.resize(static_cast<std::size_t>(read_source_));
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
  // Who reads the beginning of a text was trained on texts.
  Index longest = model_->sizes().longest_sequence - 1;
  if (read_source_ == 0) longest = std::min(longest_sentence, longest);
  for (const Member& member : ensemble_)
    longest = std::min(longest, member.model->sizes().longest_sequence - 1);
  return longest;
}

std::vector<TranslatedLine> Translator::translate(std::span<const std::string> lines,
                                                  const DecodingConfig& config,
                                                  std::span<const std::uint64_t> numbers,
                                                  std::span<const Steering> steering) const {
  require<DataError>(numbers.empty() || numbers.size() == lines.size(), "translate: ", lines.size(),
                     " lines have ", numbers.size(), " numbers");
  require<DataError>(steering.empty() || steering.size() == lines.size(), "translate: ", lines.size(),
                     " lines have ", steering.size(), " steerings");
  const auto number = [&](std::size_t i) { return numbers.empty() ? std::uint64_t{i} : numbers[i]; };
  std::vector<SourcePart> parts;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string where = message("line ", number(i) + 1);
    require_utf8(lines[i], where);
    const std::size_t first = parts.size();
    const bool whole = !steering.empty() && steering[i].about_the_whole();
    cut_into_parts(i, lines[i], part_rules(config.split && !whole), parts);
    if (steering.empty() || steering[i].empty()) continue;
    require<DataError>(!whole || parts.size() <= first + 1, where,
                       ": too long to be translated in one piece, as a prefix and terms want it; split it "
                       "into sentences");
    for (SourcePart& part : std::span(parts).subspan(first)) {
      part.terms = terms_for(part.text, steering[i]);
      part.constraints = constraints_for(steering[i], part.terms, *tokenizers_.target, where);
    }
  }
  std::vector<std::uint64_t> names;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    // What is drawn for a line depends on its own number, not on how many parts the lines before it have.
    const bool goes_on = p > 0 && parts[p].line == parts[p - 1].line;
    names.push_back(goes_on ? names.back() + (std::uint64_t{1} << 32) : number(parts[p].line));
  }
  auto found = search(parts, names, config);
  if (config.coverage_penalty > 0) rank_by_coverage(parts, found, config.coverage_penalty);
  std::vector<std::vector<Translation>> translations;
  for (std::size_t p = 0; p < parts.size(); ++p)
    translations.push_back(translations_of(parts[p], std::move(found[p]), config));
  if (config.alignments) align(parts, translations);

  std::vector<TranslatedLine> results(lines.size());
  for (std::size_t p = 0; p < parts.size(); ++p) {
    TranslatedLine& line = results[parts[p].line];
    const bool goes_on = !line.translations.empty();
    if (goes_on) {
      ++line.parts;
      if (parts[p].new_sentence) ++line.sentences;
      line.translations.resize(std::min(line.translations.size(), translations[p].size()));
    }
    for (std::size_t n = 0; n < translations[p].size(); ++n) {
      Translation& translation = translations[p][n];
      if (!goes_on)
        line.translations.push_back(std::move(translation));
      else if (n < line.translations.size())
        append(line.translations[n], std::move(translation), parts[p].gap);
    }
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::vector<Translation>& of_line = results[i].translations;
    if (of_line.empty()) of_line.resize(static_cast<std::size_t>(config.n_best));
    if (!config.alignments) continue;
    for (Translation& translation : of_line)
      translation.words = align_words(lines[i], translation.text, translation.token_links);
  }
  return results;
}

PartRules Translator::part_rules(bool at_sentences) const {
  return {.encode = [this](std::string_view text) { return encode_source(text); },
          .longest = longest_source(),
          .usual = usual_source_,
          .at_sentences = at_sentences};
}

std::vector<std::vector<Hypothesis>> Translator::search(const std::vector<SourcePart>& parts,
                                                        std::span<const std::uint64_t> names,
                                                        const DecodingConfig& config) const {
  std::vector<std::vector<Index>> sources;
  std::vector<SearchConstraints> constraints;
  bool constrained = false;
  Index longest = model_->sizes().longest_sequence;
  for (const SourcePart& part : parts) {
    sources.push_back(part.tokens);
    constrained = constrained || !part.constraints.empty();
  }
  if (constrained)
    for (const SourcePart& part : parts) constraints.push_back(part.constraints);
  // For each further model, the sources as its own tokenizer has them.
  std::vector<std::vector<std::vector<Index>>> further(ensemble_.size());
  for (std::size_t m = 0; m < ensemble_.size(); ++m) {
    longest = std::min(longest, ensemble_[m].model->sizes().longest_sequence);
    for (const SourcePart& part : parts) {
      further[m].push_back(encode_source(*ensemble_[m].source, part.text));
      require<DataError>(std::ssize(further[m].back()) <= ensemble_[m].model->sizes().longest_sequence,
                         "ensemble: a line has ", further[m].back().size(), " tokens, model ", m + 2,
                         " takes ", ensemble_[m].model->sizes().longest_sequence,
                         "; split it into sentences");
    }
  }
  const auto start = [&](std::span<const std::size_t> batch) -> std::unique_ptr<NextTokenModel> {
    const auto of = [&](const EncoderDecoder& model, const std::vector<std::vector<Index>>& all) {
      std::vector<std::vector<Index>> chosen;
      for (const std::size_t place : batch) chosen.push_back(all[place]);
      return std::make_unique<DecodingSession>(model, *backend_, chosen);
    };
    auto first = of(*model_, sources);
    if (ensemble_.empty()) return first;
    std::vector<std::unique_ptr<NextTokenModel>> members;
    members.push_back(std::move(first));
    for (std::size_t m = 0; m < ensemble_.size(); ++m) members.push_back(of(*ensemble_[m].model, further[m]));
    return std::make_unique<EnsembleSession>(std::move(members));
  };
  DecodingConfig wide = config;
  // There must be others to choose from.
  const bool chooses = config.avoid_degenerate || config.coverage_penalty > 0;
  if (chooses && !config.sample && !config.alternatives) wide.n_best = config.beam;
  return heed::translate({.sources = sources,
                          .names = names,
                          .constraints = constraints,
                          .texts = constrained ? &target_texts() : nullptr,
                          .longest_sequence = longest,
                          .start = start},
                         search_tokens(), wide);
}

void Translator::rank_by_coverage(const std::vector<SourcePart>& parts,
                                  std::vector<std::vector<Hypothesis>>& found, double weight) const {
  std::vector<TokenPair> pairs;
  for (std::size_t p = 0; p < parts.size(); ++p)
    for (const Hypothesis& hypothesis : found[p]) {
      pairs.push_back({parts[p].tokens, hypothesis.tokens});
      pairs.back().target.push_back(special::eos);
    }
  // All heads together: a single one may look at a few tokens only.
  const auto attention = source_attention(*model_, *backend_, pairs, AlignmentHead{});
  std::size_t pair = 0;
  for (auto& hypotheses : found) {
    for (Hypothesis& hypothesis : hypotheses) hypothesis.score += weight * coverage(attention[pair++]);
    std::ranges::stable_sort(hypotheses, std::ranges::greater{}, &Hypothesis::score);
  }
}

/// What a search found for a part, as many as are asked for: sound ones first, if those are to be preferred.
std::vector<Translation> Translator::translations_of(const SourcePart& part, std::vector<Hypothesis> found,
                                                     const DecodingConfig& config) const {
  std::vector<Translation> all;
  for (const Hypothesis& hypothesis : found) {
    Translation& translation = all.emplace_back(translation_of(hypothesis, *tokenizers_.target));
    if (config.avoid_degenerate)
      translation.degeneration = degeneration({part.text, translation.text, part.tokens, translation.ids});
    translation.terms = part.terms;
    for (TermOutcome& term : translation.terms) term.met = has_phrase(translation.text, term.target);
  }
  if (config.avoid_degenerate)
    std::ranges::stable_partition(all,
                                  [](const Translation& t) { return t.degeneration == Degeneration::none; });
  if (std::ssize(all) > config.n_best) all.resize(static_cast<std::size_t>(config.n_best));
  return all;
}

void Translator::align(const std::vector<SourcePart>& parts,
                       std::vector<std::vector<Translation>>& translations) const {
  std::vector<TokenPair> pairs;
  for (std::size_t p = 0; p < parts.size(); ++p)
    for (const Translation& translation : translations[p]) {
      pairs.push_back({parts[p].tokens, translation.ids});
      pairs.back().target.push_back(special::eos);
    }
  const auto attention = source_attention(*model_, *backend_, pairs, alignment_head_);
  std::size_t pair = 0;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const std::vector<TextSpan> sources = tokenizers_.source->spans(parts[p].text);
    for (Translation& translation : translations[p]) {
      translation.token_spans = spans_of_decoded(*tokenizers_.target, translation.ids);
      const auto places = most_looked_at(attention[pair++], alignment_head_.shifted);
      for (std::size_t j = 0; j < places.size(); ++j)
        if (places[j] >= 0 && places[j] < std::ssize(sources))
          translation.token_links.emplace_back(
              translation.token_spans[j],
              moved(sources[static_cast<std::size_t>(places[j])], parts[p].begin));
    }
  }
}

WordAlignment Translator::align(std::string_view source, std::string_view target) const {
  require_utf8(source, "alignment: the source");
  require_utf8(target, "alignment: the translation");
  const Index limit = model_->sizes().longest_sequence;
  TokenPair pair{encode_source(source), tokenizers_.target->encode(target)};
  pair.target.push_back(special::eos);
  require_fits(pair.source.size(), limit, "alignment: the source");
  require_fits(pair.target.size(), limit, "alignment: the translation");
  const auto attention = source_attention(*model_, *backend_, {pair}, alignment_head_);
  const auto sources = tokenizers_.source->spans(source), targets = tokenizers_.target->spans(target);
  const auto places = most_looked_at(attention.front(), alignment_head_.shifted);
  TokenLinks links;
  for (std::size_t j = 0; j < places.size(); ++j)
    if (places[j] >= 0) links.emplace_back(targets[j], sources[static_cast<std::size_t>(places[j])]);
  return align_words(source, target, links);
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

}  // namespace heed
