#pragma once
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "heed/base/index.h"
#include "heed/base/random.h"

namespace heed {

/// The same thing said in both languages, as ICU writes it.
struct SamplePhrase {
  icu::UnicodeString source, target;
};

/// The forms of one kind ("date", "money", ...) that both languages have.
struct SamplePhraseKind {
  std::string name;
  std::vector<std::function<SamplePhrase(Random&)>> forms;
  Index left_out = 0;  // forms that one language lacks, or that would give one source two translations
};

/// Every kind of phrase that two languages share, each source with one right translation. A kind that they do
/// not share at all is there too, without forms.
std::vector<SamplePhraseKind> sample_phrases(const icu::Locale& source, const icu::Locale& target);

}  // namespace heed
