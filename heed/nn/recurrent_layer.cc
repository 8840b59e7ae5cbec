#include "heed/nn/recurrent_layer.h"

#include "heed/ops/concat.h"
#include "heed/ops/gather_rows.h"

namespace heed {

ops::RecurrentStates RecurrentLayer::operator()(const Variable& x, const Segments& sequences,
                                                ops::Direction direction,
                                                const ops::RecurrentStart& start) const {
  const ops::TimeSteps time(sequences, direction);
  const std::vector<Index> places = time.places(x.size(0));
  const auto taken = [](const Variable& from, const std::vector<Index>& rows) {
    return from ? ops::gather_rows(from, rows) : from;
  };
  // The rows are put into the order of time while they are narrow: before they become shares of the gates.
  const ops::RecurrentStates states =
      ops::recurrent(products(taken(x, time.rows)), time.steps, recurrence(x.pass()),
                     {taken(start.hidden, time.order), taken(start.cell_state, time.order)});
  return {taken(states.hidden, places).with_row_names(x.row_names()), taken(states.cell_state, places)};
}

Variable BidirectionalLayer::operator()(const Variable& x, const Segments& sequences) const {
  return ops::concat(
      {forwards_(x, sequences).hidden, backwards_(x, sequences, ops::Direction::backwards).hidden});
}

}  // namespace heed
