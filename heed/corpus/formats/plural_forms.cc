#include "heed/corpus/formats/plural_forms.h"

#include <array>
#include <cctype>
#include <charconv>
#include <utility>

#include "heed/text/unicode.h"

namespace heed {
namespace {

using Number = long long;

/// A C expression of n, as gettext allows: ?: || && == != < > <= >= + - * / % ! ( ). Evaluated while it is
/// read.
class Expression {
 public:
  Expression(std::string_view text, Number n) : rest_(text), n_(n) {}

  /// False if it is not such an expression.
  bool evaluate(Number& value) {
    value = choice();
    skip_blanks();
    return good_ && rest_.empty();
  }

 private:
  struct Operator {
    std::string_view sign;
    int level;
  };
  static constexpr int tightest = 6, deepest = 100;

  void skip_blanks() {
    while (!rest_.empty() && std::isspace(static_cast<unsigned char>(rest_.front()))) rest_.remove_prefix(1);
  }

  bool take(std::string_view sign) {
    skip_blanks();
    if (!rest_.starts_with(sign)) return false;
    rest_.remove_prefix(sign.size());
    return true;
  }

  Number choice() {
    if (++depth_ > deepest) good_ = false;
    if (!good_) return 0;
    Number value = binary(1);
    if (take("?")) {
      const Number yes = choice();
      if (!take(":")) good_ = false;
      const Number no = choice();
      value = value ? yes : no;
    }
    --depth_;
    return value;
  }

  /// The operator of a level that comes next, taken; empty if another does.
  std::string_view take_operator(int level) {
    static constexpr std::array operators{
        Operator{"||", 1}, Operator{"&&", 2}, Operator{"==", 3}, Operator{"!=", 3}, Operator{"<=", 4},
        Operator{">=", 4}, Operator{"<", 4},  Operator{">", 4},  Operator{"+", 5},  Operator{"-", 5},
        Operator{"*", 6},  Operator{"/", 6},  Operator{"%", 6}};
    for (const Operator& candidate : operators)
      if (candidate.level == level && take(candidate.sign)) return candidate.sign;
    return {};
  }

  Number binary(int level) {
    if (level > tightest) return unary();
    Number left = binary(level + 1);
    while (good_) {
      const std::string_view sign = take_operator(level);
      if (sign.empty()) break;
      const Number right = binary(level + 1);
      left = apply(sign, left, right);
    }
    return left;
  }

  Number apply(std::string_view sign, Number left, Number right) {
    if (sign == "||") return left || right;
    if (sign == "&&") return left && right;
    if (sign == "==") return left == right;
    if (sign == "!=") return left != right;
    if (sign == "<=") return left <= right;
    if (sign == ">=") return left >= right;
    if (sign == "<") return left < right;
    if (sign == ">") return left > right;
    // Kept small, so that nothing overflows: no plural is decided by such numbers.
    constexpr Number limit = 1'000'000'000;
    if (left > limit || left < -limit || right > limit || right < -limit) return good_ = false;
    if (sign == "+") return left + right;
    if (sign == "-") return left - right;
    if (sign == "*") return left * right;
    if (right == 0) return good_ = false;
    return sign == "/" ? left / right : left % right;
  }

  Number unary() {
    if (++depth_ > deepest) good_ = false;
    if (!good_) return 0;
    Number value = 0;
    if (take("!")) {
      value = !unary();
    } else if (take("(")) {
      value = choice();
      if (!take(")")) good_ = false;
    } else if (take("n")) {
      value = n_;
    } else {
      const auto [end, failed] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
      if (failed != std::errc()) good_ = false;
      rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    }
    --depth_;
    return value;
  }

  std::string_view rest_;
  Number n_;
  int depth_ = 0;
  bool good_ = true;
};

/// What stands behind "name=", up to the semicolon.
std::string_view value_of(std::string_view text, std::string_view name) {
  std::size_t at = 0;
  // "plural" is the end of "nplurals", which is no match: "=" follows the name.
  while ((at = text.find(name, at)) != text.npos) {
    std::string_view rest = trimmed(text.substr(at + name.size()));
    const bool whole = at == 0 || !std::isalpha(static_cast<unsigned char>(text[at - 1]));
    if (whole && rest.starts_with('=')) return trimmed(rest.substr(1, rest.find(';') - 1));
    at += name.size();
  }
  return {};
}

}  // namespace

std::optional<PluralForms> PluralForms::of(std::string_view text) {
  const std::string_view count = value_of(text, "nplurals"), plural = value_of(text, "plural");
  PluralForms forms;
  const auto [end, failed] = std::from_chars(count.data(), count.data() + count.size(), forms.count_);
  if (failed != std::errc() || forms.count_ < 1 || forms.count_ > 100) return std::nullopt;
  const auto read_form = [&](Number things, Index& form) {
    Number number = 0;
    if (!Expression(plural, things).evaluate(number) || number < 0 || number >= forms.count_) return false;
    form = static_cast<Index>(number);
    return true;
  };
  // Of numbers like a million some languages speak otherwise: French has "un million de chiens".
  if (!read_form(1, forms.singular_) || !read_form(1000, forms.plural_)) return std::nullopt;
  return forms;
}

}  // namespace heed
