#include "heed/service/predictor.h"

#include "heed/base/error.h"

namespace heed {

void predict_in_order(const Predictor& predictor, std::span<const std::string> lines, std::uint64_t first,
                      const std::function<void(const Prediction&)>& take) {
  std::vector<Prediction> all;
  try {
    all = predictor(lines, first);
  } catch (const Error& error) {
    const bool refused = dynamic_cast<const DataError*>(&error) || dynamic_cast<const FileError*>(&error);
    if (!refused || lines.size() <= 1) throw;
    // A line's prediction does not depend on its neighbors, so parts of the lines give the same.
    const std::size_t half = lines.size() / 2;
    predict_in_order(predictor, lines.first(half), first, take);
    predict_in_order(predictor, lines.subspan(half), first + half, take);
    return;
  }
  for (const Prediction& prediction : all) take(prediction);
}

}  // namespace heed
