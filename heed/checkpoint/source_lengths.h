#pragma once
#include <filesystem>

#include "heed/base/fields.h"

namespace heed {

/// What a translator's folder says of how long the texts were that it learned from: source_lengths.json.
struct SourceLengths {
  Index usual = 0, read = 0;

  static constexpr auto fields() {
    using S = SourceLengths;
    return std::tuple(
        field("usual", &S::usual,
              "tokens, EOS among them, that all but one in a thousand sources had at most (0: unknown)", {0}),
        field(
            "read", &S::read,
            "tokens of a source, without EOS, that were read; what was behind was left out (0: all was read)",
            {0}));
  }
};

void save_source_lengths(const std::filesystem::path& folder, SourceLengths lengths);
/// Unknown if the folder says nothing. CheckpointError if the file is damaged.
SourceLengths load_source_lengths(const std::filesystem::path& folder);

}  // namespace heed
