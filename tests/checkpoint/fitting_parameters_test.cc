#include "heed/checkpoint/fitting_parameters.h"

#include "heed/checkpoint/model_folder.h"
#include "heed/checkpoint/stored_weight.h"
#include "tests/support/parameters.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

/// Parameters of these names and shapes, in the order of their names.
std::unique_ptr<ParameterStore> store_of(const std::map<std::string, Shape>& shapes, std::uint64_t seed) {
  VariedParameters numbers(seed);
  auto store = std::make_unique<ParameterStore>(numbers, ParameterStore::Purpose::training);
  for (const auto& [name, shape] : shapes) ParameterScope(*store).parameter(name, shape, zeros());
  return store;
}

std::vector<float> numbers(const ParameterStore& store, std::string_view name) {
  for (const auto& parameter : store.parameters())
    if (parameter.name == name) return numbers_of(parameter.variable.value());
  return {};
}

using FittingParametersOfAFile = WithFolder;

TEST_F(FittingParametersOfAFile, are_those_of_the_same_name_and_shape) {
  const auto from = store_of({{"head", {3}}, {"table", {4, 2}}, {"wide", {2, 2}}}, 1),
             to = store_of({{"output", {2}}, {"table", {4, 2}}, {"wide", {2, 3}}}, 2);
  const std::vector<float> before = numbers(*to, "wide");
  save_parameters(folder_ / "weights", *from);
  const FittingParameters found = load_fitting_parameters(folder_ / "weights", *to);
  EXPECT_EQ(found.taken, (std::vector<std::string>{"table"}));
  EXPECT_EQ(found.missing, (std::vector<std::string>{"output", "wide"}));
  EXPECT_EQ(found.unused, (std::vector<std::string>{"head", "wide"}));
  EXPECT_EQ(numbers(*to, "table"), numbers(*from, "table"));
  EXPECT_EQ(numbers(*to, "wide"), before);
}

TEST_F(FittingParametersOfAFile, may_be_stored_in_fewer_bits) {
  const Tensor weight = random_tensor({4, 8}, 3);
  write_safetensors(folder_ / "weights", stored_weight("table", weight, DataType::int8));
  const auto to = store_of({{"table", {4, 8}}}, 2);
  const FittingParameters found = load_fitting_parameters(folder_ / "weights", *to);
  EXPECT_TRUE(found.unused.empty()) << "scales belong to their weight";
  expect_close(to->parameters().front().variable.value(), weight, 0.02);
}

TEST_F(FittingParametersOfAFile, leave_a_damaged_file_alone) {
  const auto to = store_of({{"table", {4, 2}}}, 2);
  EXPECT_THROW(load_fitting_parameters(folder_ / "missing", *to), FileError);
  EXPECT_THROW(load_fitting_parameters(file("damaged", "no tensors"), *to), CheckpointError);
}

}  // namespace
}  // namespace heed
