#include "heed/data/shards.h"

#include "heed/base/error.h"
#include "tests/corpus/temporary_files.h"

namespace heed {
namespace {

constexpr ShardFormat numbers{.name = "numbers", .schema = 3};

class ShardsIn : public WithFiles {
 protected:
  void write(const ShardFormat& format, std::string_view first, std::string_view second) const {
    ShardWriter writer(folder_, format);
    writer.write({std::as_bytes(std::span(first)), std::as_bytes(std::span(second))},
                 {{"bytes", {std::ssize(first) + std::ssize(second)}},
                  {"each", {std::ssize(first), std::ssize(second)}}});
    writer.finish("this", "what it was");
  }
};

TEST_F(ShardsIn, a_folder_come_back_with_their_counts) {
  write(numbers, "abc", "de");
  const auto stored = StoredShards::open(folder_, numbers, "this");
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->metadata(), "what it was");
  ASSERT_EQ(stored->shards().size(), 1u);
  const Shard& shard = stored->shards()[0];
  EXPECT_EQ(stored->count(shard, "bytes"), 5);
  EXPECT_EQ(stored->counts(shard, "each"), (std::vector<Index>{3, 2}));
  EXPECT_THROW(stored->count(shard, "each"), DataError);
  EXPECT_THROW(stored->count(shard, "other"), DataError);
  const auto file = stored->map(shard, 5);
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(file->data()), 5), "abcde");
  EXPECT_THROW(stored->map(shard, 4), DataError);
}

TEST_F(ShardsIn, one_folder_of_several_formats_do_not_touch_each_other) {
  constexpr ShardFormat others{.name = "others", .schema = 3};
  write(numbers, "abc", "de");
  write(others, "f", "");
  ShardWriter anew(folder_, others);
  EXPECT_TRUE(StoredShards::open(folder_, numbers, "this"));
  EXPECT_FALSE(StoredShards::open(folder_, others, "this"));
  EXPECT_FALSE(StoredShards::open(folder_, {.name = "numbers", .schema = 4}, "this"));
}

}  // namespace
}  // namespace heed
