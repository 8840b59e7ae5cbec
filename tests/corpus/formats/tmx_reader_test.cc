#include "heed/corpus/formats/tmx_reader.h"

#include "tests/corpus/formats/format_reading.h"

namespace heed {
namespace {

using namespace std::string_literals;

std::string tmx(const std::string& body, const std::string& prolog = "<?xml version=\"1.0\"?>\n") {
  return prolog + "<tmx version=\"1.4\"><header srclang=\"en\"/><body>\n" + body + "</body></tmx>\n";
}

std::string unit(const std::string& source, const std::string& target, const std::string& source_code = "en",
                 const std::string& target_code = "de") {
  return "<tu><tuv xml:lang=\"" + source_code + "\"><seg>" + source + "</seg></tuv>\n<tuv xml:lang=\"" +
         target_code + "\"><seg>" + target + "</seg></tuv></tu>\n";
}

const Pairs dog{{"a dog", "ein Hund"}};

class Tmx : public Reading {};

TEST_F(Tmx, gives_its_units_with_their_lines) {
  EXPECT_EQ(read(file("a.tmx", tmx(unit("a dog", "ein Hund") + unit("R &amp; D &#x21;", "F &lt; E")))),
            (Pairs{{"a dog", "ein Hund"}, {"R & D !", "F < E"}}));
  EXPECT_EQ(last, (folder_ / "a.tmx").string() + ":5");
}

TEST_F(Tmx, is_told_by_content_and_in_any_compression) {
  const std::string content = tmx(unit("a dog", "ein Hund"));
  EXPECT_EQ(read(file("a.bin", content)), dog);
  EXPECT_EQ(read(file("a.tmx.gz", gzip(content))), dog);
  EXPECT_EQ(read(file("b.tmx", zstd(content))), dog);
}

TEST_F(Tmx, is_read_in_its_charset) {
  EXPECT_EQ(read(file("a.tmx", utf16(tmx(unit("a dog", "ein Hund"))))), dog);
  EXPECT_EQ(read(file("b.tmx", utf16(tmx(unit("a dog", "ein Hund")), true).substr(2))), dog);
  const std::string prolog = "<?xml version='1.0' encoding='ISO-8859-1'?>";
  EXPECT_EQ(read(file("c.tmx", tmx(unit("cold", "k\xFChl"), prolog))), (Pairs{{"cold", "k\xC3\xBChl"}}));
  EXPECT_EQ(complaint(file("d.tmx", tmx("", "<?xml version='1.0' encoding='no-such'?>"))).substr(0, 30),
            "d.tmx: unknown charset 'no-suc");
}

TEST_F(Tmx, takes_the_variant_of_the_closest_code) {
  EXPECT_EQ(read(file("a.tmx", tmx(unit("a dog", "ein Hund", "EN-gb", "de_AT")))), dog);
  options.source_language = "en-US";
  const std::string both =
      "<tu><tuv xml:lang='en-GB'><seg>color</seg></tuv><tuv xml:lang='EN-US'><seg>color</seg></tuv>"
      "<tuv lang='de'><seg>Farbe</seg></tuv></tu>";
  EXPECT_EQ(read(file("b.tmx", tmx(both))), (Pairs{{"color", "Farbe"}}));
}

TEST_F(Tmx, counts_variants_of_one_language_but_for_the_one_that_it_takes) {
  const std::string variants =
      "<tu><tuv xml:lang='en'><seg>a dog</seg></tuv><tuv xml:lang='fr'><seg>x</seg></tuv>"
      "<tuv xml:lang='de'><seg>ein Hund</seg></tuv><tuv xml:lang='de'><seg>der Hund</seg></tuv>"
      "<tuv xml:lang='en-US'><seg>dog</seg></tuv></tu>";
  EXPECT_EQ(read(file("a.tmx", tmx(variants))), dog);
  EXPECT_EQ(report.other_variants, 2);
  EXPECT_EQ(report.read, 3);
}

TEST_F(Tmx, gives_texts_within_codes_as_pairs_of_their_own) {
  const auto link = [](const std::string& x, const std::string& title) {
    return "<bpt i='1' x='" + x + "'>&lt;a title='<sub>" + title + "</sub>'&gt;</bpt>";
  };
  const std::string two_codes = unit(
      "See " + link("1", "our <hi>page</hi>") + "here<ept i='1'/>" + link("2", "the end") + "<ept i='1'/>",
      link("2", "das Ende") + "<ept i='1'/>Siehe " + link("1", "unsere Seite") + "hier<ept i='1'/>");
  EXPECT_EQ(read(file("a.tmx", tmx(two_codes))),
            (Pairs{{"See here", "Siehe hier"}, {"our page", "unsere Seite"}, {"the end", "das Ende"}}));
  // By their order where codes have no names that both sides share.
  EXPECT_EQ(read(file("b.tmx", tmx(unit("a<ph>[<sub>1</sub><sub>2</sub>]</ph>",
                                        "b<ph>[<sub>eins</sub>]</ph>"
                                        "<it pos='begin'><sub>zwei</sub></it>")))),
            (Pairs{{"a", "b"}, {"1", "eins"}, {"2", "zwei"}}));
  EXPECT_EQ(report.unpaired_sub_flows, 0);
}

TEST_F(Tmx, gives_texts_within_the_codes_of_such_texts) {
  const auto nested = [](const std::string& outer, const std::string& inner) {
    return outer + "<ph x='1'><sub>" + outer + " 2<ph x='1'><sub>" + inner + "</sub></ph></sub></ph>";
  };
  EXPECT_EQ(read(file("a.tmx", tmx(unit(nested("a", "b"), nested("x", "y"))))),
            (Pairs{{"a", "x"}, {"a 2", "x 2"}, {"b", "y"}}));
}

TEST_F(Tmx, counts_texts_within_codes_of_one_side_only) {
  EXPECT_EQ(read(file("a.tmx",
                      tmx(unit("a dog<ph><sub>x</sub><sub>y</sub></ph>", "ein Hund<ph><sub>z</sub></ph>")))),
            dog);
  EXPECT_EQ(report.unpaired_sub_flows, 3);
  EXPECT_EQ(read(file("b.tmx", tmx(unit("a dog<ph x='1'><sub>x</sub></ph><ph x='2'><sub>y</sub></ph>",
                                        "ein Hund<ph x='2'><sub>z</sub></ph>")))),
            (Pairs{{"a dog", "ein Hund"}, {"y", "z"}}));
  EXPECT_EQ(report.unpaired_sub_flows, 1);
  EXPECT_EQ(report.read, 3);
}

TEST_F(Tmx, takes_a_subscript_for_text) {
  EXPECT_EQ(read(file("a.tmx", tmx(unit("H<sub>2</sub>O", "H<sub>2</sub>O")))), (Pairs{{"H2O", "H2O"}}));
}

TEST_F(Tmx, may_have_prefixes) {
  EXPECT_EQ(
      read(file(
          "a.tmx",
          "<t:tmx xmlns:t='urn:x'><t:header/><t:body><t:tu><t:tuv xml:lang='en'><t:seg>a <t:hi>dog</t:hi>"
          "</t:seg></t:tuv><t:tuv xml:lang='de'><t:seg>ein Hund</t:seg></t:tuv></t:tu></t:body></t:tmx>")),
      dog);
}

TEST_F(Tmx, is_read_in_either_direction) {
  std::swap(options.source_language, options.target_language);
  EXPECT_EQ(read(file("a.tmx", tmx(unit("a dog", "ein Hund")))), (Pairs{{"ein Hund", "a dog"}}));
}

TEST_F(Tmx, counts_units_in_other_languages) {
  EXPECT_EQ(read(file("a.tmx", tmx(unit("a dog", "ein Hund") + unit("a dog", "un chien", "en", "fr")))), dog);
  EXPECT_EQ(report.other_language, 1);
  EXPECT_EQ(report.read, 2);
}

TEST_F(Tmx, needs_both_languages) {
  options.target_language = "";
  EXPECT_NE(complaint(file("a.tmx", tmx(""))).find("say which two with source_language"), std::string::npos);
}

const std::string tagged =
    "<tu><tuv xml:lang='en'><seg>Press <bpt i='1' x='1'>&lt;b&gt;</bpt>OK<ept i='1'>&lt;/b&gt;</ept> "
    "<ph x='2'>{img}</ph>now</seg></tuv><tuv xml:lang='de'><seg><ph x='2'>{img}</ph>Jetzt <bpt i='7' "
    "x='1'>&lt;b&gt;</bpt>OK<ept i='7'>&lt;/b&gt;</ept> <hi>bitte</hi></seg></tuv></tu>";

TEST_F(Tmx, strips_inline_tags_with_their_code) {
  EXPECT_EQ(read(file("a.tmx", tmx(tagged))), (Pairs{{"Press OK now", "Jetzt OK bitte"}}));
}

TEST_F(Tmx, keeps_inline_tags_as_placeholders_that_agree) {
  options.inline_tags = InlineTags::placeholders;
  EXPECT_EQ(read(file("a.tmx", tmx(tagged))),
            (Pairs{{"Press <1>OK</1> <2/>now", "<2/>Jetzt <1>OK</1> <3>bitte</3>"}}));
}

TEST_F(Tmx, makes_one_line_of_a_text) {
  EXPECT_EQ(read(file("a.tmx", tmx(unit(" a \n\t dog ", "<![CDATA[<ein>&]]> Hund")))),
            (Pairs{{"a dog", "<ein>& Hund"}}));
}

TEST_F(Tmx, ignores_comments_and_the_place_of_its_dtd) {
  const std::string prolog = "<?xml version='1.0'?><!DOCTYPE tmx SYSTEM \"tmx14.dtd\"><!-- <tu> > & -->";
  EXPECT_EQ(read(file("a.tmx", tmx("<!-- <tu> -->" + unit("a dog", "ein <!-- </seg> -->Hund"), prolog))),
            dog);
}

class HostileTmx : public Reading {};

TEST_F(HostileTmx, with_entities_is_refused_before_any_is_expanded) {
  for (const std::string& subset :
       {"<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;'>"s, "<!ENTITY a SYSTEM 'file:///etc/passwd'>"s,
        "<!ELEMENT t (#PCDATA)>\n<!-- ]> --><!ENTITY % p SYSTEM 'http://localhost/'>"s}) {
    const std::string why = complaint(
        file("a.tmx", tmx(unit("&b;", "x"), "<?xml version='1.0'?>\n<!DOCTYPE tmx [" + subset + "]>")));
    EXPECT_NE(why.find("the file defines entities of its own"), std::string::npos) << why;
    EXPECT_TRUE(why.starts_with("a.tmx:2:") || why.starts_with("a.tmx:3:")) << why;
  }
}

TEST_F(HostileTmx, with_unknown_references_names_the_line) {
  EXPECT_EQ(complaint(file("a.tmx", tmx(unit("a&nbsp;dog", "x")))).substr(0, 37),
            "a.tmx:3: '&nbsp;' is no entity of XML");
  for (const std::string& bad : {"&#0;"s, "&#xD800;"s, "&#x110000;"s, "&#99999999999;"s, "&"s, "&;"s})
    EXPECT_NE(complaint(file("a.tmx", tmx(unit(bad, "x")))), "") << bad;
}

TEST_F(HostileTmx, nested_without_end_is_refused) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<hi>";
  EXPECT_EQ(complaint(file("a.tmx", tmx(unit(deep, "x")))).substr(0, 45),
            "a.tmx:3: elements nested deeper than 200");
}

TEST_F(HostileTmx, with_an_entry_without_end_is_refused) {
  const std::string large(17 << 20, 'x');
  EXPECT_NE(complaint(file("a.tmx.zst", zstd(tmx(unit(large, "x"))))).find("a.tmx.zst:3: more than 16 MiB"),
            std::string::npos);
}

TEST_F(HostileTmx, cut_anywhere_is_refused) {
  const std::string whole = tmx(unit("a dog", "<!-- b --><![CDATA[c]]>"));
  for (std::size_t size = 0; size < whole.size() - 2; ++size) {
    const std::string why = complaint(file("a.tmx", whole.substr(0, size)));
    EXPECT_TRUE(why.starts_with("a.tmx:")) << size << ' ' << why;
  }
}

TEST_F(HostileTmx, not_well_formed_is_refused_with_its_line) {
  for (const std::string& bad : {"<tu></tuv></tu>"s, "<tu <tuv></tu>"s, "</body></tmx><tmx>"s,
                                 "<tu a=b></tu>"s, "<>"s, "< tu>"s, "<!X>"s}) {
    const std::string why = complaint(file("a.tmx", tmx(bad)));
    EXPECT_TRUE(why.starts_with("a.tmx:3: ")) << bad << ' ' << why;
  }
}

TEST_F(HostileTmx, of_binary_data_is_refused) {
  std::string bytes;
  for (int i = 0; i < 4096; ++i) bytes += static_cast<char>(i * 37 % 256);
  EXPECT_TRUE(complaint(file("a.tmx", bytes)).starts_with("a.tmx:"));
  EXPECT_TRUE(complaint(file("b.tmx", "")).starts_with("b.tmx:1: there is no XML element"));
}

TEST_F(HostileTmx, malformed_utf8_is_an_error_or_counted) {
  const auto path = file("a.tmx", tmx(unit("caf\xE9", "x")));
  EXPECT_NE(complaint(path).find("a.tmx:3:4: not UTF-8"), std::string::npos);
  options.skip_invalid = true;
  EXPECT_EQ(read(path), Pairs{});
  EXPECT_EQ(report.invalid, 1);
}

TEST_F(HostileTmx, many_units_need_no_more_memory_than_one) {
  std::string body;
  for (int i = 0; i < 20'000; ++i) body += unit("source " + std::to_string(i), "target");
  EXPECT_EQ(read(file("a.tmx", tmx(body))).size(), 20'000u);
  EXPECT_EQ(last, (folder_ / "a.tmx").string() + ":40001");
}

}  // namespace
}  // namespace heed
