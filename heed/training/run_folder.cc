#include "heed/training/run_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "heed/base/files.h"
#include "heed/base/settings_json.h"

namespace heed {
namespace {

void copy_into(const Tensor& to, const Tensor& from) {
  std::memcpy(to.data(), from.data(), static_cast<std::size_t>(to.count()) * sizeof(float));
}

void add(TensorMap& tensors, const std::string& group, const ParameterStore& store,
         const std::vector<Tensor>& values) {
  for (std::size_t i = 0; i < values.size(); ++i)
    tensors.emplace(group + store.parameters()[i].name, values[i]);
}

void load(CheckpointParameters from, const ParameterStore& store, const std::vector<Tensor>& values) {
  from.require_all_used(store);
  for (std::size_t i = 0; i < values.size(); ++i)
    copy_into(values[i], from.parameter(store.parameters()[i].name, values[i].shape(), zeros()));
}

RunState state_of(const SafetensorsFile& file, const std::string& where) {
  const auto text = file.metadata().find("state");
  require<CheckpointError>(text != file.metadata().end(), where,
                           ": is no training state; remove it to begin the run anew");
  RunState state;
  try {
    set_from_json_text(settings_of(state), text->second, where);
  } catch (const ConfigError& error) {
    throw CheckpointError(error.what());
  }
  return state;
}

std::string checkpoint_name(Index update) { return fmt::format("update-{:08}.safetensors", update); }

}  // namespace

void RunFolder::create() const {
  make_folder(folder_ / "training");
  remove_partial_files(folder_, PartialFiles::of_the_dead);
  remove_partial_files(folder_ / "training", PartialFiles::of_the_dead);
}

RunState RunFolder::read_state() const {
  return state_of(SafetensorsFile(state_file()), state_file().string());
}

void RunFolder::save_state(const RunState& state, const ParameterStore& store, const Adam& adam,
                           const MovingAverage* average) const {
  TensorMap tensors;
  for (const auto& [name, variable] : store.parameters())
    tensors.emplace("parameter/" + name, variable.value());
  add(tensors, "mean/", store, adam.means());
  add(tensors, "variance/", store, adam.variances());
  if (average) add(tensors, "average/", store, average->averages());
  RunState copy = state;
  write_safetensors(state_file(), tensors,
                    {{"format", "heed training state"}, {"state", json_text(settings_of(copy))}});
}

RunState RunFolder::load_state(const ParameterStore& store, Adam& adam, MovingAverage* average) const {
  const SafetensorsFile file(state_file());
  file.verify();
  const RunState state = state_of(file, state_file().string());
  load_parameters(state_file(), store, "parameter/");
  load(CheckpointParameters(file, state_file().string(), "mean/"), store, adam.means());
  load(CheckpointParameters(file, state_file().string(), "variance/"), store, adam.variances());
  const auto names_average = [](const auto& entry) { return entry.first.starts_with("average/"); };
  if (average && std::ranges::any_of(file.entries(), names_average))
    load(CheckpointParameters(file, state_file().string(), "average/"), store, average->averages());
  else if (average)
    for (std::size_t i = 0; i < store.parameters().size(); ++i)
      copy_into(average->averages()[i], store.parameters()[i].variable.value());
  adam.set_updates(state.adam_updates);
  return state;
}

void RunFolder::save_checkpoint(Index update, const ParameterStore& store, Index keep) const {
  save_parameters(folder_ / "training" / checkpoint_name(update), store);
  const auto all = checkpoints();
  std::error_code ignored;  // what cannot be removed now is removed next time
  for (std::size_t i = 0; i + static_cast<std::size_t>(keep) < all.size(); ++i)
    std::filesystem::remove(all[i], ignored);
}

void RunFolder::forget_checkpoints_after(Index update) const {
  for (const auto& checkpoint : checkpoints()) {
    std::error_code error;
    if (checkpoint.filename() > checkpoint_name(update)) std::filesystem::remove(checkpoint, error);
    require<FileError>(!error, checkpoint.string(), ": cannot be removed: ", error.message());
  }
}

std::vector<std::filesystem::path> RunFolder::checkpoints() const {
  std::vector<std::filesystem::path> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "training", error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("update-") && name.ends_with(".safetensors")) found.push_back(entry.path());
  }
  require<FileError>(!error, (folder_ / "training").string(), ": cannot be read: ", error.message());
  std::sort(found.begin(), found.end());
  return found;
}

void RunFolder::load_mean(const std::vector<std::filesystem::path>& checkpoints,
                          const ParameterStore& store) {
  require<CheckpointError>(!checkpoints.empty(), "averaging: there are no checkpoints");
  std::vector<std::vector<double>> sums;
  for (const auto& [name, variable] : store.parameters())
    sums.emplace_back(static_cast<std::size_t>(variable.value().count()), 0.0);
  for (const auto& checkpoint : checkpoints) {
    load_parameters(checkpoint, store);
    for (std::size_t p = 0; p < sums.size(); ++p)
      for (std::size_t i = 0; i < sums[p].size(); ++i)
        sums[p][i] += static_cast<double>(store.parameters()[p].variable.value().data()[i]);
  }
  for (std::size_t p = 0; p < sums.size(); ++p)
    for (std::size_t i = 0; i < sums[p].size(); ++i)
      store.parameters()[p].variable.value().data()[i] =
          static_cast<float>(sums[p][i] / static_cast<double>(checkpoints.size()));
}

}  // namespace heed
