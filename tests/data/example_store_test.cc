#include "heed/data/example_store.h"

#include <fstream>

#include "heed/base/error.h"
#include "heed/text/tokenizer.h"
#include "tests/corpus/temporary_files.h"

namespace heed {
namespace {

class ExampleStore : public WithFiles {
 protected:
  /// Pairs of different lengths, empty texts among them.
  static std::vector<Index> sentence(Index number, Index side) {
    std::vector<Index> tokens;
    for (Index i = 0; i < (number * 7 + side * 3) % 11; ++i) tokens.push_back(4 + (number + i + side) % 50);
    return tokens;
  }

  void write(Index count, Index tokens_of_file = ExampleStoreWriter::usual_tokens) const {
    ExampleStoreWriter writer(folder_, 2, tokens_of_file);
    for (Index i = 0; i < count; ++i) writer.add({sentence(i, 0), sentence(i, 1)});
    writer.finish("this corpus", "what it was");
  }
  std::size_t files() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_))
      count += entry.path().extension() == ".bin";
    return count;
  }
};

void expect_equal(const Examples& found, const Examples& expected) {
  ASSERT_EQ(found.size(), expected.size());
  ASSERT_EQ(found.columns(), expected.columns());
  for (Index column = 0; column < found.columns(); ++column) {
    EXPECT_EQ(found.tokens(column), expected.tokens(column));
    for (Index i = 0; i < found.size(); ++i)
      EXPECT_EQ(found.sequence(i, column), expected.sequence(i, column)) << i;
  }
}

TEST_F(ExampleStore, GivesWhatWasWrittenWhateverTheNumberOfFiles) {
  Examples expected;
  for (Index i = 0; i < 300; ++i) expected.add({sentence(i, 0), sentence(i, 1)});
  for (const Index tokens_of_file : {ExampleStoreWriter::usual_tokens, Index{500}, Index{1}}) {
    write(300, tokens_of_file);
    const auto stored = open_example_store(folder_, "this corpus");
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->metadata, "what it was");
    expect_equal(stored->examples, expected);
    stored->examples.forget();
    expect_equal(stored->examples, expected);
  }
  EXPECT_EQ(files(), 300u);
}

TEST_F(ExampleStore, ExamplesInMemoryFollowThoseInFiles) {
  write(10, 30);
  Examples both = open_example_store(folder_, "this corpus")->examples;
  Examples expected;
  for (Index i = 0; i < 20; ++i) expected.add({sentence(i, 0), sentence(i, 1)});
  for (Index i = 10; i < 20; ++i) both.add({sentence(i, 0), sentence(i, 1)});
  expect_equal(both, expected);
}

TEST_F(ExampleStore, HoldsAsManyColumnsAsItsExamplesHave) {
  for (const Index columns : {1, 3}) {
    Examples expected(columns);
    ExampleStoreWriter writer(folder_, columns, 40);
    for (Index i = 0; i < 30; ++i) {
      std::vector<std::vector<Index>> sequences;
      for (Index column = 0; column < columns; ++column) sequences.push_back(sentence(i, column));
      const std::vector<std::span<const Index>> spans(sequences.begin(), sequences.end());
      writer.add(spans);
      expected.add(spans);
    }
    writer.finish("this corpus", "");
    expect_equal(open_example_store(folder_, "this corpus")->examples, expected);
    EXPECT_GT(files(), 1u);
  }
}

TEST_F(ExampleStore, OfNothingIsEmpty) {
  write(0);
  EXPECT_EQ(open_example_store(folder_, "this corpus")->examples.size(), 0);
}

TEST_F(ExampleStore, IsNotTakenForAnother) {
  EXPECT_FALSE(open_example_store(folder_, "this corpus"));
  write(5);
  EXPECT_FALSE(open_example_store(folder_, "another corpus"));
}

TEST_F(ExampleStore, ThatWasNotFinishedIsNotThere) {
  write(50, 20);
  {
    ExampleStoreWriter writer(folder_, 2, 20);
    for (Index i = 0; i < 50; ++i) writer.add({sentence(i, 0), sentence(i, 1)});
  }
  EXPECT_FALSE(open_example_store(folder_, "this corpus"));
}

TEST_F(ExampleStore, WrittenAnewKeepsNoFileOfTheOldOne) {
  write(300, 20);
  const std::size_t before = files();
  write(5, 20);
  EXPECT_LT(files(), before);
  EXPECT_EQ(open_example_store(folder_, "this corpus")->examples.size(), 5);
}

TEST_F(ExampleStore, ThatIsDamagedIsRefused) {
  const auto refused = [&](const std::string& because) {
    try {
      open_example_store(folder_, "this corpus");
      ADD_FAILURE() << "taken, but damaged: " << because;
    } catch (const DataError& error) {
      EXPECT_NE(std::string(error.what()).find(because), std::string::npos) << error.what();
    }
  };
  const auto first = folder_ / "examples-00000.bin";
  write(50);
  const std::string good = read_file(first);
  std::string bad = good;
  bad[bad.size() / 2] ^= 1;
  write_file(first, bad);
  refused("is damaged");
  write_file(first, good.substr(0, good.size() - 1));
  refused("bytes where examples.json says");
  write_file(first, good);
  write_file(folder_ / "examples.json", "{\"schema\": 2, \"fingerprint\": \"this corpus\"}");
  refused("examples.json: is damaged");
  write_file(folder_ / "examples.json", "{\"sche");
  refused("examples.json: is damaged");
}

TEST_F(ExampleStore, WithoutOneOfItsFilesIsRefused) {
  write(50);
  std::filesystem::remove(folder_ / "examples-00000.bin");
  EXPECT_THROW(open_example_store(folder_, "this corpus"), FileError);
}

}  // namespace
}  // namespace heed
