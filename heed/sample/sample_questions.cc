#include "heed/sample/sample_questions.h"

#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "heed/base/error.h"
#include "heed/base/json_text.h"
#include "heed/base/random.h"

namespace heed {
namespace {

/// Which random numbers of a seed the paragraphs take.
constexpr std::uint64_t stream_of_questions = 0x51554553;

using Json = nlohmann::ordered_json;
using Words = std::string_view;

constexpr std::array<Words, 12> names{"Anna",  "Peter", "Maria", "Paul",  "Julia", "David",
                                      "Clara", "Felix", "Ida",   "Oscar", "Rosa",  "Tom"};
constexpr std::array<Words, 10> towns{"Berlin", "Paris",  "Oslo",     "Rome",  "Old Vienna",
                                      "Madrid", "Prague", "New York", "Cairo", "Lima"};
constexpr std::array<Words, 8> trades{"baker",  "teacher", "night watchman", "painter",
                                      "doctor", "sailor",  "piano tuner",    "farmer"};
constexpr std::array<Words, 8> things{"red bicycle", "cat",       "small boat",  "violin",
                                      "green hat",   "telescope", "garden gate", "clock"};
constexpr std::array<Words, 6> people_in_all{"three sisters", "two brothers", "no family",
                                             "one son",       "four cousins", "an old aunt"};

/// Of a row in a random order.
template <std::size_t count>
std::vector<Words> shuffled(const std::array<Words, count>& all, Random& random) {
  std::vector<Words> words(all.begin(), all.end());
  for (std::size_t left = words.size(); left > 1; --left)
    std::swap(words[left - 1], words[random.below(static_cast<std::uint32_t>(left))]);
  return words;
}

/// A paragraph in the making, with its questions.
class Paragraph {
 public:
  /// What is said as sentence `left_out`, from 0, is asked about, but not said.
  Paragraph(Index number, Index left_out) : number_(number), left_out_(left_out) {}

  /// Says "before ANSWER after", and asks about it.
  void say(Words before, Words answer, Words after, std::string question) {
    if (std::ssize(questions_) == left_out_) return ask(std::move(question), "", 0);
    if (!text_.empty()) text_ += ' ';
    text_ += before;
    ask(std::move(question), answer, std::ssize(text_));  // all of it is ASCII
    text_ += answer;
    text_ += after;
  }
  Json json() const {
    Json json{{"context", text_}};
    json["qas"] = questions_;
    return json;
  }

 private:
  void ask(std::string question, Words answer, Index start) {
    Json answers = Json::array();
    if (!answer.empty()) answers.push_back({{"text", answer}, {"answer_start", start}});
    questions_.push_back({{"id", message(number_, ".", questions_.size())},
                          {"question", std::move(question)},
                          {"answers", answers},
                          {"is_impossible", answer.empty()}});
  }

  Index number_, left_out_;
  std::string text_;
  Json questions_ = Json::array();
};

constexpr Index of_paragraph = 5;

/// Five questions, one of which has no answer.
Json paragraph(Index number, Random& random) {
  const std::vector<Words> who = shuffled(names, random), where = shuffled(towns, random),
                           what = shuffled(trades, random), own = shuffled(things, random),
                           kin = shuffled(people_in_all, random);
  Paragraph made(number, static_cast<Index>(random.below(of_paragraph)));
  made.say(message(who[0], " lives in "), where[0], ".", message("Where does ", who[0], " live?"));
  made.say(message(who[1], " works as a "), what[0], message(" in ", where[1], "."),
           message("What is the trade of ", who[1], "?"));
  made.say("", who[2], message(" owns a ", own[0], "."), message("Who owns a ", own[0], "?"));
  made.say(message("In ", where[2], ", ", who[3], " has "), kin[0], ".",
           message("What family does ", who[3], " have?"));
  made.say(message(who[4], " sold the "), own[1], message(" to ", who[5], "."),
           message("What did ", who[4], " sell?"));
  return made.json();
}

}  // namespace

std::string sample_questions(Index count, std::uint64_t seed) {
  Random random(seed, stream_of_questions);
  Json paragraphs = Json::array();
  for (Index number = 0; number * of_paragraph < count; ++number)
    paragraphs.push_back(paragraph(number, random));
  Json article{{"title", "made up"}};
  article["paragraphs"] = std::move(paragraphs);
  Json all{{"version", "2.0"}};
  all["data"] = Json::array({std::move(article)});
  return text_of_json(all) + "\n";
}

}  // namespace heed
