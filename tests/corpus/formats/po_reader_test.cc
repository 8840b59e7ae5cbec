#include "heed/corpus/formats/po_reader.h"

#include "tests/corpus/formats/format_reading.h"

namespace heed {
namespace {

std::string po(const std::string& entries, const std::string& more = "") {
  return "# A comment\nmsgid \"\"\nmsgstr \"\"\n\"Language: de\\n\"\n\"Content-Type: text/plain; "
         "charset=UTF-8\\n\"\n" +
         more + "\n" + entries;
}

const Pairs dog{{"a dog", "ein Hund"}};
const std::string dog_entry = "#: a.c:1\nmsgctxt \"pets\"\nmsgid \"a dog\"\nmsgstr \"ein \"\n\"Hund\"\n";

class Po : public Reading {};

TEST_F(Po, gives_its_entries_with_their_lines) {
  EXPECT_EQ(read(file("a.po", po(dog_entry))), dog);
  EXPECT_EQ(last, (folder_ / "a.po").string() + ":9");
}

TEST_F(Po, is_told_by_content_too) { EXPECT_EQ(read(file("catalogue.zst", zstd(po(dog_entry)))), dog); }

TEST_F(Po, counts_what_it_skips_by_kind) {
  EXPECT_EQ(
      read(file("a.po", po(dog_entry + "\n#, c-format, fuzzy\n#| msgid \"b\"\nmsgid \"a\"\nmsgstr \"b\"\n\n"
                                       "msgid \"c\"\nmsgstr \"\"\n\n#~ msgid \"d\"\n#~ msgstr \"e\"\n"
                                       "#~ msgid \"f\"\n#~ msgstr \"g\"\n"))),
      dog);
  EXPECT_EQ(report.fuzzy, 1);
  EXPECT_EQ(report.untranslated, 1);
  EXPECT_EQ(report.obsolete, 2);
  EXPECT_EQ(report.read, 5);
  EXPECT_EQ(report.kept, 1);
}

TEST_F(Po, pairs_plural_forms) {
  const std::string entry =
      "msgid \"%d dog\"\nmsgid_plural \"%d dogs\"\nmsgstr[0] \"%d Hund\"\nmsgstr[1] \"%d Hunde\"\n";
  EXPECT_EQ(read(file("a.po", po(entry))), (Pairs{{"%d dog", "%d Hund"}, {"%d dogs", "%d Hunde"}}));
  EXPECT_EQ(read(file("a.po", po(entry, "\"Plural-Forms: nplurals=2; plural=(n==1 ? 1 : 0);\\n\"\n"))),
            (Pairs{{"%d dog", "%d Hunde"}, {"%d dogs", "%d Hund"}}));
  const std::string one = "msgid \"%d dog\"\nmsgid_plural \"%d dogs\"\nmsgstr[0] \"%d Hund\"\n";
  EXPECT_EQ(read(file("a.po", po(one, "\"Plural-Forms: nplurals=1; plural=0;\\n\"\n"))),
            (Pairs{{"%d dogs", "%d Hund"}}));
}

TEST_F(Po, counts_plural_forms_that_go_with_neither_one_nor_many) {
  options.target_language = "cs";
  const std::string header =
      "msgid \"\"\nmsgstr \"Language: cs\\nPlural-Forms: nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : "
      "2);\\n\"\n";
  const std::string entry = "msgid \"%d dog\"\nmsgid_plural \"%d dogs\"\nmsgstr[0] \"%d pes\"\nmsgstr[1] ";
  EXPECT_EQ(read(file("a.po", header + entry + "\"%d psi\"\nmsgstr[2] \"%d psov\"\n")),
            (Pairs{{"%d dog", "%d pes"}, {"%d dogs", "%d psov"}}));
  EXPECT_EQ(report.other_forms, 1);
  EXPECT_EQ(read(file("b.po", header + entry + "\"\"\nmsgstr[2] \"\"\n")), (Pairs{{"%d dog", "%d pes"}}));
  EXPECT_EQ(report.untranslated, 2);
  EXPECT_EQ(read(file("c.po", header + "#, fuzzy\n" + entry + "\"x\"\nmsgstr[2] \"y\"\n")), Pairs{});
  EXPECT_EQ(report.fuzzy, 3);
}

TEST_F(Po, takes_for_many_the_form_of_large_numbers) {
  options.target_language = "lv";
  EXPECT_EQ(
      read(file(
          "a.po",
          "msgid \"\"\nmsgstr \"Language: lv\\nPlural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
          "n != 0 ? 1 : 2);\\n\"\nmsgid \"dog\"\nmsgid_plural \"dogs\"\nmsgstr[0] \"suns\"\n"
          "msgstr[1] \"suni\"\nmsgstr[2] \"sunu\"\n")),
      (Pairs{{"dog", "suns"}, {"dogs", "suni"}}));
}

TEST_F(Po, reads_escapes_and_makes_one_line) {
  EXPECT_EQ(read(file("a.po", po("msgid \"say \\\"a\\\"\\n\\tb\\\\\"\nmsgstr \"\\303\\244\\x41\\n\"\n"))),
            (Pairs{{"say \"a\" b\\",
                    "\xC3\xA4"
                    "A"}}));
}

TEST_F(Po, is_read_in_the_charset_of_its_header) {
  EXPECT_EQ(read(file("de.po",
                      "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-15\\n\"\n"
                      "msgid \"cold\"\nmsgstr \"k\xFChl \xA4\"\n")),
            (Pairs{{"cold", "k\xC3\xBChl \xE2\x82\xAC"}}));
  EXPECT_TRUE(
      complaint(file("b.po", "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=nonsense\\n\"\n"))
          .starts_with("b.po:1: unknown charset 'nonsense'"));
}

TEST_F(Po, has_for_header_only_the_first_empty_text_without_context) {
  const std::string not_header =
      "msgctxt \"x\"\nmsgid \"\"\nmsgstr \"Language: fr\\nContent-Type: text/plain; "
      "charset=nonsense\\n\"\n\n";
  EXPECT_EQ(read(file("a.po", po(not_header + dog_entry))), dog);
  EXPECT_EQ(report.empty_source, 1);
  EXPECT_EQ(read(file("b.po", po("msgctxt \"\"\nmsgid \"\"\nmsgstr \"Language: fr\\n\"\n\n" + dog_entry))),
            dog);
  EXPECT_EQ(read(file("c.po", po("#~ msgid \"\"\n#~ msgstr \"Language: fr\\n\"\n\n" + dog_entry))), dog);
  EXPECT_EQ(report.obsolete, 1);
  EXPECT_EQ(read(file("d.po", po("#, fuzzy\n" + dog_entry + "\nmsgid \"\"\nmsgstr \"Language: de\\n\"\n"))),
            Pairs{});
  EXPECT_EQ(report.empty_source, 1);
  EXPECT_EQ(read(file("e.po", po("msgctxt \"x\"\nmsgid \"\"\nmsgstr \"\"\n"))), Pairs{});
  EXPECT_EQ(report.read, 1);
}

TEST_F(Po, of_two_catalogues_one_behind_the_other_is_refused_where_they_differ) {
  const std::string again = "msgid \"\"\nmsgstr \"Language: ";
  EXPECT_EQ(read(file("a.po", po(dog_entry + again + "de\\n\"\n"))), dog);
  EXPECT_EQ(complaint(file("b.po", po(dog_entry + "\n" + again + "fr\\n\"\n"))),
            "b.po:13: a second header, of language 'fr' where the first has 'de'; part the two catalogues, "
            "or join them "
            "with msgcat");
  EXPECT_NE(complaint(file("c.po", po(again + "de\\nContent-Type: text/plain; charset=ISO-8859-1\\n\"\n")))
                .find("of charset 'ISO-8859-1' where the first has 'UTF-8'"),
            std::string::npos);
}

TEST_F(Po, is_swapped_or_counted_by_its_language) {
  const auto path = file("a.po", po(dog_entry));
  std::swap(options.source_language, options.target_language);
  EXPECT_EQ(read(path), (Pairs{{"ein Hund", "a dog"}}));
  options.source_language = "fr";
  options.target_language = "de";
  EXPECT_EQ(read(path), Pairs{});
  EXPECT_EQ(report.other_language, 1);
  options.msgid_language = "fr";
  EXPECT_EQ(read(path), dog);
}

TEST_F(Po, takes_its_language_from_its_name_where_the_header_has_none) {
  const std::string entry = "msgid \"a dog\"\nmsgstr \"ein Hund\"\n";
  EXPECT_EQ(read(file("app.de_AT.po", entry)), dog);
  EXPECT_EQ(read(file("fr.po", entry)), Pairs{});
  EXPECT_EQ(read(file("some.po", entry)), dog);
}

TEST_F(Po, that_is_broken_names_the_line) {
  for (const std::string bad :
       {"msgid \"a\n", "msgid a\n", "msgstr \"b\"\n", "nonsense\n", "msgid \"a\"\nmsgid \"b\"\n", "\"a\"\n",
        "msgid \"a\\\"\n", "msgid \"a\\q\"\n", "msgid \"a\"b\"\n", "msgid \"a\"\nmsgstr[1] \"b\"\n",
        "msgid \"a\"\nmsgstr[0 \"b\"\n", "msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"\n", "msgid \"a\"\n",
        "msgctxt \"a\"\n"}) {
    const std::string why = complaint(file("a.po", bad));
    EXPECT_TRUE(why.starts_with("a.po:1: ") || why.starts_with("a.po:2: ") || why.starts_with("a.po:3: "))
        << bad << " -> " << why;
  }
}

TEST_F(Po, with_absurd_plural_forms_gives_all_but_plurals) {
  const std::string entry =
      "msgid \"x\"\nmsgid_plural \"y\"\nmsgstr[0] \"X\"\nmsgstr[1] \"Y\"\n\n" + dog_entry;
  for (const std::string& forms :
       {std::string("nplurals=2; plural=") + std::string(100'000, '('),
        std::string("nplurals=2; plural=") + std::string(100'000, '!'), std::string("nplurals=2; plural=n%0"),
        std::string("nplurals=2; plural=5"), std::string("nplurals=999999999; plural=0"),
        std::string("nulurals=2; plural=0"), std::string("nplurals=2; plural=system()"),
        std::string("nplurals=2; plural=999999999*999999999*999999999")}) {
    EXPECT_EQ(read(file("a.po", po(entry, "\"Plural-Forms: " + forms + "\\n\"\n"))), dog)
        << forms.substr(0, 60);
    EXPECT_EQ(report.unclear_plurals, 2) << forms.substr(0, 60);
  }
}

}  // namespace
}  // namespace heed
