#pragma once
#include <functional>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "heed/corpus/formats/xliff_entry.h"

namespace heed {

/// Whether a program calls a translation finished by a word of its own, such as ApprovedSignOff, Translated,
/// ManuallyConfirmed or 1; what is not known not to be a draft is one.
bool calls_finished(std::string_view status);

/// Whether such a word says that a translation is a draft or was rejected.
bool calls_unfinished(std::string_view status);

/// What an XLIFF entry says of the state of its translations: in the words of XLIFF (state, state-qualifier,
/// approved, subState), of SDLXLIFF (conf), memoQ (mq:status), Memsource (m:confirmed) and others that are
/// written alike.
class XliffStatus {
 public:
  /// `definitions`: the element of SDL's that has the state of each segment; empty if there is none.
  XliffStatus(const pugi::xml_node& entry, const pugi::xml_node& definitions);

  /// What is said against a translation, such as state="new" or "no conf"; empty if it is finished.
  std::string objection(const XliffSegment& segment) const;

 private:
  bool approved_ = false;
  std::string objection_;  // to all of the entry
  bool has_confirmations_ = false;
  std::map<std::string, std::string, std::less<>> confirmations_;  // SDL's, by mid
};

}  // namespace heed
