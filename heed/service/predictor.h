#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "heed/base/index.h"

namespace heed {

/// What a model makes of a line.
struct Prediction {
  std::string text;                // on one line: a translation, what is written after the line, a label
  nlohmann::ordered_json details;  // an object with all that is known
};

/// Does with lines what a model was trained for, whatever that is.
class Predictor {
 public:
  virtual ~Predictor() = default;

  /// What a line is: a text, or the name of a file, which holds an image, say.
  enum class Input { text, file };
  virtual Input input() const { return Input::text; }
  /// The files that a name stands for: itself, or those in the folder that it names.
  virtual std::vector<std::string> files(const std::filesystem::path& named) const {
    return {named.string()};
  }

  /// One prediction for each line, in their order. `first` is the number of the first line, from 0: what is
  /// drawn at random for a line depends on its number alone. DataError, with the line's number, for one that
  /// is not UTF-8 or longer than a model can take; of files, with the file's name, and FileError.
  virtual std::vector<Prediction> operator()(std::span<const std::string> lines,
                                             std::uint64_t first = 0) const = 0;

  /// Lines that are worth being given at once.
  virtual Index lines_at_once() const { return 512; }
  /// Of so many threads, those that so many lines are done fastest with.
  virtual Index threads_for(Index /*lines*/, Index available) const { return available; }

 protected:
  Predictor() = default;
  Predictor(const Predictor&) = default;
  Predictor(Predictor&&) = default;
  Predictor& operator=(const Predictor&) = default;
  Predictor& operator=(Predictor&&) = default;
};

/// Tells `take` the prediction of each line, in their order. Where a line is refused, those before it are
/// told before its DataError is thrown.
void predict_in_order(const Predictor& predictor, std::span<const std::string> lines, std::uint64_t first,
                      const std::function<void(const Prediction&)>& take);

}  // namespace heed
