#include "heed/ops/embed.h"

#include <algorithm>

namespace heed::ops {
namespace {

void require_rows(const char* what, const IndexList& rows, const Variable& table) {
  const auto wrong =
      std::find_if(rows.begin(), rows.end(), [&](Index r) { return r < 0 || r >= table.size(0); });
  if (wrong != rows.end())
    throw ShapeError(
        message("embed: ", what, " ", *wrong, " lies outside of the ", table.size(0), " that are known"));
}

}  // namespace

Variable embed(Pass& pass, const IndexList& tokens, const Variable& table, const EmbedOptions& options) {
  const Variable& position_table = options.position_table;
  require_rows("token", tokens, table);
  if (position_table) {
    require<ShapeError>(options.positions.size() == tokens.size(), "embed: ", tokens.size(), " tokens have ",
                        options.positions.size(), " positions");
    require<ShapeError>(position_table.size(1) == table.size(1), "embed: positions of width ",
                        position_table.size(1), " meet tokens of width ", table.size(1));
    require_rows("position", options.positions, position_table);
  }
  Backend& backend = pass.backend();
  const Dropout dropout = pass.dropout(options.dropout, options.row_names);
  const Tensor y = backend.empty({tokens.size(), table.size(1)});
  backend.embed(tokens, options.positions, table.value(), position_table.value(), options.scale, dropout, y);
  if (!pass.recording()) return pass.constant(y);

  return pass
      .result(
          y,
          [&backend, table, position_table, dropout, scale = options.scale, observe = options.observe, tokens,
           positions = options.positions](const Tensor& dy) {
            if (observe) observe(dy);
            if (table.needs_gradient()) backend.embed_backward(tokens, scale, dropout, dy, table.gradient());
            if (position_table.needs_gradient())
              backend.embed_backward(positions, 1, dropout, dy, position_table.gradient());
          },
          table, position_table)
      .with_row_names(options.row_names);
}

}  // namespace heed::ops
