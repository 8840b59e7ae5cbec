#pragma once
#include <string>

namespace heed {

/// What stands between the tags of the data block, as an HTML parser would cut it out.
inline std::string data_block(const std::string& page) {
  const std::string open = "<script type=\"application/json\" id=\"report\">";
  const std::size_t begin = page.find(open) + open.size();
  return page.substr(begin, page.find("</script", begin) - begin);
}

}  // namespace heed
