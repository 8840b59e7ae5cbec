#include "heed/data/token_stream.h"

#include <numeric>

#include "heed/base/error.h"
#include "heed/data/token_windows.h"
#include "tests/corpus/temporary_files.h"

namespace heed {
namespace {

using Tokens = std::vector<std::int32_t>;

std::vector<Index> numbers(Index from, Index count) {
  std::vector<Index> tokens(static_cast<std::size_t>(count));
  std::iota(tokens.begin(), tokens.end(), from);
  return tokens;
}

/// What a stream of the numbers from 0 on holds there.
Tokens expected(Index first, Index count) {
  const auto tokens = numbers(first, count);
  return {tokens.begin(), tokens.end()};
}

class TokenStreamIn : public WithFiles {
 protected:
  /// 0, 1, 2 and so on, added in portions of different lengths.
  void write(Index count, Index tokens_of_shard = TokenStreamWriter::usual_tokens) const {
    TokenStreamWriter writer(folder_, tokens_of_shard);
    for (Index at = 0, step = 0; at < count; at += step, step = (step + 3) % 11)
      writer.add(numbers(at, std::min(step, count - at)));
    writer.finish("this text", "what it was");
  }
  std::size_t shards() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_))
      count += entry.path().extension() == ".bin";
    return count;
  }
};

TEST_F(TokenStreamIn, a_folder_gives_what_was_written_across_the_borders_of_shards) {
  for (const Index tokens_of_shard : {TokenStreamWriter::usual_tokens, Index{64}, Index{7}}) {
    write(300, tokens_of_shard);
    const auto stored = open_token_stream(folder_, "this text");
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->metadata, "what it was");
    ASSERT_EQ(stored->tokens.size(), 300);
    for (Index first = 0; first <= 300; first += 13)
      for (const Index count : {Index{0}, Index{1}, Index{20}, 300 - first})
        if (first + count <= 300) {
          EXPECT_EQ(stored->tokens.tokens(first, count), expected(first, count)) << first << " " << count;
        }
  }
  EXPECT_EQ(shards(), 43u);
}

TEST_F(TokenStreamIn, memory_follows_what_lies_in_files) {
  write(100, 30);
  TokenStream tokens = open_token_stream(folder_, "this text")->tokens;
  tokens.add(numbers(100, 50));
  EXPECT_EQ(tokens.size(), 150);
  for (Index first = 0; first < 130; ++first) EXPECT_EQ(tokens.tokens(first, 20), expected(first, 20));
  TokenStream in_memory;
  in_memory.add(numbers(0, 10));
  EXPECT_EQ(in_memory.tokens(3, 7), expected(3, 7));
}

TEST_F(TokenStreamIn, a_folder_refuses_what_it_does_not_hold) {
  write(100, 30);
  const TokenStream tokens = open_token_stream(folder_, "this text")->tokens;
  EXPECT_THROW(tokens.tokens(90, 11), DataError);
  EXPECT_THROW(tokens.tokens(-1, 2), DataError);
  EXPECT_THROW(tokens.tokens(101, 0), DataError);
  EXPECT_THROW(tokens.tokens(5, -1), DataError);
}

TEST_F(TokenStreamIn, a_folder_is_not_taken_for_another_nor_before_it_is_finished) {
  EXPECT_FALSE(open_token_stream(folder_, "this text"));
  EXPECT_FALSE(holds_token_stream(folder_));
  write(50, 20);
  EXPECT_TRUE(holds_token_stream(folder_));
  EXPECT_FALSE(open_token_stream(folder_, "another text"));
  {
    TokenStreamWriter writer(folder_, 20);
    writer.add(numbers(0, 50));
  }
  EXPECT_FALSE(open_token_stream(folder_, "this text"));
  write(5);
  EXPECT_EQ(shards(), 1u);
}

