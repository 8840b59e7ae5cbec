#include "heed/corpus/formats/translation_status.h"

#include <map>

#include "tests/corpus/formats/format_reading.h"

namespace heed {
namespace {

class Status : public Reading {
 protected:
  /// Reads an XLIFF 1.2 of one unit; how it was skipped, or "taken".
  std::string fate(const std::string& of_unit, const std::string& of_target, const std::string& more = "") {
    return fate_of(
        "<xliff version='1.2' xmlns:mq='urn:m' xmlns:m='urn:p'><file source-language='en' "
        "target-language='de'><body>"
        "<trans-unit id='1' " +
        of_unit + "><source>One</source><target " + of_target + ">Eins</target>" + more +
        "</trans-unit></body></file></xliff>");
  }
  std::string fate_of_version_2(const std::string& of_segment) {
    return fate_of("<xliff version='2.0' srcLang='en' trgLang='de'><file id='f'><unit id='1'><segment " +
                   of_segment + "><source>One</source><target>Eins</target></segment></unit></file></xliff>");
  }
  std::string fate_of(const std::string& document) {
    const Pairs pairs = read(file("a.xlf", document));
    if (!pairs.empty()) return "taken";
    EXPECT_EQ(report.drafts, 1);
    return report.statuses.empty() ? "" : report.statuses.front().name;
  }
};

TEST_F(Status, of_xliff_decides_by_state_qualifier_and_approval) {
  for (const char* finished :
       {"", "state='translated'", "state='final'", "state='signed-off'", "state='x-mine'",
        "state='final' state-qualifier='leveraged-mt'", "state-qualifier='exact-match'",
        "state-qualifier='id-match'", "state-qualifier='leveraged-tm'"})
    EXPECT_EQ(fate("", finished), "taken") << finished;
  for (const auto& [draft, said] : std::map<std::string, std::string>{
           {"state='new'", "state=\"new\""},
           {"state='needs-review-translation'", "state=\"needs-review-translation\""},
           {"state='needs-l10n'", "state=\"needs-l10n\""},
           {"state-qualifier='rejected-grammar'", "state-qualifier=\"rejected-grammar\""},
           {"state='final' state-qualifier='rejected-length'", "state-qualifier=\"rejected-length\""},
           {"state-qualifier='fuzzy-match'", "state-qualifier=\"fuzzy-match\""},
           {"state='translated' state-qualifier='mt-suggestion'", "state-qualifier=\"mt-suggestion\""},
           {"state-qualifier='tm-suggestion'", "state-qualifier=\"tm-suggestion\""}})
    EXPECT_EQ(fate("", draft), said);
  EXPECT_EQ(fate("approved='yes'", "state-qualifier='leveraged-mt'"), "taken");
  EXPECT_EQ(fate("approved='yes'", "state='new'"), "state=\"new\"");
  EXPECT_EQ(fate("approved='no'", "state='final'"), "approved=\"no\"");
}

TEST_F(Status, of_xliff_2_decides_by_state_and_its_detail) {
  for (const char* finished :
       {"", "state='translated'", "state='reviewed'", "state='final' subState='x:checked'"})
    EXPECT_EQ(fate_of_version_2(finished), "taken") << finished;
  EXPECT_EQ(fate_of_version_2("state='initial'"), "state=\"initial\"");
  EXPECT_EQ(fate_of_version_2("state='translated' subState='mq:Rejected'"), "subState=\"mq:Rejected\"");
}

TEST_F(Status, of_other_programs_decides_too) {
  for (const char* finished :
       {"mq:status='ManuallyConfirmed'", "mq:status='Proofread'", "m:confirmed='1'", "m:confirmed='2'",
        "mq:status='Reviewer1Confirmed'", "gs:editStatus='approved'"})
    EXPECT_EQ(fate(finished, ""), "taken") << finished;
  for (const auto& [draft, said] : std::map<std::string, std::string>{
           {"mq:status='Rejected'", "mq:status=\"Rejected\""},
           {"mq:status='NotStarted'", "mq:status=\"NotStarted\""},
           {"mq:status='Edited'", "mq:status=\"Edited\""},
           {"mq:status='PartiallyConfirmed'", "mq:status=\"PartiallyConfirmed\""},
           {"mq:status='Pretranslated'", "mq:status=\"Pretranslated\""},
           {"mq:status='MachineTranslated'", "mq:status=\"MachineTranslated\""},
           {"mq:status='AssembledFromFragments'", "mq:status=\"AssembledFromFragments\""},
           {"m:confirmed='0'", "m:confirmed=\"0\""},
           {"other:status='whatever'", "other:status=\"whatever\""}})
    EXPECT_EQ(fate(draft, ""), said);
  EXPECT_EQ(fate("", "mq:status='Rejected'"), "mq:status=\"Rejected\"");
  EXPECT_EQ(fate("xml:space='preserve' m:score='0' status='mine'", ""), "taken");
}

std::string sdlxliff(const std::vector<std::string>& confirmations) {
  std::string sources, targets, definitions;
  for (std::size_t i = 0; i < confirmations.size(); ++i) {
    const std::string number = std::to_string(i + 1), mark = "<mrk mtype='seg' mid='" + number + "'>";
    sources += mark + "source " + number + "</mrk>";
    targets += mark + "target " + number + "</mrk>";
    definitions += "<sdl:seg id='" + number + "' " + confirmations[i] + "/>";
  }
  return "<xliff xmlns:sdl='urn:s' version='1.2'><file source-language='en' "
         "target-language='de'><body><trans-unit "
         "id='1'><source>all</source><seg-source>" +
         sources + "</seg-source><target>" + targets + "</target><sdl:seg-defs>" + definitions +
         "<sdl:seg id='99' conf='Draft'/></sdl:seg-defs></trans-unit></body></file></xliff>";
}

TEST_F(Status, of_sdlxliff_is_that_of_each_segment) {
  EXPECT_EQ(
      read(file("a.sdlxliff", sdlxliff({"conf='Draft'", "conf='Translated'", "", "conf='ApprovedSignOff'",
                                        "conf='RejectedTranslation'", "conf='ApprovedTranslation'",
                                        "conf='RejectedSignOff' percent='100'", "conf='Draft'"}))),
      (Pairs{{"source 2", "target 2"}, {"source 4", "target 4"}, {"source 6", "target 6"}}));
  EXPECT_EQ(report.skip_lines(),
            (std::vector<std::string>{"2 pairs skipped: not finished: conf=\"Draft\"",
                                      "1 pair skipped: not finished: no conf",
                                      "1 pair skipped: not finished: conf=\"RejectedTranslation\"",
                                      "1 pair skipped: not finished: conf=\"RejectedSignOff\""}));
}

TEST_F(Status, of_any_kind_is_taken_where_that_is_asked_for) {
  options.any_status = true;
  EXPECT_EQ(fate("approved='no' mq:status='Rejected'", "state='new'"), "taken");
  EXPECT_EQ(read(file("a.sdlxliff", sdlxliff({"conf='Draft'", ""}))).size(), 2u);
  EXPECT_EQ(read(file("de.po", "#, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\n\n#~ msgid \"c\"\n#~ msgstr \"d\"\n")),
            (Pairs{{"a", "b"}, {"c", "d"}}));
}

TEST_F(Status, of_a_memory_is_the_level_that_trados_confirmed) {
  const auto memory = [](const std::string& level) {
    return "<tmx version='1.4'><header/><body><tu><prop type='x-ConfirmationLevel'>" + level +
           "</prop><tuv xml:lang='en'><seg>One</seg></tuv><tuv "
           "xml:lang='de'><seg>Eins</seg></tuv></tu></body></tmx>";
  };
  for (const char* finished : {"Translated", "ApprovedSignOff", "Unspecified", ""})
    EXPECT_EQ(fate_of(memory(finished)), "taken") << finished;
  EXPECT_EQ(fate_of(memory("Draft")), "ConfirmationLevel \"Draft\"");
  EXPECT_EQ(fate_of(memory("RejectedTranslation")), "ConfirmationLevel \"RejectedTranslation\"");
}

TEST_F(Status, of_a_catalogue_is_fuzzy_by_its_flag_alone) {
  for (const char* flags : {"#, fuzzy", "#,fuzzy", "#, c-format, fuzzy", "#, fuzzy, c-format"}) {
    EXPECT_EQ(read(file("de.po", std::string(flags) + "\nmsgid \"a\"\nmsgstr \"b\"\n")), Pairs{}) << flags;
    EXPECT_EQ(report.fuzzy, 1) << flags;
  }
  for (const char* flags : {"#, no-fuzzy", "#, fuzzy-ish", "# fuzzy", "#. fuzzy", "#: fuzzy.c:1"})
    EXPECT_EQ(read(file("de.po", std::string(flags) + "\nmsgid \"a\"\nmsgstr \"b\"\n")).size(), 1u) << flags;
}

TEST_F(Status, kinds_of_a_hostile_file_are_counted_in_bounded_memory) {
  std::string units;
  for (int i = 0; i < 100; ++i)
    units += "<trans-unit id='1' m:status='x" + std::to_string(i) +
             "'><source>a</source><target>b</target></trans-unit>";
  read(file("a.xlf", "<xliff version='1.2'><file source-language='en' target-language='de'><body>" + units +
                         "</body></file></xliff>"));
  EXPECT_EQ(report.drafts, 100);
  EXPECT_EQ(report.statuses.size(), 31u);
  EXPECT_EQ(report.statuses.back().count, 70);
}

}  // namespace
}  // namespace heed
