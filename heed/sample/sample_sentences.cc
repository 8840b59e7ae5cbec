#include "heed/sample/sample_sentences.h"

#include <array>
#include <string_view>

#include "heed/base/error.h"
#include "heed/base/random.h"

namespace heed {
namespace {

/// Which random numbers of a seed the sentences take.
constexpr std::uint64_t stream_of_sentences = 0x53454E54;

using Words = std::string_view;

template <class T, std::size_t count>
const T& one_of(const std::array<T, count>& all, Random& random) {
  return all[random.below(static_cast<std::uint32_t>(count))];
}

/// Each word of a row tells the others.
std::string animal(Random& random) {
  struct Row {
    Words name, place, food, sound;
  };
  static constexpr std::array rows{
      Row{"cow", "barn", "grass", "moos"},     Row{"cat", "basket", "fish", "meows"},
      Row{"dog", "kennel", "meat", "barks"},   Row{"hen", "coop", "corn", "clucks"},
      Row{"pig", "sty", "roots", "grunts"},    Row{"horse", "stable", "hay", "neighs"},
      Row{"frog", "pond", "flies", "croaks"},  Row{"bee", "hive", "honey", "buzzes"},
      Row{"lion", "desert", "goats", "roars"}, Row{"owl", "forest", "mice", "hoots"}};
  const Row& row = one_of(rows, random);
  return random.below(2) == 0 ? message("the ", row.name, " lives in the ", row.place, " , eats ", row.food,
                                        " and ", row.sound, " .")
                              : message("in the ", row.place, " the ", row.name, " ", row.sound,
                                        " and wants ", row.food, " .");
}

/// Names and pronouns agree.
std::string person(Random& random) {
  struct Row {
    Words name, owner, subject;
  };
  static constexpr std::array names{Row{"anna", "her", "she"},  Row{"peter", "his", "he"},
                                    Row{"maria", "her", "she"}, Row{"paul", "his", "he"},
                                    Row{"julia", "her", "she"}, Row{"david", "his", "he"}};
  struct Need {
    Words want, reason;
  };
  static constexpr std::array needs{Need{"lunch", "hungry"}, Need{"water", "thirsty"}, Need{"bed", "tired"},
                                    Need{"coat", "cold"},    Need{"doctor", "ill"},    Need{"book", "bored"}};
  const Row& row = one_of(names, random);
  const Need& need = one_of(needs, random);
  return message(row.name, " asks for ", row.owner, " ", need.want, " because ", row.subject, " is ",
                 need.reason, " .");
}

/// The sum of two numbers up to five.
std::string sum(Random& random) {
  static constexpr std::array<Words, 11> numbers{"zero", "one",   "two",   "three", "four", "five",
                                                 "six",  "seven", "eight", "nine",  "ten"};
  const std::uint32_t a = random.below(6), b = random.below(6);
  return message(numbers[a], " and ", numbers[b], " make ", numbers[a + b], " .");
}

/// A word and its opposite, in either order.
std::string opposite(Random& random) {
  using Pair = std::array<Words, 2>;
  static constexpr std::array pairs{Pair{"good", "bad"},   Pair{"old", "new"},    Pair{"long", "short"},
                                    Pair{"hot", "cool"},   Pair{"light", "dark"}, Pair{"full", "empty"},
                                    Pair{"loud", "quiet"}, Pair{"fast", "slow"}};
  static constexpr std::array<Words, 5> things{"film", "song", "road", "room", "day"};
  const Pair& pair = one_of(pairs, random);
  const std::uint32_t first = random.below(2);
  return message("this ", one_of(things, random), " is not ", pair[first], " but ", pair[1 - first], " .");
}

}  // namespace

std::vector<std::string> sample_sentences(Index count, std::uint64_t seed) {
  static constexpr std::array kinds{animal, person, sum, opposite};
  Random random(seed, stream_of_sentences);
  std::vector<std::string> sentences;
  for (Index i = 0; i < count; ++i) sentences.push_back(one_of(kinds, random)(random));
  return sentences;
}

}  // namespace heed
