#include "heed/text/lowercased.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>

#include "heed/base/error.h"

namespace heed {

std::string lowercased(std::string_view text) {
  std::string result;
  icu::StringByteSink<std::string> sink(&result);
  UErrorCode error = U_ZERO_ERROR;
  icu::CaseMap::utf8ToLower("", 0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())),
                            sink, nullptr, error);
  require<DataError>(U_SUCCESS(error) != 0, "a text cannot be lowercased: ", u_errorName(error));
  return result;
}

}  // namespace heed
