#include "heed/training/run_folder.h"

#include <fmt/format.h>

#include <algorithm>

#include "heed/base/files.h"

namespace heed {
namespace {

std::string weights_name(Index update) { return fmt::format("update-{:08}.safetensors", update); }

}  // namespace

RunState RunFolder::read_state() const {
  std::string first;
  const auto states = this->states().found([&](const std::filesystem::path&, const std::string& why) {
    if (first.empty()) first = why;
  });
  require<CheckpointError>(!states.empty(), first, "; no other state of the run is left: remove ",
                           (folder_ / "training").string(), "/state*.safetensors to start over");
  return states.front().state;
}

void RunFolder::create() const { make_folder(folder_ / "training"); }

void RunFolder::clear() const {
  remove_partial_files(folder_, PartialFiles::of_the_dead);
  remove_partial_files(folder_ / "training", PartialFiles::of_all);
}

void RunFolder::save_weights(Index update, const ParameterStore& store, Index keep) const {
  save_parameters(folder_ / "training" / weights_name(update), store);
  const auto all = saved_weights();
  std::error_code ignored;  // what cannot be removed now is removed next time
  for (std::size_t i = 0; i + static_cast<std::size_t>(keep) < all.size(); ++i)
    std::filesystem::remove(all[i], ignored);
}

void RunFolder::forget_weights_after(Index update) const {
  for (const auto& file : saved_weights()) {
    std::error_code error;
    if (file.filename() > weights_name(update)) std::filesystem::remove(file, error);
    require<FileError>(!error, file.string(), ": cannot be removed: ", error.message());
  }
}

std::vector<std::filesystem::path> RunFolder::saved_weights() const {
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

void RunFolder::load_mean(const std::vector<std::filesystem::path>& files, const ParameterStore& store) {
  require<CheckpointError>(!files.empty(), "averaging: there are no checkpoints");
  Memory& memory = store.memory();
  std::vector<std::vector<double>> sums;
  for (const auto& [name, variable] : store.parameters())
    sums.emplace_back(static_cast<std::size_t>(variable.value().count()), 0.0);
  for (const auto& file : files) {
    load_parameters(file, store);
    for (std::size_t p = 0; p < sums.size(); ++p) {
      const Tensor numbers = memory.to_host(store.parameters()[p].variable.value());
      for (std::size_t i = 0; i < sums[p].size(); ++i) sums[p][i] += static_cast<double>(numbers.data()[i]);
    }
  }
  for (std::size_t p = 0; p < sums.size(); ++p) {
    const Tensor& value = store.parameters()[p].variable.value();
    const Tensor mean(value.shape());
    for (std::size_t i = 0; i < sums[p].size(); ++i)
      mean.data()[i] = static_cast<float>(sums[p][i] / static_cast<double>(files.size()));
    memory.write(mean, value);
  }
}

}  // namespace heed
