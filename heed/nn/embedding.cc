#include "heed/nn/embedding.h"

namespace heed {

Variable Embedding::operator()(Pass& pass, const TokenBatch& batch, std::span<const Index> past) const {
  const auto& [tokens, segments, types] = batch;
  require<ShapeError>(segments.extent() <= tokens.size(), "embedding: sequences end at row ",
                      segments.extent(), " of ", tokens.size(), " tokens");
  require<ShapeError>(past.empty() || static_cast<Index>(past.size()) == segments.size(),
                      "embedding: ", segments.size(), " sequences go on after ", past.size());
  std::vector<Index> positions(static_cast<std::size_t>(tokens.size()));
  for (Index s = 0; s < segments.size(); ++s) {
    const Index first = past.empty() ? 0 : past[static_cast<std::size_t>(s)];
    require<DataError>(first + segments[s].length <= positions_.limit(), "embedding: a sequence of ",
                       first + segments[s].length, " tokens meets a model that knows ", positions_.limit(),
                       " positions; split the text, or train with larger maximum_positions");
    for (Index i = 0; i < segments[s].length; ++i)
      positions[static_cast<std::size_t>(segments[s].start + i)] = first + i;
  }
  return ops::embed(pass, tokens, table_,
                    {.positions = std::move(positions),
                     .position_table = positions_.table(),
                     .scale = options_.scale,
                     .dropout = options_.dropout,
                     .row_names = pass.row_names(segments),
                     .observe = pass.embedding_observer(name_)});
}

}  // namespace heed
