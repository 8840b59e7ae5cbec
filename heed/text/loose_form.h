#pragma once
#include <string>
#include <string_view>

namespace heed {

/// What two texts must have in common to count as the same where a corpus is split, or a test set looked for
/// in it: their letters, marks and digits, whatever their case, their Unicode normalization and what stands
/// between. Of a text without any, all of it but white space at its ends.
std::u32string loose_form(std::string_view text);

}  // namespace heed
