#include "heed/training/saved_states.h"

#include <fmt/format.h>

#include <algorithm>

#include "heed/base/settings_json.h"
#include "heed/checkpoint/model_folder.h"

namespace heed {
namespace {

constexpr std::string_view lasting_prefix = "state-", suffix = ".safetensors";

std::string lasting_name(Index update) { return fmt::format("{}{:08}{}", lasting_prefix, update, suffix); }

void add(TensorMap& tensors, const std::string& group, const ParameterStore& store,
         const std::vector<Tensor>& values) {
  for (std::size_t i = 0; i < values.size(); ++i)
    tensors.emplace(group + store.parameters()[i].name, store.memory().to_host(values[i]));
}

void load_group(CheckpointParameters from, const ParameterStore& store, const std::vector<Tensor>& values) {
  from.require_all_used(store);
  for (std::size_t i = 0; i < values.size(); ++i)
    store.memory().write(from.parameter(store.parameters()[i].name, values[i].shape(), zeros()), values[i]);
}

RunState state_of(const SafetensorsFile& file, const std::string& where) {
  const auto text = file.metadata().find("state");
  require<CheckpointError>(text != file.metadata().end(), where, ": is no training state");
  RunState state;
  try {
    set_from_json_text(settings_of(state), text->second, where);
  } catch (const ConfigError& error) {
    throw CheckpointError(error.what());
  }
  return state;
}

void save(const std::filesystem::path& file, RunState state, const Learner& learner) {
  TensorMap tensors;
  for (const auto& [name, variable] : learner.store.parameters())
    tensors.emplace("parameter/" + name, learner.store.memory().to_host(variable.value()));
  add(tensors, "mean/", learner.store, learner.adam.means());
  add(tensors, "variance/", learner.store, learner.adam.variances());
  if (learner.average) add(tensors, "average/", learner.store, learner.average->averages());
  write_safetensors(file, tensors,
                    {{"format", "heed training state"}, {"state", json_text(settings_of(state))}});
}

/// Later in the life of the run; of the same moment, the one that was saved when the run was stopped.
bool further(const SavedState& a, const SavedState& b) {
  const auto place = [](const SavedState& saved) {
    const RunState& s = saved.state;
    return std::tuple(s.rollbacks, s.update, s.last_validated, s.finished, !saved.lasting);
  };
  return place(a) > place(b);
}

}  // namespace

bool SavedStates::any() const { return std::filesystem::exists(passing_file()) || !lasting_files().empty(); }

std::vector<std::filesystem::path> SavedStates::lasting_files() const {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  if (!std::filesystem::exists(folder_, error)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(lasting_prefix) && name.ends_with(suffix)) files.push_back(entry.path());
  }
  require<FileError>(!error, folder_.string(), ": cannot be read: ", error.message());
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<SavedState> SavedStates::found(const Complaint& damaged) const {
  std::vector<SavedState> all;
  const auto add_file = [&](const std::filesystem::path& file, bool lasting) {
    try {
      all.push_back({file, state_of(SafetensorsFile(file), file.string()), lasting});
    } catch (const CheckpointError& error) {
      damaged(file, error.what());
    }
  };
  for (const auto& file : lasting_files()) add_file(file, true);
  if (std::filesystem::exists(passing_file())) add_file(passing_file(), false);
  std::sort(all.begin(), all.end(), further);
  return all;
}

void SavedStates::save_lasting(const RunState& state, const Learner& learner) const {
  save(folder_ / lasting_name(state.update), state, learner);
  std::error_code ignored;  // what cannot be removed now is removed next time
  std::filesystem::remove(passing_file(), ignored);
  const auto files = lasting_files();
  for (std::size_t i = 0; i + kept < files.size(); ++i) std::filesystem::remove(files[i], ignored);
}

void SavedStates::save_passing(const RunState& state, const Learner& learner) const {
  save(passing_file(), state, learner);
}

void SavedStates::load(const SavedState& saved, const Learner& learner) const {
  const SafetensorsFile file(saved.file);
  file.verify();
  const std::string where = saved.file.string();
  load_parameters(saved.file, learner.store, "parameter/");
  load_group(CheckpointParameters(file, where, "mean/"), learner.store, learner.adam.means());
  load_group(CheckpointParameters(file, where, "variance/"), learner.store, learner.adam.variances());
  const auto names_average = [](const auto& entry) { return entry.first.starts_with("average/"); };
  if (learner.average && std::ranges::any_of(file.entries(), names_average))
    load_group(CheckpointParameters(file, where, "average/"), learner.store, learner.average->averages());
  else if (learner.average)
    for (std::size_t i = 0; i < learner.store.parameters().size(); ++i)
      learner.store.memory().copy(learner.store.parameters()[i].variable.value(),
                                  learner.average->averages()[i]);
  learner.adam.set_updates(saved.state.adam_updates);
}

void SavedStates::forget_after(Index update) const {
  for (const auto& file : lasting_files()) {
    if (file.filename().string() <= lasting_name(update)) continue;
    std::error_code error;
    std::filesystem::remove(file, error);
    require<FileError>(!error, file.string(), ": cannot be removed: ", error.message());
  }
}

std::filesystem::path SavedStates::set_aside(const std::filesystem::path& file) const {
  std::filesystem::path aside = file;
  aside += ".damaged";
  std::error_code error;
  std::filesystem::rename(file, aside, error);
  require<FileError>(!error, file.string(), ": cannot be renamed: ", error.message());
  return aside;
}

}  // namespace heed
