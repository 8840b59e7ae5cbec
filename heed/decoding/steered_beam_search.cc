#include "heed/decoding/steered_beam_search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <numeric>
#include <optional>

#include "heed/decoding/forced_text.h"
#include "heed/decoding/impossible.h"
#include "heed/decoding/suppressed_phrases.h"
#include "heed/decoding/term_progress.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

/// What a sequence is to hold, ready to be looked up.
struct Demands {
  Demands(const SearchConstraints& constraints, const TokenTexts* texts) : given(&constraints) {
    const bool needs_texts =
        !constraints.continuation.empty() || !constraints.terms.empty() || !constraints.suppressed.empty();
    require<ConfigError>(
        texts || !needs_texts,
        "beam search: continuations, terms and suppressed words need the vocabulary's texts");
    if (!constraints.suppressed.empty()) suppressed.emplace(*texts, constraints.suppressed);
    if (constraints.continuation.empty()) return;
    continuation.emplace(*texts, constraints.continuation);
    require<DataError>(continuation->writable(), "prefix: the model's vocabulary cannot write '",
                       printable(constraints.continuation), "'; give another spelling, or leave it away");
  }

  const SearchConstraints* given;
  std::optional<ForcedText> continuation;
  std::optional<SuppressedPhrases> suppressed;
};

/// A hypothesis that goes on, or has ended.
struct Beam {
  std::size_t sequence;
  TermProgress terms;
  Hypothesis written = {};
  double sum = 0;                // log-probabilities as the rules make them
  std::size_t continuation = 0;  // bytes of it that are written
  std::string text = {};         // what is written, where somebody asks for that
};

struct Candidate {
  double sum;
  std::size_t parent;
  Index token;
  float log_probability;  // the model's own
  Index bank = 0;
};

/// The likeliest first; ties by the earlier parent, then the lower token.
bool better(const Candidate& a, const Candidate& b) {
  if (a.sum != b.sum) return a.sum > b.sum;
  return a.parent != b.parent ? a.parent < b.parent : a.token < b.token;
}

/// What a sequence has finished, best first.
class Finished {
 public:
  explicit Finished(Index room) : room_(static_cast<std::size_t>(room)) {}

  void add(Hypothesis hypothesis) {
    const auto place =
        std::ranges::find_if(best_, [&](const Hypothesis& other) { return other.score < hypothesis.score; });
    if (full() && place == best_.end()) return;
    best_.insert(place, std::move(hypothesis));
    if (best_.size() > room_) best_.pop_back();
  }
  bool full() const { return best_.size() == room_; }
  std::size_t size() const { return best_.size(); }
  /// Score of the n-th best, from 1.
  double score_of(std::size_t n) const { return best_[n - 1].score; }
  std::vector<Hypothesis> take(std::size_t n) {
    best_.resize(std::min(best_.size(), n));
    return std::move(best_);
  }

 private:
  std::size_t room_;
  std::vector<Hypothesis> best_;
};

class SteeredSearch {
 public:
  SteeredSearch(NextTokenModel& model, const Prompts& prompts, std::span<const Index> maximum_lengths,
                const BeamOptions& options)
      : model_(model),
        prompts_(prompts),
        options_(options),
        beam_(static_cast<std::size_t>(options.beam)),
        limits_(length_limits(model, prompts, maximum_lengths, "beam search")),
        constraints_(options.constraints.begin(), options.constraints.end()),
        finished_(limits_.size(), Finished(options.beam)) {
    check(options.rules, "beam search");
    require<ShapeError>(constraints_.empty() || constraints_.size() == limits_.size(),
                        "beam search: ", limits_.size(), " sequences have ", constraints_.size(),
                        " constraints");
    constraints_.resize(limits_.size());
    demands_.reserve(limits_.size());
    for (std::size_t s = 0; s < limits_.size(); ++s) {
      demands_.emplace_back(constraints_[s], options.texts);
      beams_.push_back({.sequence = s, .terms = TermProgress(constraints_[s].terms)});
    }
  }

  std::vector<std::vector<Hypothesis>> run() {
    while (!beams_.empty()) step();
    std::vector<std::vector<Hypothesis>> results;
    for (Finished& finished : finished_)
      results.push_back(finished.take(static_cast<std::size_t>(options_.n_best)));
    return results;
  }

