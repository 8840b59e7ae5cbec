#pragma once
#include <unordered_map>
#include <vector>

#include "heed/corpus/filters/held_out_pairs.h"
#include "heed/corpus/report/data_report.h"
#include "heed/corpus/report/reservoir.h"

namespace heed {

/// Sees how much of a held-out set goes by in training.
class HeldOutWatch {
 public:
  HeldOutWatch(std::string name, std::size_t examples, std::uint64_t seed, std::uint64_t stream)
      : name_(std::move(name)), examples_(examples, seed, stream) {}

  /// Before training pairs: one of the held-out set.
  void hold_out(const ExaminedPair& pair);
  /// A training pair; make() makes the example of it.
  template <class Make>
  void see(const ExaminedPair& pair, const Make& make) {
    if (mark(pairs_, pair.loose())) examples_.offer(make);
    mark(sources_, pair.source.loose);
    mark(targets_, pair.target.loose);
  }
  DataReport::Overlap overlap();

 private:
  struct Held {
    Index pairs = 0;  // that share the hash
    bool seen = false;
  };
  using Hashes = std::unordered_map<std::uint64_t, Held>;

  static bool mark(Hashes& hashes, std::uint64_t hash);
  static Index seen(const Hashes& hashes);

  std::string name_;
  Hashes pairs_, sources_, targets_;
  Index count_ = 0;
  Reservoir<DataReport::Example> examples_;
};

}  // namespace heed
