#pragma once
#include <filesystem>

#include "heed/safetensors/safetensors.h"
#include "tests/model/tiny_model.h"

namespace heed {

/// What tools/make_transformer_golden.py and make_recurrent_golden.py had PyTorch write.
class GoldenFile : public ParameterSource {
 public:
  explicit GoldenFile(const std::string& name)
      : file_(std::filesystem::path(HEED_SOURCE_DIR) / "tests/golden" / (name + ".safetensors")) {}

  Tensor parameter(const std::string& name, const Shape& shape, const Initializer&) override {
    Tensor tensor = file_.tensor("parameters." + name);
    EXPECT_EQ(tensor.shape(), shape) << name;
    return tensor;
  }
  Tensor tensor(const std::string& name) const { return file_.tensor(name); }
  Index parameters() const {
    Index count = 0;
    for (const auto& [name, entry] : file_.entries()) count += name.starts_with("parameters.");
    return count;
  }
  std::vector<std::vector<Index>> sentences(const std::string& side) const {
    const Tensor tokens = tensor(side + ".tokens"), lengths = tensor(side + ".lengths");
    std::vector<std::vector<Index>> all;
    const auto* token = tokens.data<std::int32_t>();
    for (Index s = 0; s < lengths.count(); ++s) {
      const auto* end = token + lengths.data<std::int32_t>()[s];
      all.emplace_back(token, end);
      token = end;
    }
    return all;
  }

 private:
  SafetensorsFile file_;
};

}  // namespace heed
