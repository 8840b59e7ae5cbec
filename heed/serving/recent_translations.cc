#include "heed/serving/recent_translations.h"

#include <functional>

namespace heed {
namespace {

// What the list, the table and the allocator add to an entry, about.
constexpr std::size_t overhead = 160;

std::size_t bytes_of(const std::string& text) {
  constexpr std::size_t within = 15;  // a short string lies in its object
  return sizeof(std::string) + (text.capacity() > within ? text.capacity() + 1 : 0);
}

std::size_t bytes_of(const RecentKey& key, const TranslatedLine& line) {
  // The fingerprint is counted for each: a model's may be another object for each request.
  std::size_t bytes =
      overhead + sizeof(RecentKey) + sizeof(TranslatedLine) + bytes_of(key.text) + bytes_of(*key.fingerprint);
  for (const Translation& t : line.translations) {
    bytes += sizeof(Translation) + bytes_of(t.text) + t.ids.size() * sizeof(Index) +
             t.token_log_probability.size() * sizeof(float) + t.token_spans.size() * sizeof(TextSpan) +
             t.token_links.size() * sizeof(t.token_links.front());
    for (const std::string& token : t.tokens) bytes += bytes_of(token);
  }
  return bytes;
}

}  // namespace

bool RecentKey::operator==(const RecentKey& other) const {
  return text == other.text && (fingerprint == other.fingerprint || *fingerprint == *other.fingerprint) &&
         decoding == other.decoding;
}

std::size_t RecentTranslations::Hash::operator()(const RecentKey* key) const {
  return std::hash<std::string>()(key->text) ^ (std::hash<std::string>()(*key->fingerprint) << 1);
}

std::optional<TranslatedLine> RecentTranslations::find(const RecentKey& key) {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find(&key);
  if (place == places_.end()) {
    ++facts_.misses;
    return std::nullopt;
  }
  ++facts_.hits;
  entries_.splice(entries_.begin(), entries_, place->second);
  return entries_.front().line;
}

void RecentTranslations::keep(RecentKey key, const TranslatedLine& line) {
  const std::size_t bytes = bytes_of(key, line);
  if (key.decoding.sample || bytes > limit_ / 16) return;
  const std::lock_guard lock(mutex_);
  if (places_.contains(&key)) return;
  while (facts_.bytes + bytes > limit_) {
    facts_.bytes -= entries_.back().bytes;
    places_.erase(&entries_.back().key);
    entries_.pop_back();
  }
  entries_.push_front({std::move(key), line, bytes});
  places_.emplace(&entries_.front().key, entries_.begin());
  facts_.bytes += bytes;
}

RecentFacts RecentTranslations::facts() const {
  const std::lock_guard lock(mutex_);
  RecentFacts facts = facts_;
  facts.entries = entries_.size();
  return facts;
}

}  // namespace heed
