#include "heed/corpus/drift.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>

#include "heed/base/error.h"
#include "heed/corpus/line_traits.h"
#include "heed/io/line_reader.h"

namespace heed {
namespace {

constexpr Index shifts = 2 * DriftDetector::widest_shift + 1;
constexpr Index ring = 4 * DriftDetector::widest_shift;
static_assert(std::has_single_bit(static_cast<std::size_t>(ring)));

/// What a change of shift costs: about 60 lines of plain captions pay for it, or 20 with numbers and names.
constexpr float change_cost = 30;
/// What the path without any shift earns a line above what a shift earns by chance.
constexpr float unrelated_bonus = 0.1f;

std::size_t slot(Index line) { return static_cast<std::size_t>(line & (ring - 1)); }

}  // namespace

/// The likeliest sequence of shifts up to each shift, and what it earned.
class DriftDetector::Path {
 public:
  void step(Index line, const std::array<float, shifts>& agreement) {
    const float mean = std::accumulate(agreement.begin(), agreement.end(), 0.0f) / static_cast<float>(shifts);
    const auto best = std::max_element(states_.begin(), states_.end(), by_score);
    const State from = *best;
    lines_ = line + 1;
    std::shared_ptr<const Segment> before;  // made when the first state needs it
    for (std::size_t s = 0; s < states_.size(); ++s) {
      State& state = states_[s];
      if (line == 0) {
        // What runs side by side at first needs no explanation.
        state.score = s == straight ? 0 : -change_cost;
      } else if (from.score - change_cost > state.score) {
        if (!before)
          before = std::make_shared<const Segment>(
              Segment{best_index(best), from.begin, line, from.gain, from.before});
        state = {from.score - change_cost, line, 0, before};
      }
      if (s < agreement.size()) state.gain += agreement[s] - mean;
      // Less what the best one had, so that sums stay small whatever the number of lines.
      state.score += (s < agreement.size() ? agreement[s] - mean : unrelated_bonus) - from.score;
    }
  }

  /// The parts of the path to the shift that the texts' ends have; to the best one where they are further
  /// apart.
  std::vector<Drift::Part> parts(Index end_shift) const {
    auto last = std::max_element(states_.begin(), states_.end(), by_score);
    if (std::abs(end_shift) <= widest_shift) last = states_.begin() + (end_shift + widest_shift);
    std::vector<Segment> segments{{best_index(last), last->begin, lines_, last->gain, nullptr}};
    for (const Segment* segment = last->before.get(); segment; segment = segment->before.get())
      segments.push_back(*segment);
    std::ranges::reverse(segments);
    std::vector<Drift::Part> result;
    for (const Segment& segment : segments) {
      const Drift::Part next = part(segment, rate_where_straight(segments));
      if (result.empty() || result.back().related || next.related) result.push_back(next);
    }
    return result;
  }

 private:
  struct Segment {
    std::size_t state;
    Index begin, end;
    double gain;
    std::shared_ptr<const Segment> before;
  };
  struct State {
    float score = 0;
    Index begin = 0;  // line from which on the path has been in this state
    double gain = 0;  // what it has earned since, above what lines earn that do not belong together
    std::shared_ptr<const Segment> before;
  };
  using States = std::array<State, shifts + 1>;  // the last: unrelated

  static constexpr std::size_t straight = static_cast<std::size_t>(widest_shift);

  static bool by_score(const State& a, const State& b) { return a.score < b.score; }
  std::size_t best_index(States::const_iterator state) const {
    return static_cast<std::size_t>(state - states_.begin());
  }
  /// What a line earns where the texts run side by side; 0 where that is nowhere.
  static double rate_where_straight(const std::vector<Segment>& segments) {
    double gain = 0;
    Index lines = 0;
    for (const Segment& segment : segments)
      if (segment.state == straight) gain += segment.gain, lines += segment.end - segment.begin;
    return lines > 0 ? gain / static_cast<double>(lines) : 0;
  }

  /// Where no shift is right, the path takes those that earn a little by chance: they are not believed.
  static Drift::Part part(const Segment& segment, double rate_where_straight) {
    const bool shifted = segment.state < static_cast<std::size_t>(shifts);
    const double enough = 0.4 * rate_where_straight * static_cast<double>(segment.end - segment.begin);
    const bool related = shifted && (segment.state == straight || segment.gain >= enough);
    return {segment.begin + 1, related ? static_cast<Index>(segment.state) - widest_shift : 0, related};
  }

  Index lines_ = 0;
  States states_{};
};

DriftDetector::DriftDetector() : sources_(ring), targets_(ring), path_(std::make_unique<Path>()) {}
DriftDetector::~DriftDetector() = default;

void DriftDetector::add_source(std::string_view line) {
  sources_[slot(source_lines_++)] = LineTraits::of(line);
  source_width_ += static_cast<double>(line.size());
  // Whoever calls in turns has no more lines of the target.
  if (source_lines_ - done_ >= ring) advance(true);
}

void DriftDetector::add_target(std::string_view line) {
  targets_[slot(target_lines_++)] = LineTraits::of(line);
  target_width_ += static_cast<double>(line.size());
  advance(false);
}

const LineTraits* DriftDetector::target(Index line) const {
  return line >= 0 && line < target_lines_ && line >= target_lines_ - ring ? &targets_[slot(line)] : nullptr;
}

void DriftDetector::advance(bool target_ended) {
  constexpr float beyond_the_end = -3;
  while (done_ < source_lines_ && (target_ended || target_lines_ > done_ + widest_shift)) {
    const LineTraits& source = sources_[slot(done_)];
    const auto log_ratio = static_cast<float>(std::log((target_width_ + 500) / (source_width_ + 500)));
    std::array<float, shifts> agreement;
    for (Index s = 0; s < shifts; ++s) {
      const LineTraits* other = target(done_ + s - widest_shift);
      agreement[static_cast<std::size_t>(s)] = other ? source.agreement(*other, log_ratio) : beyond_the_end;
    }
    path_->step(done_++, agreement);
  }
}

Drift DriftDetector::finish() {
  advance(true);
  Drift drift{.source_lines = source_lines_, .target_lines = target_lines_};
  drift.parts = path_->parts(target_lines_ - source_lines_);
  return drift;
}

Index Drift::first_line() const {
  for (const Part& part : parts)
    if (!part.related || part.shift != 0) return part.source_line;
  return 0;
}

std::string Drift::text(const std::string& source, const std::string& target) const {
  std::string text;
  for (const Part& part : parts) {
    if (part.related && part.shift == 0) continue;
    const std::string from = message("from line ", part.source_line, " on, ");
    if (!part.related)
      return from + message("no line of ", target, " near line n seems to belong to line n of ", source);
    return from + message("line n of ", source, " seems to belong to line n ", part.shift > 0 ? "+ " : "- ",
                          std::abs(part.shift), " of ", target);
  }
  return text;
}

Drift find_drift(const std::filesystem::path& source, const std::filesystem::path& target) {
  LineReader sources(source), targets(target);
  DriftDetector detector;
  for (bool more = true; more;) {
    more = false;
    if (const auto line = sources.next()) {
      detector.add_source(*line);
      more = true;
    }
    if (const auto line = targets.next()) {
      detector.add_target(*line);
      more = true;
    }
  }
  return detector.finish();
}

}  // namespace heed
