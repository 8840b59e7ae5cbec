#include "heed/decoding/beam_search.h"

#include <algorithm>
#include <cmath>

#include "heed/decoding/steered_beam_search.h"

namespace heed {
namespace {

/// A token and the one before it; hypotheses share those that they have in common.
struct Step {
  Index before;  // its number in the history; none: -1
  Index token;
  float log_probability;
};

/// A hypothesis that goes on.
struct Beam {
  Index sequence;
  Index last = -1;  // its last step
  Index length = 0;
  double sum = 0;
};

struct Candidate {
  double sum;
  Index parent;  // its number among the beams
  Index rank;    // among the parent's
  Index token;
  float log_probability;
};

bool better(const Candidate& a, const Candidate& b) {
  if (a.sum != b.sum) return a.sum > b.sum;
  return a.parent != b.parent ? a.parent < b.parent : a.rank < b.rank;
}

/// A hypothesis that has ended, or was cut off.
struct Ended {
  double score, sum;
  Index last;  // step
  FinishReason reason;
};

/// What one sequence has finished so far, best first.
class Finished {
 public:
  explicit Finished(Index room) : room_(static_cast<std::size_t>(room)) {}

  void add(const Ended& ended) {
    const auto place =
        std::find_if(best_.begin(), best_.end(), [&](const Ended& e) { return e.score < ended.score; });
    if (full() && place == best_.end()) return;
    best_.insert(place, ended);
    if (best_.size() > room_) best_.pop_back();
  }
  bool full() const { return best_.size() == room_; }
  double worst() const { return best_.back().score; }
  std::span<const Ended> best(Index n) const {
    return std::span(best_).first(std::min(best_.size(), static_cast<std::size_t>(n)));
  }

 private:
  std::size_t room_;
  std::vector<Ended> best_;
};

class Search {
 public:
  Search(NextTokenModel& model, const Prompts& prompts, std::span<const Index> maximum_lengths,
         const BeamOptions& options)
      : model_(model), prompts_(prompts), options_(options) {
    limits_ = length_limits(model, prompts, maximum_lengths, "beam search");
    finished_.assign(limits_.size(), Finished(options.beam));
    for (Index s = 0; s < std::ssize(limits_); ++s) beams_.push_back({.sequence = s});
  }

  std::vector<std::vector<Hypothesis>> run() {
    while (!beams_.empty()) step();
    std::vector<std::vector<Hypothesis>> results;
    for (const Finished& finished : finished_) {
      auto& hypotheses = results.emplace_back();
      for (const Ended& ended : finished.best(options_.n_best)) hypotheses.push_back(hypothesis(ended));
    }
    return results;
  }

 private:
  void step() {
    last_.clear();
    for (const Beam& beam : beams_)
      last_.push_back(beam.last < 0 ? prompts_[at(beam.sequence)].back() : history_[at(beam.last)].token);
    const TopK top = model_.top(last_, candidates_of_each() + std::ssize(options_.tokens.suppressed));
    const TopK best{model_.backend().to_host(top.log_probabilities), model_.backend().to_host(top.tokens)};

    next_.clear();
    parents_.clear();
    for (std::size_t first = 0; first < beams_.size();) {
      std::size_t end = first;
      while (end < beams_.size() && beams_[end].sequence == beams_[first].sequence) ++end;
      find_candidates(best, first, end);
      extend();
      first = end;
    }
    std::swap(beams_, next_);
    model_.keep(parents_);
  }

  /// Twice the beam, and once more for each stop token: however many of them end, enough go on.
  Index candidates_of_each() const { return (2 + std::ssize(options_.tokens.stop)) * options_.beam; }

  /// The continuations of one sequence's beams that matter, best first. `best` are host tensors.
  void find_candidates(const TopK& best, std::size_t first, std::size_t end) {
    const auto& suppressed = options_.tokens.suppressed;
    const Index k = best.tokens.size(1), enough = candidates_of_each();
    const float* values = best.log_probabilities.data();
    const std::int32_t* tokens = best.tokens.data<std::int32_t>();
    candidates_.clear();
    for (std::size_t b = first; b < end; ++b) {
      const auto parent = static_cast<Index>(b), row = parent * k;
      // The largest: one that is no number, or all infinitely unlikely, spoils the whole row.
      require<ScoreError>(std::isfinite(values[row]),
                          "beam search: the model's scores are not numbers; did its training diverge?");
      for (Index i = 0, taken = 0; i < k && taken < enough; ++i) {
        const Index token = tokens[row + i];
        if (std::find(suppressed.begin(), suppressed.end(), token) != suppressed.end()) continue;
        const float log_probability = values[row + i];
        candidates_.push_back(
            {beams_[b].sum + static_cast<double>(log_probability), parent, i, token, log_probability});
        ++taken;
      }
    }
    require<ConfigError>(!candidates_.empty(), "beam search: every token of the vocabulary is suppressed");
    const auto most = std::min(candidates_.size(), static_cast<std::size_t>(enough));
    std::partial_sort(candidates_.begin(), candidates_.begin() + static_cast<std::ptrdiff_t>(most),
                      candidates_.end(), better);
    candidates_.resize(most);
  }

