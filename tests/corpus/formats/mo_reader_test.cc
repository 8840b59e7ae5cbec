#include "heed/corpus/formats/mo_reader.h"

#include <functional>

#include "tests/corpus/formats/format_reading.h"

namespace heed {
namespace {

using namespace std::string_literals;

std::string number(std::size_t value, bool big_endian) {
  std::string bytes;
  for (int i = 0; i < 4; ++i) bytes += static_cast<char>((value >> (8 * (big_endian ? 3 - i : i))) & 0xFF);
  return bytes;
}

/// A compiled catalogue of texts and translations, which are sorted.
std::string mo(const Pairs& texts, bool big_endian = false) {
  const auto n = [&](std::size_t value) { return number(value, big_endian); };
  std::string tables, pool;
  std::size_t at = 28 + 16 * texts.size();
  for (auto side : {&Pairs::value_type::first, &Pairs::value_type::second})
    for (const auto& text : texts) {
      tables += n((text.*side).size()) + n(at + pool.size());
      pool += text.*side + '\0';
    }
  return n(0x950412DE) + n(0) + n(texts.size()) + n(28) + n(28 + 8 * texts.size()) + n(0) + n(at) + tables +
         pool;
}

const Pairs texts{
    {"", "Language: de\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"},
    {"%d dog\0%d dogs"s, "%d Hund\0%d Hunde"s},
    {"pets\4a cat", "eine Katze"}};
const Pairs pairs{{"%d dog", "%d Hund"}, {"%d dogs", "%d Hunde"}, {"a cat", "eine Katze"}};

class Mo : public Reading {};

TEST_F(Mo, gives_its_entries_in_either_byte_order) {
  EXPECT_EQ(read(file("a.mo", mo(texts))), pairs);
  EXPECT_EQ(read(file("b.mo", mo(texts, true))), pairs);
  EXPECT_EQ(read(file("c", zstd(mo(texts)))), pairs);
  EXPECT_EQ(last, (folder_ / "c").string() + ": entry 3");
}

TEST_F(Mo, takes_its_language_from_its_folder_where_the_header_has_none) {
  std::filesystem::create_directories(folder_ / "fr/LC_MESSAGES");
  EXPECT_EQ(read(file("fr/LC_MESSAGES/a.mo", mo({{"a dog", "un chien"}}))), Pairs{});
  EXPECT_EQ(report.other_language, 1);
  options.target_language = "fr";
  EXPECT_EQ(read(folder_ / "fr"), (Pairs{{"a dog", "un chien"}}));
}

TEST_F(Mo, has_no_header_of_a_context) {
  Pairs more = texts;
  more.insert(more.begin() + 1, {"x\4", "Language: fr\nContent-Type: text/plain; charset=nonsense\n"});
  EXPECT_EQ(read(file("a.mo", mo(more))), pairs);
  EXPECT_EQ(report.empty_source, 1);
}

TEST_F(Mo, gives_texts_that_differ_between_machines_as_they_were_written) {
  // By msgfmt of gettext 0.21, which puts them into a table of their own.
  const std::filesystem::path golden =
      std::filesystem::path(HEED_SOURCE_DIR) / "tests/golden/translation_files";
  for (const char* name : {"composed.mo", "composed_big.mo"})
    EXPECT_EQ(read(golden / name), (Pairs{{"a dog", "ein Hund"},
                                          {"%<PRIu64> bytes of %<PRIuMAX>", "%<PRIu64> Bytes von %<PRIuMAX>"},
                                          {"%<PRId32> file", "%<PRId32> Datei"},
                                          {"%<PRId32> files", "%<PRId32> Dateien"},
                                          {"%d dogs", "%Id Hunde"}}))
        << name;
}

TEST_F(Mo, of_which_tables_or_texts_lie_outside_is_refused) {
  const std::string whole = mo(texts);
  for (std::size_t byte : {8, 12, 16, 28, 32, 36, 52, 56}) {
    std::string lying = whole;
    lying.replace(byte, 4, number(0x7FFFFFF0, false));
    const std::string why = complaint(file("a.mo", lying));
    EXPECT_TRUE(why.starts_with("a.mo: byte ")) << byte << ' ' << why;
  }
}

TEST_F(Mo, gives_the_entries_that_are_not_damaged_where_that_is_asked_for) {
  options.skip_invalid = true;
  const std::string whole = mo(texts);
  std::string lying = whole;
  lying.replace(28 + 3 * 8 + 12, 4, number(0x7FFFFFF0, false));  // where the translation of the second lies
  EXPECT_EQ(read(file("a.mo", lying)), (Pairs{{"a cat", "eine Katze"}}));
  EXPECT_EQ(report.malformed, 1);
  EXPECT_NE(report.first_malformed.find("a.mo: byte 60: a text of 16 bytes"), std::string::npos)
      << report.first_malformed;
  EXPECT_EQ(read(file("b.mo", whole.substr(0, whole.size() - 3))),
            (Pairs{{"%d dog", "%d Hund"}, {"%d dogs", "%d Hunde"}}));
  EXPECT_EQ(report.malformed, 1);
}

TEST_F(Mo, of_which_the_texts_in_parts_are_damaged_gives_the_others) {
  options.skip_invalid = true;
  std::string lying =
      read_file(std::filesystem::path(HEED_SOURCE_DIR) / "tests/golden/translation_files/composed.mo");
  lying.replace(0xa4, 4, number(0x7FFFFFF0, false));
  const Pairs found = read(file("a.mo", lying));
  EXPECT_EQ(report.malformed, 1);
  EXPECT_EQ(found.front(), (Pairs::value_type{"a dog", "ein Hund"}));
  EXPECT_LT(found.size(), 5u);
}

TEST_F(Mo, cut_anywhere_is_refused) {
  const std::string whole = mo(texts);
  // The last byte ends the last text, and nothing reads it.
  for (std::size_t size = 4; size + 1 < whole.size(); ++size)
    EXPECT_TRUE(complaint(file("a.mo", whole.substr(0, size))).starts_with("a.mo: ")) << size;
}

TEST_F(Mo, of_which_texts_overlap_is_refused) {
  std::string shared = mo({{"a", std::string(1000, 'x')}, {"b", "y"}, {"c", "z"}});
  const std::string descriptor = shared.substr(28 + 24, 8);
  shared.replace(28 + 32, 8, descriptor);
  shared.replace(28 + 40, 8, descriptor);
  EXPECT_NE(complaint(file("a.mo", shared)).find("overlap"), std::string::npos);
}

TEST_F(Mo, of_which_parts_of_texts_lie_outside_or_overlap_is_refused) {
  const std::string whole =
      read_file(std::filesystem::path(HEED_SOURCE_DIR) / "tests/golden/translation_files/composed.mo");
  for (std::size_t byte : {28, 32, 36, 40, 44, 0x6c, 0x8c, 0xa4, 0xa8, 0xac}) {
    std::string lying = whole;
    lying.replace(byte, 4, number(0x7FFFFFF0, false));
    EXPECT_TRUE(complaint(file("a.mo", lying)).starts_with("a.mo: byte ")) << byte;
  }
}

TEST_F(Mo, of_which_texts_in_parts_overlap_is_refused) {
  std::string shared =
      read_file(std::filesystem::path(HEED_SOURCE_DIR) / "tests/golden/translation_files/composed.mo");
  const std::size_t parts = shared.size(), table = parts + 4 + 8 * 1001;
  shared += number(0, false);
  for (int part = 0; part < 1000; ++part) shared += number(0, false) + number(0, false);
  shared += number(0, false) + number(0xFFFFFFFF, false);
  for (int text = 0; text < 1000; ++text) shared += number(parts, false);
  for (const auto& [byte, value] :
       {std::pair{36, std::size_t{1000}}, std::pair{40, table}, std::pair{44, table}})
    shared.replace(static_cast<std::size_t>(byte), 4, number(value, false));
  EXPECT_NE(complaint(file("a.mo", shared)).find("overlap"), std::string::npos);
}

TEST_F(Mo, that_is_none_is_refused) {
  EXPECT_EQ(complaint(file("a.mo", "text")),
            "a.mo: byte 0: no compiled gettext catalogue; is it the right file?");
  std::string later = mo(texts);
  later[6] = 7;
  EXPECT_NE(complaint(file("b.mo", later)).find("byte 4: version 7"), std::string::npos);
}

}  // namespace
}  // namespace heed
