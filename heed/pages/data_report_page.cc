#include "heed/pages/data_report_page.h"

#include <string_view>

#include "heed/corpus/report/data_report_json.h"
#include "heed/pages/script_json.h"

namespace heed::web {
extern const std::string_view data_report_html;  // web/data_report.html, see cmake/heed_embed.cmake
}

namespace heed {

std::string data_report_page(const DataReport& report) {
  return page_with_report(web::data_report_html, as_json(report));
}

}  // namespace heed
