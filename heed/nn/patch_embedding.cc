#include "heed/nn/patch_embedding.h"

#include <cmath>

#include "heed/ops/arithmetic.h"
#include "heed/ops/concat.h"
#include "heed/ops/embed.h"
#include "heed/ops/gather_rows.h"

namespace heed {
namespace {

/// What the class token and places start with (Dosovitskiy et al.: as BERT).
constexpr float start = 0.02f;

Variable position_table(const ParameterScope& scope, const PatchEmbedding::Options& o) {
  if (o.positions == PatchPositions::none) return {};
  const Index patches = o.grid * o.grid, first = o.class_token ? 1 : 0;
  if (o.positions == PatchPositions::learned)
    return (scope / "positions").parameter("weight", {patches + first, o.width}, normal(start));
  // Nothing tells where the class token lies, which is nowhere.
  const Tensor table = Tensor::zeros({patches + first, o.width});
  table.narrow(0, first, patches).copy_elements_of(sinusoidal_patch_positions(o.grid, o.width));
  return scope.constant(table);
}

/// For rows of images: number `first` of `count` rows, then the next, image by image.
std::vector<Index> repeated(Index images, Index count) {
  std::vector<Index> places;
  for (Index image = 0; image < images; ++image)
    for (Index i = 0; i < count; ++i) places.push_back(i);
  return places;
}

}  // namespace

Tensor sinusoidal_patch_positions(Index grid, Index width) {
  Tensor table({grid * grid, width});
  const Index quarter = width / 4;
  for (Index place = 0; place < grid * grid; ++place) {
    const auto column = static_cast<double>(place % grid), row = static_cast<double>(place / grid);
    float* at = table.data() + place * width;
    for (Index i = 0; i < width; ++i) at[i] = 0;
    for (Index i = 0; i < quarter; ++i) {
      const double rate =
          quarter == 1 ? 1 : std::pow(10000.0, -static_cast<double>(i) / static_cast<double>(quarter - 1));
      at[i] = static_cast<float>(std::sin(column * rate));
      at[quarter + i] = static_cast<float>(std::cos(column * rate));
      at[2 * quarter + i] = static_cast<float>(std::sin(row * rate));
      at[3 * quarter + i] = static_cast<float>(std::cos(row * rate));
    }
  }
  return table;
}

PatchEmbedding::PatchEmbedding(const ParameterScope& scope, const Options& options) : options_(options) {
  if (options.stem == PatchStem::convolutions)
    stem_.emplace(scope / "stem", ConvolutionalStem::Options{.patch = options.patch,
                                                             .channels = options.channels,
                                                             .grid = options.grid,
                                                             .width = options.width});
  else
    patches_.emplace(scope / "patches", options.channels * options.patch * options.patch, options.width);
  if (options.class_token) class_token_ = scope.parameter("class_token", {1, options.width}, normal(start));
  positions_ = position_table(scope, options);
}

PatchEmbedding::Embedded PatchEmbedding::operator()(Pass& pass, const NumberBatch& batch) const {
  const Index images = batch.segments.size(), patches = options_.grid * options_.grid,
              numbers = options_.channels * options_.patch * options_.patch;
  for (const Segment& image : batch.segments)
    require<ShapeError>(image.length == patches, "patches: an image of ", image.length, " meets a model of ",
                        patches);
  require<ShapeError>(batch.numbers.size(1) == numbers, "patches: ", batch.numbers.size(1),
                      " numbers each meet a model of ", numbers);
  Variable rows =
      stem_ ? (*stem_)(pass, batch) : (*patches_)(pass.constant(pass.backend().from_host(batch.numbers)));
  const Index count = patches + (class_token_ ? 1 : 0);
  Embedded embedded{.rows = {}, .segments = Segments::uniform(images, count)};
  const RowList names = pass.row_names(embedded.segments);
  if (class_token_) {
    std::vector<Index> order;
    for (Index image = 0; image < images; ++image) {
      order.push_back(0);
      for (Index i = 0; i < patches; ++i) order.push_back(1 + image * patches + i);
    }
    rows = ops::gather_rows(ops::stack({class_token_, rows}), order);
  }
  if (positions_) rows = rows + ops::embed(pass, repeated(images, count), positions_, {.row_names = names});
  embedded.rows = ops::dropout(rows.with_row_names(names), options_.dropout);
  return embedded;
}

}  // namespace heed
