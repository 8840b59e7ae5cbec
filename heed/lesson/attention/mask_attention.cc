#include "heed/lesson/attention/mask_attention.h"

#include "heed/lesson/attention/one_hot.h"
#include "heed/ops/linear.h"
#include "heed/ops/matmul.h"

namespace heed {
namespace {

constexpr Index largest_vocabulary = 256;

}  // namespace

Tensor transitions_of(const SkipTable& table) {
  const Index size = table.vocabulary().size();
  require<DataError>(size <= largest_vocabulary, "attention by masks: a vocabulary of ", size,
                     " words makes transitions of ", size, " x ", size * size, " numbers; up to ",
                     largest_vocabulary, " words are taken");
  const Tensor transitions = Tensor::zeros({size, size * size});
  for (const WordPair& pair : table.pairs()) {
    const std::span<const Successor> successors = table.after(pair);
    const double all = total_weight(successors);
    float* row = transitions.data() + (pair.recent * size + pair.earlier) * size;
    for (const Successor& next : successors) row[next.word] = static_cast<float>(next.weight / all);
  }
  return transitions;
}

MaskAttention::MaskAttention(const SkipTable& table, const PairMask& mask)
    : vocabulary_(table.vocabulary().size()),
      transitions_(transitions_of(table)),
      transposed_keys_(Tensor::zeros({vocabulary_, vocabulary_})) {
  for (const WordPair& pair : mask.pairs())
    transposed_keys_.data()[pair.recent * vocabulary_ + pair.earlier] = 1;
}

MaskAttention::Steps MaskAttention::operator()(Backend& backend, std::span<const WordId> words) const {
  require<DataError>(words.size() >= 2, "attention by masks: ", words.size(),
                     " words; a pair takes an earlier and a last one");
  Pass pass = Pass::inference(backend);
  const auto constant = [&](const Tensor& host) { return pass.constant(backend.from_host(host)); };
  const Variable query = constant(one_hot(words.last(1), vocabulary_)),
                 values = constant(one_hot(words.first(words.size() - 1), vocabulary_)),
                 mask = ops::matmul(query, constant(transposed_keys_)),
                 scores = ops::linear(mask, values, {}), context = ops::matmul(scores, values),
                 pulled = ops::matmul(query, constant(transitions_)),
                 of_recent = pass.constant(pulled.value().reshape({vocabulary_, vocabulary_})),
                 votes = ops::matmul(context, of_recent);
  const auto host = [&](const Variable& x) { return backend.to_host(x.value()); };
  return {host(query), host(mask), host(values), host(scores), host(context), host(votes)};
}

}  // namespace heed
