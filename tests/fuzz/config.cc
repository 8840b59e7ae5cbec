#include "heed/base/error.h"
#include "heed/base/settings_json.h"
#include "heed/base/settings_yaml.h"
#include "heed/corpus/corpus_options.h"
#include "heed/model/transformer_config.h"
#include "heed/training/training_config.h"

namespace heed {
namespace {

/// The options of a run: what heed train --config reads and what it writes is read again.
void read_yaml(const std::string& text) {
  CorpusOptions corpus;
  TrainingConfig training;
  TransformerConfig model;
  const Settings settings = settings_of(corpus, training, model);
  try {
    set_from_yaml_text(settings, text, "fuzz");
  } catch (const Error&) {
    return;
  }
  set_from_yaml_text(settings, yaml_text(settings), "written");
}

/// The config.json of a model.
void read_json(const std::string& text) {
  TransformerConfig model;
  try {
    set_from_json_text(settings_of(model), text, "fuzz");
    validate(model);
  } catch (const Error&) {
  }
}

}  // namespace
}  // namespace heed

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  const std::string text(reinterpret_cast<const char*>(bytes), count);
  heed::read_yaml(text);
  heed::read_json(text);
  return 0;
}
