#include "heed/pages/image_attention_page.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "heed/base/error.h"
#include "tests/pages/page_parts.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

/// One layer with a head over an image of one patch, and a class token.
ImageAttentionReport small_report() {
  ImageAttentionReport report;
  report.image = {1, 1, 1, {7}};
  report.grid = 1;
  report.class_token = true;
  report.labels = {{"cat", 0.75f}, {"dog", 0.25f}};
  report.layers = {{{0.25f, 0.75f, 0.5f, 0.5f}}};
  report.rollout = {0.6f, 0.4f, 0.25f, 0.75f};
  return report;
}

TEST(ImageAttentionPage, holds_the_image_its_labels_and_the_maps) {
  const auto data = nlohmann::json::parse(data_block(image_attention_page(small_report())));
  EXPECT_EQ(data["labels"][0][0], "cat");
  EXPECT_EQ(data["grid"], 1);
  EXPECT_TRUE(data["class_token"]);
  EXPECT_TRUE(data["png"].get<std::string>().starts_with("iVBOR")) << "the first bytes of a PNG file";
  ASSERT_EQ(data["layers"][0].size(), 1u);
  EXPECT_NEAR(data["layers"][0][0]["scale"].get<double>(), 0.75 / 255, 1e-9);
  EXPECT_TRUE(data["rollout"].contains("weights"));
}

TEST(ImageAttentionPage, refuses_maps_that_do_not_fit_the_patches_and_what_are_no_weights) {
  ImageAttentionReport report = small_report();
  report.grid = 2;
  EXPECT_NE(message_of<ShapeError>([&] { image_attention_page(report); }).find("for 5 rows"),
            std::string::npos);
  report = small_report();
  report.layers[0][0][2] = std::nanf("");
  EXPECT_NE(message_of<DataError>([&] { image_attention_page(report); }).find("did training diverge"),
            std::string::npos);
}

}  // namespace
}  // namespace heed
