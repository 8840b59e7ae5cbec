#include "heed/corpus/formats/break_markup.h"

#include "heed/corpus/formats/entry_reader.h"
#include "heed/corpus/formats/inline_markup.h"
#include "heed/text/one_line.h"
#include "tests/corpus/formats/format_reading.h"

namespace heed {
namespace {

/// A text with its markup stripped, as one line.
std::string stripped(const std::string& content, InlineTags tags = InlineTags::strip) {
  pugi::xml_document document;
  const std::string text =
      "<unit><originalData><data id='br'>&lt;br/&gt;</data><data id='b'>&lt;b&gt;</data>"
      "</originalData><seg>" +
      content + "</seg></unit>";
  EXPECT_TRUE(document.load_string(text.c_str(), pugi::parse_default | pugi::parse_ws_pcdata)) << content;
  const pugi::xml_node unit = document.document_element();
  InlineMarkup markup(tags, OriginalData(unit.child("originalData")));
  return as_one_line(markup.text_of(unit.child("seg")));
}

TEST(BreakMarkup, parts_words_by_its_type) {
  for (const char* markup :
       {"<ph type='lb'/>", "<x id='1' ctype='lb'/>", "<x id='1' ctype='pb'/>", "<x ctype='x-html-br'/>",
        "<x ctype='x-tab'/>", "<ph type='fmt' subType='xlf:lb'/>", "<x ctype='x-nbsp'/>",
        "<ph type='x-LineBreak'/>", "<it pos='begin' type='lb'/>", "<sc id='1' subType='xlf:pb'/>",
        "<x ctype='x-line-break'/>"})
    EXPECT_EQ(stripped(std::string("red.") + markup + "Press"), "red. Press") << markup;
}

TEST(BreakMarkup, parts_words_by_the_code_that_it_stands_for) {
  for (const char* code : {"&lt;br/&gt;",
                           "&lt;BR&gt;",
                           "&lt;br class='x'&gt;",
                           "&lt;/p&gt;",
                           "&lt;/b&gt;&lt;/li&gt;",
                           "\\n",
                           "\\r\\n",
                           "\\t",
                           "\\par ",
                           "{\\tab }",
                           "{tab}",
                           "[br]",
                           "{nbsp}",
                           "&amp;nbsp;",
                           "&amp;#160;",
                           "&#xA0;",
                           " ",
                           "&#10;",
                           "&#x2028;",
                           "\\~"}) {
    EXPECT_EQ(stripped("red.<ph>" + std::string(code) + "</ph>Press"), "red. Press") << code;
    if (std::string_view(code).find('\'') != std::string_view::npos) continue;
    EXPECT_EQ(stripped("red.<x id='1' equiv-text='" + std::string(code) + "'/>Press"), "red. Press") << code;
    EXPECT_EQ(stripped("red.<ph id='1' disp='" + std::string(code) + "'/>Press"), "red. Press") << code;
  }
  EXPECT_EQ(stripped("red.<ph id='1' dataRef='br'/>Press"), "red. Press");
}

TEST(BreakMarkup, parts_words_by_its_name_where_it_is_html) {
  EXPECT_EQ(stripped("red.<br/>Press"), "red. Press");
  EXPECT_EQ(stripped("<p>red.</p><p>Press</p>"), "red. Press");
  EXPECT_EQ(stripped("<ul><li>red</li><li><b>blue</b></li></ul>"), "red blue");
  EXPECT_EQ(stripped("red.<br/>Press", InlineTags::placeholders), "red. Press");
}

TEST(BreakMarkup, parts_words_at_both_ends_where_it_is_a_pair) {
  EXPECT_EQ(stripped("<g id='1' ctype='x-html-p'>red.</g><g id='2' ctype='x-html-p'>Press</g>"),
            "red. Press");
  EXPECT_EQ(stripped("a<bpt i='1' type='x-p'/>red.<ept i='1'/>Press"), "a red. Press");
  EXPECT_EQ(stripped("a<bx id='1' ctype='x-p'/>red.<ex id='1'/>Press"), "a red. Press");
  EXPECT_EQ(stripped("a<sc id='1' subType='xlf:p'/>red.<ec startRef='1'/>Press"), "a red. Press");
  EXPECT_EQ(stripped("a<pc id='1' dataRefStart='br'>red.</pc>Press"), "a red. Press");
}

TEST(BreakMarkup, of_control_characters_parts_words_where_they_do) {
  EXPECT_EQ(stripped("red.<cp hex='000A'/>Press"), "red. Press");
  EXPECT_EQ(stripped("red<cp hex='0001'/>dish"), "reddish");
}

TEST(BreakMarkup, within_a_word_parts_none) {
  for (const char* word :
       {"un<g id='1'>break</g>able", "un<g id='1' ctype='bold'>break</g>able", "un<b>break</b>able",
        "un<hi type='italic'>break</hi>able",
        "un<bpt i='1'>&lt;b&gt;</bpt>break<ept i='1'>&lt;/b&gt;</ept>able",
        "un<pc id='1' subType='xlf:b' dataRefStart='b'>break</pc>able", "un<ph>&lt;wbr/&gt;</ph>breakable",
        "un<ph>{p}</ph>breakable", "un<x id='1' ctype='x-html-bold' equiv-text='&lt;b&gt;'/>breakable",
        "un<ph/>breakable", "un<mrk mtype='term'>break</mrk>able", "un<wbr/>breakable",
        "un<ph>%s</ph>breakable"})
    EXPECT_EQ(stripped(word), "unbreakable") << word;
}

TEST(BreakMarkup, leaves_no_more_blanks_than_there_were) {
  EXPECT_EQ(stripped("red. <br/> Press<br/>"), "red. Press");
  EXPECT_EQ(stripped("red.<br/><br/>Press"), "red. Press");
}

class BreakMarkupOfFiles : public Reading {};

TEST_F(BreakMarkupOfFiles, parts_words_in_every_format) {
  const Pairs both{{"red. Press", "rot. Nun"}};
  EXPECT_EQ(
      read(
          file("a.tmx",
               "<tmx version='1.4'><header/><body><tu><tuv xml:lang='en'><seg>red.<br/>Press</seg></tuv><tuv "
               "xml:lang='de'><seg>rot.<ph>&lt;br&gt;</ph>Nun</seg></tuv></tu></body></tmx>")),
      both);
  EXPECT_EQ(
      read(file(
          "a.xlf",
          "<xliff version='1.2'><file source-language='en' target-language='de'><body><trans-unit id='1'>"
          "<source>red.<x id='1' equiv-text='&lt;br/>'/>Press</source><target>rot.<x id='1' ctype='lb'/>Nun"
          "</target></trans-unit></body></file></xliff>")),
      both);
  EXPECT_EQ(
      read(
          file("b.xlf",
               "<xliff version='2.0' srcLang='en' trgLang='de'><file id='f'><unit id='1'><originalData><data "
               "id='d'>&lt;br/&gt;</data></originalData><segment><source>red.<ph id='1' "
               "dataRef='d'/>Press</source>"
               "<target>rot.<ph id='1' dataRef='d'/>Nun</target></segment></unit></file></xliff>")),
      both);
  EXPECT_EQ(read(file("de.po", "msgid \"red.\\nPress\"\nmsgstr \"rot.\\tNun\"\n")), both);
}

}  // namespace
}  // namespace heed
