#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "heed/ngram/ngram_model.h"

namespace heed {

/// Makes a model of the lines of an ARPA file, as this and other programs write it (tabs or spaces, n-grams
/// in any order within their section, <UNK> for <unk>): what KenLM reads. DataError, naming file and line,
/// for anything else.
class ArpaParser {
 public:
  /// `name` is what messages call the file.
  explicit ArpaParser(std::string name) : name_(std::move(name)) {}

  void add(std::string_view line);
  /// Whether the 1-grams are read and no <unk> is among them.
  bool lacks_unknown() const {
    return !levels_.empty() && !(known_.size() > 0 && known_[Vocabulary::unknown]);
  }
  /// After the last line. A word that the model does not know then has the probability of <unk>; where the
  /// file has none, 10 to the power of -100, as in KenLM.
  NgramModel finish() &&;

 private:
  enum class Part { before, header, ngrams, after };
  struct Entry {
    NgramTree::Node parent;
    WordId word;
    float probability, backoff;
  };

  void header(std::string_view line);
  void start_section(std::string_view line);
  void ngram(std::string_view line);
  void unigram(std::string_view word, float probability, float backoff);
  NgramTree::Node context_of(const std::vector<std::string_view>& words) const;
  float number(std::string_view text, const char* what) const;
  float probability(std::string_view text, std::string_view last_word) const;
  void end_section();
  template <class... Parts>
  void check(bool condition, const Parts&... parts) const;

  std::string name_;
  Index line_ = 0, order_ = 0;
  Part part_ = Part::before;
  std::vector<Index> announced_;  // n-grams of each order
  Vocabulary vocabulary_;
  NgramTree tree_{0};
  std::vector<NgramModel::Level> levels_;
  std::vector<bool> known_;  // of each word, whether its 1-gram was there
  Index unigrams_ = 0;
  std::vector<Entry> entries_;
  std::vector<std::string_view> pieces_;
};

}  // namespace heed
