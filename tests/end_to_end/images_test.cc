#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/end_to_end/heed_program.h"

namespace heed {
namespace {

/// A model of images from drawing to looking inside, by the program itself, as docs/image-classification.md
/// says.
class HeedImages : public HeedProgram {
 protected:
  HeedImages() {
    EXPECT_EQ(
        heed("data sample --task image-classification --count 240 --image-size 16 --output shapes").status,
        0);
  }
  static std::string training(const std::string& output) {
    return "train --task image-classification --train-images shapes --output " + output +
           " --width 16 --hidden 32 --heads 2 --layers 1 --batch-tokens 512 --epochs 3 --threads 2";
  }
};

TEST_F(HeedImages, are_drawn_learned_predicted_and_looked_into) {
  const Outcome trained = heed(training("model"));
  ASSERT_EQ(trained.status, 0) << trained.err;
  EXPECT_NE(trained.err.find("images: 216 to learn from, 6 classes; 24 to validate on"), std::string::npos)
      << trained.err;

  const Outcome predicted = heed("predict model shapes/star shapes/ring/2.png");
  EXPECT_EQ(predicted.status, 0) << predicted.err;
  std::istringstream lines(predicted.out);
  std::string line, last;
  int count = 0;
  for (; std::getline(lines, line); last = line) ++count;
  EXPECT_EQ(count, 41);
  EXPECT_TRUE(last.starts_with("shapes/ring/2.png\t")) << last;
  EXPECT_EQ(shell("ls shapes/star/*.png | \"$HEED\" predict model").out,
            shell("\"$HEED\" predict model shapes/star/*.png").out);
  const auto json = nlohmann::json::parse(heed("predict model --json shapes/ring/2.png").out);
  EXPECT_EQ(json["file"], "shapes/ring/2.png");
  EXPECT_EQ(json["probabilities"].size(), 6u);

  const Outcome evaluated = heed("classify evaluate model shapes");
  EXPECT_NE(evaluated.out.find("triangle"), std::string::npos) << evaluated.out << evaluated.err;
  EXPECT_EQ(heed("inspect model --attention shapes/star/4.png --output star.html").status, 0);
  EXPECT_NE(content("star.html").find("\"rollout\":{"), std::string::npos);
  EXPECT_EQ(heed("report model --output run.html").status, 0);
  EXPECT_NE(content("run.html").find("\"png\":\""), std::string::npos);
  EXPECT_EQ(heed("quantize model --output small --images shapes --largest-loss 100").status, 0);
  EXPECT_EQ(heed("predict small shapes/star").status, 0);
}

TEST_F(HeedImages, come_to_the_same_bytes_after_a_kill) {
  ASSERT_EQ(heed(training("unbroken")).status, 0);
  std::istringstream words(training("model") + " --save-minutes 1e-9");
  const std::vector<std::string> arguments{std::istream_iterator<std::string>(words), {}};
  for (int life = 0; life < 3; ++life) {
    RunningProgram run(folder_, arguments);
    ::usleep(120'000 * static_cast<unsigned>(life + 1));
  }  // it is killed where it leaves
  const Outcome outcome = heed(training("model"));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(content("model/model.safetensors"), content("unbroken/model.safetensors"));
}

TEST_F(HeedImages, that_are_hostile_are_refused_by_name) {
  ASSERT_EQ(heed(training("model")).status, 0);
  file("text.png", "no image");
  file("cut.png", content("shapes/star/4.png").substr(0, 60));
  expect_failure("predict model text.png", "text.png: is no image that is read; give PNG or JPEG files");
  expect_failure("predict model cut.png", "cut.png: the PNG file is ");
  expect_failure("predict model absent.png", "absent.png: no such file");
  expect_failure("predict model shapes/star/4.png absent.png", "absent.png: no such file");
  expect_failure("inspect model --attention text.png", "text.png: is no image");
  file("shapes/star/text.png", "no image");
  expect_failure(training("other"), "text.png: is no image that is read");
}

}  // namespace
}  // namespace heed
