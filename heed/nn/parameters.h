#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "heed/autograd/variable.h"
#include "heed/backend/backend.h"
#include "heed/nn/initializer.h"

namespace heed {

/// Where a model's numbers come from: a random start, or a checkpoint.
class ParameterSource {
 public:
  virtual ~ParameterSource() = default;
  /// The tensor of this name; it has this shape and is packed.
  virtual Tensor parameter(const std::string& name, const Shape& shape, const Initializer& initializer) = 0;
  /// What its numbers are rounded to already; the tensor is of float32 all the same.
  virtual DataType precision(const std::string&) const { return DataType::float32; }
  /// Told that a weight has been packed: what it was packed from is hardly needed any more.
  virtual void packed(const Tensor&) {}
};

/// A random start. A parameter's numbers follow from the seed and its name alone, not from the order of
/// construction.
class RandomParameters : public ParameterSource {
 public:
  explicit RandomParameters(std::uint64_t seed) : seed_(seed) {}
  Tensor parameter(const std::string& name, const Shape& shape, const Initializer& initializer) override;

 private:
  std::uint64_t seed_;
};

struct NamedParameter {
  std::string name;
  Variable variable;
};

/// How a model that is only computed with gets its weights ready.
struct Prepacking {
  Backend* backend = nullptr;      // null: they stay as they are
  std::optional<DataType> type{};  // of all products; none: what each weight was rounded to when it was saved
};

/// All parameters of one model, in the order in which its layers asked for them.
class ParameterStore {
 public:
  /// Training gives each parameter memory of its own and a gradient.
  enum class Purpose { training, inference };

  /// `preparation` is for inference alone.
  ParameterStore(ParameterSource& source, Purpose purpose, const Prepacking& prepacking = {})
      : source_(&source), purpose_(purpose), prepacking_(prepacking) {}
  ParameterStore(const ParameterStore&) = delete;
  ParameterStore& operator=(const ParameterStore&) = delete;

  /// None if the store prepares weights: those are nobody's to read.
  const std::vector<NamedParameter>& parameters() const { return parameters_; }
  const std::unordered_set<std::string>& names() const { return names_; }
  /// Numbers in all parameters together.
  Index count() const { return count_; }

 private:
  friend class ParameterScope;
  Variable own(const Tensor& value) const;
  void add(const std::string& name, const Variable& variable);

  ParameterSource* source_;
  Purpose purpose_;
  Prepacking prepacking_;
  std::vector<NamedParameter> parameters_;
  std::unordered_set<std::string> names_;
  Index count_ = 0;
};

/// A tensor that lies in a block with others.
struct StackedPart {
  std::string_view name;
  Shape shape;
};

/// A place in the tree of names. Layers ask it for their parameters and hand sub-places to their parts.
class ParameterScope {
 public:
  explicit ParameterScope(ParameterStore& store, std::string path = {})
      : store_(&store), path_(std::move(path)) {}

  const std::string& path() const { return path_; }
  ParameterScope operator/(std::string_view name) const { return ParameterScope(*store_, full(name)); }
  ParameterScope operator/(Index number) const { return *this / std::to_string(number); }

  Variable parameter(std::string_view name, const Shape& shape, const Initializer& initializer) const;
  /// Parameters that lie in one block, one below the other, each under its own name: one product serves all
  /// of them. Their shapes may differ in the first axis. Gives the block.
  Variable stacked(const std::vector<StackedPart>& parts, const Initializer& initializer) const;
  /// The weight of these names, which lie one below the other, ready for ops::linear: packed if the model is
  /// opened with a preparation, else the weight itself.
  Variable prepacked(const std::vector<std::string_view>& names, const Variable& weight) const;

 private:
  std::string full(std::string_view name) const;

  ParameterStore* store_;
  std::string path_;
};

}  // namespace heed
