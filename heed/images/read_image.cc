#include "heed/images/read_image.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "heed/base/files.h"
#include "heed/images/jpeg.h"
#include "heed/images/png.h"

namespace heed {
namespace {

using namespace std::string_view_literals;

/// What a file that is none of ours begins with, and what it is.
struct Mark {
  std::string_view bytes;
  std::size_t at;
  std::string_view what;
};
constexpr std::array marks{
    Mark{"GIF8"sv, 0, "a GIF"},
    Mark{"BM"sv, 0, "a BMP"},
    Mark{"WEBP"sv, 8, "a WebP image"},
    Mark{"II*\0"sv, 0, "a TIFF"},
    Mark{"MM\0*"sv, 0, "a TIFF"},
    Mark{"ftypheic"sv, 4, "a HEIC image"},
    Mark{"ftypavif"sv, 4, "an AVIF image"},
    Mark{"%PDF-"sv, 0, "a PDF"},
    Mark{"<svg"sv, 0, "an SVG"},
    Mark{"<?xml"sv, 0, "XML"},
};

std::string what_it_is(std::string_view bytes) {
  if (bytes.empty()) return "empty";
  for (const auto& [mark, at, what] : marks)
    if (bytes.size() >= at + mark.size() && bytes.substr(at, mark.size()) == mark) return std::string(what);
  return "no image that is read";
}

}  // namespace

Image decode_image(std::span<const std::byte> bytes, const std::string& name, const ImageLimits& limits) {
  if (is_png(bytes)) return decode_png(bytes, name, limits);
  if (is_jpeg(bytes)) return decode_jpeg(bytes, name, limits);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  throw DataError(message(name, ": is ", what_it_is(text), "; give PNG or JPEG files"));
}

Image read_image(const std::filesystem::path& path, const ImageLimits& limits) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  require<FileError>(std::filesystem::exists(status), path.string(), ": no such file");
  require<FileError>(std::filesystem::is_regular_file(status), path.string(), ": is no file of an image");
  // An image that is stored as it is, with room for what comes with it.
  const auto most = static_cast<std::uintmax_t>(limits.pixels) * 8 + (1 << 24);
  require<DataError>(std::filesystem::file_size(path, error) <= most, path.string(),
                     ": is larger than a file of an image that is read may be");
  const std::string bytes = read_file(path);
  return decode_image(std::as_bytes(std::span(bytes)), path.string(), limits);
}

bool has_image_name(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return extension == ".png" || extension == ".jpg" || extension == ".jpeg";
}

std::vector<std::filesystem::path> image_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  try {
    for (auto entry = std::filesystem::recursive_directory_iterator(
             folder, std::filesystem::directory_options::follow_directory_symlink);
         entry != std::filesystem::recursive_directory_iterator(); ++entry) {
      const bool hidden = entry->path().filename().string().starts_with('.');
      if (entry->is_directory() && (hidden || entry.depth() > 20))
        entry.disable_recursion_pending();
      else if (!hidden && has_image_name(entry->path()) && entry->is_regular_file())
        files.push_back(entry->path());
    }
  } catch (const std::filesystem::filesystem_error& error) {
    throw FileError(error.what());
  }
  std::ranges::sort(files, {}, [](const auto& path) { return path.string(); });
  return files;
}

}  // namespace heed
