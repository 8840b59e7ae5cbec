#include "heed/tensor/data_type.h"

namespace heed {

std::string_view name_of(DataType type) {
  switch (type) {
    case DataType::float32:
      return "float32";
    case DataType::bfloat16:
      return "bfloat16";
    case DataType::int32:
      return "int32";
    case DataType::int8:
      return "int8";
  }
  return "unknown";
}

}  // namespace heed
