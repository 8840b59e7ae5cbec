#include "heed/sample/sample_summaries.h"

#include <fmt/format.h>

#include <array>
#include <span>
#include <string_view>

#include "heed/base/random.h"

namespace heed {
namespace {

using WordList = std::span<const std::string_view>;

constexpr std::array<std::string_view, 16> people{"Anna",  "Ben",    "Carla", "David", "Elena", "Farid",
                                                  "Grace", "Hugo",   "Ines",  "Jonas", "Keiko", "Lars",
                                                  "Mina",  "Nikola", "Olga",  "Pedro"};
constexpr std::array<std::string_view, 16> matters{
    "budget",   "contract", "server", "training", "invoice",  "garden party", "workshop", "audit",
    "delivery", "website",  "survey", "concert",  "schedule", "library",      "bus tour", "newsletter"};
constexpr std::array<std::string_view, 5> days{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"};
constexpr std::array<std::string_view, 6> greetings{"Hello all.",       "Good morning!", "Hi everybody,",
                                                    "Dear colleagues,", "Hi team.",      "Hello,"};
constexpr std::array<std::string_view, 8> asides{
    "I hope you had a good weekend.",      "The weather could be better.",
    "Thanks for your help last week.",     "Please forgive the short notice.",
    "The coffee machine works again.",     "I am out of the office today.",
    "Parking is difficult at the moment.", "Many of you have asked about this."};
constexpr std::array<std::string_view, 5> ends{"Thank you!", "Best regards,", "See you soon.", "Yours,",
                                               "Call me if you have questions."};

class Notes {
 public:
  explicit Notes(std::uint64_t seed) : random_(seed) {}

  TextPair next() {
    const std::string_view matter = one_of(matters), day = one_of(days), who = one_of(people);
    const auto hour = 8 + random_.below(10);
    std::string news, subject;
    switch (random_.below(4)) {
      case 0:
        news = fmt::format("The meeting about the {} is moved to {} at {}:00.", matter, day, hour);
        subject = fmt::format("{} meeting moved to {}", matter, day);
        break;
      case 1:
        news = fmt::format("{} needs your comments on the {} before {}.", who, matter, day);
        subject = fmt::format("comments on {} for {}", matter, who);
        break;
      case 2:
        news = fmt::format("The {} is cancelled because {} is ill; we try again on {}.", matter, who, day);
        subject = fmt::format("{} cancelled", matter);
        break;
      default:
        news = fmt::format("From {} on, {} will look after the {}.", day, who, matter);
        subject = fmt::format("{} takes over {}", who, matter);
    }
    std::string text(one_of(greetings));
    const auto before = random_.below(3), behind = random_.below(3);
    for (std::uint32_t i = 0; i < before; ++i) text += fmt::format(" {}", one_of(asides));
    text += " " + news;
    for (std::uint32_t i = 0; i < behind; ++i) text += fmt::format(" {}", one_of(asides));
    text += fmt::format(" {} {}", one_of(ends), one_of(people));
    return {.source = std::move(text), .target = std::move(subject)};
  }

 private:
  std::string_view one_of(WordList words) {
    return words[random_.below(static_cast<std::uint32_t>(words.size()))];
  }

  Random random_;
};

}  // namespace

std::vector<TextPair> sample_summaries(Index count, std::uint64_t seed) {
  Notes notes(seed);
  std::vector<TextPair> pairs;
  for (Index i = 0; i < count; ++i) pairs.push_back(notes.next());
  return pairs;
}

}  // namespace heed
