#include "heed/operators/measurements.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace heed {
namespace {

constexpr std::size_t most_series = 1000;

std::string escaped(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '\\' || c == '"') text += '\\';
    if (c == '\n')
      text += "\\n";
    else
      text += c;
  }
  return text;
}

/// a="b",c="d"
std::string written(const Measurements::Labels& labels) {
  std::string text;
  for (const auto& [name, value] : labels)
    text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", name, escaped(value));
  return text;
}

std::string in_braces(const std::string& labels, const std::string& more = {}) {
  if (labels.empty() && more.empty()) return {};
  return "{" + labels + (labels.empty() || more.empty() ? "" : ",") + more + "}";
}

}  // namespace

void Measurements::add_counter(const std::string& name, const std::string& help) {
  const std::lock_guard lock(mutex_);
  families_[name] = {.help = help, .type = "counter"};
}

void Measurements::add_histogram(const std::string& name, const std::string& help,
                                 std::vector<double> bounds) {
  const std::lock_guard lock(mutex_);
  families_[name] = {.help = help, .type = "histogram", .bounds = std::move(bounds)};
}

void Measurements::add_gauge(const std::string& name, const std::string& help,
                             std::function<double()> value) {
  const std::lock_guard lock(mutex_);
  families_[name] = {.help = help, .type = "gauge", .value = std::move(value)};
}

void Measurements::add_counter(const std::string& name, const std::string& help,
                               std::function<double()> value) {
  const std::lock_guard lock(mutex_);
  families_[name] = {.help = help, .type = "counter", .value = std::move(value)};
}

Measurements::Series& Measurements::series_of(Family& family, const Labels& labels) {
  std::string name = written(labels);
  if (family.series.size() >= most_series && !family.series.contains(name)) {
    Labels other = labels;
    for (auto& [label, value] : other) value = "other";
    name = written(other);
  }
  Series& series = family.series[name];
  series.buckets.resize(family.type == "histogram" ? family.bounds.size() + 1 : 0);
  return series;
}

void Measurements::count(std::string_view name, const Labels& labels, double by) {
  const std::lock_guard lock(mutex_);
  const auto family = families_.find(name);
  if (family == families_.end()) throw std::logic_error("no counter " + std::string(name));
  series_of(family->second, labels).sum += by;
}

void Measurements::observe(std::string_view name, const Labels& labels, double value) {
  const std::lock_guard lock(mutex_);
  const auto family = families_.find(name);
  if (family == families_.end()) throw std::logic_error("no histogram " + std::string(name));
  Series& series = series_of(family->second, labels);
  const auto& bounds = family->second.bounds;
  const auto bucket = std::ranges::lower_bound(bounds, value) - bounds.begin();
  ++series.buckets[static_cast<std::size_t>(bucket)];
  series.sum += value;
}

std::string Measurements::text() const {
  const std::lock_guard lock(mutex_);
  std::string text;
  for (const auto& [name, family] : families_) {
    text += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, family.help, name, family.type);
    if (family.value) text += fmt::format("{} {}\n", name, family.value());
    for (const auto& [labels, series] : family.series) {
      if (series.buckets.empty()) {
        text += fmt::format("{}{} {}\n", name, in_braces(labels), series.sum);
        continue;
      }
      std::uint64_t count = 0;
      for (std::size_t i = 0; i < series.buckets.size(); ++i) {
        count += series.buckets[i];
        const std::string bound = i < family.bounds.size() ? fmt::format("{}", family.bounds[i]) : "+Inf";
        text += fmt::format("{}_bucket{} {}\n", name, in_braces(labels, "le=\"" + bound + "\""), count);
      }
      text += fmt::format("{}_sum{} {}\n{}_count{} {}\n", name, in_braces(labels), series.sum, name,
                          in_braces(labels), count);
    }
  }
  return text;
}

}  // namespace heed
