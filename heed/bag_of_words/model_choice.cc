#include "heed/bag_of_words/model_choice.h"

#include "heed/ngram/words.h"

namespace heed {

ModelChoice model_choice(std::span<const LabeledText> texts) {
  ModelChoice choice{.texts = std::ssize(texts)};
  for (const auto& each : texts) for_each_word(each.text, [&](std::string_view) { choice.words += 1; });
  if (choice.texts > 0) choice.words /= static_cast<double>(choice.texts);
  return choice;
}

}  // namespace heed
