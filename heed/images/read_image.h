#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "heed/images/image.h"
#include "heed/images/image_limits.h"

namespace heed {

/// The image of a PNG or JPEG file, as its first bytes say, upright. DataError, beginning with `name`, for
/// other files, and as of decode_png and decode_jpeg.
Image decode_image(std::span<const std::byte> bytes, const std::string& name, const ImageLimits& limits = {});

/// The same of a file. FileError if it cannot be read, or is no file of bytes.
Image read_image(const std::filesystem::path& path, const ImageLimits& limits = {});

/// Whether the name of a file says that it is an image.
bool has_image_name(const std::filesystem::path& path);

/// The files in a folder, and in those below it, whose names say that they are images, in the order of their
/// names' bytes. Hidden ones are left out. FileError if the folder cannot be read.
std::vector<std::filesystem::path> image_files(const std::filesystem::path& folder);

}  // namespace heed
