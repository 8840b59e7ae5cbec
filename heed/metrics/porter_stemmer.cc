#include "heed/metrics/porter_stemmer.h"

#include <array>
#include <map>
#include <span>

namespace heed {
namespace {

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

/// y is a consonant at the beginning and behind a vowel.
bool is_consonant(std::string_view word, std::size_t i) {
  if (word[i] != 'y') return !is_vowel(word[i]);
  return i == 0 || !is_consonant(word, i - 1);
}

/// Porter's m: how many times a run of consonants follows a run of vowels.
int measure(std::string_view stem) {
  int count = 0;
  for (std::size_t i = 1; i < stem.size(); ++i)
    count += is_consonant(stem, i) && !is_consonant(stem, i - 1) ? 1 : 0;
  return count;
}

bool has_vowel(std::string_view stem) {
  for (std::size_t i = 0; i < stem.size(); ++i)
    if (!is_consonant(stem, i)) return true;
  return false;
}

/// Porter's *d.
bool ends_in_double_consonant(std::string_view word) {
  const std::size_t n = word.size();
  return n >= 2 && word[n - 1] == word[n - 2] && is_consonant(word, n - 1);
}

/// Porter's *o, and NLTK's two letters such as "is".
bool ends_short(std::string_view word) {
  const std::size_t n = word.size();
  if (n == 2) return !is_consonant(word, 0) && is_consonant(word, 1);
  return n >= 3 && is_consonant(word, n - 3) && !is_consonant(word, n - 2) && is_consonant(word, n - 1) &&
         word[n - 1] != 'w' && word[n - 1] != 'x' && word[n - 1] != 'y';
}

struct Rule {
  std::string_view suffix, replacement;
};

std::string_view without(std::string_view word, std::string_view suffix) {
  return word.substr(0, word.size() - suffix.size());
}

/// Applies the first rule whose suffix the word has, if the measure of what stands before it is high enough.
std::string apply(std::string_view word, std::span<const Rule> rules, int above) {
  for (const auto& [suffix, replacement] : rules)
    if (word.ends_with(suffix)) {
      const std::string_view stem = without(word, suffix);
      return measure(stem) > above ? std::string(stem).append(replacement) : std::string(word);
    }
  return std::string(word);
}

std::string without_plural(std::string_view word) {
  if (word.ends_with("ies")) return std::string(without(word, "ies")) + (word.size() == 4 ? "ie" : "i");
  if (word.ends_with("sses")) return std::string(without(word, "es"));
  return std::string(word.ends_with("s") && !word.ends_with("ss") ? without(word, "s") : word);
}

std::string without_ed_or_ing(std::string_view word) {
  if (word.ends_with("ied")) return std::string(without(word, "ied")) + (word.size() == 4 ? "ie" : "i");
  if (word.ends_with("eed"))
    return std::string(measure(without(word, "eed")) > 0 ? without(word, "d") : word);
  std::string_view stem;
  for (const std::string_view suffix : {"ed", "ing"})
    if (stem.empty() && word.ends_with(suffix) && has_vowel(without(word, suffix)))
      stem = without(word, suffix);
  if (stem.empty()) return std::string(word);
  const std::string whole(stem);
  if (stem.ends_with("at") || stem.ends_with("bl") || stem.ends_with("iz")) return whole + "e";
  if (ends_in_double_consonant(stem))
    return stem.back() == 'l' || stem.back() == 's' || stem.back() == 'z' ? whole
                                                                          : whole.substr(0, whole.size() - 1);
  return measure(stem) == 1 && ends_short(stem) ? whole + "e" : whole;
}

std::string with_i_for_y(std::string word) {
  const std::size_t n = word.size();
  if (n > 2 && word.back() == 'y' && is_consonant(word, n - 2)) word.back() = 'i';
  return word;
}

std::string with_shorter_suffix(std::string_view word) {
  static constexpr std::array rules{Rule{"ational", "ate"}, Rule{"tional", "tion"}, Rule{"enci", "ence"},
                                    Rule{"anci", "ance"},   Rule{"izer", "ize"},    Rule{"bli", "ble"},
                                    Rule{"alli", "al"},     Rule{"entli", "ent"},   Rule{"eli", "e"},
                                    Rule{"ousli", "ous"},   Rule{"ization", "ize"}, Rule{"ation", "ate"},
                                    Rule{"ator", "ate"},    Rule{"alism", "al"},    Rule{"iveness", "ive"},
                                    Rule{"fulness", "ful"}, Rule{"ousness", "ous"}, Rule{"aliti", "al"},
                                    Rule{"iviti", "ive"},   Rule{"biliti", "ble"},  Rule{"fulli", "ful"}};
  if (word.ends_with("alli") && measure(without(word, "alli")) > 0)
    return with_shorter_suffix(without(word, "li"));
  if (word.ends_with("logi"))  // the l counts with the stem, so that "geo" and "theo" work as "archaeo" does
    return std::string(measure(without(word, "ogi")) > 0 ? without(word, "i") : word);
  return apply(word, rules, 0);
}

std::string without_ful_and_ness(std::string_view word) {
  static constexpr std::array rules{Rule{"icate", "ic"}, Rule{"ative", ""},  Rule{"alize", "al"},
                                    Rule{"iciti", "ic"}, Rule{"ical", "ic"}, Rule{"ful", ""},
                                    Rule{"ness", ""}};
  return apply(word, rules, 0);
}

std::string without_last_suffix(std::string_view word) {
  static constexpr std::array<std::string_view, 19> suffixes{
      "al",  "ance", "ence", "er",  "ic",  "able", "ible", "ant", "ement", "ment",
      "ent", "ion",  "ou",   "ism", "ate", "iti",  "ous",  "ive", "ize"};
  for (const std::string_view suffix : suffixes)
    if (word.ends_with(suffix)) {
      const std::string_view stem = without(word, suffix);
      const bool fits = suffix != "ion" || stem.ends_with("s") || stem.ends_with("t");
      return std::string(measure(stem) > 1 && fits ? stem : word);
    }
  return std::string(word);
}

std::string without_last_e_and_l(std::string word) {
  if (word.ends_with("e")) {
    const std::string_view stem = without(word, "e");
    if (measure(stem) > 1 || (measure(stem) == 1 && !ends_short(stem))) word.pop_back();
  }
  if (word.ends_with("ll") && measure(without(word, "l")) > 1) word.pop_back();
  return word;
}

}  // namespace

std::string porter_stem(std::string_view word) {
  static const std::map<std::string_view, std::string_view> irregular{
      {"sky", "sky"},        {"skies", "sky"},       {"dying", "die"},        {"lying", "lie"},
      {"tying", "tie"},      {"news", "news"},       {"innings", "inning"},   {"inning", "inning"},
      {"outings", "outing"}, {"outing", "outing"},   {"cannings", "canning"}, {"canning", "canning"},
      {"howe", "howe"},      {"proceed", "proceed"}, {"exceed", "exceed"},    {"succeed", "succeed"}};
  if (const auto found = irregular.find(word); found != irregular.end()) return std::string(found->second);
  if (word.size() <= 2) return std::string(word);
  const std::string base = with_i_for_y(without_ed_or_ing(without_plural(word)));
  return without_last_e_and_l(without_last_suffix(without_ful_and_ness(with_shorter_suffix(base))));
}

}  // namespace heed
