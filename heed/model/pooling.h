#pragma once
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "heed/base/fields.h"

namespace heed {

/// How a vector for each token becomes one for the sequence: the largest or the mean of each column, that of
/// the first token (BERT's [CLS]), a recurrent network's last state of each direction; or none, where every
/// token is to be classified.
enum class Pooling { max, mean, first, last, none };
template <>
struct EnumNames<Pooling> {
  static constexpr std::array names{std::pair{"max", Pooling::max}, std::pair{"mean", Pooling::mean},
                                    std::pair{"first", Pooling::first}, std::pair{"last", Pooling::last},
                                    std::pair{"none", Pooling::none}};
};

/// "max pooling", "no pooling"
inline std::string pooling_text(Pooling pooling) {
  return (pooling == Pooling::none ? "no" : std::string(enum_name(pooling))) + " pooling";
}

}  // namespace heed
