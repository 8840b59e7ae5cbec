#include "heed/markup/protected_spans.h"

#include <gtest/gtest.h>

#include "heed/markup/text_units.h"

namespace heed {
namespace {

using Texts = std::vector<std::string>;

Texts kept(std::string_view text) {
  Texts found;
  for (const TextSpan& span : protected_spans(text))
    found.emplace_back(
        text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.end - span.begin)));
  return found;
}

TEST(ProtectedSpans, are_addresses) {
  EXPECT_EQ(kept("See https://example.org/a?b=c&d=%20#e, or www.heise.de."),
            (Texts{"https://example.org/a?b=c&d=%20#e", "www.heise.de"}));
  EXPECT_EQ(kept("(see http://x.org/a_(b) and ftp://y)"), (Texts{"http://x.org/a_(b)", "ftp://y"}));
  EXPECT_EQ(kept("Mail to jane.doe+x@mail.example.co.uk."), (Texts{"jane.doe+x@mail.example.co.uk"}));
  EXPECT_EQ(kept("a@b and @name"), Texts{});
}

TEST(ProtectedSpans, are_placeholders) {
  EXPECT_EQ(kept("{name} has {0} of {{total}} in ${place} #{x} {n, plural}"),
            (Texts{"{name}", "{0}", "{{total}}", "${place}", "#{x}", "{n, plural}"}));
  EXPECT_EQ(kept("%s gave %1$d to %(who)s, %-5.2f %{x} %@"),
            (Texts{"%s", "%1$d", "%(who)s", "%-5.2f", "%{x}", "%@"}));
  EXPECT_EQ(kept("a % sign, { and }, {the whole phrase}, % der"), Texts{});
}

TEST(ProtectedSpans, are_numbers_and_emoji) {
  EXPECT_EQ(kept("1,234.50 on 3/4 at 12:30 by H2O, 3rd, v2"), (Texts{"1,234.50", "3/4", "12:30"}));
  EXPECT_EQ(kept("I 😀 you 👍🏽 👨‍👩‍👧 🇩🇪🇫🇷!"),
            (Texts{"😀", "👍🏽", "👨‍👩‍👧", "🇩🇪", "🇫🇷"}));
  EXPECT_EQ(kept("Größe, 日本語, ™ and → ©"), Texts{});
}

std::string with(std::string_view source, std::string_view translation, const SpanLinks& links = {}) {
  return with_protected_spans(source, protected_spans(source), translation, links).text;
}

TEST(ProtectedTranslation, is_the_same_where_all_came_through) {
  EXPECT_EQ(with("Take 3 of {x}.", "Nimm 3 von {x}."), "Nimm 3 von {x}.");
  EXPECT_EQ(with("Take it.", "Nimm es."), "Nimm es.");
}

TEST(ProtectedTranslation, has_them_in_the_place_of_what_was_made_from_them) {
  const std::string source = "Take {x} home", translation = "Nimm xx yy heim";
  const SpanLinks links{{{0, 4}, {0, 4}}, {{5, 7}, {5, 8}}, {{8, 10}, {5, 8}}, {{11, 15}, {9, 13}}};
  const ProtectedTranslation found =
      with_protected_spans(source, protected_spans(source), translation, links);
  EXPECT_EQ(found.text, "Nimm {x} heim");
  EXPECT_EQ(found.spans, (std::vector<TextSpan>{{5, 8}}));
  EXPECT_EQ(found.links, (SpanLinks{{{0, 4}, {0, 4}}, {{5, 8}, {5, 8}}, {{9, 13}, {9, 13}}}));
}

TEST(ProtectedTranslation, has_them_in_about_their_place_where_nothing_tells) {
  EXPECT_EQ(with("Take {x} home", "Nimm es heim"), "Nimm {x} es heim");
  EXPECT_EQ(with("Go to www.x.org", "Geh"), "Geh www.x.org");
  EXPECT_EQ(with("{a} x", ""), "{a}");
}

TEST(ProtectedTranslation, takes_each_once_and_the_nearest) {
  EXPECT_EQ(with("5 and 5", "5 und 5"), "5 und 5");
  const std::string twice = with("5 and 5", "5 und");
  EXPECT_EQ(std::count(twice.begin(), twice.end(), '5'), 2);
  EXPECT_EQ(with("5 of them", "15 davon"), "5 15 davon") << "a part of a number is not the number";
}

TEST(ProtectedTranslation, holds_all_whatever_the_links) {
  std::uint32_t state = 5;
  const auto draw = [&](std::uint32_t below) {
    state = state * 1664525u + 1013904223u;
    return static_cast<Index>((state >> 16) % below);
  };
  const std::string source = "a {x} b 12 c %s d 😀 e http://f.g h",
                    translation = "eins zwei 12 drei vier fünf";
  for (int round = 0; round < 2000; ++round) {
    SpanLinks links;
    for (const TextSpan& unit : text_units(translation))
      if (draw(3) > 0) {
        const Index begin = draw(30);
        links.push_back({unit, {begin, begin + 1 + draw(8)}});
      }
    const auto spans = protected_spans(source);
    const ProtectedTranslation found = with_protected_spans(source, spans, translation, links);
    for (std::size_t i = 0; i < spans.size(); ++i)
      EXPECT_EQ(found.text.substr(static_cast<std::size_t>(found.spans[i].begin),
                                  static_cast<std::size_t>(found.spans[i].end - found.spans[i].begin)),
                source.substr(static_cast<std::size_t>(spans[i].begin),
                              static_cast<std::size_t>(spans[i].end - spans[i].begin)))
          << found.text;
  }
}

TEST(TextUnits, are_words_single_marks_and_characters_of_scripts_without_spaces) {
  const auto units = [](std::string_view text) {
    Texts found;
    for (const TextSpan& unit : text_units(text))
      found.emplace_back(
          text.substr(static_cast<std::size_t>(unit.begin), static_cast<std::size_t>(unit.end - unit.begin)));
    return found;
  };
  EXPECT_EQ(units("Don't go, Jörg!"), (Texts{"Don", "'", "t", "go", ",", "Jörg", "!"}));
  EXPECT_EQ(units("日本x y"), (Texts{"日", "本", "x", "y"}));
  EXPECT_EQ(units("e\u0301a 👨‍👩‍👧 👍🏽"),
            (Texts{"e\u0301a", "👨‍👩‍👧", "👍🏽"}));
  EXPECT_EQ(units(" \n"), Texts{});
}

TEST(SpanLinks, lead_through_a_translation_of_a_translation) {
  const SpanLinks first{{{0, 3}, {10, 13}}, {{4, 9}, {0, 5}}},
      second{{{0, 2}, {4, 8}}, {{3, 5}, {0, 3}}, {{6, 7}, {20, 22}}};
  EXPECT_EQ(through(second, first), (SpanLinks{{{0, 2}, {0, 5}}, {{3, 5}, {10, 13}}}));
}

}  // namespace
}  // namespace heed
