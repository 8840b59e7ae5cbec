#include "heed/serving/recent_translations.h"

#include <gtest/gtest.h>

#include <thread>

namespace heed {
namespace {

RecentKey key(const std::string& text, const std::string& model = "model", Index beam = 5) {
  RecentKey key{std::make_shared<const std::string>(model), {}, text};
  key.decoding.beam = beam;
  return key;
}

TranslatedLine line(const std::string& text) {
  TranslatedLine line;
  line.translations.emplace_back().text = text;
  return line;
}

TEST(RecentTranslations, are_found_by_model_way_and_text) {
  RecentTranslations recent(1 << 20);
  recent.keep(key("fox"), line("Fuchs"));
  ASSERT_TRUE(recent.find(key("fox")));
  EXPECT_EQ(recent.find(key("fox"))->translations.at(0).text, "Fuchs");
  EXPECT_FALSE(recent.find(key("dog")));
  EXPECT_FALSE(recent.find(key("fox", "another model")));
  EXPECT_FALSE(recent.find(key("fox", "model", 4)));
  EXPECT_EQ(recent.facts().hits, 2u);
  EXPECT_EQ(recent.facts().misses, 3u);
}

TEST(RecentTranslations, keep_within_their_bytes_those_that_were_asked_for_last) {
  RecentTranslations recent(40'000);
  recent.keep(key("first"), line("erstes"));
  for (int i = 0; i < 1000; ++i) {
    recent.keep(key("text " + std::to_string(i)), line(std::string(100, 'x')));
    EXPECT_LE(recent.facts().bytes, 40'000u);
    EXPECT_TRUE(recent.find(key("first")));
  }
  EXPECT_GT(recent.facts().entries, 20u);
  EXPECT_TRUE(recent.find(key("text 999")));
  EXPECT_FALSE(recent.find(key("text 1")));
}

TEST(RecentTranslations, keep_nothing_too_large_or_drawn_at_random) {
  RecentTranslations recent(16'000), none(0);
  recent.keep(key("fox"), line(std::string(2'000, 'x')));
  none.keep(key("fox"), line("Fuchs"));
  RecentKey drawn = key("fox");
  drawn.decoding.sample = true;
  recent.keep(drawn, line("Fuchs"));
  EXPECT_EQ(recent.facts().entries + none.facts().entries, 0u);
}

TEST(RecentTranslations, may_be_used_by_many_threads) {
  RecentTranslations recent(20'000);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 500; ++i) {
        const std::string text = std::to_string(i * (t + 1) % 70);
        const auto found = recent.find(key(text));
        EXPECT_EQ(found ? found->translations.at(0).text : text, text);
        recent.keep(key(text), line(text));
      }
    });
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace heed
