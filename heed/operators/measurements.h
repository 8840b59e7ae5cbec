#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heed {

/// Numbers about a running program, as Prometheus reads them (its text format, version 0.0.4). Safe to be
/// used by any thread. The number of series is bounded: of a family, what would be one too many is counted
/// under labels that are all "other".
class Measurements {
 public:
  using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

  /// Families, each with its name, unit included, and what it is for, before anything is counted.
  void add_counter(const std::string& name, const std::string& help);
  void add_histogram(const std::string& name, const std::string& help, std::vector<double> bounds);
  /// One number that is asked for when somebody looks; it must be quick and not throw.
  void add_gauge(const std::string& name, const std::string& help, std::function<double()> value);
  /// The same of a number that only grows.
  void add_counter(const std::string& name, const std::string& help, std::function<double()> value);

  void count(std::string_view name, const Labels& labels = {}, double by = 1);
  void observe(std::string_view name, const Labels& labels, double value);

  std::string text() const;
  static constexpr const char* content_type = "text/plain; version=0.0.4; charset=utf-8";

 private:
  struct Series {
    double sum = 0;
    std::vector<std::uint64_t> buckets{};  // of a histogram: up to each bound, and above
  };
  struct Family {
    std::string help, type;
    std::vector<double> bounds{};
    std::function<double()> value{};
    std::map<std::string, Series> series{};  // by its labels, as they are written
  };
  Series& series_of(Family& family, const Labels& labels);

  mutable std::mutex mutex_;
  std::map<std::string, Family, std::less<>> families_;
};

}  // namespace heed
