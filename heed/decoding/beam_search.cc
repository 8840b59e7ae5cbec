#include "heed/decoding/beam_search.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace heed {
namespace {

/// A hypothesis that goes on.
struct Beam {
  Index sentence;
  std::vector<Index> tokens;
  std::vector<float> log_probabilities;
  double sum = 0;
};

struct Candidate {
  double sum;
  Index parent;  // its number among the beams
  Index token;
  float log_probability;
};

/// What one sentence has finished so far, best first.
class Finished {
 public:
  explicit Finished(Index room) : room_(static_cast<std::size_t>(room)) {}

  void add(Hypothesis hypothesis) {
    const auto place = std::find_if(best_.begin(), best_.end(),
                                    [&](const Hypothesis& h) { return h.score < hypothesis.score; });
    best_.insert(place, std::move(hypothesis));
    if (best_.size() > room_) best_.pop_back();
  }
  bool full() const { return best_.size() == room_; }
  double worst() const { return best_.back().score; }
  std::vector<Hypothesis> take(Index n) {
    best_.resize(std::min(best_.size(), static_cast<std::size_t>(n)));
    return std::move(best_);
  }
  bool empty() const { return best_.empty(); }

 private:
  std::size_t room_;
  std::vector<Hypothesis> best_;
};

class Search {
 public:
  Search(NextTokenModel& model, std::span<const Index> maximum_lengths, const BeamOptions& options)
      : model_(model), maximum_lengths_(maximum_lengths), options_(options) {
    const Index sentences = model.hypotheses();
    require<ConfigError>(options.beam >= 1 && options.n_best >= 1 && options.n_best <= options.beam,
                         "beam search: ", options.n_best, " best of a beam of ", options.beam,
                         "; n_best must be 1 to beam");
    require<ShapeError>(static_cast<Index>(maximum_lengths.size()) == sentences, "beam search: ", sentences,
                        " sentences have ", maximum_lengths.size(), " length limits");
    for (const Index limit : maximum_lengths)
      require<ConfigError>(limit >= 1, "beam search: a length limit of ", limit, "; it must be at least 1");
    finished_.assign(static_cast<std::size_t>(sentences), Finished(options.beam));
    for (Index s = 0; s < sentences; ++s) beams_.push_back({s, {}, {}, 0});
  }

  std::vector<std::vector<Hypothesis>> run() {
    while (!beams_.empty()) step();
    std::vector<std::vector<Hypothesis>> results;
    for (Finished& finished : finished_) results.push_back(finished.take(options_.n_best));
    return results;
  }

 private:
  void step() {
    std::vector<Index> last;
    for (const Beam& beam : beams_)
      last.push_back(beam.tokens.empty() ? options_.tokens.begin : beam.tokens.back());
    // Twice the beam: however many of them end, enough go on.
    const auto [values, columns] =
        model_.top(last, 2 * options_.beam + static_cast<Index>(options_.tokens.never.size()));

    std::vector<Beam> next;
    std::vector<Index> parents;
    for (std::size_t first = 0; first < beams_.size();) {
      std::size_t end = first;
      while (end < beams_.size() && beams_[end].sentence == beams_[first].sentence) ++end;
      extend(candidates(values, columns, first, end), next, parents);
      first = end;
    }
    beams_ = std::move(next);
    model_.keep(parents);
  }

  /// The continuations of one sentence's beams, best first.
  std::vector<Candidate> candidates(const Tensor& values, const Tensor& columns, std::size_t first,
                                    std::size_t end) const {
    const auto& never = options_.tokens.never;
    const Index k = values.size(1);
    std::vector<Candidate> all;
    for (std::size_t b = first; b < end; ++b) {
      // The largest: one that is no number, or all infinitely unlikely, spoils the whole row.
      require<Error>(std::isfinite(values.data()[static_cast<Index>(b) * k]),
                     "beam search: the model's scores are not numbers; did its training diverge?");
      for (Index i = 0; i < k; ++i) {
        const Index at = static_cast<Index>(b) * k + i, token = columns.data<std::int32_t>()[at];
        if (std::find(never.begin(), never.end(), token) != never.end()) continue;
        const float log_probability = values.data()[at];
        all.push_back({beams_[b].sum + static_cast<double>(log_probability), static_cast<Index>(b), token,
                       log_probability});
      }
    }
    require<ConfigError>(!all.empty(),
                         "beam search: every token of the vocabulary is among those never written");
    std::stable_sort(all.begin(), all.end(),
                     [](const Candidate& a, const Candidate& b) { return a.sum > b.sum; });
    return all;
  }

  /// Hands candidates out to the finished and to the beams of the next step.
  void extend(const std::vector<Candidate>& candidates, std::vector<Beam>& next,
              std::vector<Index>& parents) {
    const std::size_t before = next.size(), room = static_cast<std::size_t>(options_.beam);
    const Index sentence = beams_[static_cast<std::size_t>(candidates.front().parent)].sentence;
    Finished& finished = finished_[static_cast<std::size_t>(sentence)];
    for (std::size_t rank = 0; rank < candidates.size() && next.size() - before < room; ++rank) {
      const Candidate& c = candidates[rank];
      Beam grown = beams_[static_cast<std::size_t>(c.parent)];
      grown.sum = c.sum;
      grown.log_probabilities.push_back(c.log_probability);
      if (c.token == options_.tokens.end) {
        // An end that would not have made it into the beam is no better a hypothesis than what did.
        if (rank < room) finished.add(hypothesis(std::move(grown), true));
        continue;
      }
      grown.tokens.push_back(c.token);
      next.push_back(std::move(grown));
      parents.push_back(c.parent);
    }
    if (is_done(finished, std::span(next).subspan(before))) {
      next.resize(before);
      parents.resize(before);
    }
  }

  bool is_done(Finished& finished, std::span<Beam> going_on) {
    if (going_on.empty()) return true;
    const Beam& best = going_on.front();
    const auto length = static_cast<Index>(best.tokens.size());
    if (length >= maximum_lengths_[static_cast<std::size_t>(best.sentence)]) {
      for (Beam& beam : going_on)
        if (!finished.full()) finished.add(hypothesis(std::move(beam), false));
      return true;
    }
    return finished.full() && best.sum / length_penalty(length, options_.length_penalty) <= finished.worst();
  }

  Hypothesis hypothesis(Beam beam, bool complete) const {
    const auto length = static_cast<Index>(beam.log_probabilities.size());
    return {std::move(beam.tokens), beam.sum / length_penalty(length, options_.length_penalty), beam.sum,
            std::move(beam.log_probabilities), complete};
  }

  NextTokenModel& model_;
  std::span<const Index> maximum_lengths_;
  const BeamOptions& options_;
  std::vector<Beam> beams_;  // those of one sentence lie together, best first
  std::vector<Finished> finished_;
};

}  // namespace

std::vector<std::vector<Hypothesis>> beam_search(NextTokenModel& model,
                                                 std::span<const Index> maximum_lengths,
                                                 const BeamOptions& options) {
  return Search(model, maximum_lengths, options).run();
}

double length_penalty(Index length, double alpha) {
  return std::pow((5.0 + static_cast<double>(length)) / 6.0, alpha);
}

}  // namespace heed
