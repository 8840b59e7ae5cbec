#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "heed/base/fields.h"

namespace heed {

/// A text with the label of its class.
struct LabeledText {
  std::string label, text;
};

/// Where a line has its label.
enum class LabelFormat {
  automatic,   // as the first line that is not blank: tsv if it holds a tab
  tsv,         // label, tab, text
  first_word,  // the label is the first word
};
template <>
struct EnumNames<LabelFormat> {
  static constexpr std::array names{std::pair{"auto", LabelFormat::automatic},
                                    std::pair{"tsv", LabelFormat::tsv},
                                    std::pair{"first_word", LabelFormat::first_word}};
};

enum class TextEncoding { utf8, latin1 };
template <>
struct EnumNames<TextEncoding> {
  static constexpr std::array names{std::pair{"utf8", TextEncoding::utf8},
                                    std::pair{"latin1", TextEncoding::latin1}};
};

struct LabelReading {
  LabelFormat format = LabelFormat::automatic;
  TextEncoding encoding = TextEncoding::utf8;

  static constexpr auto fields() {
    using R = LabelReading;
    return std::tuple(
        field("format", &R::format,
              "label, tab, text; or the label is the first word; auto: as the first line has a tab or not"),
        field("encoding", &R::encoding, "of the text files"));
  }
};

/// The texts of some files, plain or .gz, one a line; blank lines are none. A label without text is an empty
/// text. DataError, with the line, for what has no label and for what is not of the encoding.
std::vector<LabeledText> read_labeled(std::span<const std::filesystem::path> files,
                                      const LabelReading& reading);

/// A line as UTF-8. DataError, beginning with `where`, if it is not of the encoding.
std::string decoded(std::string line, TextEncoding encoding, std::string_view where);

}  // namespace heed
