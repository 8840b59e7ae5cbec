#include "heed/safetensors/safetensors.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <random>

#include "heed/base/files.h"
#include "heed/safetensors/safetensors_header.h"

namespace heed {
namespace {

std::filesystem::path file_in_test_folder(const std::string& name) {
  return testing::TempDir() + std::to_string(::getpid()) + name;
}

Tensor counted(const Shape& shape) {
  Tensor tensor(shape);
  for (Index i = 0; i < tensor.count(); ++i) tensor.data()[i] = static_cast<float>(i) + 0.5f;
  return tensor;
}

/// Without the sync to disk of write_file: thousands of files are written here.
void write_quickly(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

/// A file of a header and bytes of data, as the format has it.
std::filesystem::path made_by_hand(const std::string& header, const std::string& data) {
  const auto path = file_in_test_folder("by_hand.safetensors");
  std::uint64_t length = header.size();
  std::string content(8, '\0');
  std::memcpy(content.data(), &length, 8);
  write_quickly(path, content + header + data);
  return path;
}

/// What opening such a file complains about, without its name.
std::string complaint(const std::string& header, const std::string& data) {
  const auto path = made_by_hand(header, data);
  try {
    SafetensorsFile file(path);
  } catch (const CheckpointError& error) {
    const std::string text = error.what(), where = "checkpoint " + path.string() + ": ";
    EXPECT_TRUE(text.starts_with(where)) << text;
    return text.substr(where.size());
  }
  return "none";
}

std::string complaint_of_bytes(const std::string& content) {
  const auto path = file_in_test_folder("bytes.safetensors");
  write_quickly(path, content);
  try {
    SafetensorsFile file(path);
  } catch (const CheckpointError& error) {
    return std::string(error.what()).substr(("checkpoint " + path.string() + ": ").size());
  }
  return "none";
}

TEST(Safetensors, come_back_as_they_were_written) {
  Tensor halves({3}, DataType::bfloat16), numbers({1, 2}, DataType::int32), bytes({5}, DataType::int8);
  for (Index i = 0; i < 3; ++i) halves.data<BFloat16>()[i] = BFloat16(static_cast<float>(i));
  for (Index i = 0; i < 2; ++i) numbers.data<std::int32_t>()[i] = static_cast<std::int32_t>(-i);
  for (Index i = 0; i < 5; ++i) bytes.data<std::int8_t>()[i] = static_cast<std::int8_t>(i - 3);
  const auto path = file_in_test_folder("types.safetensors");
  write_safetensors(path,
                    {{"floats", counted({4, 5})},
                     {"halves", halves},
                     {"numbers", numbers},
                     {"bytes", bytes},
                     {"scalar", counted({})},
                     {"none", counted({0, 7})}},
                    {{"made by", "a \"test\"\n"}});
  const SafetensorsFile file(path);
  EXPECT_EQ(file.metadata().at("made by"), "a \"test\"\n");
  ASSERT_EQ(file.entries().size(), 6u);
  EXPECT_EQ(file.tensor("floats").shape(), Shape({4, 5}));
  EXPECT_EQ(file.tensor("floats").data()[19], 19.5f);
  EXPECT_EQ(static_cast<float>(file.tensor("halves").data<BFloat16>()[2]), 2.0f);
  EXPECT_EQ(file.tensor("numbers").data<std::int32_t>()[1], -1);
  EXPECT_EQ(file.tensor("bytes").data<std::int8_t>()[0], -3);
  EXPECT_EQ(file.tensor("scalar").data()[0], 0.5f);
  EXPECT_EQ(file.tensor("none").shape(), Shape({0, 7}));
  file.verify();
}

TEST(Safetensors, tensors_outlive_their_file_and_changing_them_changes_no_file) {
  const auto path = file_in_test_folder("life.safetensors");
  write_safetensors(path, {{"weight", counted({64})}});
  const std::string before = read_file(path);
  Tensor weight = SafetensorsFile(path).tensor("weight");
  weight.data()[0] = 7;
  EXPECT_EQ(weight.data()[1], 1.5f);
  EXPECT_EQ(read_file(path), before);
  EXPECT_EQ(SafetensorsFile(path).tensor("weight").data()[0], 0.5f);
}

TEST(Safetensors, whole_cache_lines_stay_aligned_to_them) {
  const auto path = file_in_test_folder("aligned.safetensors");
  Tensor odd({3}, DataType::int8);
  write_safetensors(path,
                    {{"a", odd.clone()}, {"b", counted({3, 16})}, {"c", counted({5})}, {"d", counted({16})}});
  const SafetensorsFile file(path);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(file.tensor("b").data()) % 64, 0u);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(file.tensor("d").data()) % 64, 0u);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(file.tensor("c").data()) % 4, 0u);
}

