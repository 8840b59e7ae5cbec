#include "heed/autograd/pass.h"

#include <stdexcept>
#include <string>

namespace heed {

void Pass::backward(const Variable& loss, float factor) {
  require<ShapeError>(loss.value().count() == 1, "backward: a loss is one number, this has shape ",
                      loss.shape());
  if (loss.needs_gradient()) {
    const Tensor gradient = backend_->empty(loss.shape());
    backend_->fill(gradient, factor);
    if (loss.adopt_gradient(gradient)) {
      first_gradient_ = gradient;
      first_factor_ = factor;
    } else {
      backend_->accumulate(gradient, 1, {}, loss.destination());
    }
  }
  for (; !tape_.empty(); tape_.pop_back()) {
    tape_.back()();
    first_gradient_ = {};
  }
}

RowList Pass::row_names(const Segments& sequences) const {
  if (examples_.empty()) return {};
  require<ShapeError>(sequences.size() == std::ssize(examples_), "pass: ", sequences.size(),
                      " sequences, but the pass was made for ", examples_.size(), " examples");
  // Far enough apart for sentences, near enough for 2^32 of them in layers of any width.
  constexpr Index apart = Index{1} << 16;
  std::vector<Index> names(static_cast<std::size_t>(sequences.extent()));
  for (Index s = 0; s < sequences.size(); ++s) {
    const auto [start, length] = sequences[s];
    for (Index i = 0; i < length; ++i)
      names[static_cast<std::size_t>(start + i)] = examples_[static_cast<std::size_t>(s)] * apart + i;
  }
  return names;
}

std::function<void(const Tensor&)> Pass::embedding_observer(std::string_view layer) const {
  if (!embedding_observer_) return {};
  return [observe = embedding_observer_, name = std::string(layer)](const Tensor& gradient) {
    observe(name, gradient);
  };
}

Dropout Pass::dropout(float probability, const RowList& rows) {
  if (!recording_ || probability <= 0) return {};
  if (!examples_.empty() && !rows)
    throw std::logic_error(
        "dropout: the pass has examples, but the rows have no names; an operation lost them");
  return {probability, {seed_.seed, seed_.update}, dropouts_++, rows};
}

}  // namespace heed
