#pragma once
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "heed/base/fields.h"
#include "heed/base/index.h"
#include "heed/corpus/parallel_corpus.h"

namespace heed {

/// Which sample corpus: two of sample_locales(), how many pairs of which kinds (none named: all), and the
/// seed that they follow from.
struct SampleOptions {
  std::string source_locale = "en", target_locale = "de";
  Index count = 10000;
  std::uint64_t seed = 1;
  std::vector<std::string> kinds{};

  static constexpr auto fields() {
    return std::tuple(
        field("source_locale", &SampleOptions::source_locale, "ICU locale of the source language"),
        field("target_locale", &SampleOptions::target_locale, "ICU locale of the target language"),
        field("count", &SampleOptions::count, "number of pairs, or of whatever the task takes", {0, 1e8}),
        field("seed", &SampleOptions::seed, "random seed of the corpus", {.min = 0}),
        field("kinds", &SampleOptions::kinds,
              "kinds of pairs, one or more, such as date or 'mixed list' (which joins what else is named); "
              "not given: all"));
  }
};

/// How many pairs of a kind ("date", "money", "mixed list", ...) a corpus holds.
struct SampleKind {
  std::string name;
  Index pairs = 0;
  Index forms = 0;     // ways to write it that both languages have
  Index left_out = 0;  // ways that one of them lacks, or that would give one source two translations
};

/// Parallel text, and what it is made of.
struct SampleCorpus {
  std::vector<TextPair> pairs;
  std::vector<SampleKind> kinds;
};

/// A parallel corpus out of ICU's locale data: dates, times, amounts, measures, numbers in words, names, and
/// lists of them. No source occurs twice, and each has one right translation, which follows from the source
/// alone. The same options give the same corpus (with the same ICU). ConfigError for a locale that ICU does
/// not know, for two equal ones, and for a kind that there is not.
std::vector<TextPair> sample_corpus(const SampleOptions& options = {});

/// The same, with counts by kind.
SampleCorpus sample_corpus_by_kind(const SampleOptions& options = {});

}  // namespace heed