TEST(Safetensors, views_are_written_as_what_they_show) {
  const auto path = file_in_test_folder("view.safetensors");
  write_safetensors(path, {{"view", counted({4, 6}).narrow(1, 2, 3)}});
  const Tensor view = SafetensorsFile(path).tensor("view");
  EXPECT_EQ(view.shape(), Shape({4, 3}));
  EXPECT_EQ(view.data()[3], 8.5f);
}

TEST(Safetensors, equal_content_gives_equal_bytes) {
  const auto path = file_in_test_folder("equal.safetensors");
  write_safetensors(path, {{"x", counted({9})}, {"y", counted({2})}}, {{"k", "v"}});
  const std::string first = read_file(path);
  write_safetensors(path, {{"y", counted({2})}, {"x", counted({9})}}, {{"k", "v"}});
  EXPECT_EQ(read_file(path), first);
}

TEST(Safetensors, unaligned_tensors_of_other_programs_are_copied) {
  const float values[]{1, 2};
  std::string data(8, '\0');
  std::memcpy(data.data(), values, 8);
  const auto path = made_by_hand(R"({"weight":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}   )", data);
  ASSERT_NE((std::filesystem::file_size(path) - data.size()) % 4, 0u);
  const Tensor weight = SafetensorsFile(path).tensor("weight");
  EXPECT_EQ(weight.data()[1], 2.0f);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(weight.data()) % 4, 0u);
}

TEST(Safetensors, types_that_heed_lacks_are_listed_but_not_read) {
  const SafetensorsFile file(
      made_by_hand(R"({"ids":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}})", "12345678"));
  EXPECT_EQ(file.entries().at("ids").type, "I64");
  EXPECT_THROW(file.tensor("ids"), CheckpointError);
}

TEST(Safetensors, a_missing_tensor_gets_a_suggestion) {
  const auto path = file_in_test_folder("names.safetensors");
  write_safetensors(path, {{"encoder.output.bias", counted({2})}, {"encoder.output.weight", counted({2})}});
  try {
    SafetensorsFile(path).tensor("encoder.output.bais");
    FAIL() << "was found";
  } catch (const CheckpointError& error) {
    EXPECT_EQ(std::string(error.what()),
              "checkpoint " + path.string() +
                  ": no tensor 'encoder.output.bais' among its 2; did you mean 'encoder.output.bias'?");
  }
}

TEST(Safetensors, a_changed_bit_is_found_by_the_checksum) {
  const auto path = file_in_test_folder("damaged.safetensors");
  write_safetensors(path, {{"weight", counted({100})}});
  std::string content = read_file(path);
  content[content.size() - 17] ^= 4;
  write_file(path, content);
  EXPECT_THROW(SafetensorsFile(path).verify(), CheckpointError);
}

TEST(Safetensors, a_file_cut_short_anywhere_is_refused) {
  const auto path = file_in_test_folder("whole.safetensors");
  write_safetensors(path, {{"weight", counted({10})}, {"bias", counted({3})}});
  const std::string content = read_file(path);
  for (std::size_t length = 0; length < content.size(); ++length)
    ASSERT_NE(complaint_of_bytes(content.substr(0, length)), "none") << length << " bytes";
}

TEST(Safetensors, files_of_other_kinds_are_refused) {
  EXPECT_EQ(complaint_of_bytes("PK\x03\x04 a zip archive, say, of another program"),
            "is not a safetensors file; was it made by another program?");
  EXPECT_EQ(complaint_of_bytes(""), "has 0 bytes, too few for any checkpoint; save or copy it again");
  EXPECT_EQ(complaint("{\"a\": ", ""),
            "its header is not JSON; it is not a safetensors file, or it is damaged");
  EXPECT_THROW(SafetensorsFile("/no/such/model.safetensors"), FileError);
  EXPECT_THROW(SafetensorsFile{testing::TempDir()}, FileError);
}

