#include "heed/service/glossary.h"

#include <gtest/gtest.h>

#include "heed/base/error.h"
#include "heed/base/files.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

using Found = std::vector<GlossaryEntry>;

TEST(TheGlossary, finds_whole_words_as_they_are_spelled) {
  const Glossary glossary({{"dog", "Köter"}, {"hot dog", "Hotdog"}});
  EXPECT_EQ(glossary.found_in("a dog, a doghouse"), (Found{{"dog", "Köter"}}));
  EXPECT_TRUE(glossary.found_in("Dogs and Dog").empty());
}

TEST(TheGlossary, prefers_the_longer_term_where_one_lies_in_another) {
  const Glossary glossary({{"dog", "Köter"}, {"hot dog", "Hotdog"}});
  EXPECT_EQ(glossary.found_in("a hot dog"), (Found{{"hot dog", "Hotdog"}}));
  EXPECT_EQ(glossary.found_in("a hot dog for the dog"), (Found{{"hot dog", "Hotdog"}, {"dog", "Köter"}}));
}

class GlossaryFile : public WithFolder {
 protected:
  Glossary of(const std::string& content, const std::string& name = "terms.tsv") const {
    write_file(folder_ / name, content);
    return Glossary::open(folder_ / name);
  }
  std::string refused(const std::string& content) const {
    std::string message = message_of<DataError>([&] { of(content); });
    const std::string file = (folder_ / "terms.tsv").string();
    EXPECT_TRUE(message.starts_with(file)) << message;
    return message.substr(std::min(file.size(), message.size()));
  }
};

TEST_F(GlossaryFile, is_a_table_of_two_columns) {
  const Found expected{{"hot dog", "Hotdog"}, {"dog", "Köter"}};
  EXPECT_EQ(of("dog\tKöter\n\nhot dog\tHotdog\n").entries(), expected);
  EXPECT_EQ(of("dog\tKöter").entries(), (Found{{"dog", "Köter"}}));
  EXPECT_EQ(of("dog,Köter\n\"hot dog\",\"Hotdog\"\n", "terms.csv").entries(), expected);
}

TEST_F(GlossaryFile, says_what_is_wrong_with_it) {
  EXPECT_EQ(refused("dog\tKöter\ncat\n"),
            ":2: a row of 1 cells; a glossary has two columns: a term and its translation");
  EXPECT_EQ(refused("dog\tKöter\ncat\t \n"),
            ":2: an empty cell; a glossary has two columns: a term and its translation");
  EXPECT_EQ(refused("dog\tKöter\ndog\tHund\n"),
            ": glossary: 'dog' stands there twice; keep one of its translations");
  EXPECT_EQ(refused("\n"), ": a glossary without entries");
  EXPECT_THROW(Glossary::open(folder_ / "none.tsv"), FileError);
}

}  // namespace
}  // namespace heed
