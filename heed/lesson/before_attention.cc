#include "heed/lesson/before_attention.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "heed/lesson/table.h"
#include "heed/nn/multi_head_attention.h"
#include "heed/nn/recurrent_layer.h"

namespace heed {
namespace {

using nlohmann::json;

constexpr Index state_steps = 40, state_width = 32;

/// The result at the last step.
using Network = std::function<Variable(const ParameterStore&, const ParameterScope&, const Variable& x)>;

Network recurrent(RecurrentCell cell, float forget_bias = 0) {
  return [=](const ParameterStore& store, const ParameterScope& scope, const Variable& x) {
    const RecurrentLayer layer(scope, cell, state_width, state_width);
    for (const NamedParameter& parameter : store.parameters())
      if (cell == RecurrentCell::lstm && parameter.name == "input.bias")
        store.memory().fill(parameter.variable.value().narrow(0, state_width, state_width), forget_bias);
    return layer(x, Segments::uniform(1, state_steps)).hidden.narrow(0, state_steps - 1, 1);
  };
}

Variable attention(const ParameterStore&, const ParameterScope& scope, const Variable& x) {
  const MultiHeadAttention layer(scope, state_width, 1, MultiHeadAttention::From::encoder_output);
  return layer.attend(layer.project_queries(x.narrow(0, state_steps - 1, 1)), Segments::uniform(1, 1),
                      layer.project_encoder_output(x, Segments::uniform(1, state_steps)),
                      MultiHeadAttention::Mask::none);
}

json reaching(Backend& backend, const Network& network) {
  RandomParameters random(1);
  ParameterStore store(random, ParameterStore::Purpose::training, Placement::on(backend));
  Pass pass = Pass::training(backend, {});
  const Tensor inputs({state_steps, state_width}), direction({1, state_width});
  normal(1).fill(inputs, Random(1, 1));
  normal(1).fill(direction, Random(1, 2));
  const Variable x = Variable::with_gradient(backend.from_host(inputs), &pass);
  const Variable last = network(store, ParameterScope(store), x);
  pass.backward(ops::linear(last, pass.constant(backend.from_host(direction)), {}));

  const Tensor gradient = backend.to_host(x.gradient());
  std::vector<double> norms;
  for (Index step = 0; step < state_steps; ++step) {
    double squares = 0;
    for (Index i = 0; i < state_width; ++i)
      squares += std::pow(double{gradient.data()[step * state_width + i]}, 2);
    norms.push_back(std::sqrt(squares));
  }
  json shares = json::array();
  for (const double norm : norms) shares.push_back(shown(norm / norms.back()));
  return shares;
}

}  // namespace

json before_attention(Backend& backend) {
  json networks = json::array();
  const auto add = [&](const char* name, const Network& network) {
    networks.push_back({{"name", name}, {"reaching", reaching(backend, network)}});
  };
  add("RNN", recurrent(RecurrentCell::rnn));
  add("GRU", recurrent(RecurrentCell::gru));
  // sigmoid(0) and sigmoid(3).
  add("LSTM, forget gates half open", recurrent(RecurrentCell::lstm));
  add("LSTM, forget gates open to 0.95", recurrent(RecurrentCell::lstm, 3));
  add("attention", attention);
  return {{"networks", std::move(networks)}};
}

}  // namespace heed
