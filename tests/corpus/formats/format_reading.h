#pragma once
#include <string>
#include <utility>
#include <vector>

#include "heed/base/error.h"
#include "heed/corpus/formats/found_corpora.h"
#include "tests/corpus/temporary_files.h"

namespace heed {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// A test that reads files it writes, as English to German unless it says otherwise.
class Reading : public WithFiles {
 protected:
  Pairs read(const std::filesystem::path& name) {
    report = {};
    const auto reader = open_pairs(std::vector{name}, options, report);
    Pairs pairs;
    for (TextPair pair; reader->next(pair);) {
      pairs.emplace_back(pair.source, pair.target);
      last = reader->where();
    }
    expect_all_accounted_for();
    return pairs;
  }

  /// What reading ends with: the message less the folder of the test.
  std::string complaint(const std::filesystem::path& name) {
    try {
      read(name);
    } catch (const Error& error) {
      std::string text = error.what();
      const std::string folder = folder_.string() + "/";
      for (std::size_t at; (at = text.find(folder)) != text.npos;) text.erase(at, folder.size());
      return text;
    }
    return "";
  }

  /// Whatever is read: each pair that was met is kept or counted under a reason.
  void expect_all_accounted_for() const {
    Index skipped = 0;
    for (const ReadReport::Skip& skip : report.skips()) skipped += skip.pairs;
    EXPECT_EQ(report.kept + skipped, report.read);
  }

  ReadOptions options{.source_language = "en", .target_language = "de"};
  ReadReport report;
  std::string last;  // where the last pair stood
};

}  // namespace heed
