#include "heed/corpus/formats/xliff_reader.h"

#include "tests/corpus/formats/format_reading.h"

namespace heed {
namespace {

std::string xliff1(const std::string& units,
                   const std::string& languages = "source-language='en' target-language='de-DE'") {
  return "<?xml version='1.0'?>\n<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'><file "
         "original='a' " +
         languages + " datatype='plaintext'><header/><body><group id='g'>\n" + units +
         "</group></body></file></xliff>";
}

std::string xliff2(const std::string& units) {
  return "<?xml version='1.0'?>\n<xliff version='2.0' srcLang='en-US' trgLang='de'><file id='f'>\n" + units +
         "</file></xliff>";
}

const Pairs dog{{"a dog", "ein Hund"}};
const std::string dog1 = "<trans-unit id='1'><source>a dog</source><target>ein Hund</target></trans-unit>\n";

class Xliff : public Reading {};

TEST_F(Xliff, gives_its_units_with_their_lines) {
  EXPECT_EQ(read(file("a.xlf", xliff1("\n" + dog1))), dog);
  EXPECT_EQ(last, (folder_ / "a.xlf").string() + ":4");
}

TEST_F(Xliff, may_have_prefixes) {
  EXPECT_EQ(
      read(file("a.xlf",
                "<x:xliff xmlns:x='urn:x' version='1.2'><x:file source-language='en' target-language='de'>"
                "<x:body><x:trans-unit id='1'><x:source>a dog</x:source><x:target>ein Hund</x:target>"
                "</x:trans-unit></x:body></x:file></x:xliff>")),
      dog);
}

TEST_F(Xliff, skips_what_is_no_finished_translation) {
  const std::string units =
      dog1 +
      "<trans-unit id='2'><source>x</source></trans-unit>"
      "<trans-unit id='3' approved='no'><source>x</source><target>y</target></trans-unit>"
      "<trans-unit id='4'><source>x</source><target state='needs-translation'>x</target></trans-unit>"
      "<trans-unit id='5' translate='no'><source>x</source><target>x</target></trans-unit>"
      "<trans-unit id='6'><source>x</source><target/><alt-trans><target>no</target></alt-trans></trans-unit>";
  EXPECT_EQ(read(file("a.xlf", xliff1(units))), dog);
  EXPECT_EQ(report.untranslated, 1);
  EXPECT_EQ(report.drafts, 2);
  EXPECT_EQ(report.not_for_translation, 1);
  EXPECT_EQ(report.empty_target, 1);
  EXPECT_EQ(report.read, 6);
}

TEST_F(Xliff, hands_down_what_is_not_for_translation) {
  const auto unit = [](const std::string& text, const std::string& more = "") {
    return "<trans-unit id='1' " + more + "><source>" + text + "</source><target>" + text +
           "</target></trans-unit>";
  };
  EXPECT_EQ(read(file("a.xlf", xliff1(unit("a") + "<group translate='no'>" + unit("b") + "<group>" +
                                      unit("c") + "<group translate='yes'>" + unit("d") + "</group></group>" +
                                      unit("e", "translate='yes'") + "<note/></group>" + unit("f") +
                                      unit("g", "translate='no'") + "<group translate='no'/>" + unit("h")))),
            (Pairs{{"a", "a"}, {"d", "d"}, {"e", "e"}, {"f", "f"}, {"h", "h"}}));
  EXPECT_EQ(report.not_for_translation, 3);
}

TEST_F(Xliff, of_version_2_hands_down_what_is_not_for_translation) {
  const auto with_file = [](const std::string& name, const std::string& of_file, const std::string& of_unit) {
    return "<file id='" + name + "' " + of_file + "><group id='g'><unit id='1' " + of_unit +
           "><segment><source>" + name + "</source><target>" + name +
           "</target></segment></unit></group></file>";
  };
  EXPECT_EQ(read(file("a.xlf", "<xliff version='2.0' srcLang='en' trgLang='de'>" +
                                   with_file("a", "translate='no'", "") + with_file("b", "", "") +
                                   with_file("c", "translate='no'", "translate='yes'") + "</xliff>")),
            (Pairs{{"b", "b"}, {"c", "c"}}));
  EXPECT_EQ(report.not_for_translation, 1);
}

TEST_F(Xliff, gives_segments_of_a_unit_as_pairs) {
  EXPECT_EQ(
      read(file("a.xlf",
                xliff1("<trans-unit id='1'><source>One. Two.</source><seg-source><mrk mtype='seg' mid='1'>"
                       "One.</mrk> <mrk mtype='seg' mid='2'>Two.</mrk></seg-source><target><mrk mtype='seg' "
                       "mid='1'>Eins.</mrk> <g id='1'><mrk mtype='seg' mid='2'>Zwei.</mrk></g></target>"
                       "</trans-unit>"))),
      (Pairs{{"One.", "Eins."}, {"Two.", "Zwei."}}));
}

std::string segment(const std::string& mid, const std::string& text) {
  return "<mrk mtype='seg'" + (mid.empty() ? "" : " mid='" + mid + "'") + ">" + text + "</mrk>";
}

std::string segmented(const std::string& sources, const std::string& targets) {
  return xliff1("<trans-unit id='1'><source>All.</source><seg-source>" + sources + "</seg-source><target>" +
                targets + "</target></trans-unit>");
}

TEST_F(Xliff, gives_segments_in_the_order_of_the_text) {
  EXPECT_EQ(
      read(file("a.xlf", segmented(segment("8", "One.") + segment("10", "Two.") + segment("9", "Three."),
                                   segment("10", "Zwei.") + segment("8", "Eins.") + segment("9", "Drei.")))),
      (Pairs{{"One.", "Eins."}, {"Two.", "Zwei."}, {"Three.", "Drei."}}));
}

TEST_F(Xliff, pairs_segments_without_mid_by_their_order) {
  const Pairs both{{"One.", "Eins."}, {"Two.", "Zwei."}};
  const std::string plain = segment("", "Eins.") + segment("", "Zwei.");
  EXPECT_EQ(read(file("a.xlf", segmented(segment("", "One.") + segment("", "Two."), plain))), both);
  EXPECT_EQ(read(file("b.xlf", segmented(segment("1", "One.") + segment("2", "Two."), plain))), both);
  EXPECT_EQ(read(file("c.xlf", segmented(segment("1", "One.") + segment("1", "Two."),
                                         segment("1", "Eins.") + segment("1", "Zwei.")))),
            both);
}

TEST_F(Xliff, counts_segments_that_go_with_none) {
  EXPECT_EQ(read(file("a.xlf", segmented(segment("1", "One.") + segment("2", "Two.") + segment("", "Three."),
                                         segment("1", "Eins.") + segment("4", "Vier.")))),
            (Pairs{{"One.", "Eins."}}));
  EXPECT_EQ(report.untranslated, 2);
  EXPECT_EQ(report.unpaired, 1);
  EXPECT_EQ(read(file("b.xlf",
                      segmented(segment("1", "One.") + " ", segment("1", "Eins.") + "<g id='1'>Rest</g>"))),
            (Pairs{{"One.", "Eins."}}));
  EXPECT_EQ(report.unpaired, 1);
}

TEST_F(Xliff, is_swapped_where_the_languages_are) {
  EXPECT_EQ(read(file("a.xlf", xliff1(dog1, "source-language='de' target-language='en'"))),
            (Pairs{{"ein Hund", "a dog"}}));
}

TEST_F(Xliff, counts_files_in_other_languages) {
  EXPECT_EQ(read(file("a.xlf", xliff1(dog1, "source-language='en' target-language='fr'"))), Pairs{});
  EXPECT_EQ(report.other_language, 1);
}

const std::string tags1 =
    "<trans-unit id='1'><source>a <g id='1'>big</g><x id='2' ctype='lb'/>dog</source>"
    "<target>ein <g id='1'>gro\xC3\x9F"
    "er</g> <x id='2'/>Hund</target></trans-unit>";

TEST_F(Xliff, strips_inline_tags_and_parts_what_a_line_break_parts) {
  EXPECT_EQ(read(file("a.xlf", xliff1(tags1))), (Pairs{{"a big dog",
                                                        "ein gro\xC3\x9F"
                                                        "er Hund"}}));
}

TEST_F(Xliff, gives_texts_within_codes_as_pairs_of_their_own) {
  const std::string image =
      "<trans-unit id='1'><source>a dog<ph id='1'>&lt;img alt='<sub>a photo</sub>'&gt;</ph></source>"
      "<target>ein Hund<ph id='1'>&lt;img alt='<sub>ein Foto</sub>'&gt;</ph></target></trans-unit>";
  EXPECT_EQ(read(file("a.xlf", xliff1(image))), (Pairs{{"a dog", "ein Hund"}, {"a photo", "ein Foto"}}));
  options.inline_tags = InlineTags::placeholders;
  EXPECT_EQ(read(file("a.xlf", xliff1(image))),
            (Pairs{{"a dog<1/>", "ein Hund<1/>"}, {"a photo", "ein Foto"}}));
}

TEST_F(Xliff, keeps_inline_tags_as_placeholders) {
  options.inline_tags = InlineTags::placeholders;
  EXPECT_EQ(read(file("a.xlf", xliff1(tags1))), (Pairs{{"a <1>big</1><2/>dog",
                                                        "ein <1>gro\xC3\x9F"
                                                        "er</1> <2/>Hund"}}));
}

TEST_F(Xliff, of_version_2_gives_segments) {
  EXPECT_EQ(
      read(file("a.xlf",
                xliff2("<unit id='1'><originalData><data id='d'>x</data></originalData><segment>"
                       "<source>a <pc id='1'>dog</pc></source><target>ein <pc id='1'>Hund</pc></target>"
                       "</segment><ignorable><source> </source></ignorable><segment state='initial'>"
                       "<source>x</source><target>x</target></segment><segment><source>y</source></segment>"
                       "</unit>"))),
      dog);
  EXPECT_EQ(report.drafts, 1);
  EXPECT_EQ(report.untranslated, 1);
}

TEST_F(Xliff, that_is_none_is_refused) {
  EXPECT_EQ(complaint(file("a.xlf", "<html><body/></html>")),
            "a.xlf:1: <html> where <xliff> is due; is it an XLIFF file?");
  EXPECT_NE(complaint(file("b.xlf", "<!DOCTYPE x [<!ENTITY a 'b'>]><xliff/>")).find("entities"),
            std::string::npos);
}

}  // namespace
}  // namespace heed
