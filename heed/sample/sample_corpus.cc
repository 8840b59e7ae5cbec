#include "heed/sample/sample_corpus.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "heed/base/error.h"
#include "heed/base/random.h"
#include "heed/base/suggestions.h"
#include "heed/sample/sample_lists.h"
#include "heed/sample/sample_locales.h"
#include "heed/sample/sample_phrases.h"
#include "heed/sample/sample_text.h"

namespace heed {
namespace {

/// How often a kind of phrase stands alone, and how often in a list of mixed items.
struct Share {
  std::string_view kind;
  std::uint32_t alone, in_list;
};

// Names stand in lists only: alone, each would occur once, and one unseen in training cannot be translated.
constexpr std::array shares{Share{"date", 13, 12},
                            Share{"time", 1, 4},
                            Share{"date and time", 7, 4},
                            Share{"span of time", 7, 3},
                            Share{"relative time", 2, 6},
                            Share{"duration", 6, 4},
                            Share{"number in words", 9, 9},
                            Share{"ordinal in words", 5, 4},
                            Share{"year in words", 1, 2},
                            Share{"ordinal", 1, 3},
                            Share{"percentage", 1, 4},
                            Share{"number", 1, 2},
                            Share{"large number", 1, 3},
                            Share{"money in words", 5, 6},
                            Share{"money", 3, 5},
                            Share{"measure", 9, 9},
                            Share{"range", 4, 4},
                            Share{"language of a country", 3, 2},
                            Share{"country", 0, 4},
                            Share{"language", 0, 4},
                            Share{"currency", 0, 1},
                            Share{"weekday", 0, 1},
                            Share{"month", 0, 1}};

constexpr std::array<std::string_view, 3> kinds_of_names{"country", "language", "currency"};
constexpr std::string_view mixed_list = "mixed list", list_of_names = "list of names";
constexpr std::uint32_t mixed_lists = 32, lists_of_names = 8;

std::string listed(const std::vector<std::string>& kinds) {
  std::string list;
  for (const std::string& kind : kinds) list += message(list.empty() ? "" : ", ", kind);
  return list;
}

/// Chances by weight.
class Lottery {
 public:
  void add(std::uint32_t weight, std::size_t prize) {
    total_ += weight;
    ends_.emplace_back(total_, prize);
  }
  bool empty() const { return total_ == 0; }
  std::size_t draw(Random& random) const {
    const std::uint32_t ticket = random.below(total_);
    return std::ranges::upper_bound(ends_, ticket, {}, &std::pair<std::uint32_t, std::size_t>::first)->second;
  }

 private:
  std::uint32_t total_ = 0;
  std::vector<std::pair<std::uint32_t, std::size_t>> ends_;
};

/// Draws phrases and lists of one pair of languages.
class Sampler {
 public:
  /// `chosen`: the kinds that are drawn; empty: all.
  Sampler(const icu::Locale& source, const icu::Locale& target, const std::vector<std::string>& chosen)
      : phrases_(sample_phrases(source, target)), lists_(source, target) {
    require_kinds(chosen);
    const auto is_chosen = [&](std::string_view kind) {
      return chosen.empty() || std::ranges::find(chosen, kind) != chosen.end();
    };
    for (std::size_t i = 0; i < phrases_.size(); ++i) {
      const SamplePhraseKind& phrase = phrases_[i];
      kinds_.push_back({phrase.name, 0, static_cast<Index>(phrase.forms.size()), phrase.left_out});
      if (phrase.forms.empty() || !is_chosen(phrase.name)) continue;
      const auto share = std::ranges::find(shares, phrase.name, &Share::kind);
      require<Error>(share != shares.end(), "sample corpus: no share for the kind ", phrase.name);
      alone_.add(share->alone, i);
      in_list_.add(share->in_list, i);
      if (std::ranges::find(kinds_of_names, phrase.name) != kinds_of_names.end())
        names_.add(share->in_list, i);
    }
    for (const auto& [name, weight, items] : {std::tuple{mixed_list, mixed_lists, &in_list_},
                                              std::tuple{list_of_names, lists_of_names, &names_}}) {
      const bool lacking = items->empty() && is_chosen(name);
      kinds_.push_back({std::string(name), 0, lacking ? 0 : 1, lacking ? 1 : 0});
      if (!items->empty() && is_chosen(name)) alone_.add(weight, kinds_.size() - 1);
    }
    require<ConfigError>(
        chosen.empty() || !alone_.empty(), "sample corpus: ", source.getName(), " and ", target.getName(),
        " share nothing of these kinds that stands alone; name others, or also ", mixed_list);
    require<DataError>(!alone_.empty(), "sample corpus: ICU has no kind of phrase that both ",
                       source.getName(), " and ", target.getName(), " can say; choose other locales");
  }