 private:
  void step() {
    last_.clear();
    for (const Beam& beam : beams_)
      last_.push_back(beam.written.tokens.empty() ? prompts_[beam.sequence].back()
                                                  : beam.written.tokens.back());
    Backend& backend = model_.backend();
    const Tensor raw = model_.next(last_), normalized = backend.empty(raw.shape());
    backend.log_softmax(raw, normalized);
    log_probabilities_ = backend.to_host(normalized);
    logits_ = options_.rules.repetition_penalty != 1 ? backend.to_host(raw) : log_probabilities_;

    std::vector<Beam> next;
    parents_.clear();
    for (std::size_t first = 0; first < beams_.size();) {
      std::size_t end = first;
      while (end < beams_.size() && beams_[end].sequence == beams_[first].sequence) ++end;
      find_candidates(first, end);
      extend(first, end, next);
      first = end;
    }
    beams_ = std::move(next);
    model_.keep(parents_);
  }

  std::span<const float> row(const Tensor& tensor, std::size_t number) const {
    const auto width = static_cast<std::size_t>(tensor.size(1));
    return {tensor.data() + number * width, width};
  }

  /// The continuations of one sequence's beams that matter, best first.
  void find_candidates(std::size_t first, std::size_t end) {
    candidates_.clear();
    for (std::size_t b = first; b < end; ++b) {
      const auto own = row(log_probabilities_, b);
      require<ScoreError>(std::ranges::any_of(own, [](float x) { return std::isfinite(x); }) &&
                              std::ranges::none_of(own, [](float x) { return std::isnan(x); }),
                          "beam search: the model's scores are not numbers; did its training diverge?");
      scores_.assign(own.begin(), own.end());
      steer(beams_[b], row(logits_, b));
      choose(b, own);
    }
    std::ranges::sort(candidates_, better);
  }

  /// What the rules and the sequence's constraints make of the scores after a hypothesis.
  void steer(const Beam& beam, std::span<const float> logits) {
    const Demands& demands = demands_[beam.sequence];
    const auto length = beam.written.tokens.size();
    if (length < demands.given->prefix.size()) return allow_only({demands.given->prefix[length]});
    const TokenRules& rules = options_.rules;
    if (rules.repetition_penalty != 1 || rules.no_repeat_ngrams > 0) {
      std::vector<Index> context = prompts_[beam.sequence];
      context.insert(context.end(), beam.written.tokens.begin(), beam.written.tokens.end());
      if (rules.repetition_penalty != 1) {
        penalize_repetition(scores_, logits, {context.begin(), context.end()}, rules.repetition_penalty);
        normalize();
      }
      forbid_repeated_ngrams(scores_, context, rules.no_repeat_ngrams);
    }
    for (const Index token : options_.tokens.suppressed)
      if (token < std::ssize(scores_)) scores_[static_cast<std::size_t>(token)] = impossible;
    if (std::ssize(beam.written.tokens) < rules.minimum_length || !beam.terms.all_met())
      forbid_ends(scores_, options_.tokens);
    if (demands.continuation && !demands.continuation->done(beam.continuation))
      allow_only(demands.continuation->allowed(beam.continuation));
    if (demands.suppressed) demands.suppressed->forbid(scores_, beam.text);
    if (beam.terms.just_met() && options_.texts->ends_within_word(beam.written.tokens.back()))
      for (Index token = 0; token < options_.texts->size(); ++token)
        if (options_.texts->begins_within_word(token)) scores_[static_cast<std::size_t>(token)] = impossible;
  }

  void allow_only(const std::vector<Index>& tokens) {
    std::vector<std::pair<Index, float>> kept;
    for (const Index token : tokens) {
      require<DataError>(token >= 0 && token < std::ssize(scores_), "beam search: token ", token,
                         " of a prefix lies outside of the ", scores_.size(), " that are known");
      kept.emplace_back(token, scores_[static_cast<std::size_t>(token)]);
    }
    std::ranges::fill(scores_, impossible);
    for (const auto& [token, score] : kept) scores_[static_cast<std::size_t>(token)] = score;
  }

