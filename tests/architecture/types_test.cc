#include <gtest/gtest.h>

#include "tests/architecture/source_tree.h"

namespace heed::architecture {
namespace {

TEST(TypesDefined, are_those_of_namespaces_alone) {
  EXPECT_EQ(types_defined(R"cc(
#define CLASS struct Macro {
              namespace a::b {
              class Later;
              // struct Comment {};
              template <class T>
              struct Outer final : Base<T> {
                enum class Inner { x };
                void f() {
                  struct Local {};
                }
              };
              template <>
              struct Outer<int> {};
              enum class Color : unsigned char { red };
              inline const char* text = "struct Text {";
              template <class T>
              T f(T x) {
                return {};
              }
              }  // namespace a::b
              class Plain {};
            )cc"),
            (std::vector<std::string>{"a::b::Outer", "a::b::Color", "Plain"}));
}

// Two definitions of one name in one namespace are undefined behavior in a program that links both, and no
// linker tells.
TEST(Types, none_is_defined_in_two_headers) {
  std::map<std::string, std::filesystem::path> defined;
  for (const char* folder : {"heed", "cli"})
    for (const std::filesystem::path& file : sources(folder)) {
      if (file.extension() != ".h") continue;
      for (const std::string& type : types_defined(content(file))) {
        const auto [earlier, fresh] = defined.emplace(type, file);
        EXPECT_TRUE(fresh) << type << " is defined in " << earlier->second << " and in " << file
                           << ": rename one of them";
      }
    }
  EXPECT_GT(defined.size(), 100u);
}

}  // namespace
}  // namespace heed::architecture