  /// Hands the candidates out to the finished and to the beams of the next step.
  void extend() {
    const std::size_t before = next_.size(), room = static_cast<std::size_t>(options_.beam);
    const Index sequence = beams_[at(candidates_.front().parent)].sequence;
    Finished& finished = finished_[at(sequence)];
    for (std::size_t rank = 0; rank < candidates_.size() && next_.size() - before < room; ++rank) {
      const Candidate& c = candidates_[rank];
      const bool eos = c.token == options_.tokens.eos, ends = eos || options_.tokens.stops(c.token);
      // An end that would not have made it into the beam is no better a hypothesis than what did.
      if (ends && rank >= room) continue;
      const Beam& parent = beams_[at(c.parent)];
      const Beam grown{sequence, std::ssize(history_), parent.length + 1, c.sum};
      history_.push_back({parent.last, c.token, c.log_probability});
      if (ends) {
        finished.add(ended(grown, eos ? FinishReason::eos : FinishReason::stop));
      } else {
        next_.push_back(grown);
        parents_.push_back(c.parent);
      }
    }
    if (is_done(finished, std::span(next_).subspan(before))) {
      next_.resize(before);
      parents_.resize(before);
    }
  }

  bool is_done(Finished& finished, std::span<const Beam> going_on) {
    if (going_on.empty()) return true;
    const Beam& best = going_on.front();
    const Index limit = limits_[at(best.sequence)];
    if (best.length >= limit) {
      for (const Beam& beam : going_on)
        if (!finished.full()) finished.add(ended(beam, FinishReason::length));
      return true;
    }
    // Sums only fall, and the penalty favors none more than the longest, or the shortest: what has n better
    // ones before it even so will not be returned.
    const double favor = std::max(length_penalty(limit + 1, options_.length_penalty),
                                  length_penalty(best.length, options_.length_penalty));
    const auto returned = finished.best(options_.n_best);
    if (std::ssize(returned) == options_.n_best && returned.back().score >= best.sum / favor) return true;
    return finished.full() &&
           best.sum / length_penalty(best.length, options_.length_penalty) <= finished.worst();
  }

  Ended ended(const Beam& beam, FinishReason reason) const {
    return {beam.sum / length_penalty(beam.length, options_.length_penalty), beam.sum, beam.last, reason};
  }

  Hypothesis hypothesis(const Ended& ended) const {
    Hypothesis result;
    result.score = ended.score;
    result.log_probability = ended.sum;
    result.finish_reason = ended.reason;
    for (Index i = ended.last; i >= 0; i = history_[at(i)].before) {
      const Step& step = history_[at(i)];
      result.token_log_probability.push_back(step.log_probability);
      if (!result.complete() || i != ended.last) result.tokens.push_back(step.token);
    }
    std::reverse(result.tokens.begin(), result.tokens.end());
    std::reverse(result.token_log_probability.begin(), result.token_log_probability.end());
    return result;
  }

  static std::size_t at(Index i) { return static_cast<std::size_t>(i); }

  NextTokenModel& model_;
  const Prompts& prompts_;
  const BeamOptions& options_;
  std::vector<Index> limits_;  // tokens of each sequence
  std::vector<Step> history_;
  std::vector<Beam> beams_, next_;  // those of one sequence lie together, best first
  std::vector<Finished> finished_;
  // Of the present step; members, so that steps allocate nothing.
  std::vector<Index> last_, parents_;
  std::vector<Candidate> candidates_;
};

}  // namespace

std::vector<std::vector<Hypothesis>> beam_search(NextTokenModel& model, const Prompts& prompts,
                                                 std::span<const Index> maximum_lengths,
                                                 const BeamOptions& options) {
  require<ConfigError>(options.beam >= 1 && options.n_best >= 1 && options.n_best <= options.beam,
                       "beam search: ", options.n_best, " best of a beam of ", options.beam,
                       "; n_best must be 1 to beam");
  if (options.steered()) return steered_beam_search(model, prompts, maximum_lengths, options);
  return Search(model, prompts, maximum_lengths, options).run();
}

double length_penalty(Index length, double alpha) {
  return std::pow((5.0 + static_cast<double>(length)) / 6.0, alpha);
}

}  // namespace heed
