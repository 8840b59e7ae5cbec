#pragma once
#include <functional>
#include <span>

#include "heed/base/fields.h"
#include "heed/corpus/text_documents.h"
#include "heed/text/tokenizer.h"

namespace heed {

/// What stands in a stream of tokens where a document ends.
enum class DocumentEnd { eos, nothing };

template <>
struct EnumNames<DocumentEnd> {
  static constexpr std::array names{std::pair{"eos", DocumentEnd::eos},
                                    std::pair{"none", DocumentEnd::nothing}};
};

/// What a stream of tokens consists of.
struct TokenCounts {
  Index tokens = 0;   // with the EOS of documents
  Index unknown = 0;  // special::unk among them

  bool operator==(const TokenCounts&) const = default;
};

/// What tokens of a document are handed to, in their order.
using TakeTokens = std::function<void(std::span<const Index> tokens)>;

/// Tokenizes documents, in parallel and some ten megabytes at a time, and hands on their tokens in the order
/// of the text. A large document is cut where the reader cuts it.
TokenCounts tokenize_documents(DocumentReader& reader, const Tokenizer& tokenizer, DocumentEnd end,
                               const TakeTokens& take);

}  // namespace heed
