#pragma once
#include <span>
#include <string>
#include <string_view>

namespace heed {

/// How close an answer is to those that people gave, by the rules of SQuAD's evaluation (Rajpurkar et al.,
/// 2016, section 6.1): case, ASCII punctuation, articles and white space do not count.
struct AnswerMatch {
  double exact = 0;  // 1 or 0
  double f1 = 0;     // of the words that both have, 0 to 1
};

/// An answer as it is compared.
std::string normalized_answer(std::string_view text);

/// The best of both figures over all references; an empty text stands for no answer, and without references
/// that is the right one.
AnswerMatch answer_match(std::string_view answer, std::span<const std::string> references);

}  // namespace heed
