#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace {

const std::filesystem::path root = HEED_SOURCE_DIR;

/// Folders whose tensors are all a backend's: they have no business with what lies on the host.
TEST(TensorAccess, what_computes_reads_writes_and_makes_tensors_through_a_backend_alone) {
  const std::regex access(
      R"(\.data(<|\()|copy_elements_of|\.clone\(\)|Tensor::zeros|\bTensor( [a-z_]+)?\((?!const |[A-Z][a-z]*&|\)|&))");
  int checked = 0;
  for (const char* folder : {"autograd", "ops", "optim", "model"})
    for (const auto& entry : std::filesystem::directory_iterator(root / "heed" / folder)) {
      if (entry.path().extension() != ".h" && entry.path().extension() != ".cc") continue;
      ++checked;
      std::ifstream in(entry.path());
      std::string line;
      for (int number = 1; std::getline(in, line); ++number) {
        const std::string code = line.substr(0, line.find("//"));
        EXPECT_FALSE(std::regex_search(code, access)) << entry.path() << ":" << number << ": " << line;
      }
    }
  EXPECT_GT(checked, 40);
}

}  // namespace