  void normalize() {
    const float largest = std::ranges::max(scores_);
    double sum = 0;
    for (const float score : scores_) sum += std::exp(static_cast<double>(score - largest));
    const auto shift = static_cast<float>(static_cast<double>(largest) + std::log(sum));
    for (float& score : scores_) score -= shift;
  }

  /// Adds a hypothesis' best tokens, and those that go on with terms, to the candidates.
  void choose(std::size_t parent, std::span<const float> own) {
    const Beam& beam = beams_[parent];
    order_.resize(scores_.size());
    std::iota(order_.begin(), order_.end(), Index{0});
    const auto score = [&](Index token) { return scores_[static_cast<std::size_t>(token)]; };
    const auto enough =
        static_cast<std::ptrdiff_t>(std::min(order_.size(), (2 + options_.tokens.stop.size()) * beam_));
    std::partial_sort(order_.begin(), order_.begin() + enough, order_.end(),
                      [&](Index a, Index b) { return score(a) != score(b) ? score(a) > score(b) : a < b; });
    std::vector<Index> tokens(order_.begin(), order_.begin() + enough);
    if (!demands_[beam.sequence].given->terms.empty()) {
      for (const Index token : beam.terms.continuing()) tokens.push_back(token);
      for (const Index token : beam.terms.beginning())
        if (word_begins(beam, token)) tokens.push_back(token);
      std::ranges::sort(tokens);
      const auto twice = std::ranges::unique(tokens);
      tokens.erase(twice.begin(), twice.end());
    }
    for (const Index token : tokens) {
      if (!std::isfinite(score(token))) continue;
      TermProgress terms = beam.terms;
      terms.add(token, word_begins(beam, token));
      candidates_.push_back({beam.sum + static_cast<double>(score(token)), parent, token,
                             own[static_cast<std::size_t>(token)], terms.tokens()});
    }
  }

  /// Whether a token would not go on with a word that stands before it.
  bool word_begins(const Beam& beam, Index token) const {
    return !options_.texts || beam.written.tokens.empty() || !options_.texts->begins_within_word(token) ||
           !options_.texts->ends_within_word(beam.written.tokens.back());
  }

  bool ends(Index token) const { return token == options_.tokens.eos || options_.tokens.stops(token); }

  /// Hands the candidates out to the finished and to the beams of the next step.
  void extend(std::size_t first, std::size_t end, std::vector<Beam>& next) {
    const std::size_t sequence = beams_[first].sequence, before = next.size();
    Finished& finished = finished_[sequence];
    if (candidates_.empty())  // the rules leave nothing to write
      for (std::size_t b = first; b < end; ++b) finish(beams_[b], FinishReason::length);
    for (const Candidate* candidate : shared_out()) {
      Beam grown = this->grown(*candidate);
      if (ends(candidate->token)) {
        finish(std::move(grown),
               candidate->token == options_.tokens.eos ? FinishReason::eos : FinishReason::stop);
      } else {
        next.push_back(std::move(grown));
        parents_.push_back(static_cast<Index>(candidate->parent));
      }
    }
    if (is_done(finished, std::span(next).subspan(before))) {
      next.erase(next.begin() + static_cast<std::ptrdiff_t>(before), next.end());
      parents_.resize(before);
    }
  }

  /// The candidates that get a place, each bank's best in turn, until as many go on as the beam is wide. An
  /// end that would not have made it into the beam is no better a hypothesis than what did.
  std::vector<const Candidate*> shared_out() const {
    std::map<Index, std::vector<const Candidate*>, std::greater<>> banks;
    for (const Candidate& candidate : candidates_) banks[candidate.bank].push_back(&candidate);
    std::vector<const Candidate*> chosen;
    std::size_t going_on = 0;
    for (std::size_t rank = 0, taken = 1; taken > 0; ++rank) {
      taken = 0;
      for (const auto& [bank, candidates] : banks) {
        if (rank >= candidates.size() || going_on >= beam_) continue;
        ++taken;
        const bool last = ends(candidates[rank]->token);
        if (last && rank >= beam_) continue;
        chosen.push_back(candidates[rank]);
        going_on += last ? 0 : 1;
      }
    }
    return chosen;
  }

