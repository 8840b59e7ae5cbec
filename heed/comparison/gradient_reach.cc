#include "heed/comparison/gradient_reach.h"

#include <algorithm>
#include <cmath>

#include "heed/checkpoint/model_folder.h"
#include "heed/data/batches.h"
#include "heed/model/model_options.h"
#include "heed/ops/cross_entropy.h"
#include "heed/ops/gather_rows.h"
#include "heed/tasks/text_pairs/batch_loss.h"

namespace heed {
namespace {

/// Norms by distance, added up over sentences.
struct Sums {
  std::vector<double> sum;
  std::vector<Index> count;

  void add(std::size_t distance, double norm) {
    if (distance >= sum.size()) sum.resize(distance + 1), count.resize(distance + 1);
    sum[distance] += norm;
    ++count[distance];
  }
  /// As far as so many sentences reach.
  std::vector<double> means(Index fewest) const {
    std::vector<double> all;
    for (std::size_t i = 0; i < sum.size() && count[i] >= fewest; ++i)
      all.push_back(sum[i] / static_cast<double>(count[i]));
    return all;
  }
};

/// Of a host tensor.
double norm_of_row(const Tensor& x, Index row) {
  double sum = 0;
  const Tensor values = x.narrow(0, row, 1);
  for (Index i = 0; i < values.count(); ++i) sum += std::pow(static_cast<double>(values.data()[i]), 2);
  return std::sqrt(sum);
}

/// The norms of a sentence's rows, the last row being distance 0.
void add_norms(const Tensor& gradient, const Segments& sentences, Sums& sums) {
  for (const auto& [start, length] : sentences)
    for (Index i = 0; i < length; ++i)
      sums.add(static_cast<std::size_t>(length - 1 - i), norm_of_row(gradient, start + i));
}

/// Targets end after `step` tokens: what comes later has no part in the loss.
void cut_targets(Batch& batch, Index step) {
  Column& targets = batch.columns.at(1);
  std::vector<Index> kept;
  Index start = 0;
  for (Index& length : targets.lengths) {
    kept.insert(kept.end(), targets.tokens.begin() + start, targets.tokens.begin() + start + step);
    start += std::exchange(length, step);
  }
  targets.tokens = std::move(kept);
}

Variable loss_of_last_tokens(const EncoderDecoder& model, Pass& pass, const Batch& batch) {
  const Column& of_targets = batch.columns.at(1);
  const Variable decoded =
      model.before_projection(pass, tokens_of(batch.columns.at(0)), decoder_inputs(of_targets));
  std::vector<Index> rows, targets;
  Index end = 0;
  for (const Index length : of_targets.lengths) {
    rows.push_back((end += length) - 1);
    targets.push_back(of_targets.tokens[static_cast<std::size_t>(rows.back())]);
  }
  const Linear& projection = model.projection();
  return ops::projected_cross_entropy(ops::gather_rows(decoded, std::move(rows)),
                                      {projection.weight(), projection.bias()}, targets);
}

ModelConfig config_without_dropout(const std::filesystem::path& folder) {
  ModelOptions none;
  none.set("dropout", 0.0).set("hidden_dropout", 0.0);
  return none.with_dropouts(load_config(folder));
}

}  // namespace

Index late_step(const Examples& examples) {
  std::vector<Index> lengths;
  for (Index i = 0; i < examples.size(); ++i) lengths.push_back(examples.rows(i, 1) - 1);
  std::sort(lengths.begin(), lengths.end(), std::greater<>());
  const Index step = lengths.empty() ? 0 : lengths[lengths.size() / 10];
  require<DataError>(step > 0, "gradients by distance: no sentence of the test set has a token");
  return step;
}

GradientReach gradient_reach(const EncoderDecoder& model, Backend& backend, const Examples& examples,
                             Index step) {
  Examples chosen;
  for (Index i = 0; i < examples.size(); ++i) {
    const auto source = examples.sequence(i, 0), target = examples.sequence(i, 1);
    if (std::ssize(target) <= step) continue;
    chosen.add(
        {std::vector<Index>(source.begin(), source.end()), std::vector<Index>(target.begin(), target.end())});
  }
  require<DataError>(chosen.size() > 0, "gradients by distance: no sentence of the test set has ", step,
                     " tokens; choose an earlier --gradient-step");
  Sums source, target;
  constexpr Index batch_tokens = 2048;
  for (const auto& numbers : plan_in_order(chosen, batch_tokens)) {
    Batch batch = make_batch(chosen, numbers);
    cut_targets(batch, step);
    Pass pass = Pass::training(backend, {});
    pass.observe_embeddings([&](std::string_view layer, const Tensor& gradient) {
      const bool of_source = layer == "encoder";
      add_norms(backend.to_host(gradient), Segments::packed(batch.columns.at(of_source ? 0 : 1).lengths),
                of_source ? source : target);
    });
    pass.backward(loss_of_last_tokens(model, pass, batch));
  }
  for (const NamedParameter& parameter : model.store().parameters()) parameter.variable.drop_gradient();
  return {.step = step,
          .sentences = chosen.size(),
          .target = target.means(1),
          .source = source.means((chosen.size() + 1) / 2)};
}

std::unique_ptr<EncoderDecoder> load_without_dropout(const std::filesystem::path& folder, Backend& backend) {
  auto model = untrained_without_dropout(folder, backend, 1);
  load_parameters(parameters_file(folder), model->store());
  return model;
}

std::unique_ptr<EncoderDecoder> untrained_without_dropout(const std::filesystem::path& folder,
                                                          Backend& backend, std::uint64_t seed) {
  RandomParameters start(seed);
  return as_family<EncoderDecoder>(make_model(config_without_dropout(folder), start,
                                              ParameterStore::Purpose::training, Placement::on(backend)),
                                   folder.string());
}

}  // namespace heed
