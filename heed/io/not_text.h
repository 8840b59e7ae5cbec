#pragma once
#include <string>
#include <string_view>

#include "heed/base/error.h"

namespace heed {

/// A file that holds something else than text.
class NotTextError : public DataError {
 public:
  using DataError::DataError;
};

/// NotTextError, saying what it is, if a file that begins so (once it is decompressed) is no text: an
/// archive, a document, a picture, something compressed twice or in a way that is not read, UTF-16 without a
/// mark, bytes that text has not.
void require_text(std::string_view beginning, const std::string& name);

}  // namespace heed
