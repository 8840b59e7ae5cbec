#include "heed/ngram/arpa_parser.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "heed/base/error.h"

namespace heed {
namespace {

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text += (text.empty() ? "" : " ") + std::string(word);
  return text;
}

constexpr std::string_view blanks = " \t\r";

std::string_view without_blanks(std::string_view text) {
  const std::size_t start = std::min(text.find_first_not_of(blanks), text.size());
  return text.substr(start, text.find_last_not_of(blanks) + 1 - start);
}

/// A number of things; -1 for what is none.
Index count_of(std::string_view text) {
  text = without_blanks(text);
  Index count = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  return error == std::errc{} && end == text.data() + text.size() ? count : -1;
}

/// Some programs write the unknown word in capitals.
std::string_view as_here(std::string_view word) { return word == "<UNK>" ? "<unk>" : word; }

/// What blanks part in a line. Characters that are white space elsewhere are letters of an ARPA file's words.
void cut(std::string_view line, std::vector<std::string_view>& pieces) {
  pieces.clear();
  for (std::size_t start; (start = line.find_first_not_of(blanks)) != line.npos;) {
    line.remove_prefix(start);
    const std::size_t end = std::min(line.find_first_of(blanks), line.size());
    pieces.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

}  // namespace

template <class... Parts>
void ArpaParser::check(bool condition, const Parts&... parts) const {
  require<DataError>(condition, name_, ":", line_, ": ", parts...);
}

void ArpaParser::add(std::string_view line) {
  ++line_;
  line = without_blanks(line);
  if (line.empty()) return;
  if (part_ == Part::before) {
    // Some programs write remarks above.
    if (line.starts_with("\\data\\")) part_ = Part::header;
  } else if (line.starts_with('\\')) {
    start_section(line);
  } else if (part_ == Part::header) {
    header(line);
  } else {
    check(part_ == Part::ngrams, "text after \\end\\");
    ngram(line);
  }
}

void ArpaParser::header(std::string_view line) {
  const auto expected = std::ssize(announced_) + 1;
  const std::size_t equals = std::min(line.find('='), line.size());
  // Blanks may stand around both numbers.
  const Index order = line.starts_with("ngram ") || line.starts_with("ngram\t")
                          ? count_of(line.substr(0, equals).substr(6))
                          : -1;
  const Index count = equals < line.size() ? count_of(line.substr(equals + 1)) : -1;
  check(order == expected && count >= 0, "expected 'ngram ", expected, "=' and a number");
  check(expected <= NgramTree::max_order, "n-grams of more than ", NgramTree::max_order,
        " words; models up to that order are read");
  announced_.push_back(count);
}

void ArpaParser::start_section(std::string_view line) {
  check(part_ != Part::after, "text after \\end\\");
  check(!announced_.empty(), "no line 'ngram 1=' before the first section");
  if (order_ > 0) end_section();
  if (line == "\\end\\") {
    check(order_ == std::ssize(announced_), "\\end\\ where \\", order_ + 1, "-grams: are expected");
    part_ = Part::after;
    return;
  }
  ++order_;
  check(order_ <= std::ssize(announced_) && line == message("\\", order_, "-grams:"), "found ", line,
        ", expected ",
        order_ <= std::ssize(announced_) ? message("\\", order_, "-grams:") : std::string("\\end\\"));
  part_ = Part::ngrams;
  levels_.emplace_back();
}

float ArpaParser::number(std::string_view text, const char* what) const {
  double value = 0;
  const bool plus = text.size() > 1 && text[0] == '+' && text[1] != '-';
  const auto [end, error] = std::from_chars(text.data() + (plus ? 1 : 0), text.data() + text.size(), value);
  check(error == std::errc{} && end == text.data() + text.size() && !std::isnan(value), what, " '",
        text.substr(0, 60), "' is no number");
  return static_cast<float>(std::max(value, -1e30));
}

/// Zero is written as -99, -inf and so on.
float ArpaParser::probability(std::string_view text, std::string_view last_word) const {
  const float value = number(text, "the logarithm of the probability");
  check(value <= 0, "the logarithm of the probability is ", text, ", but none is above 0");
  const bool written_for_none =
      order_ == 1 && as_here(last_word) == "<unk>" && value == log10_missing_unknown;
  return written_for_none ? value : std::max(value, log10_zero);
}

void ArpaParser::ngram(std::string_view line) {
  cut(line, pieces_);
  const auto words = static_cast<std::size_t>(order_);
  check(pieces_.size() == words + 1 || pieces_.size() == words + 2, "expected a number, ", order_,
        order_ == 1 ? " word" : " words", " and perhaps another number, found ", pieces_.size(), " columns");
  const float log10_probability = probability(pieces_[0], pieces_[words]);
  const float backoff =
      pieces_.size() == words + 2 ? number(pieces_.back(), "the logarithm of the back-off weight") : 0;
  check(backoff < std::numeric_limits<float>::infinity(), "the back-off weight is not finite");
  pieces_.erase(pieces_.begin());
  pieces_.resize(words);
  std::ranges::transform(pieces_, pieces_.begin(), as_here);
  if (order_ == 1) return unigram(pieces_[0], log10_probability, std::max(backoff, log10_zero));
  const auto word = vocabulary_.find(pieces_.back());
  check(word && known_[*word], "the word '", pieces_.back(), "' has no 1-gram");
  entries_.push_back({context_of(pieces_), *word, log10_probability, std::max(backoff, log10_zero)});
}

void ArpaParser::unigram(std::string_view word, float probability, float backoff) {
  const WordId id = vocabulary_.add(word);
  const auto size = static_cast<std::size_t>(vocabulary_.size());
  known_.resize(size);
  check(!known_[id], "the 1-gram '", word, "' is there twice");
  known_[id] = true;
  ++unigrams_;
  levels_[0].probabilities.resize(size, log10_zero);
  levels_[0].backoffs.resize(size);
  levels_[0].probabilities[id] = probability;
  levels_[0].backoffs[id] = backoff;
}

NgramTree::Node ArpaParser::context_of(const std::vector<std::string_view>& words) const {
  NgramTree::Node node = NgramTree::none;
  for (std::size_t n = 0; n + 1 < words.size(); ++n) {
    const auto word = vocabulary_.find(words[n]);
    check(word && known_[*word], "the word '", words[n], "' has no 1-gram");
    node = n == 0 ? *word : tree_.child(static_cast<Index>(n), node, *word);
    check(node != NgramTree::none, "the ", order_, "-gram '", joined(words), "' continues the ", n + 1,
          "-gram '", joined(std::span(words).first(n + 1)), "', which is not there");
  }
  return node;
}

void ArpaParser::end_section() {
  const Index found = order_ == 1 ? unigrams_ : std::ssize(entries_);
  const Index announced = announced_[static_cast<std::size_t>(order_) - 1];
  check(found == announced, "the header announces ", announced, " ", order_, "-grams, but there are ", found,
        "; was the file copied whole?");
  if (order_ == 1) {
    check(known_.size() > Vocabulary::end && known_[Vocabulary::end],
          "no 1-gram </s>: nothing says when a sentence ends");
    if (lacks_unknown()) levels_[0].probabilities[Vocabulary::unknown] = log10_missing_unknown;
    tree_ = NgramTree(vocabulary_.size());
    return;
  }
  const auto less = [](const Entry& a, const Entry& b) {
    return a.parent != b.parent ? a.parent < b.parent : a.word < b.word;
  };
  std::sort(entries_.begin(), entries_.end(), less);
  std::vector<NgramTree::Node> parents;
  std::vector<WordId> words;
  NgramModel::Level& level = levels_.back();
  for (const Entry& entry : entries_) {
    check(parents.empty() || parents.back() != entry.parent || words.back() != entry.word, "a ", order_,
          "-gram that ends with '", vocabulary_.word(entry.word), "' is there twice");
    parents.push_back(entry.parent);
    words.push_back(entry.word);
    level.probabilities.push_back(entry.probability);
    if (order_ < std::ssize(announced_)) level.backoffs.push_back(entry.backoff);
  }
  tree_.add_order(parents, std::move(words));
  entries_.clear();
}

NgramModel ArpaParser::finish() && {
  check(part_ == Part::after, part_ == Part::before ? "no line \\data\\: this is no ARPA file"
                                                    : "the file ends before \\end\\; was it copied whole?");
  return NgramModel(std::move(vocabulary_), std::move(tree_), std::move(levels_));
}

}  // namespace heed
