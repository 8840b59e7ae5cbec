#include "heed/markup/markup_tokens.h"

#include <gtest/gtest.h>

#include <chrono>

namespace heed {
namespace {

/// Each token by its kind, "b" for text, ( for opening and so on.
std::string shown(std::string_view text, MarkupDialect dialect = MarkupDialect::html) {
  std::string kinds;
  for (const MarkupToken& token : markup_tokens(text, dialect)) {
    constexpr std::string_view marks = "t()-v";
    kinds += marks[static_cast<std::size_t>(token.kind)];
  }
  return kinds;
}

std::string joined(std::string_view text, MarkupDialect dialect) {
  std::string all;
  for (const MarkupToken& token : markup_tokens(text, dialect)) all += token.raw;
  return all;
}

TEST(MarkupTokens, are_tags_texts_and_comments) {
  EXPECT_EQ(shown("a<b>c</b><br><!-- <i> --><!DOCTYPE html><?x?>d"), "t(t)-vvvt");
  EXPECT_EQ(shown("<b/>"), "-");
  EXPECT_EQ(shown("<br></br>", MarkupDialect::xml), "()");
  EXPECT_EQ(shown("<![CDATA[<b>]]>", MarkupDialect::xml), "v");
}

TEST(MarkupTokens, know_names_and_attributes) {
  const auto tokens = markup_tokens(
      "<A Title='a > b' TRANSLATE=no><p class=\"x notranslate y\"><i class='not'>", MarkupDialect::html);
  ASSERT_EQ(tokens.size(), 3u);
  EXPECT_EQ(tokens[0].name, "a");
  EXPECT_TRUE(tokens[0].untranslated);
  EXPECT_TRUE(tokens[1].untranslated);
  EXPECT_FALSE(tokens[2].untranslated);
  EXPECT_EQ(markup_tokens("<A>", MarkupDialect::xml)[0].name, "A");
}

TEST(MarkupTokens, are_text_where_it_only_looks_like_markup) {
  for (const char* text : {"a < b", "1 <2", "<", "</", "<>", "a <b", "x <!-- y", "<a b=\"", "< b>"})
    EXPECT_EQ(shown(text), "t") << text;
  EXPECT_EQ(shown("a <b <i>c</i>"), "t(t)");
}

TEST(MarkupTokens, of_scripts_and_titles_are_no_markup) {
  EXPECT_EQ(shown("<script>if (a<b) x('</b>');</SCRIPT >t"), "(v)t");
  EXPECT_EQ(shown("<title>a <b> c</title>"), "(t)");
  EXPECT_EQ(shown("<style>a<b>"), "(v");
  EXPECT_EQ(shown("<textarea>a<b>"), "(t(");
}

TEST(MarkupTokens, together_are_the_text) {
  std::uint32_t state = 7;
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 30; ++i) {
      state = state * 1664525u + 1013904223u;
      constexpr std::string_view pieces[] = {
          "<",   ">",    "/",       "b",         "\"",    "'",    "=",         " ",   "<!--",   "-->",
          "<b ", "</b>", "<script", "</script>", "&amp;", "\xC3", "<![CDATA[", "]]>", "<title>"};
      text += pieces[(state >> 16) % std::size(pieces)];
    }
    for (const auto dialect : {MarkupDialect::html, MarkupDialect::xml})
      EXPECT_EQ(joined(text, dialect), text);
  }
}

TEST(MarkupTokens, take_linear_time_whatever_the_text) {
  for (const std::string piece :
       {"<b>", "<!--", "<a b='", "<textarea>", "<a b=\"\" c=\">", "<![CDATA[", "<script>", "</b>", "<"}) {
    std::string text;
    while (text.size() < (1u << 20)) text += piece;
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(joined(text, MarkupDialect::html), text);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20)) << piece;
  }
}

}  // namespace
}  // namespace heed
