#include "heed/data/tokenize_documents.h"

#include <algorithm>
#include <vector>

#include "heed/base/first_failure.h"
#include "heed/base/parallel.h"

namespace heed {
namespace {

constexpr std::size_t most_parts = 1 << 14;
constexpr Index most_document_bytes = 16 << 20;
// What a thread should have to do at least, in bytes; a part costs something even when it is empty.
constexpr Index grain = 1 << 14, part_cost = 64;

struct DocumentBlock {
  std::vector<DocumentPart> parts;
  std::vector<Index> before;  // what the parts before each cost, and what all do
  std::vector<std::vector<Index>> ids;
};

/// The next parts; false where there are none.
bool fill(DocumentBlock& block, DocumentReader& reader) {
  block.parts.clear();
  block.before.assign(1, 0);
  for (DocumentPart part;
       block.parts.size() < most_parts && block.before.back() < most_document_bytes && reader.next(part);) {
    block.before.push_back(block.before.back() + std::ssize(part.text) + part_cost);
    block.parts.push_back(std::move(part));
  }
  return !block.parts.empty();
}

void encode(DocumentBlock& block, const Tokenizer& tokenizer, DocumentEnd end) {
  block.ids.resize(block.parts.size());
  FirstFailure failure;
  parallel_by_cost(block.before, grain, [&](Index first, Index last) {
    try {
      for (auto i = static_cast<std::size_t>(first); i < static_cast<std::size_t>(last); ++i) {
        block.ids[i] = tokenizer.encode(block.parts[i].text);
        if (block.parts[i].ends_document && end == DocumentEnd::eos) block.ids[i].push_back(special::eos);
      }
    } catch (...) {
      failure.note(first, std::current_exception());
    }
  });
  failure.rethrow();
}

}  // namespace

TokenCounts tokenize_documents(DocumentReader& reader, const Tokenizer& tokenizer, DocumentEnd end,
                               const TakeTokens& take) {
  TokenCounts counts;
  for (DocumentBlock block; fill(block, reader);) {
    encode(block, tokenizer, end);
    for (const std::vector<Index>& ids : block.ids) {
      counts.tokens += std::ssize(ids);
      counts.unknown += std::ranges::count(ids, special::unk);
      take(ids);
    }
  }
  return counts;
}

}  // namespace heed
