#include "tests/corpus/formats/format_reading.h"

namespace heed {
namespace {

/// A file whose second entry of three is damaged.
struct Damaged {
  std::string name, content, says;
};

std::string tmx(const std::string& entry) {
  const auto sound = [](const std::string& text) {
    return "<tu><tuv xml:lang=\"en\"><seg>" + text + "</seg></tuv><tuv xml:lang=\"de\"><seg>" + text +
           "</seg></tuv></tu>\n";
  };
  return "<tmx><header/><body>\n" + sound("one") + entry + "\n" + sound("three") + "</body></tmx>";
}

std::string tu(const std::string& source) {
  return "<tu><tuv xml:lang=\"en\"><seg>" + source +
         "</seg></tuv><tuv xml:lang=\"de\"><seg>zwei</seg></tuv></tu>";
}

std::string xliff(const std::string& entry) {
  const auto sound = [](const std::string& text) {
    return "<trans-unit id=\"" + text + "\"><source>" + text + "</source><target>" + text +
           "</target></trans-unit>\n";
  };
  return "<xliff version=\"1.2\"><file source-language=\"en\" target-language=\"de\"><body>\n" +
         sound("one") + entry + "\n" + sound("three") + "</body></file></xliff>";
}

std::string ts(const std::string& entry) {
  const auto sound = [](const std::string& text) {
    return "<message><source>" + text + "</source><translation>" + text + "</translation></message>\n";
  };
  return "<TS version=\"2.1\" language=\"de\" sourcelanguage=\"en\"><context><name>c</name>\n" +
         sound("one") + entry + "\n" + sound("three") + "</context></TS>";
}

std::string po(const std::string& entry) {
  return "msgid \"one\"\nmsgstr \"one\"\n\n" + entry + "\nmsgid \"three\"\nmsgstr \"three\"\n";
}

std::vector<Damaged> damaged_files() {
  const std::string control = "character that XML forbids; leave it out";
  return {
      {"t.tmx", tmx(tu("a &#x1F; b")), "t.tmx:3: '&#x1F;' stands for a " + control},
      {"t.tmx", tmx(tu("a &#0; b")), "t.tmx:3: '&#0;' stands for a " + control},
      {"t.tmx", tmx(tu("Tom & Jerry")), "t.tmx:3: '& Jerry' is no reference; write & as &amp;"},
      {"t.tmx", tmx(tu("a&nbsp;b")), "t.tmx:3: '&nbsp;' is no entity of XML; write the character itself"},
      {"t.tmx", tmx(tu("a < b")), "t.tmx:3: '< b"},
      {"t.tmx", tmx(tu("a <bpt>b")), "t.tmx:3: </seg> where </bpt> is due"},
      {"t.tmx", tmx("<tu><tuv xml:lang=\"en\"><seg>two</tuv></tu>"), "t.tmx:3: </tuv> where </seg> is due"},
      {"t.tmx", tmx("<tu><tuv xml:lang=\"en\"><seg>two</seg></tuv>"), "t.tmx:"},
      {"t.tmx", tmx("<tu><tuv><seg>two</seg></tuv><tuv xml:lang=\"de\"><seg>zwei</seg></tuv></tu>"),
       "t.tmx:3: a <tuv> of this <tu> does not say its language"},
      {"t.tmx", tmx("<tu creationid=\"Tom & Jerry\"><tuv xml:lang=\"en\"><seg>two</seg></tuv></tu>"),
       "t.tmx:3: '& Jerry\"' is no reference"},
      {"t.xlf", xliff("<trans-unit id=\"2\"><source>Tom & Jerry</source><target>x</target></trans-unit>"),
       "t.xlf:3: '& Jerry' is no reference"},
      {"t.xlf", xliff("<trans-unit id=\"2\"><source>two</target></trans-unit>"),
       "t.xlf:3: </target> where </source>"},
      {"t.ts", ts("<message><source>Tom & Jerry</source><translation>x</translation></message>"),
       "t.ts:3: '& Jerry' is no reference"},
      {"t.ts",
       ts("<message><source>two<byte value=\"x110000\"/></source><translation>x</translation></message>"),
       "t.ts:3: <byte value=\"x110000\""},
      {"t.po", po("msgid \"two\" x\nmsgstr \"zwei\"\n"), "t.po:4: '\"two\" x' is no text in quotes"},
      {"t.po", po("msgid \"two\"\nmsgstr \"zw\"ei\"\n"), "t.po:5: '\"zw\"ei\"' is no text in quotes"},
      {"t.po", po("msgid \"two\"\nmsgtsr \"zwei\"\n"), "t.po:5: 'msgtsr \"zwei\"' where a comment, msgctxt"},
      {"t.po", po("msgid \"two\"\n"), "t.po:6: 'msgid \"three\"' where"},
      {"t.po", po("two\n"), "t.po:4: 'two' where"},
      {"t.po", po("msgid_plural \"two\"\n"), "t.po:4: 'msgid_plural"},
      {"t.tsv", "one\tone\ntwo\nthree\tthree\n", "t.tsv:2: 1 column, but column 2 is asked for"},
  };
}

class DamagedEntries : public Reading {};

TEST_F(DamagedEntries, end_a_file_with_their_place_and_the_way_out) {
  for (const Damaged& damaged : damaged_files()) {
    const std::string said = complaint(file(damaged.name, damaged.content));
    EXPECT_TRUE(said.starts_with(damaged.says)) << said;
    EXPECT_TRUE(said.ends_with("; or leave out such entries with --skip-invalid")) << said;
  }
}

TEST_F(DamagedEntries, are_left_out_counted_and_shown_where_that_is_asked_for) {
  options.skip_invalid = true;
  for (const Damaged& damaged : damaged_files()) {
    EXPECT_EQ(read(file(damaged.name, damaged.content)), (Pairs{{"one", "one"}, {"three", "three"}}))
        << damaged.content;
    EXPECT_EQ(report.malformed, 1) << damaged.content;
    EXPECT_EQ(report.read, 3) << damaged.content;
    const std::string said = report.skip_lines().front();
    EXPECT_TRUE(said.starts_with("1 pair skipped: damaged, first at " + (folder_ / damaged.says).string()))
        << said;
  }
}

TEST_F(DamagedEntries, may_follow_one_another) {
  options.skip_invalid = true;
  const std::string bad = tu("Tom & Jerry") + tu("a < b") + tu("a <b>c");
  EXPECT_EQ(read(file("t.tmx", tmx(bad + tu("two") + bad))),
            (Pairs{{"one", "one"}, {"two", "zwei"}, {"three", "three"}}));
  EXPECT_EQ(report.malformed, 6);
  EXPECT_EQ(read(file("t.po", po("msgid \"a\nmsgid \"b\nmsgstr \"c\n\nmsgid \"d\"\n"))).size(), 2u);
  EXPECT_EQ(report.malformed, 3);
}

TEST_F(DamagedEntries, do_not_include_what_stands_between_entries) {
  const auto path =
      file("t.tmx", "<tmx><header><note>Tom & Jerry</note></header><body>" + tu("two") + "</body></tmx>");
  EXPECT_TRUE(complaint(path).starts_with("t.tmx:1: '& Jerry' is no reference")) << complaint(path);
  options.skip_invalid = true;
  EXPECT_EQ(read(path), (Pairs{{"two", "zwei"}}));
  EXPECT_EQ(report.notes,
            std::vector{path.string() + ":1: '& Jerry' is no reference; write & as &amp;; read on"});
}

TEST_F(DamagedEntries, do_not_include_files_that_are_cut_short_or_hostile) {
  options.skip_invalid = true;
  const std::string whole = tmx(tu("two"));
  EXPECT_NE(complaint(file("t.tmx", whole.substr(0, whole.size() - 40))).find("was it copied whole?"),
            std::string::npos);
  EXPECT_NE(
      complaint(file("t.tmx", "<!DOCTYPE tmx [<!ENTITY a \"b\">]>" + whole)).find("entities of its own"),
      std::string::npos);
}

}  // namespace
}  // namespace heed
