#include "heed/corpus/formats/language_direction.h"

#include "tests/corpus/formats/format_reading.h"

namespace heed {
namespace {

std::string xliff(const std::string& languages, const std::string& on_target = "") {
  return "<xliff version='1.2'><file " + languages + "><body><trans-unit id='1'><source>One</source><target" +
         on_target + ">Eins</target></trans-unit></body></file></xliff>";
}

std::string po(const std::string& header) {
  return (header.empty() ? "" : "msgid \"\"\nmsgstr \"" + header + "\\n\"\n\n") +
         "msgid \"One\"\nmsgstr \"Eins\"\n";
}

const Pairs one{{"One", "Eins"}}, swapped{{"Eins", "One"}};

class Languages : public Reading {
 protected:
  std::filesystem::path in_folder(const std::string& name, std::string_view content) {
    const std::filesystem::path path = "locale/" + name;
    std::filesystem::create_directories((folder_ / path).parent_path());
    return file(path.string(), content);
  }
  Pairs read_folder() { return read(folder_ / "locale"); }
};

TEST_F(Languages, of_a_folder_are_told_by_names_where_the_files_do_not_say) {
  for (const char* code : {"fr", "de", "es"}) {
    in_folder(std::string("messages.") + code + ".xlf", xliff("source-language='en'"));
    in_folder(std::string(code) + "/app.po", po(""));
    in_folder(std::string("app-") + code + ".po", po(""));
    in_folder(std::string("ui_") + code + ".ts.po", po("Project-Id-Version: 1"));
  }
  EXPECT_EQ(read_folder().size(), 4u);
  EXPECT_EQ(report.read, 12);
  EXPECT_EQ(report.other_language, 8);
  EXPECT_EQ(report.assumed_language, 0);
}

TEST_F(Languages, that_nothing_says_are_left_out_of_a_folder_and_counted) {
  in_folder("app.po", po(""));
  in_folder("app.xlf", xliff("source-language='en'"));
  in_folder("b.xlf", xliff("target-language='de'"));
  EXPECT_EQ(read_folder(), Pairs{});
  EXPECT_EQ(report.unknown_language, 3);
  EXPECT_EQ(report.skipped(), 3);
  EXPECT_EQ(report.skip_lines(),
            std::vector{"3 pairs skipped: in a folder and of a file that does not say its languages, first " +
                        (folder_ / "locale/app.po").string() +
                        "; name the file itself to have it taken for the languages asked for"});
}

TEST_F(Languages, that_nothing_says_are_the_users_word_where_the_file_is_named_and_that_is_said) {
  const auto path = file("app.po", po(""));
  EXPECT_EQ(read(path), one);
  EXPECT_EQ(report.assumed_language, 1);
  EXPECT_EQ(report.lines().back(),
            "1 pair taken for the languages asked for: their file does not say which they are, first " +
                path.string());
  EXPECT_EQ(read(file("app.xlf", xliff("source-language='en'"))), one);
  EXPECT_EQ(report.assumed_language, 1);
}

TEST_F(Languages, are_never_the_users_word_against_what_is_said) {
  for (const auto& path : {file("a.po", po("Language: fr")), file("fr.po", po("")), file("app-fr.po", po("")),
                           file("a.xlf", xliff("source-language='de'")),
                           file("b.xlf", xliff("source-language='en'", " xml:lang='fr'")),
                           file("c.fr.xlf", xliff("source-language='en'"))}) {
    EXPECT_EQ(read(path), Pairs{}) << path;
    EXPECT_EQ(report.other_language + report.unknown_language, 1) << path;
  }
}

TEST_F(Languages, that_a_file_says_go_before_those_of_its_path) {
  EXPECT_EQ(read(file("fr.po", po("Language: de"))), one);
  EXPECT_EQ(read(file("fr.xlf", xliff("source-language='en' target-language='de'"))), one);
  EXPECT_EQ(read(file("b.xlf", xliff("source-language='en' target-language='fr'", " xml:lang='de'"))), one);
}

TEST_F(Languages, of_a_catalogue_may_be_names_and_stand_in_any_header) {
  for (const char* header :
       {"Language: German", "Language: deu", "X-Poedit-Language: German", "X-Crowdin-Language: de",
        "X-Language: de_AT", "Language: LL\\nX-Poedit-Language: German\\nX-Poedit-Country: AUSTRIA",
        "Language-Team: German <de@li.org>", "Language: \\nLanguage-Team: Debian German <x@y.z>",
        "Language-Team: de <x@y.z>"}) {
    in_folder("app.po", po(header));
    EXPECT_EQ(read_folder(), one) << header;
    EXPECT_EQ(report.assumed_language, 0) << header;
  }
  for (const char* header : {"Language: French", "X-Poedit-Language: French", "Language-Team: French <x@y.z>",
                             "Language: Klingon", "Language: German\\nX-Source-Language: fr"}) {
    EXPECT_EQ(read(file("app.po", po(header))), Pairs{}) << header;
    EXPECT_EQ(report.other_language, 1) << header;
  }
}

TEST_F(Languages, of_a_template_are_unknown) {
  in_folder("app.po", po("Language: LL\\nLanguage-Team: LANGUAGE <LL@li.org>"));
  EXPECT_EQ(read_folder(), Pairs{});
  EXPECT_EQ(report.unknown_language, 1);
}

TEST_F(Languages, asked_for_may_be_called_otherwise_than_those_of_the_file) {
  options.target_language = "nb";
  EXPECT_EQ(read(file("no.po", po(""))), one);
  EXPECT_EQ(read(file("a.po", po("Language: Norwegian"))), one);
  options.target_language = "German";
  EXPECT_EQ(read(file("a.po", po("Language: de_DE"))), one);
}

TEST_F(Languages, of_a_name_with_both_turn_texts_only_as_the_file_says) {
  EXPECT_EQ(read(file("en-de.po", po(""))), one);
  EXPECT_EQ(read(file("de-en.po", po(""))), one);
  EXPECT_EQ(read(file("en-de.xlf", xliff(""))), one);
  EXPECT_EQ(read(file("de-en.xlf", xliff("source-language='en'"))), one);
  std::swap(options.source_language, options.target_language);
  EXPECT_EQ(read(file("en-de.xlf", xliff(""))), swapped);
}

TEST_F(Languages, of_one_file_of_a_document_are_not_those_of_the_next) {
  std::string two = xliff("source-language='en' target-language='fr'");
  const std::string second = xliff("source-language='en'");
  const std::size_t end = two.find("</xliff>"), begin = second.find("<file");
  two = two.substr(0, end) + second.substr(begin);
  EXPECT_EQ(read(file("a.xlf", two)), one);
  EXPECT_EQ(report.other_language, 1);
  EXPECT_EQ(report.first_other, "en to fr at " + (folder_ / "a.xlf").string() + ":1");
}

TEST_F(Languages, that_are_not_asked_for_are_said_where_they_are_mixed) {
  in_folder("app.de.po", po(""));
  in_folder("app.de_AT.po", po(""));
  options.target_language = "";
  EXPECT_EQ(read_folder().size(), 2u);
  EXPECT_EQ(report.lines().size(), 1u);
  in_folder("app.fr.po", po(""));
  in_folder("es.xlf", xliff("source-language='en'"));
  EXPECT_EQ(read_folder().size(), 4u);
  EXPECT_EQ(report.lines().back(),
            "translations into de, fr and es are mixed; say which are wanted with target_language");
}

TEST_F(Languages, of_tables_in_a_folder_are_told_by_their_names) {
  in_folder("en-de.tsv", "One\tEins\n");
  in_folder("en-fr.tsv", "One\tUn\n");
  EXPECT_EQ(read_folder(), one);
  EXPECT_EQ(report.foreign_files, 1);
  EXPECT_EQ(read(folder_ / "locale/en-fr.tsv"), (Pairs{{"One", "Un"}}));
}

}  // namespace
}  // namespace heed
