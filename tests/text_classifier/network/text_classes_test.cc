#include "heed/text_classifier/network/text_classes.h"

#include "heed/base/error.h"
#include "heed/classes/classes_file.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensors.h"

namespace heed {
namespace {

class TextClassesFile : public WithFolder {
 protected:
  void save() const { classes_.save(folder_); }
  std::string changed(std::string_view from, std::string_view to) const {
    save();
    std::string text = read_file(folder_ / "classes.json");
    text.replace(text.find(from), from.size(), to);
    return read(text);
  }
  std::string read(const std::string& text) const {
    write_file(folder_ / "classes.json", text);
    return message_of<CheckpointError>([&] { load_text_classes(folder_); });
  }

  const TextClasses classes_{{"no", "very \"good\"\n", "\xc3\xbc"}, {.lowercase = true, .maximum_length = 9}};
};

TEST_F(TextClassesFile, gives_back_what_was_saved) {
  save();
  const TextClasses again = load_text_classes(folder_);
  EXPECT_EQ(again.labels, classes_.labels);
  EXPECT_TRUE(again.preparation.lowercase);
  EXPECT_EQ(again.preparation.maximum_length, 9);
}

TEST_F(TextClassesFile, that_is_missing_is_told) {
  EXPECT_NE(message_of<FileError>([&] { load_text_classes(folder_); }).find("is missing"), std::string::npos);
}

TEST_F(TextClassesFile, that_is_damaged_is_refused) {
  EXPECT_NE(changed("\"no\"", "\"yes\"").find("its checksum differs"), std::string::npos);
  EXPECT_NE(changed("true", "false").find("its checksum differs"), std::string::npos);
  EXPECT_NE(changed("\"format_version\": 1", "\"format_version\": 2").find("newer heed"), std::string::npos);
  for (const std::string text :
       {"", "[", "[]", "{}", "null", "{\"format_version\": 1}", "{\"format_version\": \"one\"}"})
    EXPECT_NE(read(text).find("is damaged"), std::string::npos) << text;
}

TEST_F(TextClassesFile, has_two_labels_or_more_in_order) {
  const auto refused = [&](std::vector<std::string> labels) {
    TextClasses{std::move(labels), {}}.save(folder_);
    return message_of<CheckpointError>([&] { load_text_classes(folder_); });
  };
  for (const std::vector<std::string>& labels :
       {std::vector<std::string>{"no"}, {"yes", "no"}, {"no", "no"}, std::vector<std::string>()})
    EXPECT_NE(refused(labels).find("two labels or more"), std::string::npos);
}

TEST_F(TextClassesFile, has_a_label_for_each_class_of_the_model) {
  require_labels_of_model(folder_, classes_.labels, 3);
  EXPECT_NE(message_of<CheckpointError>([&] {
              require_labels_of_model(folder_, classes_.labels, 4);
            }).find("has 3 labels, but the model beside it has 4 classes"),
            std::string::npos);
}

}  // namespace
}  // namespace heed
