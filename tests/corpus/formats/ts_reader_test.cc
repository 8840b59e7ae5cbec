#include "heed/corpus/formats/ts_reader.h"

#include "tests/corpus/formats/format_reading.h"

namespace heed {
namespace {

std::string ts(const std::string& messages,
               const std::string& languages = "language='de_DE' sourcelanguage='en'") {
  return "<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE TS>\n<TS version='2.1' " + languages +
         ">\n<context><name>Window</name>\n" + messages + "</context></TS>\n";
}

std::string message_of(const std::string& source, const std::string& translation,
                       const std::string& type = "") {
  return "<message><location filename='a.cpp' line='1'/><source>" + source +
         "</source><comment>c</comment><translation" + (type.empty() ? "" : " type='" + type + "'") + ">" +
         translation + "</translation></message>\n";
}

const Pairs dog{{"a dog", "ein Hund"}};

class Ts : public Reading {};

TEST_F(Ts, gives_its_messages_with_their_lines) {
  EXPECT_EQ(read(file("a.ts", ts(message_of("&amp;Open", "&amp;Auf") + message_of("a dog", "ein Hund")))),
            (Pairs{{"&Open", "&Auf"}, {"a dog", "ein Hund"}}));
  EXPECT_EQ(last, (folder_ / "a.ts").string() + ":6");
}

TEST_F(Ts, is_told_by_content_from_other_files_of_its_name) {
  EXPECT_EQ(read(file("a.xml", ts(message_of("a dog", "ein Hund")))), dog);
  file("code.ts", "export const dog: string = 'a dog';\n");
  file("b.ts.gz", gzip(ts(message_of("a cat", "eine Katze"))));
  EXPECT_EQ(read(folder_).size(), 2u);
  EXPECT_EQ(report.other_files, 1);
}

TEST_F(Ts, counts_what_it_skips_by_kind) {
  EXPECT_EQ(read(file("a.ts", ts(message_of("a dog", "ein Hund") + message_of("b", "B", "unfinished") +
                                 message_of("c", "", "unfinished") + message_of("d", "") +
                                 message_of("e", "E", "vanished") + message_of("f", "F", "obsolete") +
                                 message_of("", "G") + "<message><source>h</source></message>" +
                                 message_of("i", "I", "strange")))),
            dog);
  EXPECT_EQ(report.untranslated, 3);
  EXPECT_EQ(report.drafts, 2);
  EXPECT_EQ(report.obsolete, 2);
  EXPECT_EQ(report.empty_source, 1);
  EXPECT_EQ(report.read, 9);
  EXPECT_EQ(report.skip_lines()[2], "1 pair skipped: not finished: type=\"unfinished\"");
}

TEST_F(Ts, gives_drafts_and_vanished_messages_where_that_is_asked_for) {
  options.any_status = true;
  EXPECT_EQ(read(file("a.ts", ts(message_of("b", "B", "unfinished") + message_of("e", "E", "vanished") +
                                 message_of("c", "", "unfinished")))),
            (Pairs{{"b", "B"}, {"e", "E"}}));
  EXPECT_EQ(report.untranslated, 1);
}

std::string numbers(const std::vector<std::string>& forms, const std::string& type = "") {
  std::string text = "<message numerus='yes'><source>%n dog(s)</source><translation" + type + ">\n";
  for (const std::string& form : forms) text += "  <numerusform>" + form + "</numerusform>\n";
  return text + "</translation></message>";
}

TEST_F(Ts, pairs_the_form_for_many_and_counts_the_others) {
  EXPECT_EQ(read(file("a.ts", ts(numbers({"%n Hund", "%n Hunde"})))), (Pairs{{"%n dog(s)", "%n Hunde"}}));
  EXPECT_EQ(report.other_forms, 1);
  EXPECT_EQ(read(file("a.ts", ts(numbers({"%n \xE7\x8B\x97"})))), (Pairs{{"%n dog(s)", "%n \xE7\x8B\x97"}}));
  EXPECT_EQ(
      read(file("a.ts", ts(numbers({"", ""}, " type='unfinished'") + numbers({}) + numbers({"x", ""})))),
      Pairs{});
  EXPECT_EQ(report.untranslated, 4);
  EXPECT_EQ(report.other_forms, 1);
  EXPECT_EQ(read(file("a.ts", ts(numbers({"x", "y", "z"}, " type='unfinished'")))), Pairs{});
  EXPECT_EQ(report.drafts, 3);
}

TEST_F(Ts, reads_characters_that_xml_cannot_hold) {
  EXPECT_EQ(read(file("a.ts", ts(message_of("a<byte value=\"x7\"/>b",
                                            "c<byte value=\"228\"/>d<byte value='x1F415'/>")))),
            (Pairs{{"a\x07"
                    "b",
                    "c\xC3\xA4"
                    "d\xF0\x9F\x90\x95"}}));
  for (const char* bad : {"", "x", "x0", "0", "xD800", "x110000", "seven", "7x"})
    EXPECT_EQ(complaint(file("a.ts", ts(message_of("a<byte value='" + std::string(bad) + "'/>", "b")))),
              "a.ts:5: <byte value=\"" + std::string(bad) +
                  "\"> is no character; or leave out such entries with --skip-invalid");
}

TEST_F(Ts, takes_the_longest_of_variants_in_length) {
  EXPECT_EQ(read(file("a.ts", ts(message_of("a dog",
                                            "<lengthvariant>ein Hund</lengthvariant><lengthvariant>H."
                                            "</lengthvariant>")))),
            dog);
  EXPECT_EQ(report.other_variants, 1);
}

TEST_F(Ts, takes_its_languages_from_its_root_or_its_name) {
  const std::string messages = message_of("a dog", "ein Hund");
  EXPECT_EQ(read(file("app.ts", ts(messages, "language='fr'"))), Pairs{});
  EXPECT_EQ(report.other_language, 1);
  EXPECT_EQ(read(file("app.ts", ts(messages, "language='de' sourcelanguage='fr'"))), Pairs{});
  EXPECT_EQ(read(file("app_de.ts", ts(messages, ""))), dog);
  EXPECT_EQ(report.assumed_language, 0);
  EXPECT_EQ(read(file("app_fr.ts", ts(messages, ""))), Pairs{});
  EXPECT_EQ(read(file("app.ts", ts(messages, ""))), dog);
  EXPECT_EQ(report.assumed_language, 1);
  std::swap(options.source_language, options.target_language);
  EXPECT_EQ(read(file("app.ts", ts(messages))), (Pairs{{"ein Hund", "a dog"}}));
}

TEST_F(Ts, cut_anywhere_is_refused) {
  const std::string whole = ts(message_of("a dog", "ein Hund"));
  for (std::size_t size = whole.find("<TS") + 4; size + 2 < whole.size(); ++size)
    EXPECT_TRUE(complaint(file("a.ts", whole.substr(0, size))).starts_with("a.ts:")) << size;
}

}  // namespace
}  // namespace heed
