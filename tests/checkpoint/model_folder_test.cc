#include "heed/checkpoint/model_folder.h"

#include <gtest/gtest.h>

#include "heed/backend/reference/reference_backend.h"
#include "heed/checkpoint/stored_weight.h"
#include "heed/model/classifier.h"
#include "heed/model/recurrent_config.h"
#include "tests/model/tiny_model.h"
#include "tests/support/temporary_folder.h"

namespace heed {
namespace {

class ModelFolder : public WithFolder {
 protected:
  ModelFolder() { save_model(model_, make(tiny_config()), "translation"); }

  static Transformer make(const TransformerConfig& config) {
    VariedParameters start(5);
    return Transformer(config, start, ParameterStore::Purpose::inference);
  }
  static Tensor answer(const Model& model) {
    return logits_of(require_family<EncoderDecoder>(model, "test"), reference_backend(),
                     tokens_of({{4, 5, 2}}), tokens_of({{1, 6}}));
  }

  std::string refusal() const {
    try {
      load_model(model_, ParameterStore::Purpose::inference);
    } catch (const CheckpointError& error) {
      return error.what();
    } catch (const FileError& error) {
      return error.what();
    }
    return "none";
  }
  std::string refusal_of_config(const std::string& content) const {
    write_file(config_file_, content);
    return refusal();
  }
  std::string config_with(const std::string& what, const std::string& instead) const {
    std::string content = read_file(config_file_);
    return content.replace(content.find(what), what.size(), instead);
  }