TEST(Safetensors, headers_that_lie_are_refused) {
  const std::string eight(8, 'x');
  EXPECT_EQ(complaint(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", eight), "none");
  EXPECT_EQ(complaint(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", eight),
            "tensor 'a': its shape needs 12 bytes, but it has 8; the file is damaged");
  EXPECT_EQ(complaint(R"({"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}})", eight),
            "tensor 'a': lies at bytes 0 to 16 of 8; the file is cut short or damaged, copy it again");
  EXPECT_EQ(complaint(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", eight).substr(0, 32),
            "tensor 'a': lies at bytes 8 to 0");
  EXPECT_EQ(complaint(R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", eight),
            "tensor 'a': a part of its shape is not a size: -2");
  EXPECT_EQ(complaint(R"({"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}})", eight),
            "tensor 'a': a part of its shape is not a size: 2.5");
  EXPECT_EQ(complaint(R"({"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}})", ""),
            "tensor 'a': its shape is larger than any memory");
  EXPECT_EQ(complaint(R"({"a":{"dtype":"F32","shape":[0,4611686018427387904,4],"data_offsets":[0,0]}})", ""),
            "tensor 'a': its shape is larger than any memory");
  EXPECT_EQ(complaint(R"({"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}})", eight),
            "tensor 'a': has the unknown type 'F31'");
  EXPECT_EQ(complaint(R"({"a":{"dtype":"F32","shape":[2]}})", eight),
            "tensor 'a': its entry lacks dtype, shape or two data_offsets");
  EXPECT_EQ(complaint(R"({"a":3})", ""), "tensor 'a': its entry lacks dtype, shape or two data_offsets");
  EXPECT_EQ(complaint(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                      R"("b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})",
                      eight),
            "tensors 'a' and 'b' overlap; the file is damaged");
  EXPECT_EQ(complaint(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", eight),
            "bytes 0 to 4 belong to no tensor; the file is damaged");
  EXPECT_EQ(complaint(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", eight),
            "its last 4 bytes belong to no tensor; the file is damaged");
  EXPECT_EQ(complaint(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                      R"("a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                      eight),
            "its header names 'a' twice; save it again");
  EXPECT_EQ(complaint(R"({"__metadata__":{"a":1}})", ""), "its metadata 'a' is not a text");
  EXPECT_EQ(complaint(R"({"__metadata__":[]})", ""), "its metadata is not a JSON object");
  EXPECT_EQ(complaint("{\"a\":" + std::string(100000, '[') + std::string(100000, ']') + "}", ""),
            "its header is nested too deeply; it is not a checkpoint");
}

TEST(Safetensors, headers_longer_than_the_file_or_the_limit_are_refused) {
  std::string content(16, '{');
  for (const std::uint64_t length : {9ull, 1000ull, 100'000'001ull, ~0ull, 1ull << 63}) {
    std::memcpy(content.data(), &length, 8);
    EXPECT_NE(complaint_of_bytes(content), "none") << length;
  }
}

TEST(Safetensors, random_damage_to_the_header_is_refused_or_harmless) {
  const std::string sound =
      R"({"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},)"
      R"("b":{"dtype":"I8","shape":[3],"data_offsets":[8,11]}})";
  const std::size_t data_bytes = 11;
  ASSERT_EQ(parse_safetensors_header(sound, data_bytes, "sound").entries.size(), 2u);
  std::mt19937 random(1);
  int accepted = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string damaged = sound;
    for (int change = 0; change < 1 + round % 3; ++change) {
      // Digits and brackets find more than bytes that no JSON has.
      const char replacement =
          round % 2 ? "0123456789{}[]\",:-e."[random() % 21] : static_cast<char>(random());
      damaged[random() % damaged.size()] = replacement;
    }
    try {
      for (const auto& [name, entry] : parse_safetensors_header(damaged, data_bytes, "damaged").entries)
        ASSERT_LE(entry.end, data_bytes) << damaged;
      ++accepted;
    } catch (const CheckpointError&) {
    }
  }
  EXPECT_GT(accepted, 0);  // changes within names
  EXPECT_LT(accepted, 10000);
}

TEST(Safetensors, absent_tensors_cannot_be_saved) {
  const auto path = file_in_test_folder("absent.safetensors");
  EXPECT_THROW(write_safetensors(path, {{"weight", Tensor()}}), CheckpointError);
}

}  // namespace
}  // namespace heed
