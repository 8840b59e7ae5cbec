#include "heed/corpus/labeled/label_columns.h"

#include <algorithm>
#include <array>

#include "heed/base/error.h"
#include "heed/text/lowercased.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

using namespace std::string_view_literals;

constexpr std::array label_words{"label"sv, "labels"sv, "class"sv,    "category"sv, "sentiment"sv, "intent"sv,
                                 "topic"sv, "tag"sv,    "target"sv,   "emotion"sv,  "rating"sv,    "stars"sv,
                                 "score"sv, "genre"sv,  "polarity"sv, "language"sv, "lang"sv,      "v1"sv};
constexpr std::array text_words{
    "text"sv,     "texts"sv,    "sentence"sv,  "review"sv,  "message"sv,     "comment"sv, "content"sv,
    "document"sv, "title"sv,    "headline"sv,  "summary"sv, "description"sv, "phrase"sv,  "body"sv,
    "tweet"sv,    "question"sv, "query"sv,     "sms"sv,     "mail"sv,        "email"sv,   "post"sv,
    "article"sv,  "news"sv,     "utterance"sv, "subject"sv, "v2"sv};

/// Whether a cell is a name of up to three words, one of which is among those given.
bool is_name_with(std::string_view cell, std::span<const std::string_view> words) {
  std::string name = lowercased(trimmed(cell));
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '_' || c == '-' || c == '.'; }, ' ');
  if (std::count(name.begin(), name.end(), ' ') > 2) return false;
  for (std::string_view rest = name; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (std::ranges::find(words, rest.substr(0, end)) != words.end()) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

}  // namespace

LabelColumns::LabelColumns(const LabelReading& reading)
    : header_(reading.header),
      label_given_(reading.label_column > 0),
      text_given_(reading.text_column > 0),
      label_(label_given_ ? static_cast<std::size_t>(reading.label_column) - 1 : 0) {
  // The label stands before the text unless the options say otherwise.
  if (reading.text_column == 1 && !label_given_) label_ = 1;
  if (text_given_) texts_.push_back(static_cast<std::size_t>(reading.text_column) - 1);
  require<ConfigError>(!text_given_ || texts_.front() != label_, "label_column and text_column are both ",
                       reading.text_column, "; give two different columns");
}

bool LabelColumns::take_header(std::span<const std::string_view> cells) {
  if (header_ == HeaderRow::no) return false;
  std::size_t label = cells.size();
  std::vector<std::size_t> texts;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (label == cells.size() && is_name_with(cells[i], label_words))
      label = i;
    else if (is_name_with(cells[i], text_words))
      texts.push_back(i);
  }
  const bool named = label < cells.size() && !texts.empty();
  if (!named && header_ == HeaderRow::automatic) return false;
  if (named && !label_given_ && !text_given_) {
    label_ = label;
    texts_ = texts;
  }
  const auto name = [&](std::size_t column) {
    return message(column + 1, " (", column < cells.size() ? printable(trimmed(cells[column])) : "not there",
                   ")");
  };
  note_ = message("the first row is a header: label in column ", name(label_), ", text in ");
  if (texts_.empty()) note_ += "all others";
  for (std::size_t i = 0; i < texts_.size(); ++i)
    note_ += message(i == 0 ? "column " : " and ", name(texts_[i]));
  return true;
}

LabeledText LabelColumns::of(std::span<const std::string_view> cells, std::string_view between,
                             std::string& problem) const {
  const std::size_t last = texts_.empty() ? 0 : texts_.back();
  if (const std::size_t needed = std::max({label_, last, std::size_t{1}}) + 1; cells.size() < needed) {
    problem = message(cells.size(), cells.size() == 1 ? " column" : " columns", ", but column ", needed,
                      " is needed");
    return {};
  }
  LabeledText result{std::string(trimmed(cells[label_])), {}};
  const auto add = [&](std::string_view cell) {
    if (between != "\t" && is_blank(cell)) return;
    result.text.append(result.text.empty() ? "" : between).append(cell);
  };
  if (texts_.empty()) {
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (i != label_) add(cells[i]);
  } else {
    for (const std::size_t column : texts_) add(cells[column]);
  }
  result.text = trimmed(result.text);
  if (is_blank(result.label)) problem = message("there is no label in column ", label_ + 1);
  return result;
}

}  // namespace heed
