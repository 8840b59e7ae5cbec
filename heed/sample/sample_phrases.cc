#include "heed/sample/sample_phrases.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "heed/base/error.h"
#include "heed/sample/sample_family.h"
#include "heed/sample/sample_text.h"

namespace heed {
namespace {

/// Values to try the forms of a family on; the same for every pair of languages and every corpus.
std::vector<Index> probes(const SampleFamily& family) {
  // Enough to meet each month, and numbers of each length, many times.
  constexpr int tries = 200;
  Random random(/*seed=*/0);
  std::set<Index> values(family.edges.begin(), family.edges.end());
  for (int i = 0; i < tries; ++i) values.insert(family.draw(random));
  return {values.begin(), values.end()};
}

bool has_letter(const icu::UnicodeString& text) {
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
    if (u_isalpha(text.char32At(i))) return true;
  return false;
}

/// Whether a form has words of its own, not codes ("5 km", "M03", "de") from the root locale that stands in
/// for missing data.
bool has_own_words(const SampleForm& form, const SampleForm* root, std::span<const Index> values) {
  if (!root) return true;
  return std::ranges::any_of(values.first(std::min<std::size_t>(values.size(), 8)), [&](Index value) {
    const icu::UnicodeString text = form.write(value);
    return !text.isEmpty() && (!has_letter(text) || text != root->write(value));
  });
}

const SampleForm* named(const std::vector<SampleForm>& forms, const std::string& name) {
  const auto found = std::ranges::find(forms, name, &SampleForm::name);
  return found == forms.end() ? nullptr : &*found;
}

/// Sources met so far with their translations.
using Known = std::unordered_map<std::string, std::string>;

/// Adds what a pair of forms says, unless any of it contradicts what is known.
bool learn(Known& known, const SampleForm& source, const SampleForm& target, std::span<const Index> values) {
  Known fresh;
  for (const Index value : values) {
    const std::string text = sample_text(source.write(value)), translation = sample_text(target.write(value));
    if (text.empty() || translation.empty()) return false;
    const auto before = known.find(text);
    if (before != known.end() && before->second != translation) return false;
    if (fresh.emplace(text, translation).first->second != translation) return false;
  }
  known.merge(fresh);
  return true;
}

SamplePhraseKind& kind_named(std::vector<SamplePhraseKind>& kinds, const std::string& name) {
  const auto found = std::ranges::find(kinds, name, &SamplePhraseKind::name);
  return found != kinds.end() ? *found : kinds.emplace_back(SamplePhraseKind{.name = name, .forms = {}});
}

}  // namespace

std::vector<SamplePhraseKind> sample_phrases(const icu::Locale& source, const icu::Locale& target) {
  std::vector<SampleFamily> families;
  for (const auto& part : {sample_times(), sample_numbers(), sample_amounts(), sample_names()})
    families.insert(families.end(), part.begin(), part.end());

  std::vector<SamplePhraseKind> kinds;
  Known known;
  for (const SampleFamily& family : families) {
    const std::vector<Index> values = probes(family);
    const auto sources = family.forms(source), targets = family.forms(target),
               roots = family.forms(icu::Locale::getRoot());
    for (const SampleForm& form : sources) {
      SamplePhraseKind& kind = kind_named(kinds, form.kind);
      const SampleForm* other = named(targets, form.name);
      const SampleForm* root = named(roots, form.name);
      if (other && has_own_words(form, root, values) && has_own_words(*other, root, values) &&
          learn(known, form, *other, values)) {
        kind.forms.push_back(
            [draw = family.draw, write = form.write, translate = other->write](Random& random) {
              const Index value = draw(random);
              return SamplePhrase{write(value), translate(value)};
            });
      } else {
        ++kind.left_out;
      }
    }
  }
  return kinds;
}

void require_icu(UErrorCode status, std::string_view what) {
  require<DataError>(U_SUCCESS(status), "sample corpus: ICU cannot write ", what, " (", u_errorName(status),
                     "); choose another locale, or install ICU with all its locale data");
}

}  // namespace heed
