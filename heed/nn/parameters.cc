#include "heed/nn/parameters.h"

namespace heed {
namespace {

// FNV-1a, 64 bits: names the random stream of a parameter.
std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 0xCBF29CE484222325;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return value;
}

}  // namespace

Tensor RandomParameters::parameter(const std::string& name, const Shape& shape,
                                   const Initializer& initializer) {
  Tensor tensor(shape);
  initializer.fill(tensor, Random(seed_, hash(name)));
  return tensor;
}

Variable ParameterStore::own(const Tensor& value) const {
  if (purpose_ == Purpose::inference) return Variable(memory().from_host(value), nullptr);
  // What is trained is written to: it must not lie in a file, nor in the middle of somebody else's memory.
  const Tensor mine = memory().empty(value.shape());
  memory().write(value, mine);
  return Variable::parameter(mine, memory());
}

void ParameterStore::add(const std::string& name, const Variable& variable) {
  require<ConfigError>(names_.insert(name).second, "two parameters are called ", name);
  count_ += variable.value().count();
  if (!placement_.backend) parameters_.push_back({name, variable});
}

Variable ParameterScope::parameter(std::string_view name, const Shape& shape,
                                   const Initializer& initializer) const {
  const std::string path = full(name);
  const Variable variable = store_->own(store_->source_->parameter(path, shape, initializer));
  store_->add(path, variable);
  return variable;
}

Variable ParameterScope::stacked(const std::vector<StackedPart>& parts,
                                 const Initializer& initializer) const {
  Shape whole = parts.at(0).shape;
  for (std::size_t i = 1; i < parts.size(); ++i) whole[0] += parts[i].shape[0];
  // What is trained is put together where it is to lie. What is not need not keep the block: it is known by
  // the tensors that it was copied from.
  const bool trained = store_->purpose_ == ParameterStore::Purpose::training;
  Memory& memory = trained ? store_->memory() : host_memory();
  const Tensor block = memory.empty(whole);
  std::vector<Tensor> sources;
  Index first = 0;
  for (const auto& [name, shape] : parts) {
    const Tensor part = store_->source_->parameter(full(name), shape, initializer);
    if (!trained) sources.push_back(part);
    memory.write(part, block.narrow(0, first, shape[0]));
    first += shape[0];
  }
  const Variable variable = trained ? Variable::parameter(block, memory) : store_->own(block);
  first = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Index length = parts[i].shape[0];
    store_->add(full(parts[i].name),
                sources.empty() ? variable.narrow(0, first, length) : store_->own(sources[i]));
    first += length;
  }
  return variable;
}

Variable ParameterScope::prepacked(const std::vector<std::string_view>& names, const Variable& weight) const {
  const Placement& how = store_->placement_;
  if (!how.backend || weight.needs_gradient()) return weight;
  DataType type = DataType::int8;
  for (const std::string_view name : names) {
    const DataType known = how.type.value_or(store_->source_->precision(full(name)));
    if (size_of(known) > size_of(type)) type = known;
  }
  const Variable packed(how.backend->prepack(weight.value(), type), nullptr);
  store_->source_->packed(weight.value());
  return packed;
}

std::string ParameterScope::full(std::string_view name) const {
  return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

}  // namespace heed
