#include "heed/ngram/vocabulary.h"

#include <functional>

#include "heed/base/error.h"

namespace heed {
namespace {

constexpr WordId free_slot = 0xFFFFFFFF;

}  // namespace

Vocabulary::Vocabulary() : slots_(16, free_slot) {
  for (const char* word : {"<unk>", "<s>", "</s>"}) add(word);
}

WordId Vocabulary::add(std::string_view word) {
  std::size_t slot = slot_of(word);
  if (slots_[slot] != free_slot) return slots_[slot];
  require<DataError>(ends_.size() < free_slot, "vocabulary: more than ", free_slot, " different words");
  if ((ends_.size() + 1) * 3 > slots_.size() * 2) {
    grow();
    slot = slot_of(word);
  }
  const auto id = static_cast<WordId>(ends_.size());
  letters_ += word;
  ends_.push_back(letters_.size());
  slots_[slot] = id;
  return id;
}

std::optional<WordId> Vocabulary::find(std::string_view word) const {
  const WordId id = slots_[slot_of(word)];
  if (id == free_slot) return std::nullopt;
  return id;
}

std::string_view Vocabulary::word(WordId id) const {
  const std::uint64_t start = id == 0 ? 0 : ends_.at(id - 1);
  return std::string_view(letters_).substr(start, ends_.at(id) - start);
}

Index Vocabulary::bytes() const {
  return static_cast<Index>(letters_.capacity() + ends_.capacity() * sizeof(std::uint64_t) +
                            slots_.capacity() * sizeof(WordId));
}

/// Where the word is, or where it is to be put.
std::size_t Vocabulary::slot_of(std::string_view word) const {
  const std::size_t last = slots_.size() - 1;  // a power of two, less one
  std::size_t slot = std::hash<std::string_view>()(word) & last;
  while (slots_[slot] != free_slot && this->word(slots_[slot]) != word) slot = (slot + 1) & last;
  return slot;
}

void Vocabulary::grow() {
  slots_.assign(slots_.size() * 2, free_slot);
  for (WordId id = 0; id < ends_.size(); ++id) slots_[slot_of(word(id))] = id;
}

}  // namespace heed
