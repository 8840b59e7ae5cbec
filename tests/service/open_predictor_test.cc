#include "heed/service/open_predictor.h"

#include "heed/base/files.h"
#include "tests/service/translators.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

class OpenPredictor : public WithTranslator {};

TEST_F(OpenPredictor, translates_as_the_translator_does) {
  const Translator translator = open();
  const auto predictor = open_predictor(folder_, cpu_backend());
  EXPECT_EQ(task_of_model(folder_), "translation");
  const std::vector<std::string> lines{words(3), "", words(7)};
  const std::vector<Prediction> given = (*predictor)(lines);
  const auto wanted = translator.translate(lines, translator.with_batch_size({}));
  ASSERT_EQ(given.size(), lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(given[i].text, wanted[i].translations.front().text);
    EXPECT_EQ(given[i].details.at("score"), wanted[i].translations.front().score);
  }
  EXPECT_EQ(given[1].text, "");
  EXPECT_TRUE((*predictor)({}).empty());
}

TEST_F(OpenPredictor, names_the_line_that_is_not_utf8) {
  open();
  const auto predictor = open_predictor(folder_, cpu_backend());
  const std::vector<std::string> lines{"fox", "f\xF6x"};
  EXPECT_NE(message_of<DataError>([&] { (*predictor)(lines, 10); }).find("line 12"), std::string::npos);
}

TEST_F(OpenPredictor, refuses_a_task_that_it_does_not_know_and_lists_those_that_it_does) {
  open();
  std::string config = read_file(folder_ / "config.json");
  config.replace(config.find("\"translation\""), 13, "\"fortune-telling\"");
  write_file(folder_ / "config.json", config);
  const std::string said = message_of<CheckpointError>([&] { open_predictor(folder_, cpu_backend()); });
  EXPECT_NE(said.find("a model for fortune-telling"), std::string::npos) << said;
  EXPECT_NE(said.find("translation, summarization, text-generation, text-classification"), std::string::npos)
      << said;
}

}  // namespace
}  // namespace heed
