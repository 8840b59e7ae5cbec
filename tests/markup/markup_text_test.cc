#include "heed/markup/markup_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "heed/base/error.h"
#include "heed/markup/text_units.h"

namespace heed {
namespace {

/// A translation of a block into the words of another order: word i of it is made from word order[i].
TranslatedBlock reordered(const MarkupBlock& block, const std::vector<std::size_t>& order) {
  const std::vector<TextSpan> words = text_units(block.text);
  TranslatedBlock translation;
  for (const std::size_t w : order) {
    if (!translation.text.empty()) translation.text += ' ';
    const Index begin = std::ssize(translation.text);
    translation.text += block.text.substr(static_cast<std::size_t>(words[w].begin),
                                          static_cast<std::size_t>(words[w].end - words[w].begin));
    translation.links.push_back({{begin, std::ssize(translation.text)}, words[w]});
  }
  for (const TextSpan& span : block.untranslated) {
    const auto at = translation.text.find(block.text.substr(static_cast<std::size_t>(span.begin),
                                                            static_cast<std::size_t>(span.end - span.begin)));
    translation.untranslated.push_back(
        {static_cast<Index>(at), static_cast<Index>(at) + span.end - span.begin});
  }
  return translation;
}

/// The blocks' own text in capitals, each word from itself.
std::string in_capitals(std::string_view text, MarkupDialect dialect = MarkupDialect::html) {
  const MarkupText markup(text, dialect);
  std::vector<TranslatedBlock> translations;
  for (const MarkupBlock& block : markup.blocks()) {
    TranslatedBlock translation{block.text, {}, block.untranslated};
    for (const TextSpan& unit : text_units(block.text)) translation.links.push_back({unit, unit});
    std::transform(block.text.begin(), block.text.end(), translation.text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    translations.push_back(std::move(translation));
  }
  return markup.with(translations);
}

std::string with_order(std::string_view text, const std::vector<std::size_t>& order) {
  const MarkupText markup(text);
  EXPECT_EQ(markup.blocks().size(), 1u);
  return markup.with({reordered(markup.blocks().at(0), order)});
}

std::vector<std::string> texts(std::string_view text, MarkupDialect dialect = MarkupDialect::html) {
  const MarkupText markup(text, dialect);
  std::vector<std::string> found;
  for (const MarkupBlock& block : markup.blocks()) found.push_back(block.text);
  return found;
}

using Texts = std::vector<std::string>;

TEST(MarkupText, is_translated_in_blocks_without_inline_tags) {
  EXPECT_EQ(texts("<p>The <b>red</b> fox.</p>\n<ul><li>one<li>t<i>w</i>o</ul> end<br>line"),
            (Texts{"The red fox.", "one", "two", "end", "line"}));
  EXPECT_EQ(texts("<p>\n  many \n <i> spaces </i> </p>"), (Texts{"many spaces"}));
  EXPECT_EQ(texts("a &lt; b &amp;c &#228; &nbsp;x"), (Texts{"a < b &c ä \u00A0x"}));
}

TEST(MarkupText, comes_back_with_all_its_markup) {
  EXPECT_EQ(in_capitals("<p class=\"a>b\">the <b>red</b> fox <img src='x.png'> runs</p>"),
            "<p class=\"a>b\">THE <b>RED</b> FOX <img src='x.png'> RUNS</p>");
  EXPECT_EQ(in_capitals("<div>\n <a href=\"?a&b\">one <i>two</i></a> &amp; three<!-- c -->\n</div>"),
            "<div>\n <a href=\"?a&b\">ONE <i>TWO</i></a> &amp; THREE<!-- c -->\n</div>");
  EXPECT_EQ(in_capitals("a &lt;b&gt; c&nbsp;d"), "A &lt;B&gt; C&#160;D");
}

TEST(MarkupText, has_tags_around_what_was_made_from_their_words) {
  EXPECT_EQ(with_order("the <b>red</b> fox", {0, 2, 1}), "the fox <b>red</b>");
  EXPECT_EQ(with_order("<a>one <i>two</i></a> three", {2, 1, 0}), "three <a><i>two</i> one</a>");
  EXPECT_EQ(with_order("one <i>two</i> <b>three</b> four", {3, 2, 1, 0}), "four <b>three</b> <i>two</i> one");
}

TEST(MarkupText, has_an_element_once_even_if_its_words_are_torn_apart) {
  EXPECT_EQ(with_order("<b>one two three</b> four", {0, 1, 3, 2}), "<b>one two</b> four three");
}

TEST(MarkupText, has_what_stands_by_itself_before_what_followed_it) {
  EXPECT_EQ(with_order("one <img> two three", {2, 1, 0}), "three <img> two one");
  EXPECT_EQ(with_order("one two <a id=x></a>", {1, 0}), "two<a id=x></a> one");
}

TEST(MarkupText, leaves_alone_what_is_not_to_be_translated) {
  EXPECT_EQ(in_capitals("call <code>f(x) &amp; y</code> now"), "CALL <code>f(x) &amp; y</code> NOW");
  EXPECT_EQ(
      in_capitals("<p translate=\"no\">the fox</p><p>a <span class=notranslate>b <i>c</i></span> d</p>"),
      "<p translate=\"no\">the fox</p><p>A <span class=notranslate>b <i>c</i></span> D</p>");
  EXPECT_EQ(in_capitals("<script>var a = 'b';</script><style>p {}</style>x"),
            "<script>var a = 'b';</script><style>p {}</style>X");
  EXPECT_EQ(in_capitals("<pre><code>int main() {\n}</code></pre>"),
            "<pre><code>int main() {\n}</code></pre>");
}

TEST(MarkupText, moves_what_is_not_translated_with_its_place) {
  EXPECT_EQ(with_order("call <code>foo</code> now", {2, 1, 0}), "now <code>foo</code> call");
}

TEST(MarkupText, has_what_is_nowhere_at_its_end) {
  const MarkupText markup("call <code>foo</code> now");
  EXPECT_EQ(markup.with({{.text = "jetzt", .links = {}, .untranslated = {nowhere}}}),
            "jetzt<code>foo</code>");
}

TEST(MarkupText, keeps_ends_of_lines_where_they_are_seen) {
  EXPECT_EQ(texts("<pre>one\n  two</pre>"), (Texts{"one\n  two"}));
  EXPECT_TRUE(MarkupText("<pre>one\n  two</pre>").blocks()[0].lines);
  EXPECT_EQ(in_capitals("<textarea>one\n <b> two</textarea>"), "<textarea>ONE\n &lt;B&gt; TWO</textarea>");
}

TEST(MarkupText, without_letters_is_the_same_bytes) {
  for (const char* text : {"", "  ", "<p> 1 &lt; 2 & 3 </p>", "<br><hr/>", "&copy; 2024", "<b>😀</b>"})
    EXPECT_EQ(in_capitals(text), text);
}

TEST(MarkupText, keeps_references_that_it_does_not_know) {
  EXPECT_EQ(in_capitals("a &bogus; b &; c &#xFFFFFFFF; d & e"),
            "A &bogus; B &amp;; C &amp;#XFFFFFFFF; D &amp; E");
}

TEST(MarkupText, that_is_broken_keeps_all_tags_in_their_order) {
  EXPECT_EQ(in_capitals("<b>one <i>two</b> three</i>"), "<b>ONE <i>TWO</b> THREE</i>");
  EXPECT_EQ(in_capitals("one</b> two <i>three"), "ONE</b> TWO <i>THREE");
  EXPECT_EQ(in_capitals("<i>one<p>two</i> three</p>"), "<i>ONE<p>TWO</i> THREE</p>");
  EXPECT_EQ(in_capitals("a < b <c"), "A &lt; B &lt;C");
}

TEST(MarkupText, of_xml_has_elements_in_sentences_where_they_stand_beside_text) {
  EXPECT_EQ(texts("<doc><title>one two</title><p>three <x>four</x> five</p></doc>", MarkupDialect::xml),
            (Texts{"one two", "three four five"}));
  EXPECT_EQ(in_capitals("<?xml version=\"1.0\"?><doc><p>a <B>b</B> c<br/></p></doc>", MarkupDialect::xml),
            "<?xml version=\"1.0\"?><doc><p>A <B>B</B> C<br/></p></doc>");
  EXPECT_EQ(texts("one <x>two</x>", MarkupDialect::xml), (Texts{"one two"}));
}

/// Whether every closing tag closes what was opened last, and nothing stays open.
bool well_formed(std::string_view text) {
  std::vector<std::string> open;
  for (const MarkupToken& token : markup_tokens(text, MarkupDialect::xml)) {
    if (token.kind == MarkupKind::open) open.push_back(token.name);
    if (token.kind != MarkupKind::close) continue;
    if (open.empty() || open.back() != token.name) return false;
    open.pop_back();
  }
  return open.empty();
}

TEST(MarkupText, that_was_well_formed_is_so_whatever_the_order_of_words) {
  std::uint32_t state = 11;
  const auto draw = [&](std::uint32_t below) {
    state = state * 1664525u + 1013904223u;
    return (state >> 16) % below;
  };
  for (int round = 0; round < 500; ++round) {
    std::string text;
    std::vector<std::string> open;
    int words = 0;
    for (int i = 0; i < 24; ++i) {
      const auto what = draw(6);
      const std::string name(1, static_cast<char>('a' + draw(4)));
      if (what < 3) text += "word" + std::to_string(words++) + "x ";
      if (what == 3) text += "<" + name + "n>", open.push_back(name + "n");
      if (what == 4 && !open.empty()) text += "</" + open.back() + ">", open.pop_back();
      if (what == 5) text += draw(2) != 0 ? "<v/>" : "<code>c" + std::to_string(i) + "z</code> ";
    }
    while (!open.empty()) text += "</" + open.back() + ">", open.pop_back();
    ASSERT_TRUE(well_formed(text)) << text;
    const MarkupText markup(text);
    std::vector<TranslatedBlock> translations;
    for (const MarkupBlock& block : markup.blocks()) {
      std::vector<std::size_t> order(text_units(block.text).size());
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
      for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[draw(static_cast<std::uint32_t>(i))]);
      translations.push_back(reordered(block, order));
    }
    const std::string result = markup.with(translations);
    EXPECT_TRUE(well_formed(result)) << text << "\n" << result;
    // Every tag and word is there as often as before.
    std::string a = text, b = result;
    std::erase(a, ' '), std::erase(b, ' ');
    std::sort(a.begin(), a.end()), std::sort(b.begin(), b.end());
    EXPECT_EQ(a, b) << text << "\n" << result;
  }
}

TEST(MarkupText, takes_no_long_time_for_a_million_tags) {
  for (const std::string piece : {"<b>", "<b>x", "x<b>y</b>", "</b>", "<code>", "<p translate=no>",
                                  "<b><i></b></i>", "<pre>x", "&x;", "<code>x</code>y "}) {
    std::string text;
    while (text.size() < (1u << 20)) text += piece;
    const auto begin = std::chrono::steady_clock::now();
    in_capitals(text);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20)) << piece;
  }
}

TEST(MarkupText, demands_a_translation_of_each_block) {
  EXPECT_THROW(MarkupText("<p>x").with({}), DataError);
}

}  // namespace
}  // namespace heed
