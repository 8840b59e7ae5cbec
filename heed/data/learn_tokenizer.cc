#include "heed/data/learn_tokenizer.h"

#include <algorithm>
#include <queue>

#include "heed/base/error.h"
#include "heed/base/random.h"

namespace heed {
namespace {

constexpr std::uint64_t sampling_stream = 0x746578742073616D;
// A large document is drawn from in parts of this size, and lines are no longer: pieces are learned from
// those of at most 16 KiB.
constexpr std::size_t part_bytes = 1 << 14;

/// Parts of a text that passes by, up to so many bytes together: each draws a number, and those with the
/// smallest stay.
class PartSample {
 public:
  explicit PartSample(const TextSample& sample)
      : most_(sample.bytes), random_(sample.seed, sampling_stream) {}

  void see(std::string&& text) {
    const std::uint64_t drawn = std::uint64_t{random_()} << 32 | random_();
    bytes_ += std::ssize(text);
    parts_.push({drawn, seen_++, std::move(text)});
    while (bytes_ > most_ && parts_.size() > 1) {
      bytes_ -= std::ssize(parts_.top().text);
      parts_.pop();
    }
  }

  /// In the order of the text.
  std::vector<std::string> take() {
    std::vector<Part> kept;
    for (; !parts_.empty(); parts_.pop()) kept.push_back(parts_.top());
    std::ranges::sort(kept, {}, &Part::number);
    std::vector<std::string> texts;
    for (Part& part : kept) texts.push_back(std::move(part.text));
    return texts;
  }
  Index bytes() const { return bytes_; }

 private:
  struct Part {
    std::uint64_t drawn;
    Index number;
    std::string text;
    bool operator<(const Part& other) const { return drawn < other.drawn; }
  };

  Index most_, bytes_ = 0, seen_ = 0;
  Random random_;
  std::priority_queue<Part> parts_;
};

/// The lines of texts that hold something: what pieces are learned from must not be long.
std::vector<std::string_view> lines_of(const std::vector<std::string>& texts) {
  std::vector<std::string_view> lines;
  for (std::string_view text : texts)
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      if (end > 0) lines.push_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  return lines;
}

}  // namespace

Tokenizers learn_tokenizer(const TextDocuments& documents, const TokenizerConfig& config,
                           DocumentReport& report, const TextSample& sample) {
  completed(config);  // refuses what does not fit before the text is read
  if (config.kind == TokenizerKind::bytes) return train_tokenizers(config, {});
  const Index before = report.bytes;
  DocumentReader reader = documents.open(report, part_bytes);
  DocumentPart part;
  const auto require_text = [&] {
    require<DataError>(report.bytes > before, documents.name(),
                       ": there is no text to learn a tokenizer from");
  };
  if (config.kind == TokenizerKind::characters) {
    CharacterCounts counts;
    while (reader.next(part)) counts.add(part.text);
    require_text();
    return character_tokenizers(config, counts);
  }
  PartSample parts(sample);
  while (reader.next(part)) parts.see(std::move(part.text));
  require_text();
  const Index bytes = parts.bytes(), all = report.bytes - before;
  const std::vector<std::string> texts = parts.take();
  Tokenizers tokenizers = train_tokenizers(config, lines_of(texts));
  if (bytes < all)
    tokenizers.notes.push_back(message("tokenizer: learned from ", bytes, " of ", all, " bytes"));
  return tokenizers;
}

}  // namespace heed
