#include "heed/classification/word_reader.h"

#include "heed/ngram/words.h"
#include "heed/text/lowercased.h"
#include "heed/text/tokenizer.h"

namespace heed {

static_assert(Vocabulary::end == special::eos, "examples mark the ends of texts");

std::vector<Index> WordReader::operator()(std::string_view text) const {
  const std::string small = options_.lowercase ? lowercased(text) : std::string();
  std::vector<Index> ids;
  for_each_word(options_.lowercase ? std::string_view(small) : text, [&](std::string_view word) {
    if (std::ssize(ids) < options_.maximum_words) ids.push_back(words_.find_or_unknown(word));
  });
  return ids;
}

Examples WordReader::examples(std::span<const std::string_view> texts, std::span<const Index> classes) const {
  Examples examples;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Index target[] = {classes[i]};
    examples.add((*this)(texts[i]), target);
  }
  return examples;
}

}  // namespace heed