TEST_F(TokenStreamIn, a_folder_that_is_damaged_is_refused_with_where_and_what_to_do) {
  const auto refused = [&](const std::string& because) {
    try {
      open_token_stream(folder_, "this text");
      ADD_FAILURE() << "taken, but damaged: " << because;
    } catch (const DataError& error) {
      const std::string text = error.what();
      EXPECT_TRUE(text.starts_with((folder_ / "tokens").string())) << text;
      EXPECT_NE(text.find(because), std::string::npos) << text;
      EXPECT_NE(text.find("remove its folder"), std::string::npos) << text;
    }
  };
  const auto shard = folder_ / "tokens-00001.bin", manifest = folder_ / "tokens.json";
  write(100, 30);
  const std::string good = read_file(shard), description = read_file(manifest);
  std::string bad = good;
  bad[17] ^= 4;
  write_file(shard, bad);
  refused("its checksum");
  write_file(shard, good.substr(0, good.size() - 4));
  refused("bytes where tokens.json says 120");
  write_file(shard, good);
  const auto described = [&](const std::string& what, const std::string& instead,
                             const std::string& because) {
    std::string changed = description;
    write_file(manifest, changed.replace(changed.find(what), what.size(), instead));
    refused(because);
  };
  described("\"tokens\": 30", "\"tokens\": -30", "no sound number of tokens");
  described("\"tokens\": 30", "\"takens\": 30", "no sound number of tokens");
  described("\"tokens\": 30", "\"tokens\": \"x\"", "is damaged");
  described("\"tokens-00001.bin\"", "\"../tokens-00001.bin\"", "a file elsewhere");
  described("\"files\"", "\"fules\"", "is damaged");
  write_file(manifest, description.substr(0, 40));
  refused("is damaged");
  write_file(manifest, description);
  std::filesystem::remove(shard);
  EXPECT_THROW(open_token_stream(folder_, "this text"), FileError);
}

TEST_F(TokenStreamIn, a_folder_survives_flipped_bits_of_its_manifest) {
  write(100, 30);
  const std::string good = read_file(folder_ / "tokens.json");
  for (std::size_t at = 0; at < good.size(); at += 3) {  // each write is synced
    std::string bad = good;
    bad[at] ^= static_cast<char>(1 << at % 7);
    write_file(folder_ / "tokens.json", bad);
    try {
      if (const auto stored = open_token_stream(folder_, "this text")) {
        EXPECT_EQ(stored->tokens.tokens(0, stored->tokens.size()), expected(0, 100));
      }
    } catch (const Error&) {
    }
  }
}

class Windows : public testing::Test {
 protected:
  static TokenWindows of(Index tokens, const WindowOptions& options) {
    auto stream = std::make_shared<TokenStream>();
    stream->add(numbers(0, tokens));
    return TokenWindows(std::move(stream), options);
  }
};

TEST_F(Windows, in_order_predict_every_token_but_the_first_once) {
  for (const Index tokens : {2, 9, 10, 16, 17, 18, 100}) {
    const TokenWindows windows = of(tokens, {.context = 8, .places = WindowPlaces::in_order});
    Index next = 1;
    for (Index i = 0; i < windows.size(); ++i) {
      const Tokens window = windows.window(3, i);
      ASSERT_LE(window.size(), 9u);
      ASSERT_GE(window.size(), 2u);
      EXPECT_EQ(window, expected(next - 1, std::ssize(window)));
      next += std::ssize(window) - 1;
    }
    EXPECT_EQ(next, tokens);
  }
}

TEST_F(Windows, drawn_are_full_stand_side_by_side_and_differ_between_epochs) {
  const TokenWindows windows = of(1000, {.context = 16, .seed = 5});
  EXPECT_EQ(windows.size(), 62);
  std::vector<bool> places(16);
  for (Index epoch = 0; epoch < 100; ++epoch) {
    const Index offset = windows.place(epoch, 0);
    ASSERT_LT(offset, 16);
    places[static_cast<std::size_t>(offset)] = true;
    for (Index i = 0; i < windows.size(); ++i)
      EXPECT_EQ(windows.window(epoch, i), expected(std::min<Index>(offset + 16 * i, 1000 - 17), 17));
  }
  EXPECT_GT(std::count(places.begin(), places.end(), true), 12);
}

