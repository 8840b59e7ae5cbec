#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace heed {

/// A term of the source and how it is to be translated.
struct GlossaryEntry {
  std::string source, target;
  bool operator==(const GlossaryEntry&) const = default;
};

/// How terms are to be translated, whatever the model thinks.
class Glossary {
 public:
  /// DataError for an entry with an empty side, or a source term that stands there twice.
  explicit Glossary(std::vector<GlossaryEntry> entries);
  /// From a table of two columns, tabs or CSV, without a header. FileError or DataError, with the line, for
  /// what is none.
  static Glossary open(const std::filesystem::path& path);

  /// The entries whose source terms stand in a text as whole words, as they are spelled; those within a
  /// longer one that is found do not count.
  std::vector<GlossaryEntry> found_in(std::string_view text) const;
  const std::vector<GlossaryEntry>& entries() const { return entries_; }

 private:
  std::vector<GlossaryEntry> entries_;  // the longest source terms first
};

}  // namespace heed