  const std::filesystem::path model_ = folder_ / "model", config_file_ = model_ / "config.json",
                              tensors_ = model_ / "model.safetensors";
};

TEST_F(ModelFolder, gives_back_the_model_that_was_saved) {
  for (const auto purpose : {ParameterStore::Purpose::inference, ParameterStore::Purpose::training}) {
    const auto loaded = load_model(model_, purpose);
    EXPECT_EQ(numbers_of(answer(*loaded)), numbers_of(answer(make(tiny_config()))));
  }
}

TEST_F(ModelFolder, gives_back_every_choice_of_the_config) {
  TransformerConfig config = tiny_config();
  config.norm = NormOrder::pre, config.feed_forward = FeedForwardKind::swiglu, config.tying = Tying::none;
  config.positions = PositionKind::learned, config.dropout = 0.25, config.encoder_layers = 2;
  save_model(model_, make(config), "translation");
  const auto loaded = load_config(model_).as<TransformerConfig>();
  EXPECT_EQ(loaded.norm, config.norm);
  EXPECT_EQ(loaded.feed_forward, config.feed_forward);
  EXPECT_EQ(loaded.tying, config.tying);
  EXPECT_EQ(loaded.positions, config.positions);
  EXPECT_EQ(loaded.dropout, 0.25);
  EXPECT_EQ(numbers_of(answer(*load_model(model_, ParameterStore::Purpose::inference))),
            numbers_of(answer(make(config))));
}

TEST_F(ModelFolder, overwrites_a_model_with_the_parameters_of_a_file) {
  VariedParameters start(6);
  const Transformer other(tiny_config(), start, ParameterStore::Purpose::training);
  load_parameters(tensors_, other.store());
  EXPECT_EQ(numbers_of(answer(other)), numbers_of(answer(make(tiny_config()))));
}

TEST_F(ModelFolder, takes_weights_of_fewer_bits) {
  TensorMap tensors = SafetensorsFile(tensors_).tensors();
  const std::string name = "encoder.layers.0.feed_forward.expand.weight",
                    other = "decoder.layers.0.feed_forward.expand.weight";
  const Tensor weight = tensors.at(name).clone(), half = tensors.at(other).clone();
  for (const auto& [part, tensor] : stored_weight(name, weight, DataType::int8)) tensors[part] = tensor;
  for (const auto& [part, tensor] : stored_weight(other, half, DataType::bfloat16)) tensors[part] = tensor;
  write_safetensors(tensors_, tensors);
  const SafetensorsFile file(tensors_);
  CheckpointParameters parameters(file, tensors_.string());
  EXPECT_EQ(parameters.precision(name), DataType::int8);
  EXPECT_EQ(parameters.precision(other), DataType::bfloat16);
  expect_close(parameters.parameter(name, weight.shape(), zeros()), weight, 0.02);
  expect_close(answer(*load_model(model_, ParameterStore::Purpose::inference)), answer(make(tiny_config())),
               0.2);
  // With the products of those types, too.
  expect_close(answer(*load_model(model_, ParameterStore::Purpose::inference,
                                  Placement::prepacked(reference_backend()))),
               answer(make(tiny_config())), 0.2);
}

TEST_F(ModelFolder, without_the_scales_of_a_weight_is_refused) {
  TensorMap tensors = SafetensorsFile(tensors_).tensors();
  const std::string name = "encoder.layers.0.feed_forward.expand.weight";
  const Tensor weight = tensors.at(name).clone();
  for (const auto& [part, tensor] : stored_weight(name, weight, DataType::int8)) tensors[part] = tensor;
  tensors[scale_name(name)] = Tensor::zeros({weight.size(0) + 1});
  write_safetensors(tensors_, tensors);
  EXPECT_EQ(refusal(), tensors_.string() + ": " + name + "_scale is of float32 and shape [" +
                           std::to_string(weight.size(0) + 1) + "], but " + name + " has " +
                           std::to_string(weight.size(0)) + " rows to scale");
  tensors.erase(scale_name(name));
  write_safetensors(tensors_, tensors);
  EXPECT_NE(refusal().find("no tensor '" + name + "_scale'"), std::string::npos) << refusal();
}

TEST_F(ModelFolder, that_is_none_is_told_from_one_that_lacks_something) {
  EXPECT_EQ(message_of<FileError>([&] { load_config(folder_ / "nowhere"); }),
            (folder_ / "nowhere").string() +
                ": there is no such folder; a model is a folder with config.json, model.safetensors and its "
                "tokenizer");
  std::filesystem::remove(tensors_);
  EXPECT_EQ(refusal(), model_.string() +
                           ": holds a config.json but no model.safetensors; has its training not come to its "
                           "first validation, or was only a part of the folder copied?");
  std::filesystem::remove(config_file_);
  EXPECT_EQ(refusal(), model_.string() +
                           ": holds no config.json, so it is not a heed model; is training still at its "
                           "beginning?");
}

TEST_F(ModelFolder, of_another_program_or_version_is_refused) {
  EXPECT_EQ(refusal_of_config("{\"model_type\": \"marian\"}"),
            config_file_.string() + ": is not a heed model: it has no \"format\": \"heed\"");
  save_config(model_, tiny_config(), "translation");
  EXPECT_EQ(refusal_of_config(config_with("\"version\": 1", "\"version\": 2")),
            config_file_.string() +
                ": is of format version 2, this version of heed reads version 1; use the heed that wrote it, "
                "or train "
                "it again");
  save_config(model_, tiny_config(), "translation");
  EXPECT_EQ(
      refusal_of_config(config_with("\"transformer\"", "\"perceptron\"")),
      config_file_.string() +
          ": architecture 'perceptron' is not known to this heed, only 'transformer', 'rnn', 'lstm', 'gru'");
}

TEST_F(ModelFolder, of_before_there_were_families_and_architectures_holds_a_transformer_that_translates) {
  std::string text = read_file(config_file_);
  for (const std::string line : {"  \"task\": \"translation\",\n", "  \"family\": \"encoder-decoder\",\n",
                                 "  \"architecture\": \"transformer\",\n"}) {
    ASSERT_NE(text.find(line), std::string::npos) << text;
    write_file(config_file_, text.erase(text.find(line), line.size()));
    EXPECT_EQ(&load_config(model_).architecture(), &transformer_architecture());
    EXPECT_EQ(load_task(model_), "translation");
  }
  const auto loaded = load_model_as<EncoderDecoder>(model_, ParameterStore::Purpose::inference);
  EXPECT_EQ(numbers_of(answer(*loaded)), numbers_of(answer(make(tiny_config()))));
}

TEST_F(ModelFolder, that_names_a_recurrent_architecture_but_no_family_holds_it) {
  RecurrentConfig config{
      .cell = RecurrentCell::gru, .source_vocabulary = 7, .target_vocabulary = 7, .width = 4, .hidden = 6};
  save_config(model_, config, "translation");
  write_file(config_file_, config_with("  \"family\": \"encoder-decoder\",\n", ""));
  EXPECT_EQ(load_config(model_).as<RecurrentConfig>().cell, RecurrentCell::gru);
}

TEST_F(ModelFolder, says_what_its_model_is_for) {
  save_model(model_, make(tiny_config()), "summarization");
  EXPECT_EQ(load_task(model_), "summarization");
}

TEST_F(ModelFolder, of_another_family_than_is_asked_for_is_refused) {
  EXPECT_EQ(
      message_of<ConfigError>([&] { load_model_as<Classifier>(model_, ParameterStore::Purpose::inference); }),
      model_.string() + ": needs a model of the family classifier, not of the family encoder-decoder");
}

TEST_F(ModelFolder, with_a_config_that_does_not_fit_is_refused) {
  EXPECT_EQ(refusal_of_config(config_with("\"width\"", "\"widht\"")),
            config_file_.string() + ": unknown key 'widht'; did you mean 'width'?");
  save_config(model_, tiny_config(), "translation");
  EXPECT_EQ(refusal_of_config(config_with("\"heads\": 2", "\"heads\": \"two\"")),
            config_file_.string() + ": heads: expected a whole number from 1 to 1024, found 'two'");
  save_config(model_, tiny_config(), "translation");
  EXPECT_EQ(refusal_of_config(config_with("\"heads\": 2", "\"heads\": 3")),
            config_file_.string() + ": width 4 does not divide into 3 heads");
  save_config(model_, tiny_config(), "translation");
  const std::string another = refusal_of_config(config_with("\"hidden\": 6", "\"hidden\": 8"));
  EXPECT_TRUE(another.starts_with(tensors_.string() + ": ")) << another;
  EXPECT_NE(another.find("is of shape [6, 4], the config asks for [8, 4]; was it saved with another config?"),
            std::string::npos)
      << another;
}

TEST_F(ModelFolder, with_damaged_files_is_refused) {
  const std::string config = read_file(config_file_), tensors = read_file(tensors_);
  for (const std::string& damaged :
       {std::string(), config.substr(0, config.size() / 2), std::string("[]"), std::string("null"),
        std::string("{\"format\": \"heed\", \"version\": 1, \"architecture\": \"transformer\"}"),
        std::string("{\"format\": 7}")}) {
    const std::string said = refusal_of_config(damaged);
    EXPECT_TRUE(said.starts_with(config_file_.string() + ": ")) << said;
  }
  write_file(config_file_, config);
  for (const std::string& damaged :
       {std::string(), tensors.substr(0, 7), tensors.substr(0, tensors.size() - 1), std::string(4096, 'x'),
        std::string(tensors).replace(tensors.size() - 3, 1, 1,
                                     static_cast<char>(tensors[tensors.size() - 3] ^ 1))}) {
    write_file(tensors_, damaged);
    const std::string said = refusal();
    EXPECT_NE(said.find(tensors_.string()), std::string::npos) << said;
  }
}

TEST_F(ModelFolder, with_tensors_too_many_or_too_few_is_refused) {
  TransformerConfig larger = tiny_config();
  larger.decoder_layers = 3;
  save_parameters(tensors_, make(larger).store());
  EXPECT_NE(refusal().find("tensor decoder.layers.2."), std::string::npos) << refusal();
  EXPECT_NE(refusal().find("has no place in a model of its config; was it saved with another config?"),
            std::string::npos)
      << refusal();
  TransformerConfig smaller = tiny_config();
  smaller.decoder_layers = 1;
  save_parameters(tensors_, make(smaller).store());
  EXPECT_NE(refusal().find("no tensor decoder.layers.1."), std::string::npos) << refusal();
}

TEST_F(ModelFolder, that_cannot_be_made_says_why) {
  const auto below_a_file = file("file", "x") / "model";
  EXPECT_NE(message_of<FileError>([&] {
              save_model(below_a_file, make(tiny_config()), "translation");
            }).find("Not a directory"),
            std::string::npos);
}

}  // namespace
}  // namespace heed