  Beam grown(const Candidate& candidate) const {
    Beam beam = beams_[candidate.parent];
    const Demands& demands = demands_[beam.sequence];
    const bool in_prefix = beam.written.tokens.size() < demands.given->prefix.size();
    if (!ends(candidate.token)) {
      beam.terms.add(candidate.token, word_begins(beam, candidate.token));
      if (demands.continuation && !in_prefix && !demands.continuation->done(beam.continuation))
        beam.continuation = demands.continuation->after(beam.continuation, candidate.token);
      if (demands.suppressed) beam.text += options_.texts->text(candidate.token);
      beam.written.tokens.push_back(candidate.token);
    }
    beam.sum = candidate.sum;
    beam.written.log_probability += static_cast<double>(candidate.log_probability);
    beam.written.token_log_probability.push_back(candidate.log_probability);
    return beam;
  }

  static Index length(const Beam& beam) { return std::ssize(beam.written.token_log_probability); }

  double score(const Beam& beam) const {
    return beam.sum / length_penalty(std::max<Index>(length(beam), 1), options_.length_penalty);
  }

  void finish(Beam beam, FinishReason reason) {
    beam.written.score = score(beam);
    beam.written.finish_reason = reason;
    finished_[beam.sequence].add(std::move(beam.written));
  }

  bool is_done(Finished& finished, std::span<const Beam> going_on) {
    if (going_on.empty()) return true;
    const Index written = length(going_on.front()), limit = limits_[going_on.front().sequence];
    if (written >= limit) {
      cut_off(finished, going_on);
      return true;
    }
    // As in a search that nobody steers: sums only fall. Of hypotheses with terms, those that hold all of
    // them decide when it ends, if there are any.
    double best = -std::numeric_limits<double>::infinity(), best_whole = best;
    for (const Beam& beam : going_on) {
      best = std::max(best, beam.sum);
      if (beam.terms.all_met()) best_whole = std::max(best_whole, beam.sum);
    }
    const double favor = std::max(length_penalty(limit + 1, options_.length_penalty),
                                  length_penalty(written, options_.length_penalty));
    const auto n_best = static_cast<std::size_t>(options_.n_best);
    if (finished.size() >= n_best && finished.score_of(n_best) >= best / favor) return true;
    return finished.full() &&
           best_whole / length_penalty(written, options_.length_penalty) <= finished.score_of(beam_);
  }

  /// Fills up what is finished with hypotheses that reached the limit: those with most of their terms.
  void cut_off(const Finished& finished, std::span<const Beam> going_on) {
    std::vector<const Beam*> order;
    for (const Beam& beam : going_on) order.push_back(&beam);
    std::ranges::stable_sort(order, [](const Beam* a, const Beam* b) {
      return a->terms.met() != b->terms.met() ? a->terms.met() > b->terms.met() : a->sum > b->sum;
    });
    const std::size_t room = beam_ - finished.size();
    const Index most = order.front()->terms.met();
    if (finished.size() > 0 && !order.front()->terms.all_met()) return;
    for (std::size_t i = 0; i < std::min(room, order.size()); ++i)
      if (order[i]->terms.met() == most) finish(*order[i], FinishReason::length);
  }

  NextTokenModel& model_;
  const Prompts& prompts_;
  const BeamOptions& options_;
  const std::size_t beam_;
  std::vector<Index> limits_;  // tokens of each sequence
  std::vector<SearchConstraints> constraints_;
  std::vector<Demands> demands_;  // refer to the constraints
  std::vector<Beam> beams_;       // those of one sequence lie together
  std::vector<Finished> finished_;
  // Of the present step.
  Tensor log_probabilities_, logits_;
  std::vector<Index> last_, parents_, order_;
  std::vector<float> scores_;  // of one hypothesis, steered
  std::vector<Candidate> candidates_;
};

}  // namespace

std::vector<std::vector<Hypothesis>> steered_beam_search(NextTokenModel& model, const Prompts& prompts,
                                                         std::span<const Index> maximum_lengths,
                                                         const BeamOptions& options) {
  return SteeredSearch(model, prompts, maximum_lengths, options).run();
}

}  // namespace heed
