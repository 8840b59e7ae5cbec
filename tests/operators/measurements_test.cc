#include "heed/operators/measurements.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace heed {
namespace {

TEST(Measurements, are_written_as_prometheus_reads_them) {
  Measurements all;
  all.add_counter("heed_requests_total", "Requests.");
  all.add_histogram("heed_seconds", "Time.", {0.1, 1});
  all.add_gauge("heed_connections", "Open ones.", [] { return 7; });
  all.count("heed_requests_total", {{"route", "/a\"\\\n"}, {"status", "200"}});
  all.count("heed_requests_total", {{"route", "/a\"\\\n"}, {"status", "200"}}, 2);
  for (const double seconds : {0.1, 0.2, 5.0}) all.observe("heed_seconds", {}, seconds);
  EXPECT_EQ(all.text(),
            "# HELP heed_connections Open ones.\n# TYPE heed_connections gauge\nheed_connections 7\n"
            "# HELP heed_requests_total Requests.\n# TYPE heed_requests_total counter\n"
            "heed_requests_total{route=\"/a\\\"\\\\\\n\",status=\"200\"} 3\n"
            "# HELP heed_seconds Time.\n# TYPE heed_seconds histogram\nheed_seconds_bucket{le=\"0.1\"} 1\n"
            "heed_seconds_bucket{le=\"1\"} 2\nheed_seconds_bucket{le=\"+Inf\"} 3\nheed_seconds_sum 5.3\n"
            "heed_seconds_count 3\n");
}

TEST(Measurements, stay_small_whatever_the_labels) {
  Measurements all;
  all.add_counter("heed_requests_total", "Requests.");
  for (int i = 0; i < 5000; ++i) all.count("heed_requests_total", {{"route", std::to_string(i)}});
  const std::string text = all.text();
  EXPECT_EQ(std::ranges::count(text, '\n'), 2 + 1001);
  EXPECT_NE(text.find("{route=\"other\"} 4000\n"), std::string::npos);
}

}  // namespace
}  // namespace heed
