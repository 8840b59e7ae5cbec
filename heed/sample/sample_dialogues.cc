#include "heed/sample/sample_dialogues.h"

#include <array>
#include <string_view>

#include "heed/base/error.h"
#include "heed/base/random.h"
#include "heed/corpus/dialogues/dialogue_json.h"

namespace heed {
namespace {

/// Which random numbers of a seed the dialogues take.
constexpr std::uint64_t stream_of_dialogues = 0x4449414C;

using Phrase = std::string_view;

constexpr std::array<Phrase, 8> names{"Anna", "Peter", "Maria", "Paul", "Julia", "David", "Clara", "Felix"};
constexpr std::array<Phrase, 8> towns{"Berlin", "Paris",  "Oslo",   "Rome",
                                      "Vienna", "Madrid", "Prague", "Lima"};
constexpr std::array<Phrase, 5> days{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"};
constexpr std::array<Phrase, 3> greetings{"hello", "good morning", "hi"};

template <std::size_t count>
Phrase drawn_of(const std::array<Phrase, count>& all, Random& random) {
  return all[random.below(static_cast<std::uint32_t>(count))];
}

/// What a ticket needs, asked for in this order.
enum Need : std::size_t { town, day, name };

Dialogue dialogue(Random& random) {
  static constexpr std::array<Phrase, 3> questions{"Where do you want to go ?", "On which day ?",
                                                   "What is your name ?"};
  const std::array<std::string, 3> known{std::string(drawn_of(towns, random)),
                                         std::string(drawn_of(days, random)),
                                         std::string(drawn_of(names, random))};
  const std::array<std::string, 3> answers{"to " + known[town] + " please", "on " + known[day],
                                           "I am " + known[name]};
  std::array<bool, 3> told{};
  Dialogue turns{{Role::user, std::string(drawn_of(greetings, random))},
                 {Role::assistant, "Hello , what can I do for you ?"}};
  std::string said = "a ticket";
  for (const Need need : {town, day})
    if (random.below(2) == 0) {
      said += " " + answers[need];
      told[need] = true;
    }
  turns.push_back({Role::user, said});
  for (const Need need : {town, day, name}) {
    if (told[need]) continue;
    turns.push_back({Role::assistant, std::string(questions[need])});
    turns.push_back({Role::user, answers[need]});
  }
  turns.push_back(
      {Role::assistant, message("A ticket to ", known[town], " on ", known[day], " for ", known[name])});
  turns.push_back({Role::user, "thank you"});
  turns.push_back({Role::assistant, message("Have a good journey , ", known[name], " !")});
  return turns;
}

}  // namespace

std::string sample_dialogues(Index count, std::uint64_t seed) {
  Random random(seed, stream_of_dialogues);
  std::string lines;
  for (Index i = 0; i < count; ++i) lines += json_of_dialogue(dialogue(random)) + "\n";
  return lines;
}

}  // namespace heed
