#pragma once
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "heed/service/translator.h"

namespace heed {

/// A sentence as one model translates it in one way.
struct RecentKey {
  std::shared_ptr<const std::string> fingerprint;  // of the model's files
  DecodingConfig decoding;
  std::string text;

  bool operator==(const RecentKey& other) const;
};

struct RecentFacts {
  std::size_t entries = 0, bytes = 0;
  std::uint64_t hits = 0, misses = 0;
};

/// Translations of late, as many as fit into so many bytes; those that nobody asked for go first. Safe to be
/// used by any thread.
class RecentTranslations {
 public:
  /// 0 bytes: nothing is kept.
  explicit RecentTranslations(std::size_t bytes) : limit_(bytes) {}

  std::optional<TranslatedLine> find(const RecentKey& key);
  /// What was drawn at random, and what is larger than a sixteenth of all by itself, is not kept.
  void keep(RecentKey key, const TranslatedLine& line);

  RecentFacts facts() const;

 private:
  struct Entry {
    RecentKey key;
    TranslatedLine line;
    std::size_t bytes;
  };
  struct Hash {
    std::size_t operator()(const RecentKey* key) const;
  };
  struct Equal {
    bool operator()(const RecentKey* a, const RecentKey* b) const { return *a == *b; }
  };

  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  // the latest first
  std::unordered_map<const RecentKey*, std::list<Entry>::iterator, Hash, Equal> places_;
  RecentFacts facts_;
};

}  // namespace heed
