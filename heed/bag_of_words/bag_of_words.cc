#include "heed/bag_of_words/bag_of_words.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "heed/base/error.h"
#include "heed/ngram/words.h"
#include "heed/text/lowercased.h"

namespace heed {
namespace {

/// Calls visit(n-gram) for every one of a text. No word holds a space, so one is enough between two.
template <class Visit>
void for_each_ngram(std::string_view text, BagContent content, bool lowercase, const Visit& visit) {
  const std::string small = lowercase ? lowercased(text) : std::string();
  std::string bigram;
  std::string_view last;
  for_each_word(lowercase ? std::string_view(small) : text, [&](std::string_view word) {
    visit(word);
    if (content == BagContent::bigrams && !last.empty()) {
      bigram.assign(last).append(1, ' ').append(word);
      visit(std::string_view(bigram));
    }
    last = word;
  });
}

void sort_and_drop_repeated(std::vector<WordId>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

BagOfWords::BagOfWords(BagContent content, const BagOptions& options, std::span<const std::string_view> texts)
    : content_(content), options_(options) {
  Vocabulary all;
  std::vector<Index> texts_with;
  std::vector<WordId> ids;
  for (const std::string_view text : texts) {
    ids.clear();
    for_each_ngram(text, content, options.lowercase,
                   [&](std::string_view ngram) { ids.push_back(all.add(ngram)); });
    sort_and_drop_repeated(ids);
    texts_with.resize(static_cast<std::size_t>(all.size()));
    for (const WordId id : ids) ++texts_with[id];
  }
  texts_with.resize(static_cast<std::size_t>(all.size()));
  // The most frequent first; of equals, the one that came first.
  std::vector<WordId> kept;
  for (WordId id = 0; id < texts_with.size(); ++id)
    if (texts_with[id] >= options.minimum_texts) kept.push_back(id);
  std::stable_sort(kept.begin(), kept.end(),
                   [&](WordId a, WordId b) { return texts_with[a] > texts_with[b]; });
  if (options.vocabulary_size && std::ssize(kept) > *options.vocabulary_size)
    kept.resize(static_cast<std::size_t>(*options.vocabulary_size));
  require<DataError>(!kept.empty(), "none of the ", texts.size(), " texts has a word",
                     options.minimum_texts > 1 ? " that is in enough of them; lower --minimum-texts" : "");
  std::vector<Index> frequency(3, 0);
  for (const WordId id : kept) {
    const WordId column = ngrams_.add(all.word(id));
    frequency.resize(static_cast<std::size_t>(ngrams_.size()));
    frequency[column] = texts_with[id];
  }
  for (const Index count : frequency)
    weights_.push_back(static_cast<float>(
        std::log((1 + static_cast<double>(texts.size())) / (1 + static_cast<double>(count))) + 1));
}

BagOfWords::BagOfWords(BagContent content, const BagOptions& options, Vocabulary ngrams,
                       std::vector<float> weights)
    : content_(content), options_(options), ngrams_(std::move(ngrams)), weights_(std::move(weights)) {}

SparseRows BagOfWords::operator()(std::span<const std::string_view> texts) const {
  SparseRows rows;
  rows.columns = ngrams_.size();
  std::vector<WordId> ids;
  for (const std::string_view text : texts) {
    ids.clear();
    for_each_ngram(text, content_, options_.lowercase, [&](std::string_view ngram) {
      if (const auto id = ngrams_.find(ngram)) ids.push_back(*id);
    });
    std::sort(ids.begin(), ids.end());
    const std::size_t first = rows.value.size();
    double squares = 0;
    for (std::size_t i = 0, end; i < ids.size(); i = end) {
      end = i + 1;
      while (end < ids.size() && ids[end] == ids[i]) ++end;
      const auto count = static_cast<double>(end - i);
      const double value = (options_.sublinear ? 1 + std::log(count) : count) * weights_[ids[i]];
      squares += value * value;
      rows.column.push_back(ids[i]);
      rows.value.push_back(static_cast<float>(value));
    }
    for (std::size_t i = first; i < rows.value.size(); ++i)
      rows.value[i] = static_cast<float>(rows.value[i] / std::sqrt(squares));
    rows.starts.push_back(rows.entries());
  }
  return rows;
}

}  // namespace heed
