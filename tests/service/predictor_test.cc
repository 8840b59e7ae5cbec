#include "heed/service/predictor.h"

#include <gtest/gtest.h>

#include "tests/support/tensors.h"

namespace heed {
namespace {

/// Gives each line back with its number, and refuses one, as the whole block that it is in.
class RefusingPredictor : public Predictor {
 public:
  std::vector<Prediction> operator()(std::span<const std::string> lines, std::uint64_t first) const override {
    std::vector<Prediction> all;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      require<DataError>(lines[i] != "bad", "line ", first + i + 1, ": it is bad");
      all.push_back({message(first + i + 1, " ", lines[i]), {}});
    }
    return all;
  }
};

TEST(PredictInOrder, tells_what_comes_before_a_line_that_is_refused_and_then_its_number) {
  constexpr std::uint64_t first = 10;
  for (const std::size_t count : {1U, 2U, 3U, 8U, 13U})
    for (std::size_t bad = 0; bad < count; ++bad) {
      std::vector<std::string> lines(count, "good"), told, expected;
      lines[bad] = "bad";
      if (bad + 2 < count) lines[bad + 2] = "bad";
      for (std::size_t i = 0; i < bad; ++i) expected.push_back(message(first + i + 1, " good"));
      const std::string said = message_of<DataError>([&] {
        predict_in_order(RefusingPredictor(), lines, first,
                         [&](const Prediction& prediction) { told.push_back(prediction.text); });
      });
      EXPECT_EQ(said, message("line ", first + bad + 1, ": it is bad"));
      EXPECT_EQ(told, expected);
    }
}

}  // namespace
}  // namespace heed