TEST_F(Windows, drawn_follow_from_seed_and_epoch) {
  const TokenWindows windows = of(5000, {.context = 1000, .seed = 5});
  const TokenWindows same = of(5000, {.context = 1000, .seed = 5});
  const TokenWindows other = of(5000, {.context = 1000, .seed = 6});
  Index different = 0;
  for (Index epoch = 0; epoch < 10; ++epoch) {
    EXPECT_EQ(same.place(epoch, 1), windows.place(epoch, 1));
    different += other.place(epoch, 1) != windows.place(epoch, 1);
  }
  EXPECT_GT(different, 7);
}

TEST_F(Windows, of_a_text_shorter_than_the_context_are_one) {
  for (const auto places : {WindowPlaces::drawn, WindowPlaces::in_order})
    for (const Index tokens : {2, 5, 16, 17}) {
      const TokenWindows windows = of(tokens, {.context = 16, .places = places});
      ASSERT_EQ(windows.size(), 1);
      for (Index epoch = 0; epoch < 5; ++epoch) EXPECT_EQ(windows.window(epoch, 0), expected(0, tokens));
    }
}

TEST_F(Windows, of_less_than_two_tokens_are_none) {
  for (const auto places : {WindowPlaces::drawn, WindowPlaces::in_order})
    for (const Index tokens : {0, 1}) EXPECT_EQ(of(tokens, {.context = 16, .places = places}).size(), 0);
}

TEST_F(Windows, give_a_batch_what_is_read_and_what_is_predicted) {
  const TokenWindows windows = of(20, {.context = 8, .places = WindowPlaces::in_order});
  std::vector<Column> columns(2);
  for (const Index number : {2, 0}) windows.append(number, 0, columns);
  EXPECT_EQ(columns[0].tokens, (std::vector<Index>{16, 17, 18, 0, 1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(columns[1].tokens, (std::vector<Index>{17, 18, 19, 1, 2, 3, 4, 5, 6, 7, 8}));
  for (const Index column : {0, 1}) {
    EXPECT_EQ(columns[static_cast<std::size_t>(column)].lengths, (std::vector<Index>{3, 8}));
    EXPECT_EQ(windows.rows(2, column), 3);
    EXPECT_EQ(windows.rows(0, column), 8);
  }
}

TEST_F(Windows, drawn_have_as_many_rows_in_every_epoch) {
  const TokenWindows windows = of(100, {.context = 8});
  for (Index epoch = 0; epoch < 5; ++epoch)
    for (Index i = 0; i < windows.size(); ++i)
      EXPECT_EQ(std::ssize(windows.window(epoch, i)) - 1, windows.rows(i, 0));
}

TEST_F(Windows, of_a_part_of_a_stream_see_nothing_beyond_it) {
  const TokenWindows learned = of(100, {.context = 8, .end = 90}),
                     held_out = of(100, {.context = 8, .places = WindowPlaces::in_order, .begin = 90});
  for (Index epoch = 0; epoch < 20; ++epoch)
    for (Index number = 0; number < learned.size(); ++number)
      EXPECT_LT(learned.window(epoch, number).back(), 90);
  ASSERT_EQ(held_out.size(), 2);
  EXPECT_EQ(held_out.window(0, 0), expected(90, 9));
  EXPECT_EQ(held_out.window(0, 1), expected(98, 2));
  EXPECT_EQ(held_out.rows(1, 0), 1);
  EXPECT_EQ(of(100, {.context = 8, .begin = 99}).size(), 0);
  EXPECT_EQ(of(100, {.context = 8, .begin = 200}).size(), 0);
}

TEST_F(Windows, refuse_what_is_not_there_and_contexts_of_nothing) {
  const TokenWindows windows = of(100, {.context = 10});
  EXPECT_THROW(windows.window(0, 9), DataError);
  EXPECT_THROW(windows.window(0, -1), DataError);
  for (const Index context : {Index{0}, Index{-5}, Index{1} << 40})
    EXPECT_THROW(of(100, {.context = context}), ConfigError);
}

}  // namespace
}  // namespace heed
