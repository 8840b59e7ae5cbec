#include "heed/training/validation.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace heed {

const Measure* find_measure(const std::vector<Measure>& measures, std::string_view name) {
  const auto found = std::ranges::find(measures, name, &Measure::name);
  return found == measures.end() ? nullptr : &*found;
}

bool far_below(const Measure& measure, double best) {
  return measure.better == Better::higher && 2 * measure.value < best && measure.value < best - 5;
}

std::string measures_text(const std::vector<Measure>& measures, std::string_view separator) {
  std::string text;
  for (const Measure& measure : measures)
    text += fmt::format("{}{} {:.{}f}", text.empty() ? "" : separator, measure.title, measure.value,
                        measure.digits);
  return text;
}

std::vector<std::size_t> sample_places(std::size_t examples, Index samples) {
  const std::size_t count = std::min(static_cast<std::size_t>(samples), examples);
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < count; ++i) places.push_back(i * examples / count);
  return places;
}

double Validation::value(std::string_view name) const {
  const Measure* measure = find_measure(measures, name);
  if (!measure) throw std::logic_error("validation: no measure " + std::string(name));
  return measure->value;
}

}  // namespace heed
