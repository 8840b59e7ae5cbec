#include <nlohmann/json.hpp>

#include "heed/base/base64.h"
#include "heed/base/files.h"
#include "heed/model/decoder_only_transformer.h"
#include "tests/support/backends.h"
#include "tests/support/shared_data.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

const SharedData folder("pretrained/mingpt-nano-sort");

/// Tensors that llm-viz keeps as JSON: {"shape": ..., "data": base64 of float32}.
class TensorJson {
 public:
  explicit TensorJson(const std::filesystem::path& file) : json_(nlohmann::json::parse(read_file(file))) {}

  Tensor operator[](const std::string& name) const {
    const auto& entry = json_.at(name);
    const auto sizes = entry.at("shape").get<std::vector<Index>>();
    const Tensor tensor{Shape(std::span<const Index>(sizes))};
    const std::vector<std::uint8_t> bytes = bytes_of(entry.at("data").get<std::string>());
    EXPECT_EQ(bytes.size(), static_cast<std::size_t>(tensor.count()) * sizeof(float)) << name;
    std::memcpy(tensor.data(), bytes.data(), bytes.size());
    return tensor;
  }

 private:
  static std::vector<std::uint8_t> bytes_of(const std::string& base64) {
    std::vector<std::uint8_t> bytes;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : base64) {
      static constexpr std::string_view digits =
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
      const auto digit = digits.find(c);
      if (digit == std::string_view::npos) break;
      bits = bits << 6 | static_cast<std::uint32_t>(digit);
      held += 6;
      if (held < 8) continue;
      held -= 8;
      bytes.push_back(static_cast<std::uint8_t>(bits >> held & 0xFF));
    }
    return bytes;
  }

  nlohmann::json json_;
};

/// minGPT's weights under heed's names.
class MinGpt : public ParameterSource {
 public:
  Tensor parameter(const std::string& name, const Shape& shape, const Initializer&) override {
    const Tensor tensor = named(name);
    EXPECT_EQ(tensor.shape(), shape) << name;
    return tensor.clone();
  }

 private:
  Tensor named(std::string name) const {
    if (name == "embedding.weight") return json_["transformer.wte.weight"];
    if (name == "decoder.positions.weight") return json_["transformer.wpe.weight"];
    if (name == "decoder.output.weight") return json_["lm_head.weight"];
    const std::string kind = name.substr(name.rfind('.'));
    if (name.starts_with("decoder.norm.")) return json_["transformer.ln_f" + kind];
    const std::string layer = "transformer.h." + name.substr(std::string("decoder.layers.").size(), 1) + ".";
    const std::string part = name.substr(std::string("decoder.layers.0.").size());
    if (part.starts_with("self_attention_norm")) return json_[layer + "ln_1" + kind];
    if (part.starts_with("feed_forward_norm")) return json_[layer + "ln_2" + kind];
    if (part.starts_with("feed_forward.expand")) return json_[layer + "mlp.c_fc" + kind];
    if (part.starts_with("feed_forward.contract")) return json_[layer + "mlp.c_proj" + kind];
    if (part.starts_with("self_attention.output")) return json_[layer + "attn.c_proj" + kind];
    const Index which = part.starts_with("self_attention.query") ? 0
                        : part.starts_with("self_attention.key") ? 1
                                                                 : 2;
    const Tensor all = json_[layer + "attn.c_attn" + kind];
    return all.narrow(0, which * 48, 48);
  }

  TensorJson json_{folder / "gpt-nano-sort-model.json"};
};

class MinGptSort : public OnEveryBackend {
 protected:
  void SetUp() override {
    if (!folder.here()) GTEST_SKIP() << folder.missing();
    wanted_.emplace(folder / "gpt-nano-sort-t0-partials.json");
    const Tensor idx = wanted("idx");
    std::vector<Index> tokens;
    for (const float token : numbers_of(idx)) tokens.push_back(static_cast<Index>(token));
    inputs_ = TokenBatch::packed(tokens, std::vector<Index>(3, 11));
  }
  Tensor wanted(const std::string& name) const { return (*wanted_)[name]; }
  DecoderOnlyTransformer model(Index layers) const {
    MinGpt weights;
    return {{.vocabulary = 3,
             .width = 48,
             .hidden = 192,
             .heads = 3,
             .layers = layers,
             .maximum_positions = 11,
             .tied_output = false},
            weights,
            ParameterStore::Purpose::inference};
  }
  static Tensor as_rows(const Tensor& x) { return tensor_of({33, x.size(2)}, numbers_of(x)); }

  std::optional<TensorJson> wanted_;
  TokenBatch inputs_;
};
INSTANTIATE_TEST_SUITE_P(Backends, MinGptSort, every_backend(), backend_name);

// PyTorch's own float32 results: two roundings of sums through three layers differ by this much.
constexpr double tolerance = 1e-4;

TEST_P(MinGptSort, gives_the_weights_of_the_first_attention) {
  const DecoderOnlyTransformer all = model(1);
  Pass pass = Pass::inference(backend());
  std::vector<std::string> layers;
  pass.observe_attention([&](std::string_view layer, const Tensor& weights) {
    layers.emplace_back(layer);
    expect_close(weights, wanted("attSm"), tolerance);
  });
  all(pass, inputs_);
  EXPECT_EQ(layers, (std::vector<std::string>{"decoder.layers.0.self_attention"}));
}

TEST_P(MinGptSort, gives_the_result_of_every_block) {
  for (const Index layers : {1, 2, 3}) {
    // The final norm stands behind the last block, however many there are.
    MinGpt weights;
    ParameterStore store(weights, ParameterStore::Purpose::inference);
    const Norm norm(ParameterScope(store) / "decoder" / "norm", 48);
    Pass pass = Pass::inference(backend());
    const Variable block = pass.constant(as_rows(wanted("block" + std::to_string(layers - 1))));
    const DecoderOnlyTransformer some = model(layers);
    expect_close(some.before_projection(pass, inputs_).value(), norm(block).value(), tolerance,
                 message(layers, " layers"));
  }
}

TEST_P(MinGptSort, gives_the_logits) {
  const DecoderOnlyTransformer all = model(3);
  Pass pass = Pass::inference(backend());
  expect_close(all.before_projection(pass, inputs_).value(), as_rows(wanted("ln_f")), tolerance);
  expect_close(all(pass, inputs_).value(), as_rows(wanted("lm_head")), tolerance);
}

}  // namespace
}  // namespace heed
