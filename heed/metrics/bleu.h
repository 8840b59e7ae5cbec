#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "heed/base/fields.h"
#include "heed/metrics/segments.h"

namespace heed {

/// How BLEU finds words. `none` splits at white space, for text that is tokenized already. `zh` takes each
/// Chinese character for a word, `character` any: for what is written without spaces between words. The words
/// of Japanese and Korean are found by MeCab, where that is installed.
enum class BleuTokenization { mteval_13a, none, intl, zh, character, japanese_mecab, korean_mecab };
template <>
struct EnumNames<BleuTokenization> {
  static constexpr std::array names{std::pair{"13a", BleuTokenization::mteval_13a},
                                    std::pair{"none", BleuTokenization::none},
                                    std::pair{"intl", BleuTokenization::intl},
                                    std::pair{"zh", BleuTokenization::zh},
                                    std::pair{"char", BleuTokenization::character},
                                    std::pair{"ja-mecab", BleuTokenization::japanese_mecab},
                                    std::pair{"ko-mecab", BleuTokenization::korean_mecab}};
};

/// What an n-gram order without a match counts as (Chen and Cherry, 2014): nothing; a small match count; all
/// orders above 1 with k more matches; halves, quarters, ... of a match, as mteval-v13a does.
enum class BleuSmoothing { none, floor, add_k, exponential };

struct BleuOptions {
  BleuTokenization tokenization = BleuTokenization::mteval_13a;
  BleuSmoothing smoothing = BleuSmoothing::exponential;
  /// For `floor` (0.1 unless given) and `add_k` (1 unless given).
  std::optional<double> smoothing_value = {};
  bool lowercase = false;
  /// Leaves out the orders that the hypotheses are too short for. Wanted when single sentences are scored.
  bool effective_order = false;
  Index orders = 4;
};

/// BLEU and what it is made of, as sacreBLEU reports them.
struct BleuScore {
  double score = 0;  // 0 to 100
  std::vector<Index> matches, totals;
  std::vector<double> precisions;  // by order, 0 to 100
  double brevity_penalty = 1;
  Index hypothesis_length = 0, reference_length = 0;
  BleuOptions options;
  Index reference_count = 1;

  std::string name() const { return "BLEU"; }
  /// "BLEU = 26.60 58.2/32.2/... (BP = 1.000 ratio = 1.013 hyp_len = 62362 ref_len = 61287)"
  std::string text(int decimals = 2) const;
  /// "58.2/32.2/... (BP = ...)"
  std::string details() const;
  /// "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:heed-0.1.0"
  std::string signature() const;
};

/// ConfigError, with what to install, unless what a tokenization takes is there.
void require_tokenization(BleuTokenization tokenization);

/// BLEU of a corpus (Papineni et al., 2002), equal to sacreBLEU's. For a single sentence set effective_order.
BleuScore bleu(std::span<const std::string> hypotheses, const References& references,
               const BleuOptions& options = {});

/// The words of one segment as BLEU sees them, separated by single spaces.
std::string bleu_tokenize(std::string_view segment, BleuTokenization tokenization);

}  // namespace heed
