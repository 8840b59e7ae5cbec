#include "heed/model/token_tables.h"

#include <cmath>

#include "heed/base/error.h"

namespace heed {

void require_tying_fits(Tying tying, Index source_vocabulary, Index target_vocabulary) {
  const bool joint = tying == Tying::all || tying == Tying::source_target || tying == Tying::source_output;
  require<ConfigError>(!joint || source_vocabulary == target_vocabulary, "tying ", enum_name(tying),
                       " needs one vocabulary, but the source has ", source_vocabulary,
                       " pieces and the target ", target_vocabulary,
                       "; use a joint tokenizer, or tying none or target_output");
}

TokenTables::TokenTables(const ParameterScope& root, const TableSizes& sizes, Tying tying)
    : root_(root), output_scope_(root / "decoder" / "output") {
  // Embeddings are scaled up by sqrt(width) on the way in, so they start at about 1 there, and logits at
  // about 1 too.
  const Initializer start = normal(1 / std::sqrt(static_cast<float>(sizes.width)));
  const Shape source_shape{sizes.source_vocabulary, sizes.width},
      target_shape{sizes.target_vocabulary, sizes.width};
  const auto source = [&] {
    return (root / "encoder" / "embedding").parameter("weight", source_shape, start);
  };
  const auto target = [&] {
    return (root / "decoder" / "embedding").parameter("weight", target_shape, start);
  };
  const auto output = [&] { return (root / "decoder" / "output").parameter("weight", target_shape, start); };
  switch (tying) {
    case Tying::none:
      source_ = source();
      target_ = target();
      output_ = output();
      break;
    case Tying::source_target:
      source_ = target_ = (root / "embedding").parameter("weight", source_shape, start);
      output_ = output();
      break;
    case Tying::target_output:
      source_ = source();
      target_ = output_ = target();
      output_scope_ = root / "decoder" / "embedding";
      break;
    case Tying::source_output:
      source_ = output_ = source();
      target_ = target();
      output_scope_ = root / "encoder" / "embedding";
      break;
    case Tying::all:
      source_ = target_ = output_ = (root / "embedding").parameter("weight", source_shape, start);
      output_scope_ = root / "embedding";
      break;
  }
}

Linear TokenTables::projection() const {
  return {output_scope_.prepacked({"weight"}, output_),
          (root_ / "decoder" / "output").parameter("bias", {output_.size(0)}, zeros())};
}

}  // namespace heed
