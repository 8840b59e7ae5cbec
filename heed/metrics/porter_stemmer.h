#pragma once
#include <string>
#include <string_view>

namespace heed {

/// The stem of an English word in lower case: the algorithm of Porter (1980, "An algorithm for suffix
/// stripping"), with the changes and the irregular words of NLTK, whose stemmer ROUGE is reported with.
std::string porter_stem(std::string_view word);

}  // namespace heed
