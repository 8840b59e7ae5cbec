#include "heed/images/labeled/labeled_image.h"

#include <algorithm>
#include <array>

#include "heed/base/error.h"
#include "heed/images/read_image.h"
#include "heed/io/table_rows.h"
#include "heed/text/unicode.h"

namespace heed {
namespace {

void add_folder(const std::filesystem::path& folder, std::vector<LabeledImage>& all) {
  std::vector<std::filesystem::path> classes;
  try {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const bool hidden = entry.path().filename().string().starts_with('.');
      if (entry.is_directory() && !hidden) classes.push_back(entry.path());
      require<DataError>(
          entry.is_directory() || hidden || !has_image_name(entry.path()), entry.path().string(),
          ": has no label, as it lies in no folder of a class; move it into one, or write a table "
          "of names and labels");
    }
  } catch (const std::filesystem::filesystem_error& error) {
    throw FileError(error.what());
  }
  require<DataError>(!classes.empty(), folder.string(), ": holds no folders of classes");
  std::ranges::sort(classes, {}, [](const auto& path) { return path.string(); });
  for (const auto& path : classes) {
    const std::string label = path.filename().string();
    require_utf8(label, message(path.string(), ": the name of a class"));
    for (auto& file : image_files(path)) all.push_back({label, StoredImage(std::move(file))});
  }
}

/// The file of labels that belongs to one of images; none of the names that were looked for if there is none.
std::filesystem::path labels_beside(const std::filesystem::path& images) {
  std::string name = images.filename().string();
  for (const auto& [from, to] :
       {std::pair{"images", "labels"}, std::pair{"idx3", "idx1"}, std::pair{"idx4", "idx1"}})
    if (const auto at = name.rfind(from); at != name.npos)
      name.replace(at, std::string_view(from).size(), to);
  std::vector<std::string> names{name};
  names.push_back(name.ends_with(".gz") ? name.substr(0, name.size() - 3) : name + ".gz");
  for (const std::string& each : names)
    if (std::filesystem::exists(images.parent_path() / each) && each != images.filename().string())
      return images.parent_path() / each;
  throw FileError(message(images.string(), ": its labels are missing: there is no ",
                          (images.parent_path() / name).string()));
}

void add_array(const std::filesystem::path& path, std::vector<LabeledImage>& all) {
  const std::vector<StoredImage> images = stored_images(path);
  const std::filesystem::path beside = labels_beside(path);
  const IdxArray labels = read_idx(beside);
  require<DataError>(labels.sizes.size() == 1, beside.string(), ": holds an array of ", labels.sizes.size(),
                     " dimensions; labels have 1");
  require<DataError>(labels.bytes.size() == images.size(), beside.string(), ": has ", labels.bytes.size(),
                     " labels, but ", path.string(), " has ", images.size(), " images");
  for (std::size_t i = 0; i < images.size(); ++i) all.push_back({std::to_string(labels.bytes[i]), images[i]});
}

/// The columns of a table, from 0.
struct Columns {
  std::size_t name = 0, label = 1;
};

/// Where a header has them; false if a row is none.
bool take_header(std::span<const std::string_view> cells, Columns& columns) {
  using namespace std::string_view_literals;
  constexpr std::array names{"file"sv, "filename"sv, "file_name"sv, "image"sv, "path"sv, "name"sv};
  constexpr std::array labels{"label"sv, "class"sv, "category"sv};
  const auto find = [&](const auto& known, std::size_t& place) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      std::string cell(cells[i]);
      std::ranges::transform(cell, cell.begin(),
                             [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      if (std::ranges::find(known, cell) != known.end()) return place = i, true;
    }
    return false;
  };
  Columns found;
  if (!find(names, found.name) || !find(labels, found.label)) return false;
  columns = found;
  return true;
}

void add_table(const std::filesystem::path& path, std::vector<LabeledImage>& all,
               const std::function<void(const std::string&)>& note) {
  TableRows rows(path, {});
  require<DataError>(
      rows.dialect().has_value(), path.string(),
      ": is no table with columns of names and labels, and no image with a label; name a folder "
      "with a folder for each class, an IDX file, or a TSV");
  if (note && !rows.note().empty()) note(rows.note());
  Columns columns;
  TableRow row;
  bool first = true;
  while (rows.next(row)) {
    const bool header = std::exchange(first, false) && take_header(row.cells(), columns);
    if (row.blank || header) continue;
    require<DataError>(row.problem.empty(), rows.where(), ": ", row.problem);
    require_utf8(row.text, rows.where());
    require<DataError>(row.cells().size() > std::max(columns.name, columns.label), rows.where(),
                       ": has no label; a row is the name of a file and a label");
    const std::string name(row.cells()[columns.name]), label(row.cells()[columns.label]);
    require<DataError>(!name.empty() && !label.empty(), rows.where(), ": the ",
                       name.empty() ? "name" : "label", " is empty");
    const std::filesystem::path file = path.parent_path() / name;
    require<FileError>(std::filesystem::exists(file), rows.where(), ": there is no file ", file.string());
    all.push_back({label, StoredImage(file)});
  }
}

}  // namespace

std::vector<LabeledImage> read_labeled_images(std::span<const std::filesystem::path> paths,
                                              const std::function<void(const std::string&)>& note) {
  std::vector<LabeledImage> all;
  for (const auto& path : paths) {
    require<FileError>(std::filesystem::exists(path), path.string(), ": no such file or folder");
    const std::size_t before = all.size();
    if (std::filesystem::is_directory(path))
      add_folder(path, all);
    else if (has_idx_name(path))
      add_array(path, all);
    else if (has_image_name(path))
      throw DataError(message(path.string(),
                              ": is an image without a label; name a folder with a folder for each "
                              "class, an IDX file, or a TSV of names and labels"));
    else
      add_table(path, all, note);
    require<DataError>(all.size() > before, path.string(), ": holds no images");
  }
  return all;
}

}  // namespace heed
