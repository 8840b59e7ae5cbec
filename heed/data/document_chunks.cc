#include "heed/data/document_chunks.h"

#include <algorithm>

#include "heed/base/error.h"
#include "heed/text/tokenizer.h"

namespace heed {

DocumentChunks::DocumentChunks(std::shared_ptr<const TokenStream> stream, Index longest, Index begin,
                               Index end)
    : stream_(std::move(stream)) {
  require<ConfigError>(longest >= 1 && longest <= Index{1} << 30, "documents: chunks of ", longest,
                       " tokens; give a number from 1 to ", Index{1} << 30);
  constexpr Index at_once = 1 << 20;
  end = std::min(end, stream_->size());
  Index first = begin;  // of the document
  for (Index at = begin; at < end; at += at_once) {
    const std::vector<std::int32_t> tokens = stream_->tokens(at, std::min(at_once, end - at));
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i] != special::eos) continue;
      const Index here = at + static_cast<Index>(i);
      add_document(first, here - first, longest);
      first = here + 1;
    }
  }
  if (first < end) add_document(first, end - first, longest);
}

void DocumentChunks::add_document(Index first, Index length, Index longest) {
  const Index count = (length + longest - 1) / longest;
  for (Index i = 0; i < count; ++i) {
    const Index begin = length * i / count, end = length * (i + 1) / count;
    chunks_.push_back({first + begin, static_cast<std::int32_t>(end - begin)});
  }
  tokens_ += length;
}

std::vector<Index> DocumentChunks::chunk(Index number) const {
  const auto& [first, length] = chunks_.at(static_cast<std::size_t>(number));
  const std::vector<std::int32_t> tokens = stream_->tokens(first, length);
  return {tokens.begin(), tokens.end()};
}

}  // namespace heed
