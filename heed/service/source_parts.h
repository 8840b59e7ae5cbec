#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "heed/base/index.h"
#include "heed/decoding/search_constraints.h"
#include "heed/service/steering.h"

namespace heed {

/// A piece of a line that is translated whole.
struct SourcePart {
  std::size_t line = 0;
  std::string text = {};
  std::vector<Index> tokens = {};  // with EOS
  Index begin = 0;                 // of its text, in bytes of the line
  std::string gap = {};            // white space between it and the part before it
  bool new_sentence = false;       // it begins one, and is not the line's first part
  std::vector<TermOutcome> terms = {};
  SearchConstraints constraints = {};
};

/// How lines are cut into parts.
struct PartRules {
  std::function<std::vector<Index>(std::string_view)> encode;  // with EOS
  Index longest = 0;                                           // tokens of a part
  Index usual = 0;  // longer texts are cut at sentences; 0: none are
  bool at_sentences = true;
};

/// Adds the parts of a line. Models are trained on sentences; of several they leave some out: what is longer
/// than what one learned from is given to it sentence by sentence, and what is longer than it takes, in
/// halves.
void cut_into_parts(std::size_t line, std::string_view text, const PartRules& rules,
                    std::vector<SourcePart>& parts);

/// A text cut in two at the white space nearest to its middle, an end of sentence before all others; in the
/// middle of a word (but never of a character) if there is none.
std::pair<std::string, std::string> halves(std::string_view text);

}  // namespace heed
