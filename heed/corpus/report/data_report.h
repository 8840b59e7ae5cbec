#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "heed/corpus/drift.h"
#include "heed/corpus/filters/filter_options.h"
#include "heed/corpus/read_report.h"
#include "heed/corpus/report/histogram.h"

namespace heed {

/// What a parallel corpus is like and what training would leave out of it, for people to act on.
struct DataReport {
  struct Example {
    std::string where{};  // FILE:LINE
    bool dropped = false;
    std::string source{}, target{};  // their beginnings, where they are long
  };

  /// What one filter did.
  struct Filter {
    std::string name{}, title{}, advice{};
    FilterAction action = FilterAction::drop;
    Index dropped = 0;        // pairs that it drops
    Index dropped_alone = 0;  // of these, pairs that no other filter drops
    Index flagged = 0;
    std::vector<Example> examples{};
  };

  struct Script {
    std::string name{};
    Index letters = 0;
    Index texts = 0;  // in which it is the script of most letters
  };

  struct Language {
    std::string code{};  // empty: not told
    Index passages = 0;  // of those that were looked at
  };

  /// How fluent one side is: how well a language model predicts it, word by word. Of the pairs that have two
  /// readable sides.
  struct Fluency {
    struct Sentence {
      std::string where{};          // FILE:LINE
      double log10_perplexity = 0;  // infinite where the model takes a word for impossible
      Index words = 0, unknown = 0;
      std::string text{}, other_side{};  // their beginnings, where they are long
    };

    std::string model{};      // the file's name; empty: models of the corpus' own halves
    Index order = 0;          // its longest n-grams
    Index learned_words = 0;  // which models of the corpus itself have learned from
    Index sentences = 0, words = 0, unknown = 0, impossible = 0;
    double perplexity = 0, perplexity_of_known = 0;  // infinite where something impossible happens
    Histogram log10_perplexities{};  // of sentences; those with something impossible are above its edges
    std::vector<Sentence> least_fluent{};
  };

  struct Side {
    Index characters = 0, words = 0;
    Histogram lengths{};  // in characters
    std::vector<Script> scripts{};
    std::vector<Language> languages{};
    std::optional<Fluency> fluency{};  // only if asked for
  };

  /// How much of a validation or test set is in the training corpus too.
  struct Overlap {
    std::string name{};
    Index pairs = 0, seen_pairs = 0, seen_sources = 0, seen_targets = 0;
    std::vector<Example> examples{};  // of the training corpus
  };

  /// Where two files cease to run side by side, with the lines around.
  struct Alignment {
    std::string source{}, target{};
    Drift drift{};
    struct Line {
      Index number;
      std::string source{}, target{};
    };
    std::vector<Line> around{};
  };

  std::string title{};
  Index read = 0, kept = 0, dropped = 0, flagged = 0;  // flagged: of those kept
  ReadReport reading{};                                // what readers skipped before that, by kind
  std::vector<Filter> filters{};
  Side source, target;
  Histogram ratios;  // log2 of target to source, in characters
  std::vector<Overlap> overlaps{};
  std::optional<Alignment> alignment;
  std::vector<std::pair<std::string, std::string>> settings{};  // of the filters: name, value
};

/// The report as JSON, described in docs/data-report.md.
std::string data_report_json(const DataReport& report);

/// The figures as a few lines for a terminal.
std::string data_report_text(const DataReport& report);

}  // namespace heed
