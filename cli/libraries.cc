#include "cli/libraries.h"

#include <bzlib.h>
#include <fmt/format.h>
#include <gnu/libc-version.h>
#include <lzma.h>
#include <sys/utsname.h>
#include <unicode/uversion.h>
#include <zlib.h>
#include <zstd.h>

#include <CLI/Version.hpp>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "heed/base/version.h"

namespace heed {
namespace {

std::string icu_version() {
  UVersionInfo version;
  char text[U_MAX_VERSION_STRING_LENGTH];
  u_getVersion(version);
  u_versionToString(version, text);
  return text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> libraries() {
  return {{"heed", std::string(version())},
          {"compiler", "g++ " __VERSION__},
          {"glibc", ::gnu_get_libc_version()},
          {"OpenMP", fmt::format("{}", _OPENMP)},
          {"SentencePiece", HEED_SENTENCEPIECE_VERSION},
          {"ICU", icu_version()},
          {"zlib", ::zlibVersion()},
          {"zstd", ::ZSTD_versionString()},
          {"xz", ::lzma_version_string()},
          {"bzip2", std::string(::BZ2_bzlibVersion())},
          {"pugixml", fmt::format("{}.{}", PUGIXML_VERSION / 1000, PUGIXML_VERSION % 1000 / 10)},
          {"fmt", fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
          {"nlohmann json", fmt::format("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR,
                                        NLOHMANN_JSON_VERSION_PATCH)},
          {"yaml-cpp", HEED_YAML_CPP_VERSION},
          {"CLI11", CLI11_VERSION}};
}

std::string system_text() {
  utsname system{};
  if (::uname(&system) != 0) return "unknown";
  return fmt::format("{} {} {}", system.sysname, system.release, system.machine);
}

}  // namespace heed
