#include "heed/base/field_value.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace heed {
namespace {

const std::string* plain(const FieldValue& value) {
  const auto* word = std::get_if<FieldValue::Plain>(&value.value);
  return word ? &word->text : nullptr;
}

template <class Number>
std::optional<Number> parse(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

std::optional<Index> whole(double number) {
  // 2^63 itself is no Index; every double below it in size is.
  if (!(std::abs(number) < 0x1p63) || number != std::floor(number)) return std::nullopt;
  return static_cast<Index>(number);
}

}  // namespace

std::optional<bool> as_bool(const FieldValue& value) {
  if (const auto* truth = std::get_if<bool>(&value.value)) return *truth;
  if (const std::string* word = plain(value)) {
    for (const char* yes : {"true", "True", "TRUE", "yes", "on"})
      if (*word == yes) return true;
    for (const char* no : {"false", "False", "FALSE", "no", "off"})
      if (*word == no) return false;
  }
  return std::nullopt;
}

std::optional<Index> as_index(const FieldValue& value) {
  if (const auto* number = std::get_if<Index>(&value.value)) return *number;
  if (const auto* number = std::get_if<double>(&value.value)) return whole(*number);
  if (const std::string* word = plain(value)) {
    if (const auto number = parse<Index>(*word)) return number;
    if (const auto number = parse<double>(*word)) return whole(*number);
  }
  return std::nullopt;
}

std::optional<double> as_number(const FieldValue& value) {
  std::optional<double> number;
  if (const auto* integer = std::get_if<Index>(&value.value)) number = static_cast<double>(*integer);
  if (const auto* real = std::get_if<double>(&value.value)) number = *real;
  if (const std::string* word = plain(value)) number = parse<double>(*word);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<std::string> as_text(const FieldValue& value) {
  if (const auto* text = std::get_if<std::string>(&value.value)) return *text;
  if (const std::string* word = plain(value)) return *word;
  return std::nullopt;
}

bool is_none(const FieldValue& value) {
  const std::string* word = plain(value);
  return std::holds_alternative<std::monostate>(value.value) ||
         (word && (*word == "none" || *word == "null"));
}

std::string shown(const FieldValue& value) {
  struct {
    std::string operator()(std::monostate) const { return "nothing"; }
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(Index number) const { return fmt::format("{}", number); }
    std::string operator()(double number) const { return fmt::format("{}", number); }
    std::string operator()(const std::string& text) const { return "'" + text + "'"; }
    std::string operator()(const FieldValue::Plain& word) const { return "'" + word.text + "'"; }
    std::string operator()(FieldValue::Mapping) const { return "keys with values"; }
    std::string operator()(const FieldValue::List& list) const {
      std::string text = "[";
      for (const FieldValue& item : list) text += (text.size() > 1 ? ", " : "") + shown(item);
      return text + "]";
    }
  } show;
  return std::visit(show, value.value);
}

double shortest_decimal(float value) { return parse<double>(fmt::format("{}", value)).value_or(value); }

}  // namespace heed