  /// A phrase or a list, and its kind.
  std::pair<SamplePhrase, std::size_t> draw(Random& random) const {
    const std::size_t kind = alone_.draw(random);
    if (kind < phrases_.size()) return {lists_.alone(phrase(kind, random)), kind};
    return {list(kinds_[kind].name == mixed_list ? in_list_ : names_, random), kind};
  }

  /// The kinds that draw counts in, without pairs.
  const std::vector<SampleKind>& kinds() const { return kinds_; }

 private:
  void require_kinds(const std::vector<std::string>& chosen) const {
    std::vector<std::string> known{std::string(mixed_list), std::string(list_of_names)};
    for (const SamplePhraseKind& phrase : phrases_) known.push_back(phrase.name);
    for (const std::string& kind : chosen)
      require<ConfigError>(std::ranges::find(known, kind) != known.end(), "sample corpus: there is no kind '",
                           kind, "'", did_you_mean(kind, known), "; there are ", listed(known));
  }

  SamplePhrase phrase(std::size_t kind, Random& random) const {
    const auto& forms = phrases_[kind].forms;
    return forms[random.below(static_cast<std::uint32_t>(forms.size()))](random);
  }

  SamplePhrase list(const Lottery& items, Random& random) const {
    std::vector<SamplePhrase> drawn;
    constexpr std::array<std::uint32_t, 9> sizes{2, 2, 2, 2, 3, 3, 3, 4, 4};
    for (std::uint32_t left = sizes[random.below(sizes.size())]; left > 0; --left)
      drawn.push_back(phrase(items.draw(random), random));
    return lists_.join(drawn, random);
  }

  std::vector<SamplePhraseKind> phrases_;
  SampleLists lists_;
  std::vector<SampleKind> kinds_;
  Lottery alone_, in_list_, names_;
};

/// The calendar that all languages are to count years in: Thai dates would be 543 years off otherwise.
icu::Locale gregorian(const std::string& id) {
  icu::Locale locale(id.c_str());
  UErrorCode status = U_ZERO_ERROR;
  locale.setKeywordValue("calendar", "gregorian", status);
  return locale;
}

}  // namespace

SampleCorpus sample_corpus_by_kind(const SampleOptions& options) {
  const std::string source = canonical_sample_locale("source_locale", options.source_locale);
  const std::string target = canonical_sample_locale("target_locale", options.target_locale);
  require<ConfigError>(source != target, "sample corpus: source_locale and target_locale are both '", source,
                       "'; choose two different ones");
  require<ConfigError>(options.count >= 0, "sample corpus: count is ", options.count,
                       "; it must not be negative");

  const Sampler sampler(gregorian(source), gregorian(target), options.kinds);
  SampleCorpus corpus{.pairs = {}, .kinds = sampler.kinds()};
  corpus.pairs.reserve(static_cast<std::size_t>(options.count));
  std::unordered_set<std::string> seen;
  Random random(options.seed);
  // Short phrases run out, lists do not; a corpus that finds nothing new in so many draws has said it all.
  constexpr Index patience = 10'000;
  for (Index idle = 0; std::ssize(corpus.pairs) < options.count; ++idle) {
    require<ConfigError>(idle < patience, "sample corpus: ", source, " and ", target, " have only about ",
                         corpus.pairs.size(), " phrases, not ", options.count, "; ask for fewer");
    const auto [phrase, kind] = sampler.draw(random);
    TextPair pair{sample_text(phrase.source), sample_text(phrase.target)};
    if (!seen.insert(pair.source).second) continue;
    corpus.pairs.push_back(std::move(pair));
    ++corpus.kinds[kind].pairs;
    idle = 0;
  }
  return corpus;
}

std::vector<TextPair> sample_corpus(const SampleOptions& options) {
  return sample_corpus_by_kind(options).pairs;
}

}  // namespace heed
